"""A real worker process under a bench: started, directed, measured from outside."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import structlog

from sfu import control
from signaling.link import Down, Link

UP_WITHIN_S = 20.0
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def cpu_s(pid: int) -> float:
    """User and system time of all the process's threads so far, as the operating system counts it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_S


@dataclass(frozen=True)
class Worker:
    pid: int
    link: Link

    def cpu_s(self) -> float:
        return cpu_s(self.pid)

    def memory_kb(self) -> int:
        """Resident memory."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


@contextlib.asynccontextmanager
async def started(cpu: int, gso: bool = True, compiled: bool = True) -> AsyncIterator[Worker]:
    """A worker on `cpu` for as long as the block runs. Raises TimeoutError when it does not come up."""
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
    )
    up = asyncio.Event()

    async def told(_: Link, event: control.AnyEvent | Down) -> None:
        if isinstance(event, control.Ready):
            up.set()

    with tempfile.TemporaryDirectory(prefix="hoitruong-bench-") as folder:
        path = Path(folder) / "sfu.sock"
        settings = {
            "CONTROL": str(path),
            "HOST": "127.0.0.1",
            "PORT": "0",
            "GSO": str(int(gso)),
            "COMPILED": str(int(compiled)),
            "LOG_LEVEL": "warning",
        }
        environ = os.environ | {f"HOITRUONG_SFU_{name}": value for name, value in settings.items()}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "sfu", env=environ, stdout=asyncio.subprocess.DEVNULL
        )
        os.sched_setaffinity(process.pid, {cpu})
        link = Link(path, told)
        linking = asyncio.create_task(link.run())
        # A bench that is told to stop takes its worker with it.
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asyncio.current_task().cancel)
        try:
            await asyncio.wait_for(up.wait(), UP_WITHIN_S)
            yield Worker(process.pid, link)
        finally:
            linking.cancel()
            await asyncio.gather(linking, return_exceptions=True)
            process.terminate()
            await process.wait()

"""What the demonstration takes while nobody looks at it.

`python -m bench.demo` prints a table; with `--json` one object, whose keys are

    processes     of the demonstration: supervisor, worker, service, their spares, bots
    settled_s     from its start until every bot on camera has joined
    cores_idle    CPU time of all its processes divided by the time that passed
    memory_mb     their memory, what several share counted once

Nothing is forwarded meanwhile: of 31 bots eight are connected to the worker, where they have no slots, and one of
them talks; the others are connected to the service alone.

It fails when `cores_idle` reaches half a core: the demonstration has to leave a small machine to the browsers.
Prepared pictures and voices are kept in `~/.cache/hoitruong-bench`; only the first run draws them.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import re
import socket
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from pathlib import Path

import aiohttp

from bench.worker import cpu_s
from demo import cast
from demo.readiness import until_ready

MOST_CORES = 0.5
SETTLE_WITHIN_S = 300.0  # the first run draws
LOOK_EVERY_S = 0.2
REST_S = 8.0  # after the last has joined; spares read their modules meanwhile
WINDOW_S = 10.0
END_WITHIN_S = 15.0
DATA = Path.home() / ".cache" / "hoitruong-bench" / "demo"


@dataclass(frozen=True)
class Figures:
    """One line of the table; the module says what the names mean."""

    processes: int
    settled_s: float
    cores_idle: float
    memory_mb: float


@contextlib.asynccontextmanager
async def demonstration(port: int) -> AsyncIterator[int]:
    """Its process id, for as long as the block runs."""
    environ = os.environ | {"HOITRUONG_PORT": str(port), "HOITRUONG_SFU_PORT": "0", "HOITRUONG_DATA": str(DATA)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "demo", env=environ, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), END_WITHIN_S)
        except TimeoutError:
            process.kill()
            await process.wait()


async def until_joined(peers: int) -> None:
    """Until the worker has connected so many."""
    connector = aiohttp.UnixConnector(str(DATA / "demo" / "run" / "sfu-0.sock"))
    async with aiohttp.ClientSession(connector=connector) as worker:
        while True:
            async with worker.get("http://worker/metrics") as answer:
                found = re.search(r"^sfu_peers_connected (\S+)", await answer.text(), re.MULTILINE)
            if float(found[1]) >= peers:
                return
            await asyncio.sleep(LOOK_EVERY_S)


def family(pid: int) -> set[int]:
    """The process and all that descend from it."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    found, fresh = set(), {pid}
    while fresh:
        found |= fresh
        fresh = {child for child, parent in parents.items() if parent in fresh}
    return found


def memory_mb(pid: int) -> float:
    """Its proportional share."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)[1]) / 1024


async def measure() -> Figures:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begun = time.monotonic()
    async with demonstration(port) as pid:
        async with asyncio.timeout(SETTLE_WITHIN_S):
            await until_ready(f"http://127.0.0.1:{port}")
            await until_joined(len(cast.ON_CAMERA))
        settled_s = time.monotonic() - begun
        await asyncio.sleep(REST_S)
        processes = family(pid)
        before, looked = sum(map(cpu_s, processes)), time.monotonic()
        await asyncio.sleep(WINDOW_S)
        cores = (sum(map(cpu_s, processes)) - before) / (time.monotonic() - looked)
        return Figures(len(processes), settled_s, cores, sum(map(memory_mb, processes)))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.demo", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one object")
    arguments = parser.parse_args()
    figures = asdict(asyncio.run(measure()))
    if arguments.json:
        print(json.dumps(figures))
    else:
        print("  ".join(figures))
        print("  ".join(f"{value:.2f}".rjust(len(name)) for name, value in figures.items()))
    if figures["cores_idle"] >= MOST_CORES:
        sys.exit(f"the demonstration takes {figures['cores_idle']:.2f} cores while nobody looks")


if __name__ == "__main__":
    main()

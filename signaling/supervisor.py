"""Keeps the processes of one machine alive: each child starts, dies and comes back alone.

A child that ends is started again at once when it had lived for a while, and after a growing pause when it
had not. Most of a start is Python reading its modules, two seconds of a slow processor; so once a child has proved
healthy a spare of it does that ahead of time and waits for the word to begin.

A child may also hang: it neither works nor ends. One that can be asked is asked every few seconds, and killed when it
does not answer twice in a row, or in its first minute; then it is started again as one that died. Twice, because the
whole machine may have stood still, and then the first answer is late though nothing hangs.

When this process is told to stop, it ends all children; when it is killed, the kernel ends them.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import structlog

from signaling.settings import Settings, SettingsError, as_environment

STANDBY = "HOITRUONG_STANDBY"
# Of the service; media workers parse what strangers send.
SECRETS = ("DATABASE_URL", "HOITRUONG_OIDC_SECRET", "HOITRUONG_TURN_SECRET", "SMTP_URL")
HEALTHY_AFTER_S = 3.0
FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 5.0
END_WITHIN_S = 5.0
ASK_EVERY_S = 3.0
ANSWER_WITHIN_S = 5.0
MISSES = 2
START_WITHIN_S = 60.0  # modules are read and keys are made

log = structlog.get_logger("signaling.supervisor")


@dataclass(frozen=True)
class Child:
    """A process to keep alive; `environment` is added to ours, without what is `withheld`."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    withheld: Sequence[str] = ()
    inherits: Sequence[int] = ()  # file descriptors
    waits_for: Callable[[], Awaitable[None]] | None = None  # before it is started for the first time
    answers: Callable[[], Awaitable[None]] | None = None  # raises `OSError` when it does not; None: it cannot be asked
    stands_by: bool = False  # it reads a line before it begins when `STANDBY` is set, so that a spare can wait


def children_of(settings: Settings, held: int | None = None) -> list[Child]:
    """The processes of one installation: its media workers, then the service that browsers talk to.

    The service inherits `held`, the lock on its data, so that one which outlives us still has it.
    """
    workers = [
        Child(
            f"sfu-{number}",
            (sys.executable, "-m", "sfu"),
            {
                "HOITRUONG_SFU_CONTROL": str(settings.worker_socket(number)),
                "HOITRUONG_SFU_HOST": settings.sfu_host,
                "HOITRUONG_SFU_PORT": str(settings.sfu_port + number if settings.sfu_port else 0),
                "HOITRUONG_SFU_ADVERTISE": settings.sfu_advertise,
                "HOITRUONG_SFU_LOG_FORMAT": settings.log_format,
                "HOITRUONG_SFU_LOG_LEVEL": settings.log_level,
            },
            withheld=SECRETS,
            answers=partial(worker_answers, settings.worker_socket(number)),
            stands_by=True,
        )
        for number in range(settings.workers)
    ]
    service = Child(
        "signaling",
        (sys.executable, "-m", "signaling"),
        as_environment(settings),
        inherits=() if held is None else (held,),
        stands_by=True,
    )
    return [*workers, service]


async def worker_answers(control: Path) -> None:
    """Raises `OSError` when the worker behind this control socket does not say that it is well."""
    reader, writer = await asyncio.open_unix_connection(control)  # one that hangs still accepts: the kernel does it
    try:
        writer.write(b"GET /healthz HTTP/1.0\r\n\r\n")
        if b" 200 " not in (said := await reader.readline()):
            raise ConnectionError(f"{control}: {said!r}")
    finally:
        writer.close()


def check_address(settings: Settings) -> None:
    """Raises `SettingsError` when another program listens where the service would."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except (OSError, OverflowError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or error
            raise SettingsError(
                f"cannot listen on {settings.host}:{settings.port} ({reason}), as HOITRUONG_HOST and HOITRUONG_PORT "
                "say; if this system is what listens there, it runs and must not be started a second time"
            ) from error


class Supervisor:
    """Children with their present processes; `pids` says who runs now."""

    def __init__(self, children: Sequence[Child]) -> None:
        self._children = children
        self._processes: dict[str, asyncio.subprocess.Process] = {}
        self._spares: dict[str, asyncio.subprocess.Process] = {}
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def pids(self) -> dict[str, int]:
        return {name: process.pid for name, process in self._processes.items()}

    async def start(self) -> None:
        self._tasks = [asyncio.create_task(self._keep(child)) for child in self._children]

    async def close(self) -> None:
        """End all children: asked first, killed when they do not listen."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        processes, self._processes = [*self._processes.values(), *self._spares.values()], {}
        self._spares = {}
        await asyncio.gather(*(_end(process) for process in processes))

    async def _keep(self, child: Child) -> None:
        pause_s = FIRST_PAUSE_S
        clock = asyncio.get_running_loop().time
        if child.waits_for is not None:
            await child.waits_for()
        while True:
            spare = self._spares.pop(child.name, None)
            if spare is not None and spare.returncode is None:
                process = spare
                process.stdin.write(b"begin\n")
            else:
                try:
                    process = await _start(child, {})
                except OSError as error:  # no memory, no process to spare: weather, which passes
                    pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
                    log.error("child_not_started", child=child.name, cause=str(error), again_in_s=pause_s)
                    await asyncio.sleep(pause_s)
                    continue
            self._processes[child.name] = process
            started = clock()
            log.info("child_started", child=child.name, pid=process.pid, was_spare=process is spare)
            waiting = asyncio.create_task(process.wait())
            watching = asyncio.create_task(_kill_when_hung(child, process))
            try:
                await asyncio.wait([waiting], timeout=HEALTHY_AFTER_S)
                if child.stands_by:
                    await self._keep_spare(child, waiting)
                code = await waiting
            finally:
                waiting.cancel()
                watching.cancel()
            del self._processes[child.name]
            lived_s = clock() - started
            pause_s = FIRST_PAUSE_S if lived_s >= HEALTHY_AFTER_S else min(pause_s * 2, LONGEST_PAUSE_S)
            log.error("child_ended", child=child.name, code=code, lived_s=round(lived_s, 1), again_in_s=pause_s)
            await asyncio.sleep(pause_s if lived_s < HEALTHY_AFTER_S else 0)

    async def _keep_spare(self, child: Child, waiting: asyncio.Task[int]) -> None:
        """Have a spare until the child ends; one that dies or does not start is replaced after a while."""
        while not waiting.done():
            try:
                spare = self._spares[child.name] = await _start(child, {STANDBY: "1"})
            except OSError as error:
                log.warning("spare_not_started", child=child.name, cause=str(error))
            else:
                dying = asyncio.create_task(spare.wait())
                try:
                    await asyncio.wait([waiting, dying], return_when=asyncio.FIRST_COMPLETED)
                finally:
                    dying.cancel()
                if not waiting.done():
                    log.warning("spare_ended", child=child.name, code=spare.returncode)
            await asyncio.wait([waiting], timeout=HEALTHY_AFTER_S)


async def _start(child: Child, changed: Mapping[str, str]) -> asyncio.subprocess.Process:
    inherited = {name: value for name, value in os.environ.items() if name not in child.withheld}
    return await asyncio.create_subprocess_exec(
        *child.arguments,
        env={**inherited, **child.environment, **changed},
        stdin=asyncio.subprocess.PIPE,
        pass_fds=child.inherits,
        preexec_fn=_die_with_parent,
    )


async def _kill_when_hung(child: Child, process: asyncio.subprocess.Process) -> None:
    """Until it is cancelled or has killed it."""
    if child.answers is None:
        return
    clock = asyncio.get_running_loop().time
    misses, starts_until = 0, clock() + START_WITHIN_S
    while misses < MISSES or clock() < starts_until:
        await asyncio.sleep(ASK_EVERY_S)
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                await child.answers()
            misses, starts_until = 0, clock()
        except OSError as error:  # TimeoutError is one
            misses += 1
            if clock() >= starts_until:
                log.warning("child_silent", child=child.name, pid=process.pid, cause=repr(error))
    log.error("child_hangs", child=child.name, pid=process.pid)
    if process.returncode is None:
        process.kill()


def stand_by() -> bool:
    """As a spare, wait for the word to begin; False when it will not come."""
    return STANDBY not in os.environ or bool(sys.stdin.readline())


async def run(children: Sequence[Child], when_started: Callable[[], Awaitable[None]] | None = None) -> None:
    """Keep the children alive until SIGINT or SIGTERM."""
    told_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told_to_stop.set)
    supervisor = Supervisor(children)
    await supervisor.start()
    announcement = asyncio.create_task(when_started()) if when_started else None
    try:
        await told_to_stop.wait()
    finally:
        if announcement is not None:
            announcement.cancel()
            await asyncio.gather(announcement, return_exceptions=True)
        await supervisor.close()


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(END_WITHIN_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


_PR_SET_PDEATHSIG = 1  # prctl(2)
_libc = ctypes.CDLL(None)


def _die_with_parent() -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

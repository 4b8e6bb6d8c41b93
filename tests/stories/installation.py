"""A whole installation as an operator starts it, and conferences in it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import msgspec

from meeting_app import floor, meetings
from meeting_app.acting import Actor
from signaling.database import open_database
from signaling.prepare import ItemPlan, MeetingPlan, ParticipantPlan, UnitPlan, prepare
from signaling.settings import Settings, as_environment
from tests import tables

PATIENCE_S = 60.0


@dataclass
class Conference:
    """`tokens` and `ids` by name."""

    meeting: str
    tokens: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)


class Installation:
    """`hoitruong serve` with a data folder of its own."""

    def __init__(self, data: Path, **changed) -> None:
        self.settings = msgspec.structs.replace(
            Settings(), data=data, **{"port": free_port(), "sfu_port": free_port(), "log_format": "console", **changed}
        )
        self._process: asyncio.subprocess.Process | None = None
        self._log = data / "serve.log"

    @property
    def address(self) -> str:
        return f"http://localhost:{self.settings.port}"

    async def start(self) -> None:
        await tables.lay_out_for(self.settings)
        self.settings.data.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "signaling.cli", "serve",
                env={**os.environ, **as_environment(self.settings)}, stdout=log, stderr=log,
            )  # fmt: skip
        await self.until_ready()

    async def until_ready(self) -> None:
        async with asyncio.timeout(PATIENCE_S), aiohttp.ClientSession() as http:
            while True:
                try:
                    async with http.get(f"{self.address}/readyz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass  # not listening yet; the deadline above ends the wait
                await asyncio.sleep(0.05)

    async def stop(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await asyncio.wait_for(self._process.wait(), PATIENCE_S)

    def pid_of(self, module: str) -> int:
        """The child that runs `python -m module`. Raises LookupError while there is none."""
        for pid in self._pids_of(module):
            return pid
        raise LookupError(f"no child runs {module}")

    async def until_spare(self, module: str) -> None:
        """Until a second child stands by, as one does some seconds after the first has come."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                if len(self._pids_of(module)) > 1:
                    return
                await asyncio.sleep(0.05)

    def _pids_of(self, module: str) -> list[int]:
        """The oldest first: who stands by is younger."""
        assert self._process is not None
        return [pid for pid in children(self._process.pid) if command_of(pid)[1:3] == ["-m", module]]

    def kill(self, module: str) -> int:
        """Kill the child that runs `python -m module`, as a crash would; its process id."""
        pid = self.pid_of(module)
        os.kill(pid, signal.SIGKILL)
        return pid

    async def hold(self, people: dict[str, str], *, state: str = "in_session", mode: str = "open") -> Conference:
        """A conference with these people (name → role), in `state`."""
        plan = MeetingPlan(
            title="Hội nghị Ủy ban MTTQ tỉnh Lam Sơn",
            starts_at=datetime.now(UTC),
            unit=UnitPlan("Ủy ban MTTQ Việt Nam tỉnh Lam Sơn"),
            participants=tuple(ParticipantPlan(name, role, unit="Xã Nậm Cắn") for name, role in people.items()),
            agenda=(ItemPlan("Khai mạc", minutes=10), ItemPlan("Thảo luận", minutes=30)),
        )
        database = await open_database(self.settings)
        try:
            async with database.writing() as session:
                now = datetime.now(UTC)
                prepared = await prepare(session, plan, now)
                system = Actor(prepared.meeting)
                for step in ("check_in", "in_session", "closed"):
                    if state != "invited":
                        await meetings.set_state(session, system, step, now)
                    if step == state:
                        break
                if mode == "open" and state == "in_session":
                    await floor.set_floor_mode(session, system, mode, now)
            conference = Conference(prepared.meeting, {one.name: one.token for one in prepared.invitations})
            async with database.reading() as session:
                view = await meetings.snapshot(session, prepared.meeting, now)
            conference.ids = {person.name: person.id for person in view.meeting.participants}
            return conference
        finally:
            await database.close()


def command_of(pid: int) -> list[str]:
    """Nothing once it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def free_port() -> int:
    """A port that is free for TCP and UDP just now."""
    while True:
        with socket.socket() as tcp, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            tcp.bind(("127.0.0.1", 0))
            with contextlib.suppress(OSError):  # somebody's UDP has the number
                udp.bind(tcp.getsockname())
                return tcp.getsockname()[1]

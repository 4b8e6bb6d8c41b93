"""A meeting of five hundred under a bench: its rows, the service in a process of its own, and the screens."""

import asyncio
import contextlib
import json
import os
import socket
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import aiohttp
import socketio

from bench.worker import cpu_s
from meeting_app import invitations
from signaling.codec import MessageJson
from signaling.database import open_database
from signaling.http.asking import COOKIE
from signaling.prepare import MeetingPlan, ParticipantPlan, UnitPlan, prepare
from signaling.settings import Settings, as_environment

UP_WITHIN_S = 30.0
ANSWER_WITHIN_S = 60.0
CONNECTING = 25  # at once
DEFLATE = {"compress": 15}  # browsers offer to have messages compressed


async def convene(settings: Settings, delegates: int) -> tuple[str, dict[str, str]]:
    """A meeting with a chair and so many delegates: its id, and participant → cookie, the chair first."""
    people = [ParticipantPlan("Lê Văn Chủ", "chair")]
    people += [ParticipantPlan(f"Đại biểu {number}", "delegate", unit="Xã Nậm Cắn") for number in range(delegates)]
    now = datetime.now(UTC)
    plan = MeetingPlan("Hội nghị đo", now, UnitPlan("Tỉnh Lam Sơn"), tuple(people))
    database = await open_database(settings)
    try:
        async with database.writing() as session:
            prepared = await prepare(session, plan, now)
        cookies = {}
        async with database.writing() as session:
            for one in prepared.invitations:
                entry = await invitations.use_link(session, one.token, now)
                cookies[entry.visitor.participant] = entry.cookie
        return prepared.meeting, cookies
    finally:
        await database.close()


@dataclass
class Service:
    pid: int
    url: str
    late: list[tuple[float, float]] = field(default_factory=list)  # moment, ms; filled when it has ended

    def cpu_s(self) -> float:
        return cpu_s(self.pid)


@contextlib.asynccontextmanager
async def served(settings: Settings, cpu: int) -> AsyncIterator[Service]:
    """The service on `cpu` for as long as the block runs."""
    file = settings.data / "late.json"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.served", str(file), env=os.environ | as_environment(settings)
    )
    os.sched_setaffinity(process.pid, {cpu})
    service = Service(process.pid, f"http://127.0.0.1:{settings.port}")
    try:
        await _until_up(service.url)
        yield service
    finally:
        process.terminate()
        await process.wait()
    service.late += json.loads(file.read_text())


async def _until_up(url: str) -> None:
    async with asyncio.timeout(UP_WITHIN_S), aiohttp.ClientSession() as http:
        while True:
            with contextlib.suppress(aiohttp.ClientError):
                async with http.get(f"{url}/healthz") as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class OneProcess(MessageJson):
    """Parses once what all screens are told alike: each device has a processor of its own, five hundred here none."""

    loads = staticmethod(lru_cache(maxsize=64)(MessageJson.loads))


class Screen:
    """A delegate's connection. `shown` notes when it was told that somebody has voted."""

    def __init__(self, participant: str, cookie: str) -> None:
        self.participant = participant
        self.cookie = cookie
        self.shown: dict[str, float] = {}  # participant → moment
        self.doubled = 0
        self.vote: str | None = None  # once one is open
        self.seq = 0  # of the last event
        self.gaps = 0
        self.welcomed = asyncio.Event()
        self.socket = socketio.AsyncClient(
            json=OneProcess, reconnection=False, handle_sigint=False, websocket_extra_options=DEFLATE
        )
        self.socket.on("push", self._push)

    async def connect(self, url: str) -> None:
        await self.socket.connect(
            url,
            headers={"Cookie": f"{COOKIE}={self.cookie}"},
            auth={"seq": None},
            transports=["websocket"],
            wait_timeout=ANSWER_WITHIN_S,
        )
        async with asyncio.timeout(ANSWER_WITHIN_S):
            await self.welcomed.wait()

    async def command(self, type: str, key: str, **fields: Any) -> float:
        """When the command was acknowledged. Raises RuntimeError when it was refused."""
        result = await self.socket.call("command", {"type": type, "key": key, **fields}, timeout=ANSWER_WITHIN_S)
        at = time.monotonic()
        if not result["ok"]:
            raise RuntimeError(f"{type}: {result['problem']}")
        return at

    def _push(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "event":
                self._note(message)
            case "events":
                for event in message["events"]:
                    self._note(event)
            case "welcome":
                self.seq = message["seq"]
                self.welcomed.set()

    def _note(self, event: dict[str, Any]) -> None:
        self.gaps += event["seq"] != self.seq + 1
        self.seq = event["seq"]
        if event["name"] == "ballot_cast":
            voter = event["data"]["participant"]
            self.doubled += voter in self.shown
            self.shown[voter] = time.monotonic()
        elif event["name"] == "vote_opened":
            self.vote = event["data"]["vote"]["id"]


@contextlib.asynccontextmanager
async def screens(url: str, cookies: dict[str, str]) -> AsyncIterator[list[Screen]]:
    """Everybody, connected and welcomed."""
    everybody = [Screen(participant, cookie) for participant, cookie in cookies.items()]
    turns = asyncio.Semaphore(CONNECTING)

    async def enter(screen: Screen) -> None:
        async with turns:
            await screen.connect(url)

    try:
        await asyncio.gather(*map(enter, everybody))
        yield everybody
    finally:
        await asyncio.gather(*(screen.socket.disconnect() for screen in everybody), return_exceptions=True)

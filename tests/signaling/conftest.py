"""A service on real sockets with rows, a fake media worker, and people who connect to it."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import pytest
import socketio
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession
from yarl import URL

from meeting_app import agenda, invitations, meetings, organization
from meeting_app.acting import SYSTEM_OFFICER, Actor
from meeting_app.db import Database
from meeting_app.errors import NotRecorded
from signaling.app import create_app
from signaling.clock import Clock
from signaling.database import open_database
from signaling.settings import Settings
from tests import tables
from tests.signaling.waiting import PATIENCE_S
from tests.signaling.worker import FakeWorker

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass
class Province:
    """A meeting with its people: `ids` and `tokens` by name."""

    meeting: str
    ids: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    items: list[str] = field(default_factory=list)


PEOPLE = {
    "chair": "chair",
    "secretary": "secretary",
    "an": "delegate",
    "binh": "delegate",
    "wall": "big_screen",
}


async def seed(settings: Settings, people: dict[str, str] = PEOPLE, state: str = "in_session") -> Province:
    await tables.lay_out_for(settings)
    database = await open_database(settings)
    try:
        async with database.writing() as session:
            unit = await organization.add_unit(session, SYSTEM_OFFICER, "Tỉnh Lam Sơn", "province", None, NOW)
            made = await meetings.create(session, SYSTEM_OFFICER, "Hội nghị thử", unit.id, NOW, NOW)
            province = Province(made.meeting)
            system = Actor(made.meeting)
            for name, role in people.items():
                added = await meetings.add_participant(session, system, role, NOW, name=name, unit="Xã A")
                province.ids[name] = added.data["participant"]["id"]
                province.tokens[name] = await invitations.issue_link(session, system, province.ids[name], NOW)
            for title in ("Khai mạc", "Thảo luận"):
                item = await agenda.add_item(session, system, title, NOW, budget_s=600)
                province.items.append(item.data["item"]["id"])
            path = ["draft", "submitted", "approved", "invited", "check_in", "in_session", "closed"]
            for step in path[1 : path.index(state) + 1]:
                await meetings.set_state(session, system, step, NOW)
    finally:
        await database.close()
    return province


@contextlib.asynccontextmanager
async def while_nobody_writes() -> AsyncIterator[None]:
    """Whoever comes to write rows waits until the block has ended; the block has an end of its own."""
    is_over, writing = asyncio.Event(), Database.writing

    @contextlib.asynccontextmanager
    async def wait(database: Database) -> AsyncIterator[AsyncSession]:
        await is_over.wait()
        async with writing(database) as session:
            yield session

    with pytest.MonkeyPatch.context() as meanwhile:
        meanwhile.setattr(Database, "writing", wait)
        try:
            async with asyncio.timeout(PATIENCE_S):
                yield
        finally:
            is_over.set()


@contextlib.contextmanager
def while_nothing_can_be_written() -> Iterator[None]:
    """As with a full disk: rows are read, and whoever comes to write them is refused."""

    def refuse(_database: Database) -> None:
        raise NotRecorded("the disk is full", "database")

    with pytest.MonkeyPatch.context() as meanwhile:
        meanwhile.setattr(Database, "writing", refuse)
        yield


class PushedClock(Clock):
    """The real clock, which a test may push forward."""

    def __init__(self) -> None:
        self._ahead_s = 0.0

    def push(self, seconds: float) -> None:
        self._ahead_s += seconds

    def utc(self) -> datetime:
        return super().utc() + timedelta(seconds=self._ahead_s)

    def seconds(self) -> float:
        return super().seconds() + self._ahead_s


class Service:
    """The real application on a real port; `stop` and `start` again is a restart."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = PushedClock()
        self.port = 0
        self.send_buffer: int | None = None  # of the kernel, for a connection; None: as the system has it
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self._runner = web.AppRunner(await create_app(self.settings, self.clock), access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if self.send_buffer is not None:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, self.send_buffer)
        listening.bind(("127.0.0.1", self.port))
        await web.SockSite(self._runner, listening).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def until_workers(self, count: int = 1) -> None:
        async with aiohttp.ClientSession() as http, asyncio.timeout(PATIENCE_S):
            while True:
                async with http.get(f"{self.url}/readyz") as response:
                    if (await response.json())["workers"] == count:
                        return
                await asyncio.sleep(0.02)


class Person:
    """A browser without a screen: a cookie, a socket, and every push it received."""

    def __init__(self, service: Service, name: str = "") -> None:
        self.service = service
        self.name = name
        self.http = aiohttp.ClientSession(
            service.url, cookie_jar=aiohttp.CookieJar(unsafe=True), headers={"Accept-Language": "en"}
        )
        self.socket = socketio.AsyncClient(reconnection=False, handle_sigint=False)
        self.pushes: list[dict[str, Any]] = []
        self.refusal: dict[str, Any] = {}  # what a refused connection was told
        self._arrived = asyncio.Condition()
        self._keys = 0

    @property
    def cookie(self) -> str:
        cookies = self.http.cookie_jar.filter_cookies(URL(self.service.url))
        return "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())

    def upgrade_request(self, sid: str | None = None) -> bytes:
        """What opens a WebSocket with this person's cookie, for a client of bare bytes; with `sid`, of who polled."""
        lines = (
            f"GET /socket.io/?EIO=4&transport=websocket{'' if sid is None else f'&sid={sid}'} HTTP/1.1",
            f"Host: 127.0.0.1:{self.service.port}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            f"Cookie: {self.cookie}",
        )
        return "\r\n".join((*lines, "", "")).encode()

    async def poll(self) -> str:
        """Connect by polling, as where WebSockets come later; the connection's `sid`."""
        address = "/socket.io/?EIO=4&transport=polling"
        async with self.http.get(address) as response:
            sid = msgspec.json.decode((await response.text())[1:])["sid"]
        async with self.http.post(f"{address}&sid={sid}", data="40{}") as response:
            assert response.status == 200
        return sid

    async def post(self, path: str, body: object) -> tuple[int, dict[str, Any]]:
        async with self.http.post(path, json=body) as response:
            return response.status, await response.json()

    async def get(self, path: str) -> tuple[int, dict[str, Any]]:
        async with self.http.get(path) as response:
            return response.status, await response.json()

    async def connect(
        self, seq: int | None = None, me: str | None = None, companion: bool = False, session: str | None = None
    ) -> None:
        self.socket = socketio.AsyncClient(reconnection=False, handle_sigint=False)
        self.socket.on("push", functools.partial(self._push, pushes := []))
        self.socket.on("connect_error", self._refused)
        self.pushes = pushes
        await self.socket.connect(
            self.service.url,
            headers={"Cookie": self.cookie, "Accept-Language": "en"},
            auth={"seq": seq, "me": me, "session": session, "companion": companion},
            transports=["websocket"],
            wait_timeout=PATIENCE_S,
        )

    async def _push(self, pushes: list[dict[str, Any]], message: dict[str, Any]) -> None:
        async with self._arrived:
            pushes += message["events"] if message["type"] == "events" else [message]
            self._arrived.notify_all()

    async def _refused(self, told: dict[str, Any]) -> None:
        self.refusal = told

    async def until(self, wanted: Callable[[dict[str, Any]], bool] | str) -> dict[str, Any]:
        """The first push of that type, or that event, or for which `wanted` holds."""
        if isinstance(wanted, str):
            name = wanted

            def wanted(push: dict[str, Any]) -> bool:
                return name in (push["type"], push.get("name"))

        async with asyncio.timeout(PATIENCE_S), self._arrived:
            while True:
                for push in self.pushes:
                    if wanted(push):
                        return push
                await self._arrived.wait()

    async def command(self, type: str, key: str | None = None, **fields: Any) -> dict[str, Any]:
        self._keys += 1
        key = key or f"{self.name}-{self._keys:08}"
        return await self.socket.call("command", {"type": type, "key": key, **fields}, timeout=PATIENCE_S)

    async def media(self, type: str, **fields: Any) -> dict[str, Any]:
        return await self.socket.call("media", {"type": type, **fields}, timeout=PATIENCE_S)

    async def offer(self) -> dict[str, Any]:
        return await self.media("offer", sdp=f"v=0 {self.name}")

    async def leave(self) -> None:
        if self.socket.connected:
            await self.socket.disconnect()

    async def close(self) -> None:
        await self.leave()
        await self.http.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    web = tmp_path / "dist"
    (web / "assets").mkdir(parents=True)
    (web / "index.html").write_text("<!doctype html><title>Hội Trường</title>", "utf-8")
    (web / "assets" / "app-1a2b.js").write_text("export {}")
    (web / "assets" / "app-1a2b.js.br").write_bytes(b"compressed")
    return Settings(data=tmp_path / "data", web=web, port=0, presence_hz=50)


@pytest.fixture
async def worker(settings: Settings) -> AsyncIterator[FakeWorker]:
    worker = FakeWorker(settings.worker_socket(0))
    await worker.start()
    yield worker
    await worker.close()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Province]:
    """A data folder with the meeting in session, made once: tests copy it."""
    folder = tmp_path_factory.mktemp("seeded")
    return folder, asyncio.run(seed(Settings(data=folder)))


@pytest.fixture
def province(settings: Settings, seeded: tuple[Path, Province]) -> Province:
    folder, province = seeded
    shutil.copytree(folder, settings.data, dirs_exist_ok=True)
    return province


@pytest.fixture
async def service(settings: Settings, province: Province, worker: FakeWorker) -> AsyncIterator[Service]:
    service = Service(settings)
    await service.start()
    await service.until_workers()
    yield service
    await service.stop()


Join = Callable[..., Awaitable[Person]]


@pytest.fixture
async def join(service: Service, province: Province) -> AsyncIterator[Join]:
    """Enter with one's personal link, connect, and wait to be welcomed."""
    people: list[Person] = []

    async def join(name: str, *, connect: bool = True) -> Person:
        person = Person(service, name)
        people.append(person)
        if name in province.tokens:
            status, body = await person.post("/api/enter", {"token": province.tokens[name]})
            assert status == 200, body
            if connect:
                await person.connect()
                await person.until("welcome")
        return person

    yield join
    for person in people:
        await person.close()


def as_type(message: dict[str, Any], kind: Any) -> Any:
    """The message as the frozen type it claims to be; fails where it is not."""
    return msgspec.convert(message, kind)


@pytest.fixture
def lose_next(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Break the connection to the database after the next commit, before the database says that it is done."""
    writing, due = Database.writing, []

    @contextlib.asynccontextmanager
    async def lossy(database: Database) -> AsyncIterator[AsyncSession]:
        async with writing(database) as session:
            yield session
        if due:
            due.pop()
            raise NotRecorded("the connection was closed", "database")

    monkeypatch.setattr(Database, "writing", lossy)
    return lambda: due.append(True)

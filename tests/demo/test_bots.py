"""Bots in a real hall: the service, a worker and a watcher who came in by the chair's link."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import msgspec
import pytest
import socketio
from aiohttp import web

from demo import bots, cast, hall, places, stock, voting
from demo.media import KEYFRAME_EVERY, LAYERS, Clip
from demo.places import PLACES_FILE
from sfu.client import Connection, Received
from sfu.listener import Listener
from sfu.settings import Settings as WorkerSettings
from sfu.wire.payload import parse_vp8
from signaling.app import create_app
from signaling.http.asking import COOKIE
from signaling.http.demo import LINKS_FILE
from signaling.messages import DemoLinks
from signaling.settings import Settings

PATIENCE_S = 60
SIZES = {"q": (256, 144), "h": (512, 288), "f": (1024, 576)}
ON_CAMERA = 2


def picture(layer: str, number: int) -> bytes:
    """The head of a VP8 frame (RFC 6386 9.1), and a body that nobody decodes here."""
    if number % KEYFRAME_EVERY:
        return b"\x11" + bytes(200)
    width, height = SIZES[layer]
    return b"\x10\x00\x00\x9d\x01\x2a" + width.to_bytes(2, "little") + height.to_bytes(2, "little") + bytes(2000)


RUNS = {layer: [picture(layer, number) for number in range(2 * KEYFRAME_EVERY)] for layer in LAYERS}
CLIP = Clip(RUNS, RUNS, voice=[b"\xf8" + bytes(40)] * 50, levels=[-20] * 50)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the data folders of this module lie side by side: what no visitor changes is made once for all."""
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def data(shelf: Path, tmp_path: Path) -> Path:
    folder = shelf / tmp_path.name
    folder.mkdir()
    return folder


@pytest.fixture
async def address(data: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    """A hall with its conference, two bots on camera and the others without media."""
    given = Settings(demo=True, data=data, sfu_port=0)
    await stock.lay_out(given)
    await hall.seat(given)
    given.run_folder.mkdir(exist_ok=True)
    worker = Listener(WorkerSettings(control=str(given.worker_socket(0)), port=0))
    await worker.start()
    runner = web.AppRunner(await create_app(given), shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    monkeypatch.setattr(bots, "prepared", lambda _portrait, _folder: CLIP)
    company = asyncio.create_task(bots.take_part(address, data / PLACES_FILE, data, ON_CAMERA))
    try:
        yield address
    finally:
        company.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await company
        await runner.cleanup()
        await worker.close()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110 - what is waited for happens at the far end of a socket
            await asyncio.sleep(0.02)


class Chair:
    """Enters as the chair, watches, listens and gives the floor."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.socket = socketio.AsyncClient()
        self.socket.on("push", self._told)
        self.meeting: dict = {}
        self.voted, self.opened = 0, ""
        self.presence: dict[str, dict] = {}
        self.received: dict[str, list[Received]] = defaultdict(list)

    def _told(self, push: dict) -> None:
        match push["type"]:
            case "welcome":
                self.meeting = push["meeting"]
                self.presence = {one["participant"]: one for one in push["presence"]}
            case "event":
                self.opened = push["data"]["vote"]["id"] if push["name"] == "vote_opened" else self.opened
                self.voted += push["name"] == "ballot_cast"
            case "events":
                self.voted += sum(event["name"] == "ballot_cast" for event in push["events"])
            case "presence":
                self.presence |= {one["participant"]: one for one in push["changes"]}

    async def come_in(self, links: DemoLinks) -> None:
        [mine] = [link for link in links.links if link.role == "chair"]
        async with aiohttp.ClientSession() as device:
            body = {"token": mine.url.rpartition("/")[2]}
            async with device.post(f"{self.address}/api/enter", json=body) as response:
                cookie = response.cookies[COOKIE].value
        headers = {"Cookie": f"{COOKIE}={cookie}"}
        await self.socket.connect(self.address, headers=headers, transports=["websocket"])
        await until(lambda: bool(self.meeting))

    async def join_media(self) -> None:
        self.media = Connection(publish=(), voice_slots=1, picture_slots=2)
        self.media.on_rtp = lambda packet: self.received[packet.mid].append(packet)
        answer = await self.socket.call("media", {"type": "offer", "sdp": self.media.offer})
        await self.media.connect(answer["answer"])

    async def ask(self, event: str, **message: object) -> None:
        answer = await self.socket.call(event, message)
        assert answer["ok"], answer

    def id_of(self, name: str) -> str:
        return next(person["id"] for person in self.meeting["participants"] if person["name"] == name)


@pytest.fixture
async def chair(address, data) -> AsyncIterator[Chair]:
    chair = Chair(address)
    await chair.come_in(msgspec.json.decode((data / LINKS_FILE).read_bytes(), type=DemoLinks))
    await chair.join_media()
    yield chair
    await chair.media.close()
    await chair.socket.disconnect()


def sizes(packets: list[Received]) -> set[tuple[int, int]]:
    found = set()
    for payload in (packet.payload for packet in packets):
        head = parse_vp8(payload, 0, len(payload))
        if head and head.keyframe:  # RFC 6386 9.1
            width, height = struct.unpack_from("<HH", payload, head.header_size + 6)
            found.add((width & 0x3FFF, height & 0x3FFF))
    return found


async def test_those_on_camera_are_seen_and_the_speaker_is_heard_until_the_floor_is_taken(chair):
    speaker, other = map(chair.id_of, cast.ON_CAMERA[:ON_CAMERA])
    await until(lambda: all(chair.presence.get(one, {}).get("camera") for one in (speaker, other)))
    stage, tile = chair.media.picture_mids
    [voice] = chair.media.voice_mids
    wishes = [
        {"slot": stage, "source": f"{speaker}:camera", "layer": "h"},
        {"slot": tile, "source": f"{other}:camera", "layer": "q"},
    ]
    await chair.ask("media", type="watch", wishes=wishes)
    await until(lambda: SIZES["h"] in sizes(chair.received[stage]) and SIZES["q"] in sizes(chair.received[tile]))
    await until(lambda: len(chair.received[voice]) > 20)
    assert chair.presence[speaker]["microphone"]
    assert not chair.presence[other]["microphone"]

    await chair.ask("command", type="take_floor", key="take-floor-1")
    await until(lambda: not chair.presence[speaker]["microphone"])
    chair.received[voice].clear()
    await chair.ask("command", type="give_floor", key="give-floor-1", participant=other)
    await until(lambda: chair.presence[other]["microphone"] and len(chair.received[voice]) > 20)


async def test_all_who_came_are_present_and_the_absent_are_not(chair):
    expected = {
        chair.id_of(person.name)
        for person in cast.DELEGATES
        if person.name not in cast.ABSENT and person.name not in cast.FOR_VISITORS
    } | {chair.id_of(cast.CHAIR.name)}
    await until(lambda: {one for one, it in chair.presence.items() if it["online"]} == expected)


async def test_all_who_came_vote(chair, monkeypatch):
    monkeypatch.setattr(voting, "FIRST_S", 0.0)
    monkeypatch.setattr(voting, "LAST_S", 0.5)
    came = len(cast.DELEGATES) - len(cast.ABSENT) - len(cast.FOR_VISITORS)
    await until(lambda: sum(one["online"] for one in chair.presence.values()) == came + 1)
    await chair.ask("command", type="open_vote", key="open-vote-1", question="Thông qua Nghị quyết")
    await until(lambda: chair.voted == came)
    await chair.ask("command", type="close_vote", key="close-vote-1", vote=chair.opened)


async def test_a_bot_may_come_back(address, data):
    path = data / PLACES_FILE
    await until(lambda: all(place.cookie for place in places.read(path)))
    before = places.read(path)
    assert await bots.enter(address, path) == before


async def test_a_bot_that_is_called_off_while_its_line_opens_goes(monkeypatch):
    opened = asyncio.Event()

    async def connect(_socket: socketio.AsyncClient, _hall: str, **_options: object) -> None:
        await asyncio.wait_for(opened.wait(), PATIENCE_S)  # as the library does

    monkeypatch.setattr(socketio.AsyncClient, "connect", connect)
    bot = asyncio.create_task(bots.Bot("http://127.0.0.1", places.Place("An", "token", "cookie")).run())
    await asyncio.sleep(0)
    opened.set()
    bot.cancel()
    ended, _ = await asyncio.wait([bot], timeout=5)
    assert ended


@pytest.mark.parametrize(
    ("floor", "is_their_turn", "talks"),
    [
        (bots.Floor("chaired", "me"), False, True),
        (bots.Floor("chaired", "another"), True, False),
        (bots.Floor("chaired", None), True, False),
        (bots.Floor("open", None), True, True),
        (bots.Floor("open", None), False, False),
        (bots.Floor("open", "another"), True, False),
    ],
)
def test_who_talks(floor, is_their_turn, talks):
    assert floor.lets_talk("me", is_their_turn) is talks

"""A connection that sends what no page sends, or says nothing, is ended; nobody else notices."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import msgspec
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import sessions
from meeting_app.sessions import Visitor
from signaling.gate import NAMELESS_AT_MOST_S
from tests.signaling.conftest import Join, Person, Province, Service
from tests.signaling.test_sockets import online
from tests.signaling.waiting import PATIENCE_S

SOCKET = "/socket.io/?EIO=4&transport=websocket"
BEFORE_SILENCE_S = 8.0  # a connection that was forgotten would be missed after two pings, of 10 s each


@asynccontextmanager
async def raw_socket(person: Person, *, says_who: bool) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    async with person.http.ws_connect(SOCKET) as raw:
        assert (await raw.receive_str(timeout=PATIENCE_S)).startswith("0{")
        if says_who:
            await raw.send_str("40{}")
            assert (await raw.receive_str(timeout=PATIENCE_S)).startswith("40{")
        yield raw


async def ended(raw: aiohttp.ClientWebSocketResponse) -> None:
    async with asyncio.timeout(PATIENCE_S):
        async for _ in raw:
            pass
    assert raw.closed


FRAMES = [
    '451-["command",{"_placeholder":true,"num":0}]',
    '461-1["command",{"_placeholder":true,"num":0}]',
    "42[",
    "42",
    "42{}",
    "42[1]",
    '42["connect",{}]',
    '42["disconnect"]',
    "431[]",
    "451-[]",
    "x",
    "",
    "9",
    "49",
    "4",
    "bAAAA",
    '42["command"' + ",[" * 3000,
    "4" + "[" * 3000,
    "40/nowhere,",
    '421["command",{"type":"say","key":"a-good-key","text":"\\ud800"}]',
]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", ["an", "stranger"])
async def test_a_frame_that_is_no_message_ends_its_own_connection_without_a_traceback(
    join: Join, caplog: pytest.LogCaptureFixture, frame: str, name: str
) -> None:
    binh, one = await join("binh"), await join(name, connect=False)
    async with raw_socket(one, says_who=name == "an") as raw:
        await raw.send_str(frame)
        await ended(raw)
    assert (await binh.command("say", text="Vẫn nghe rõ"))["ok"]
    assert not [record for record in caplog.records if record.exc_info]


async def test_a_frame_that_is_none_ends_who_began_by_polling(join: Join, province: Province) -> None:
    binh, an = await join("binh"), await join("an", connect=False)
    async with an.http.ws_connect(f"{SOCKET}&sid={await an.poll()}") as raw:
        await raw.send_str("2probe")
        await raw.send_str("5")
        await binh.until(lambda push: online(province.ids["an"], push, True))
        await raw.send_str("x")
        async with asyncio.timeout(BEFORE_SILENCE_S):
            await binh.until(lambda push: online(province.ids["an"], push, False))


async def test_who_polls_changes_to_one_websocket(join: Join) -> None:
    an = await join("an", connect=False)
    address = f"{SOCKET}&sid={await an.poll()}"
    async with an.http.ws_connect(address) as first:
        await first.send_str("2probe")
        assert await first.receive_str(timeout=PATIENCE_S) == "3probe"
        async with an.http.ws_connect(address) as second:
            await ended(second)
        await first.send_str("5")
        async with asyncio.timeout(PATIENCE_S):
            while '"welcome"' not in await first.receive_str():
                pass


async def test_an_oversized_frame_is_cut_off_with_the_code_that_says_so(join: Join, service: Service) -> None:
    an = await join("an", connect=False)
    async with raw_socket(an, says_who=True) as raw:
        await raw.send_str("42" + "x" * service.settings.message_bytes)
        await ended(raw)
    assert raw.close_code == aiohttp.WSCloseCode.MESSAGE_TOO_BIG


@pytest.mark.parametrize("body", ["x", "d=", "9", "4", "42[", "\x1e".join(["2"] * 100)])
async def test_a_body_that_is_no_frame_ends_polling_without_a_traceback(
    join: Join, caplog: pytest.LogCaptureFixture, body: str
) -> None:
    stranger = await join("stranger", connect=False)
    address = "/socket.io/?EIO=4&transport=polling"
    async with stranger.http.get(address) as response:
        sid = json.loads((await response.text())[1:])["sid"]
    async with asyncio.timeout(PATIENCE_S), stranger.http.post(f"{address}&sid={sid}", data=body) as response:
        assert response.status == 400
    assert not [record for record in caplog.records if record.exc_info]


async def test_who_is_gone_before_it_is_known_who_they_are_takes_no_seat(
    join: Join, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    an, find = await join("an", connect=False), sessions.find
    is_asked, may_answer = asyncio.Event(), asyncio.Event()

    async def find_late(session: AsyncSession, token: str) -> Visitor | None:
        is_asked.set()
        await may_answer.wait()
        return await find(session, token)

    address = "/socket.io/?EIO=4&transport=polling"
    async with an.http.get(address) as response:
        address += f"&sid={json.loads((await response.text())[1:])['sid']}"
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(sessions, "find", find_late)
        connecting = asyncio.create_task(an.http.post(address, data="40{}"))
        await is_asked.wait()
        async with an.http.post(address, data="1"):
            may_answer.set()
        await connecting
    binh = await join("binh")
    here = [one["participant"] for one in (await binh.until("welcome"))["presence"]]
    assert here == [province.ids["binh"]]
    await an.connect()
    await an.until("welcome")


async def test_a_second_connect_ends_the_connection(join: Join) -> None:
    an = await join("an", connect=False)
    async with raw_socket(an, says_who=True) as raw:
        await raw.send_str("40{}")
        await ended(raw)


async def test_a_connection_that_never_says_who_it_is_is_ended(join: Join, service: Service) -> None:
    an, stranger = await join("an"), await join("stranger", connect=False)
    async with raw_socket(stranger, says_who=False) as raw:
        service.clock.push(NAMELESS_AT_MOST_S + 1)
        await ended(raw)
    assert (await an.command("say", text="Vẫn ở đây"))["ok"]


async def test_one_address_opens_only_so_many_connections(settings, province, worker) -> None:
    service = Service(msgspec.structs.replace(settings, visits_per_s=0.01, visits_burst=3))
    await service.start()
    stranger = Person(service)
    try:
        statuses = []
        for _ in range(4):
            async with stranger.http.get("/socket.io/?EIO=4&transport=polling") as response:
                statuses.append(response.status)
        assert statuses == [200, 200, 200, 429]
    finally:
        await stranger.close()
        await service.stop()

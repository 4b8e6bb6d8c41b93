"""The control socket: who is let in, what is not understood, and a director that does not read."""

import asyncio
import os
import stat

import aiohttp
import pytest

from sfu import control, listener
from sfu.listener import Listener
from sfu.settings import Settings
from tests.sfu.direction import Director, Worker, until


@pytest.fixture
async def worker(tmp_path):
    async with Worker(tmp_path / "c") as made:
        yield made


async def test_the_socket_is_the_owners_alone(worker):
    assert stat.S_IMODE(os.stat(worker.path).st_mode) == 0o600


async def test_a_socket_left_behind_is_no_obstacle(worker, tmp_path):
    path = tmp_path / "left"
    path.touch()
    async with Worker(path) as second:
        assert (await (await second.director()).ask(control.Describe)).rooms == ()


@pytest.mark.parametrize(
    "text", ["", "{}", "not json", '{"type":"dance","id":1}', '{"type":"leave","id":1}', "[" * 9999]
)
async def test_what_is_not_understood_is_passed_over(worker, text):
    director = await worker.director()
    await director.socket.send_str(text)
    await director.socket.send_bytes(b"\0\1\2")
    assert (await director.ask(control.Describe)).error is None


async def test_a_request_that_is_too_long_ends_only_its_director(worker):
    loud, other = await worker.director(), await worker.director()
    await loud.socket.send_str("x" * (listener.LONGEST_REQUEST + 1))
    await until(lambda: loud.socket.closed)
    assert (await other.ask(control.Describe)).error is None


async def test_a_director_that_does_not_read_is_cut_off_and_hinders_nobody(worker, monkeypatch):
    monkeypatch.setattr(listener, "WAITING_EVENTS", 20)
    reading, session = await worker.director(), aiohttp.ClientSession(connector=aiohttp.UnixConnector(worker.path))
    idle = await session.ws_connect("http://worker/control")
    event = control.PeerConnected(room="r" * 50_000, peer="p")
    for sent in range(1, 201):
        worker.listener._publish(event)
        await until(lambda sent=sent: len(reading.told(control.PeerConnected)) == sent)
    heard = 0
    async with asyncio.timeout(5):
        async for _ in idle:
            heard += 1
    assert idle.closed
    assert heard < 200
    assert len(reading.told(control.PeerConnected)) == 200
    await session.close()


async def test_a_director_that_was_away_is_told_who_speaks_in_every_room(worker):
    first = await worker.director()
    await worker.peer(first, "anna").joins()
    await worker.peer(first, "bert", room="other").joins()
    assert first.told(control.Voices) == []
    second = await worker.director()
    await second.ask(control.Describe)
    assert [(voices.room, voices.slots) for voices in second.told(control.Voices)] == [
        ("room", (None, None, None)),
        ("other", (None, None, None)),
    ]


async def test_health_and_metrics(worker):
    async with aiohttp.ClientSession(connector=aiohttp.UnixConnector(worker.path)) as session:
        async with session.get("http://worker/healthz") as response:
            assert await response.json() == {"worker": worker.listener.worker.identity}
        async with session.get("http://worker/metrics") as response:
            assert response.content_type == "text/plain"
            assert "sfu_rooms 0.0" in await response.text()


async def test_over_tcp_the_token_opens(unused_tcp_port):
    where = f"127.0.0.1:{unused_tcp_port}"
    served = Listener(Settings(control=where, token="secret", port=0))
    await served.start()
    try:
        async with aiohttp.ClientSession() as session:
            for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "secret"}):
                with pytest.raises(aiohttp.WSServerHandshakeError, match="401"):
                    await session.ws_connect(f"http://{where}/control", headers=headers)
                async with session.get(f"http://{where}/metrics", headers=headers) as response:
                    assert response.status == 401
            async with session.get(f"http://{where}/healthz") as response:
                assert response.status == 200
            right = {"Authorization": "Bearer secret"}
            socket = await session.ws_connect(f"http://{where}/control", headers=right)
            assert (await Director(session, socket).ask(control.Describe)).error is None
    finally:
        await served.close()


async def test_a_new_worker_is_known_by_its_name(tmp_path):
    names = set()
    for _ in range(2):
        async with Worker(tmp_path / "c") as worker:
            names.add((await (await worker.director()).hears_of(control.Ready)).worker)
    assert len(names) == 2


async def test_closing_twice(worker):
    await worker.listener.close()
    await worker.listener.close()

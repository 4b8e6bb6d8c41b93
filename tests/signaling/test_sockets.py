"""What a connection may send: shapes, sizes, rates; and that bad input disturbs nobody else."""

from __future__ import annotations

import asyncio
import functools
import socket

import msgspec
import pytest

from tests.signaling.conftest import Join, Person, Province, Service, seed
from tests.signaling.waiting import PATIENCE_S

KEY = "a-good-key"


@pytest.mark.parametrize(
    "message",
    [
        None,
        "raise_hand",
        7,
        [],
        {},
        {"type": "raise_hand"},
        {"type": "raise_hand", "key": "short"},
        {"type": "raise_hand", "key": f"{KEY}\0"},
        {"type": "raise_hand", "key": f"{KEY}\n"},
        {"type": "mute", "key": KEY, "participant": "p7\0"},
        {"type": "raise_hand", "key": KEY, "extra": 1},
        {"type": "rise", "key": KEY},
        {"type": "say", "key": KEY, "text": ""},
        {"type": "set_state", "key": KEY, "state": "open"},
        {"type": "give_floor", "key": KEY, "participant": None},
        {"type": "offer", "sdp": "v=0"},
        {"type": "say", "key": KEY, "text": {"a": [[[[]]]]}},
    ],
)
async def test_a_message_of_another_shape_is_answered_in_words(join: Join, message: object) -> None:
    an = await join("an")
    answer = await an.socket.call("command", message, timeout=PATIENCE_S)
    assert answer["problem"]["code"] == "malformed"
    assert "does not understand" in answer["problem"]["message"]
    assert (await an.command("raise_hand"))["ok"]


async def test_a_text_too_long_is_said_to_be(join: Join) -> None:
    an = await join("an")
    answer = await an.command("say", text="x" * 2001)
    assert answer["problem"]["code"] == "too_large"
    assert (await an.command("say", text="x" * 2000))["ok"]


async def test_arguments_and_events_nobody_knows(join: Join) -> None:
    an = await join("an")
    two = await an.socket.call("command", ({"type": "raise_hand", "key": KEY}, 2), timeout=PATIENCE_S)
    unknown = await an.socket.call("shutdown", {}, timeout=PATIENCE_S)
    assert two["problem"]["code"] == unknown["problem"]["code"] == "malformed"


async def test_what_is_said_before_the_seat_is_taken_is_carried_out(join: Join) -> None:
    """As after a restart: all come at once, and what they wrote meanwhile comes with them."""
    people = [await join(name, connect=False) for name in ("chair", "secretary", "an", "binh")]

    async def comes_saying(person: Person) -> dict:
        await person.connect()
        return await person.command("say", text=f"{person.name} đây")

    answers = await asyncio.gather(*map(comes_saying, people))
    assert all(answer["ok"] for answer in answers), answers


@pytest.mark.parametrize("text", ["a\x00b", "   "])
async def test_text_that_cannot_be_stored_is_refused(join: Join, text: str) -> None:
    an = await join("an")
    answer = await an.command("say", text=text)
    assert answer["problem"]["code"] in ("bad_input", "malformed")


async def test_an_oversized_message_ends_only_its_own_connection(join: Join, service: Service) -> None:
    an, binh = await join("an"), await join("binh")
    await an.socket.emit("command", {"type": "say", "key": KEY, "text": "x" * service.settings.message_bytes})
    await asyncio.wait_for(an.socket.wait(), PATIENCE_S)
    assert (await binh.command("say", text="Vẫn nghe rõ"))["ok"]
    await an.connect()
    await an.until("welcome")


async def test_a_flood_is_refused_and_others_are_heard(settings, worker, province: Province) -> None:
    service = Service(msgspec.structs.replace(settings, messages_per_s=0.01, messages_burst=5))
    await service.start()
    an, binh = Person(service, "an"), Person(service, "binh")
    try:
        for person in (an, binh):
            await person.post("/api/enter", {"token": province.tokens[person.name]})
            await person.connect()
            await person.until("welcome")
        answers = [await an.command("say", text=str(number)) for number in range(7)]
        codes = [answer.get("problem", {}).get("code") for answer in answers]
        assert codes == [None] * 5 + ["too_many"] * 2
        assert (await binh.command("say", text="một"))["ok"]
    finally:
        await an.close()
        await binh.close()
        await service.stop()


async def test_offers_run_out_before_other_messages(join: Join, service: Service) -> None:
    an = await join("an")
    answers = [await an.offer() for _ in range(service.settings.offers_burst + 1)]
    assert [answer.get("problem", {}).get("code") for answer in answers[-2:]] == [None, "too_many"]
    assert (await an.media("publish", microphone=False, camera=True, screen=False))["ok"]
    service.clock.push(1 / service.settings.offers_per_s)
    assert (await an.offer())["ok"]


@pytest.mark.parametrize("has_polled", [False, True])
async def test_a_browser_that_does_not_read_is_cut_off(settings, worker, province: Province, has_polled: bool) -> None:
    service = Service(msgspec.structs.replace(settings, messages_per_s=1e6, messages_burst=10**6, backlog_messages=20))
    service.send_buffer = 4096
    await service.start()
    an, binh = Person(service, "an"), Person(service, "binh")
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        try:
            for person in (an, binh):
                await person.post("/api/enter", {"token": province.tokens[person.name]})
            await binh.connect()
            await binh.until("welcome")
            deaf.setblocking(False)
            loop = asyncio.get_running_loop()
            await loop.sock_connect(deaf, ("127.0.0.1", service.port))
            if has_polled:
                sid = await an.poll()
                await loop.sock_sendall(deaf, an.upgrade_request(sid))
                await loop.sock_sendall(deaf, client_frame("2probe") + client_frame("5"))
            else:
                await loop.sock_sendall(deaf, an.upgrade_request() + client_frame("40{}"))
            is_here = functools.partial(online, province.ids["an"])
            await binh.until(lambda push: is_here(push, True))
            async with asyncio.timeout(60):
                while not any(is_here(push, False) for push in binh.pushes):
                    assert (await binh.command("say", text="ấ" * 2000))["ok"]
            # Were it to read what it was sent, it would come to an end anyhow.
            with pytest.raises(ConnectionError):
                async with asyncio.timeout(PATIENCE_S):
                    while True:
                        await loop.sock_sendall(deaf, client_frame("3"))
        finally:
            await an.close()
            await binh.close()
            await service.stop()


async def test_a_guest_who_waits_and_reads_nothing_is_cut_off(settings, worker, province: Province) -> None:
    """Whoever knocks may send messages, and each is answered."""
    service = Service(msgspec.structs.replace(settings, backlog_messages=20))
    service.send_buffer = 4096
    await service.start()
    guest = Person(service, "guest")
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.setblocking(False)
        loop = asyncio.get_running_loop()
        try:
            await guest.post("/api/knock", {"meeting": province.meeting, "name": "Khách"})
            await loop.sock_connect(deaf, ("127.0.0.1", service.port))
            await loop.sock_sendall(deaf, guest.upgrade_request() + client_frame("40{}"))
            with pytest.raises(ConnectionError):
                async with asyncio.timeout(60):
                    while True:
                        await loop.sock_sendall(deaf, client_frame('421["command",1]') * 50)
        finally:
            await guest.close()
            await service.stop()


async def test_a_browser_that_does_not_poll_is_cut_off(settings, worker, province: Province) -> None:
    service = Service(msgspec.structs.replace(settings, messages_per_s=1e6, messages_burst=10**6, backlog_messages=20))
    await service.start()
    an, binh = Person(service, "an"), Person(service, "binh")
    try:
        for person in (an, binh):
            await person.post("/api/enter", {"token": province.tokens[person.name]})
        await binh.connect()
        await binh.until("welcome")
        url = f"/socket.io/?EIO=4&transport=polling&sid={await an.poll()}"
        is_here = functools.partial(online, province.ids["an"])
        await binh.until(lambda push: is_here(push, True))
        async with asyncio.timeout(60):
            while not any(is_here(push, False) for push in binh.pushes):
                assert (await binh.command("say", text="ấ"))["ok"]
        async with an.http.get(url) as response:
            assert response.status == 400, "so that it comes back"
        assert (await an.get("/api/me"))[0] == 200
    finally:
        await an.close()
        await binh.close()
        await service.stop()


def online(participant: str, push: dict, is_online: bool) -> bool:
    changes = push["changes"] if push["type"] == "presence" else ()
    return any(one["participant"] == participant and one["online"] is is_online for one in changes)


def client_frame(text: str) -> bytes:
    """RFC 6455 5.2: a final text frame under the mask of zeros."""
    return bytes([0x81, 0x80 | len(text), 0, 0, 0, 0]) + text.encode()


async def test_polling_works_where_websockets_are_blocked(join: Join, service: Service) -> None:
    an = await join("an", connect=False)
    async with an.http.get("/socket.io/?EIO=4&transport=polling") as response:
        assert response.status == 200 and (await response.text()).startswith("0{")


async def test_metrics_health_and_readiness(join: Join, worker, service: Service) -> None:
    an = await join("an")
    await an.command("raise_hand")
    assert (await an.get("/healthz"))[0] == 200
    assert await an.get("/readyz") == (200, {"ready": True, "database": True, "workers": 1})
    async with an.http.get("/metrics") as response:
        text = await response.text()
    assert "hoitruong_seats 1.0" in text
    assert 'hoitruong_messages_total{kind="command",outcome="ok"}' in text
    await worker.close()
    await service.until_workers(0)
    assert (await an.get("/readyz"))[0] == 503


async def test_one_hundred_people_in_one_hall(settings, worker) -> None:
    """Everybody comes at once, everybody hears everything in order, within seconds."""
    crowd = {f"đại biểu {number}": "delegate" for number in range(100)}
    province = await seed(settings, {"chair": "chair", **crowd})
    service = Service(settings)
    await service.start()
    people = [Person(service, name) for name in province.tokens]
    try:
        for person in people:
            status, _ = await person.post("/api/enter", {"token": province.tokens[person.name]})
            assert status == 200
        async with asyncio.timeout(60):
            await asyncio.gather(*(person.connect() for person in people))
            await asyncio.gather(*(person.until("welcome") for person in people))
            chair = people[0]
            for number in range(10):
                last = await chair.command("say", text=str(number))
                assert last["ok"], last
            await asyncio.gather(*(person.until(lambda push: push.get("seq") == last["seq"]) for person in people))
        for person in people:
            welcome = await person.until("welcome")
            seqs = [push["seq"] for push in person.pushes if push["type"] == "event"]
            assert seqs == list(range(welcome["seq"] + 1, last["seq"] + 1))
    finally:
        await asyncio.gather(*(person.close() for person in people))
        await service.stop()

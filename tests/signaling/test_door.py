"""Coming in: links, knocks, cookies, and who is kept out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import msgspec
import pytest
import socketio
from yarl import URL

from meeting_app.lobby import AWAY_AT_MOST, LOBBY_MAX
from meeting_app.sessions import SEEN_EVERY
from signaling.database import open_database
from signaling.meeting import Hall
from signaling.messages import AnyPush, Entered
from signaling.seat import Seat
from signaling.settings import Settings
from tests import postgres
from tests.signaling.conftest import (
    Join,
    Person,
    Province,
    Service,
    as_type,
    seed,
    while_nothing_can_be_written,
)
from tests.signaling.waiting import PATIENCE_S, until


async def test_a_link_becomes_a_session(join: Join, province: Province) -> None:
    an = await join("an", connect=False)
    status, body = await an.get("/api/me")
    assert status == 200
    assert as_type(body, Entered) == Entered(
        place="hall",
        session=body["session"],
        meeting=province.meeting,
        title="Hội nghị thử",
        name="an",
        role="delegate",
    )


async def test_who_only_looks_does_so_while_nothing_can_be_written(service: Service, join: Join) -> None:
    an = await join("an", connect=False)
    service.clock.push(SEEN_EVERY.total_seconds() + 1)
    with while_nothing_can_be_written():
        assert (await an.get("/api/me"))[0] == 200


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(service: Service, province: Province) -> None:
    person = Person(service)
    async with person.http.post("/api/enter", json={"token": province.tokens["an"]}) as response:
        cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    await person.close()


async def test_a_wrong_link(join: Join) -> None:
    stranger = await join("stranger")
    status, body = await stranger.post("/api/enter", {"token": "guess"})
    assert (status, body["code"]) == (404, "bad_link")
    status, body = await stranger.get("/api/me")
    assert (status, body["code"]) == (401, "no_session")


async def test_a_used_link_on_another_device_and_the_way_back(join: Join, province: Province) -> None:
    chair, first, second = await join("chair"), await join("an"), await join("second")
    token = {"token": province.tokens["an"]}
    status, body = await second.post("/api/enter", token)
    assert (status, body["code"]) == (409, "used_link")
    status, body = await second.post("/api/knock", token)
    assert (status, body["place"]) == (200, "lobby")
    knocks = await chair.until("knocks")
    assert [(k["name"], k["reason"]) for k in knocks["knocks"]] == [("an", "used_link")]
    await second.connect()
    assert (await second.until("waiting"))["knock"] == knocks["knocks"][0]["id"]
    assert (await chair.command("admit", knock=knocks["knocks"][0]["id"]))["ok"]
    welcome = await second.until("welcome")
    assert welcome["me"] == province.ids["an"]
    assert (await first.until("ended"))["reason"] == "replaced"
    assert (await first.get("/api/me"))[0] == 401


async def test_a_device_whose_session_ends_on_its_way_to_the_seat_takes_it_from_nobody(
    join: Join, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    chair, first, second = await join("chair"), await join("an", connect=False), await join("second")
    may_sit, sit = asyncio.Event(), Hall.sit

    async def sit_late(hall: Hall, seat: Seat) -> None:
        await may_sit.wait()
        await sit(hall, seat)

    monkeypatch.setattr(Hall, "sit", sit_late)
    await first.connect()
    assert (await second.post("/api/knock", {"token": province.tokens["an"]}))[0] == 200
    await second.connect()
    knock = (await second.until("waiting"))["knock"]
    assert (await chair.command("admit", knock=knock))["ok"]
    await second.until("welcome")
    may_sit.set()
    assert (await first.until("ended"))["reason"] == "revoked"
    assert (await second.command("raise_hand"))["ok"]


async def test_a_third_device_is_told_that_another_waits(join: Join, province: Province) -> None:
    await join("an", connect=False)
    second, third = await join("second"), await join("third")
    for _ in range(2):
        assert (await second.post("/api/knock", {"token": province.tokens["an"]}))[0] == 200
    status, body = await third.post("/api/knock", {"token": province.tokens["an"]})
    assert (status, body["code"]) == (409, "link_waits")
    assert "Another device" in body["message"]


async def test_the_same_device_enters_again_with_its_link(join: Join, province: Province) -> None:
    an = await join("an")
    status, _ = await an.post("/api/enter", {"token": province.tokens["an"]})
    assert status == 200
    await an.leave()
    await an.connect()
    await an.until("welcome")


async def test_a_guest_knocks_waits_and_is_admitted(join: Join, province: Province) -> None:
    chair, an, guest = await join("chair"), await join("an"), await join("guest")
    status, body = await guest.post(
        "/api/knock", {"meeting": province.meeting, "name": "Vũ Thị Khách", "unit": "Báo tỉnh"}
    )
    assert (status, body["place"]) == (200, "lobby")
    await guest.connect()
    waiting = await guest.until("waiting")
    as_type(waiting, AnyPush)
    refused = await guest.offer()
    assert refused["problem"]["code"] == "not_admitted"
    knocks = await chair.until("knocks")
    assert knocks["knocks"][0]["name"] == "Vũ Thị Khách"
    done = await chair.command("admit", knock=waiting["knock"])
    assert done["ok"] and done["seq"]
    welcome = await guest.until("welcome")
    assert welcome["role"] == "guest"
    added = await an.until("participant_added")
    assert added["data"]["participant"]["id"] == welcome["me"]
    assert (await chair.until(lambda p: p["type"] == "knocks" and not p["knocks"]))["knocks"] == []
    assert not [push for push in an.pushes if push["type"] == "knocks"]
    assert (await guest.offer())["ok"]


async def test_a_guest_whose_answer_was_lost_is_shown_once(join: Join, province: Province) -> None:
    chair, guest = await join("chair"), await join("guest")
    asked = {"meeting": province.meeting, "name": "Khách", "device": "5f0c9b1e7a3d48c6b2f1e0d9c8a7b6f5"}
    _, first = await guest.post("/api/knock", asked)
    guest.http.cookie_jar.clear()
    assert (await guest.post("/api/knock", asked))[1] == first
    await guest.connect()
    await guest.until("waiting")
    await chair.until(lambda _: len(told(chair)) >= 2)
    assert told(chair) == [["Khách"], ["Khách"]]


async def test_a_guest_is_refused(join: Join, province: Province) -> None:
    secretary, guest = await join("secretary"), await join("guest")
    await guest.post("/api/knock", {"meeting": province.meeting, "name": "Khách"})
    await guest.connect()
    knock = (await guest.until("waiting"))["knock"]
    assert (await secretary.command("refuse", knock=knock))["ok"]
    assert (await guest.until("ended"))["reason"] == "refused"
    assert (await guest.get("/api/me"))[0] == 401


async def test_all_that_wait_are_admitted_at_once(join: Join, province: Province) -> None:
    chair = await join("chair")
    guests = [await join(f"guest {number}") for number in range(3)]
    for guest in guests:
        await guest.post("/api/knock", {"meeting": province.meeting, "name": guest.name})
        await guest.connect()
        await guest.until("waiting")
    assert (await chair.command("admit", knock=None))["ok"]
    assert len({(await guest.until("welcome"))["me"] for guest in guests}) == 3


async def test_who_was_let_in_or_refused_learns_it_though_the_answer_was_lost(
    join: Join, province: Province, lose_next: Callable[[], None]
) -> None:
    chair, first = await join("chair"), await join("an")
    second, guest = await join("second"), await join("guest")
    await second.post("/api/knock", {"token": province.tokens["an"]})
    await guest.post("/api/knock", {"meeting": province.meeting, "name": "Khách"})

    async def is_lost(person: Person, command: str) -> None:
        await person.connect()
        knock = (await person.until("waiting"))["knock"]
        lose_next()
        assert (await chair.command(command, knock=knock))["problem"]["code"] == "not_recorded"

    await is_lost(second, "admit")
    assert (await second.until("welcome"))["me"] == province.ids["an"]
    assert (await first.until("ended"))["reason"] == "revoked"
    await is_lost(guest, "refuse")
    assert (await guest.until("ended"))["reason"] == "refused"
    await chair.until(lambda push: push["type"] == "knocks" and not push["knocks"])


async def test_a_device_that_lost_its_seat_on_the_way_to_it_does_not_take_it_though_the_answer_was_lost(
    join: Join, province: Province, monkeypatch: pytest.MonkeyPatch, lose_next: Callable[[], None]
) -> None:
    chair, first, second = await join("chair"), await join("an", connect=False), await join("second")
    may_sit, sit, catch_up = asyncio.Event(), Hall.sit, Hall._catch_up

    async def sit_late(hall: Hall, seat: Seat) -> None:
        await may_sit.wait()
        await sit(hall, seat)

    async def catch_up_once_it_arrives(hall: Hall) -> None:
        may_sit.set()
        await until(lambda: bool(hall._arriving))
        await catch_up(hall)

    monkeypatch.setattr(Hall, "sit", sit_late)
    monkeypatch.setattr(Hall, "_catch_up", catch_up_once_it_arrives)
    await first.connect()
    assert (await second.post("/api/knock", {"token": province.tokens["an"]}))[0] == 200
    knock = (await chair.until("knocks"))["knocks"][0]["id"]
    lose_next()
    assert (await chair.command("admit", knock=knock))["problem"]["code"] == "not_recorded"
    assert (await first.until("ended"))["reason"] == "revoked"
    await second.connect()
    await second.until("welcome")


async def test_who_waits_is_not_lost_when_the_clock_is_set(join: Join, service: Service, province: Province) -> None:
    chair, first, second = await join("chair"), await join("first"), await join("second")
    await first.post("/api/knock", {"meeting": province.meeting, "name": "Trước"})
    await first.connect()
    await first.until("waiting")
    set_forward = service.clock.utc() + 2 * AWAY_AT_MOST
    with pytest.MonkeyPatch.context() as meanwhile:
        meanwhile.setattr(service.clock, "utc", lambda: set_forward)
        await second.post("/api/knock", {"meeting": province.meeting, "name": "Sau"})
        assert (await chair.command("admit", knock=None))["ok"]
        await first.until("welcome")


async def test_a_cookie_that_is_no_text_is_nobodys(service: Service) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", service.port)
    writer.write(b"GET /api/me HTTP/1.1\r\nHost: here\r\nCookie: hoitruong=\xff\xfe\r\nConnection: close\r\n\r\n")
    assert (await reader.read()).startswith(b"HTTP/1.1 401 ")
    writer.close()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"meeting": "none", "name": "Khách"}, 404, "no_meeting"),
        ({"name": "Khách"}, 404, "no_meeting"),
        ({"token": "guess"}, 404, "bad_link"),
        ({"meeting": 5}, 400, "malformed"),
        ({"unknown": 5}, 400, "malformed"),
    ],
)
async def test_knocks_that_lead_nowhere(join: Join, body: dict, status: int, code: str) -> None:
    stranger = await join("stranger")
    answer = await stranger.post("/api/knock", body)
    assert (answer[0], answer[1]["code"]) == (status, code)


async def test_what_postgresql_cannot_look_for_is_refused_in_words(settings: Settings) -> None:
    if reason := postgres.why_not():
        pytest.skip(reason)
    answer = {"token": "no\0such", "key": "answer-1", "values": []}
    with postgres.cluster() as url:
        service = Service(msgspec.structs.replace(settings, database_url=url))
        await service.start()
        stranger = Person(service)
        for path, body, refusal in (
            ("knock", {"meeting": "a\0b", "name": "Khách"}, (400, "malformed")),
            ("enter", {"token": "a\0b"}, (404, "bad_link")),
            ("survey", {"token": "no\0such"}, (400, "malformed")),
            ("survey/answer", answer, (400, "malformed")),
            ("survey/answer", {**answer, "token": "nothing", "key": "answer-\0"}, (400, "malformed")),
            ("office/sign-in", {"login": "a\0b", "password": "c"}, (400, "malformed")),
            ("meetings/a%00b", None, (404, "not_found")),
            ("office/people?q=%00", None, (404, "not_found")),
        ):
            where = URL(f"{service.url}/api/{path}", encoded=True)
            async with stranger.http.request("GET" if body is None else "POST", where, json=body) as response:
                assert (response.status, (await response.json())["code"]) == refusal, path
        await stranger.close()
        await service.stop()


async def test_a_guest_says_a_name(join: Join, province: Province) -> None:
    stranger = await join("stranger")
    status, body = await stranger.post("/api/knock", {"meeting": province.meeting, "name": "  "})
    assert (status, body["code"]) == (400, "name_needed")


async def test_the_open_address_tells_what_it_is(join: Join, province: Province) -> None:
    stranger = await join("stranger")
    assert await stranger.get(f"/api/meetings/{province.meeting}") == (
        200,
        {"title": "Hội nghị thử", "unit": "Tỉnh Lam Sơn", "state": "in_session"},
    )
    assert (await stranger.get("/api/meetings/none"))[1]["code"] == "no_meeting"


async def test_a_body_that_is_no_message(join: Join) -> None:
    stranger = await join("stranger")
    for body in (b"{", b'{"token": "\xff"}', b'{"token": "\\udc80"}'):
        async with stranger.http.post("/api/enter", data=body) as response:
            assert (response.status, (await response.json())["code"]) == (400, "malformed")
    async with stranger.http.post("/api/enter", json={"token": "x" * 10_000}) as response:
        assert (response.status, (await response.json())["code"]) == (413, "too_large")


async def test_problems_are_said_in_vietnamese_unless_asked_otherwise(join: Join) -> None:
    stranger = await join("stranger")
    headers = {"Accept-Language": "fr, vi;q=0.8"}
    async with stranger.http.post("/api/enter", json={"token": "guess"}, headers=headers) as response:
        assert (await response.json())["message"].startswith("Liên kết này không đúng")


async def test_a_page_from_elsewhere_changes_nothing(join: Join, province: Province) -> None:
    stranger = await join("stranger")
    headers = {"Origin": "https://elsewhere.example"}
    async with stranger.http.post("/api/enter", json={"token": province.tokens["an"]}, headers=headers) as response:
        assert (response.status, (await response.json())["code"]) == (403, "wrong_origin")


async def test_a_socket_from_elsewhere_is_refused(join: Join, service: Service) -> None:
    an = await join("an", connect=False)
    headers = {"Origin": "https://elsewhere.example", "Upgrade": "websocket", "Connection": "Upgrade"}
    async with an.http.get("/socket.io/?EIO=4&transport=websocket", headers=headers) as response:
        assert response.status == 400


async def test_a_socket_without_a_session_is_told_why(service: Service) -> None:
    stranger = Person(service)
    with pytest.raises(socketio.exceptions.ConnectionError):
        await stranger.connect()
    assert stranger.refusal["data"]["code"] == "no_session"
    assert "no longer valid" in stranger.refusal["message"]
    await stranger.close()


async def test_logging_out_ends_the_connection(join: Join) -> None:
    an = await join("an")
    async with an.http.post("/api/logout") as response:
        assert response.status == 204
    assert (await an.until("ended"))["reason"] == "revoked"
    assert (await an.get("/api/me"))[0] == 401


async def test_a_closed_meeting(settings, worker) -> None:
    province = await seed(settings, state="closed")
    service = Service(settings)
    await service.start()
    an = Person(service, "an")
    try:
        status, body = await an.post("/api/enter", {"token": province.tokens["an"]})
        assert (status, body["code"]) == (410, "closed")
        status, body = await an.post("/api/knock", {"meeting": province.meeting, "name": "Khách"})
        assert (status, body["code"]) == (410, "closed")
    finally:
        await an.close()
        await service.stop()


async def test_one_address_cannot_guess_links_for_ever(settings, worker, province: Province) -> None:
    service = Service(msgspec.structs.replace(settings, entries_per_s=0.01, entries_burst=3))
    await service.start()
    stranger = Person(service)
    try:
        codes = [(await stranger.post("/api/enter", {"token": "guess"}))[1]["code"] for _ in range(4)]
        assert codes == ["bad_link"] * 3 + ["too_many"]
    finally:
        await stranger.close()
        await service.stop()


@pytest.mark.parametrize("path", ["/api/me", "/api/meetings/none", "/api/qr"])
async def test_one_address_cannot_ask_for_ever(settings, worker, province: Province, path: str) -> None:
    few = {"entries_per_s": 0.01, "entries_burst": 3, "visits_per_s": 0.01, "visits_burst": 3}
    service = Service(msgspec.structs.replace(settings, **few))
    await service.start()
    stranger = Person(service)
    try:
        statuses = [(await stranger.get(path))[0] for _ in range(4)]
        assert statuses[3] == 429 and 429 not in statuses[:3]
    finally:
        await stranger.close()
        await service.stop()


async def test_one_address_fills_only_a_part_of_the_lobby(settings, worker, province: Province) -> None:
    service = Service(msgspec.structs.replace(settings, knocks=3))
    await service.start()
    stranger = Person(service)
    try:
        answers = []
        for number in range(4):
            stranger.http.cookie_jar.clear()
            answers.append(await stranger.post("/api/knock", {"meeting": province.meeting, "name": f"Khách {number}"}))
        assert [status for status, _ in answers] == [200, 200, 200, 429]
    finally:
        await stranger.close()
        await service.stop()


async def test_strangers_and_who_was_just_here_do_not_wait_for_the_one_writer(
    join: Join, service: Service, province: Province
) -> None:
    an, stranger = await join("an", connect=False), await join("stranger")
    stranger.http.cookie_jar.update_cookies({"hoitruong": "guess"}, URL(service.url))
    database = await open_database(service.settings)
    try:
        async with database.writing():
            answers = [
                await stranger.get("/api/me"),
                await stranger.post("/api/enter", {"token": "guess"}),
                await stranger.post("/api/knock", {"token": "guess"}),
                await stranger.post("/api/knock", {"meeting": "none", "name": "Khách"}),
                await an.get("/api/me"),
            ]
    finally:
        await database.close()
    assert [status for status, _ in answers] == [401, 404, 404, 404, 200]


async def test_who_finds_the_lobby_full_is_told_so(settings, worker, province: Province) -> None:
    service = Service(msgspec.structs.replace(settings, knocks=2))
    await service.start()
    first, second, third, fourth = people = [Person(service, f"Khách {number}") for number in range(4)]
    knock = {"meeting": province.meeting, "name": "Khách"}
    try:
        for person in (first, second):
            assert (await person.post("/api/knock", knock))[0] == 200
        await first.connect()
        await first.until("waiting")
        service.clock.push(31)  # for another knock
        assert (await third.post("/api/knock", knock))[0] == 200
        await second.connect()
        await second.until("waiting")
        await third.connect()
        assert (await third.until("ended"))["reason"] == "lobby_full"
        service.clock.push(31)
        status, body = await fourth.post("/api/knock", knock)
        assert (status, body["code"]) == (503, "lobby_full")
        service.clock.push(31)
        assert (await second.post("/api/knock", knock))[0] == 200, "who waits goes on waiting"
    finally:
        for person in people:
            await person.close()
        await service.stop()


def told(person: Person) -> list[list[str]]:
    return [[one["name"] for one in push["knocks"]] for push in person.pushes if push["type"] == "knocks"]


async def test_who_leaves_the_door_is_forgotten_and_who_waits_is_not(
    join: Join, service: Service, province: Province
) -> None:
    secretary, stays, goes = await join("secretary"), await join("stays"), await join("goes")
    for guest in (stays, goes):
        await guest.post("/api/knock", {"meeting": province.meeting, "name": guest.name})
        await guest.connect()
        await guest.until("waiting")
    await goes.leave()
    async with asyncio.timeout(PATIENCE_S):
        while "hoitruong_waiting 1.0" not in await (await stays.http.get("/metrics")).text():
            pass  # the service has not noticed yet
    service.clock.push(AWAY_AT_MOST.total_seconds() + 1)
    names = [["stays"], ["stays", "goes"], ["stays"]]  # each knock was told, and that one went
    await secretary.until(lambda _: told(secretary) == names)
    assert (await goes.get("/api/me"))[0] == 401
    assert (await stays.get("/api/me"))[0] == 200


async def test_who_looks_at_the_devices_first_keeps_the_place_at_the_door(
    join: Join, service: Service, province: Province
) -> None:
    secretary, guest = await join("secretary"), await join("guest")
    await guest.post("/api/knock", {"meeting": province.meeting, "name": "Khách"})
    for _ in range(6):  # two minutes without a connection
        service.clock.push(20)
        assert (await guest.get("/api/me"))[0] == 200
    assert await secretary.until(lambda _: told(secretary)[-1:] == [["Khách"]])
    await guest.connect()
    assert await guest.until("waiting")


async def test_the_lobby_has_a_bound(settings, worker, province: Province) -> None:
    service = Service(msgspec.structs.replace(settings, knocks=LOBBY_MAX + 1))
    await service.start()
    stranger = Person(service)
    try:
        last = {}
        for number in range(LOBBY_MAX + 1):
            stranger.http.cookie_jar.clear()
            _, last = await stranger.post("/api/knock", {"meeting": province.meeting, "name": f"Khách {number}"})
        assert last["code"] == "lobby_full"
    finally:
        await stranger.close()
        await service.stop()

"""Who comes back to a meeting after a drop, a reload, a restart of the service."""

from __future__ import annotations

import asyncio

import pytest
import socketio

from meeting_app import attendance
from signaling.database import open_database
from tests.signaling.conftest import Join, Person, Province, Service
from tests.signaling.waiting import PATIENCE_S, until
from tests.signaling.worker import FakeWorker


async def test_after_a_drop_the_missed_events_follow(join: Join, province: Province) -> None:
    an, chair = await join("an"), await join("chair")
    last = (await an.command("say", text="một"))["seq"]
    await an.leave()
    for text in ("hai", "ba"):
        await chair.command("say", text=text)
    await an.connect(seq=last)
    welcome = await an.until("welcome")
    assert welcome.get("meeting") is None
    assert [event["data"]["text"] for event in welcome["events"]] == ["hai", "ba"]
    assert [event["seq"] for event in welcome["events"]] == list(range(last + 1, welcome["seq"] + 1))


@pytest.mark.parametrize("seq", [10**9, -(10**9), -1, "x", True, 1.5, None])
async def test_a_number_that_cannot_be_followed_gets_the_whole_meeting(join: Join, seq: object) -> None:
    an = await join("an")
    await an.leave()
    await an.connect(seq=seq)
    assert (await an.until("welcome"))["meeting"]["state"] == "in_session"


async def test_a_page_does_not_come_back_as_somebody_else(join: Join, province: Province) -> None:
    """Another link was opened in this browser, which has one cookie: of another person, or another meeting."""
    an = await join("an")
    last = (await an.until("welcome"))["seq"]
    assert (await an.post("/api/enter", {"token": province.tokens["binh"]}))[0] == 200
    await an.leave()
    with pytest.raises(socketio.exceptions.ConnectionError):
        await an.connect(last, me=province.ids["an"])
    assert an.refusal["data"]["code"] == "other_session"
    await an.connect(last, me=province.ids["binh"])
    assert (await an.until("welcome"))["me"] == province.ids["binh"]


async def test_a_page_that_was_not_told_yet_who_it_is_does_not_come_in_as_somebody_else(
    join: Join, province: Province
) -> None:
    """It stands at its device check, or waits in the lobby, when another link is opened in this browser."""
    an, guest = await join("an", connect=False), await join("guest")
    checked = (await an.get("/api/me"))[1]["session"]
    _, knocked = await guest.post("/api/knock", {"meeting": province.meeting, "name": "Khách"})
    await an.connect(session=checked)
    assert (await an.until("welcome"))["me"] == province.ids["an"]
    await an.leave()
    for person, session, other in ((an, checked, "binh"), (guest, knocked["session"], "secretary")):
        assert (await person.post("/api/enter", {"token": province.tokens[other]}))[0] == 200
        with pytest.raises(socketio.exceptions.ConnectionError):
            await person.connect(session=session)
        assert person.refusal["data"]["code"] == "other_session"


async def test_who_was_let_in_while_away_comes_in_as_that(join: Join, province: Province) -> None:
    chair, guest = await join("chair"), await join("guest")
    _, knocked = await guest.post("/api/knock", {"meeting": province.meeting, "name": "Khách"})
    await guest.connect(session=knocked["session"])
    waiting = await guest.until("waiting")
    await guest.leave()
    assert (await chair.command("admit", knock=waiting["knock"]))["ok"]
    await guest.connect(session=knocked["session"])
    assert (await guest.until("welcome"))["role"] == "guest"


async def test_a_newer_connection_takes_the_seat(join: Join) -> None:
    an = await join("an")
    older = an.socket
    pushes = an.pushes
    await an.connect()
    await an.until("welcome")
    await asyncio.wait_for(older.wait(), PATIENCE_S)
    assert [push["reason"] for push in pushes if push["type"] == "ended"] == ["replaced"]
    assert (await an.command("raise_hand"))["ok"]


def offline_pushes(person: Person, participant: str) -> int:
    changes = [one for push in person.pushes if push["type"] == "presence" for one in push["changes"]]
    return sum(one["participant"] == participant and not one["online"] for one in changes)


async def test_a_reload_is_no_departure_but_staying_away_is(join: Join, service: Service, province: Province) -> None:
    chair, an = await join("chair"), await join("an")
    await an.leave()
    await until(lambda: offline_pushes(chair, province.ids["an"]) == 1)
    await an.connect()
    await an.until("welcome")
    service.clock.push(service.settings.absence_grace_s + 1)
    await an.leave()
    await until(lambda: offline_pushes(chair, province.ids["an"]) == 2)
    service.clock.push(service.settings.absence_grace_s + 1)
    left = await chair.until("left")
    assert left["data"] == {"participant": province.ids["an"]} and left["actor"] is None
    assert [push["name"] for push in chair.pushes if push["type"] == "event"].count("left") == 1
    await an.connect()
    await chair.until(lambda push: push.get("name") == "checked_in" and push["seq"] > left["seq"])


async def test_a_restart_of_the_service_loses_nothing(
    join: Join, service: Service, province: Province, worker: FakeWorker
) -> None:
    chair, an, binh = await join("chair"), await join("an"), await join("binh")
    for person in (chair, an, binh):
        assert (await person.offer())["ok"]
    last = (await chair.command("say", text="trước"))["seq"]
    await service.stop()
    assert set(worker.rooms[province.meeting]) == {province.ids[name] for name in ("chair", "an", "binh")}
    await service.start()
    await service.until_workers()
    for person in (chair, an):
        await person.connect(seq=last)
        welcome = await person.until("welcome")
        assert welcome["media_known"] and welcome["events"] == []
    # The third does not come back: the seat and the media end, for everybody else nothing changes.
    service.clock.push(service.settings.orphan_grace_s + 1)
    left = await chair.until("left")
    assert left["data"]["participant"] == province.ids["binh"]
    await until(lambda: province.ids["binh"] not in worker.rooms[province.meeting])
    assert set(worker.rooms[province.meeting]) == {province.ids["chair"], province.ids["an"]}


async def test_who_is_present_by_the_log_but_gone_leaves_though_nobody_comes_back(
    join: Join, service: Service, province: Province
) -> None:
    an = await join("an")
    await service.stop()
    await an.leave()
    await service.start()
    service.clock.push(service.settings.orphan_grace_s + 1)
    database = await open_database(service.settings)
    try:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                async with database.reading() as session:
                    if not await attendance.present_now(session, province.meeting):
                        break
                await asyncio.sleep(0.02)
    finally:
        await database.close()

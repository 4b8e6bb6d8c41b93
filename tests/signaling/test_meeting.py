"""In the hall: welcome, commands, events to everybody, presence, attendance."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
import pytest
import socketio
import structlog

from meeting_app import attendance
from meeting_app.errors import NotRecorded
from meeting_app.events import Event
from signaling.clock import Clock
from signaling.meeting import Hall
from signaling.messages import AnyPush, Result
from tests.signaling.conftest import Join, Person, Province, Service, as_type, seed, while_nothing_can_be_written
from tests.signaling.waiting import until
from tests.signaling.worker import FakeWorker


async def test_a_personal_link_leads_to_a_welcome(join: Join, province: Province) -> None:
    chair = await join("chair")
    welcome = await chair.until("welcome")
    as_type(welcome, AnyPush)
    assert (welcome["me"], welcome["role"]) == (province.ids["chair"], "chair")
    assert welcome["meeting"]["title"] == "Hội nghị thử"
    assert "give_floor" in welcome["may"] and "raise_hand" not in welcome["may"]
    assert [item["title"] for item in welcome["meeting"]["agenda"]] == ["Khai mạc", "Thảo luận"]
    here = {person["name"]: person["present"] for person in welcome["meeting"]["participants"]}
    assert here == {"chair": True, "secretary": False, "an": False, "binh": False}
    assert (await chair.until("permit"))["publish"] == ["camera", "microphone", "screen"]


async def test_an_event_reaches_everybody_before_the_answer_to_the_command_says_its_number(
    join: Join, province: Province
) -> None:
    chair, an = await join("chair"), await join("an")
    done = await an.command("raise_hand")
    assert as_type(done, Result).ok
    for person in (chair, an):
        event = await person.until("hand_raised")
        as_type(event, AnyPush)
        assert event["seq"] == done["seq"] and event["actor"] == province.ids["an"]


async def test_every_command_works_for_who_may(join: Join, province: Province) -> None:
    chair, an = await join("chair"), await join("an")
    me = province.ids["an"]
    steps = [
        (an, "raise_hand", {}, "hand_raised"),
        (an, "lower_hand", {}, "hand_lowered"),
        (chair, "give_floor", {"participant": me}, "floor_given"),
        (chair, "take_floor", {}, "floor_taken"),
        (chair, "set_floor_mode", {"mode": "open"}, "floor_mode_changed"),
        (chair, "mute", {"participant": me}, "muted"),
        (chair, "unmute", {"participant": me}, "unmuted"),
        (chair, "mute_all", {}, "all_muted"),
        (chair, "pin_to_stage", {"participant": me}, "stage_pinned"),
        (chair, "open_item", {"item": province.items[0]}, "item_opened"),
        (chair, "close_item", {}, "item_closed"),
        (an, "say", {"text": "Kính thưa hội nghị"}, "said"),
        (chair, "set_state", {"state": "paused"}, "state_changed"),
        (chair, "remove_participant", {"participant": me}, "participant_removed"),
    ]
    seqs = []
    for person, command, fields, event in steps:
        done = await person.command(command, **fields)
        assert done["ok"], (command, done)
        assert (await chair.until(event))["seq"] == done["seq"]
        seqs.append(done["seq"])
    assert seqs == list(range(seqs[0], seqs[0] + len(steps)))


async def test_a_repeated_command_gets_the_first_answer_and_happens_once(join: Join) -> None:
    an, chair = await join("an"), await join("chair")
    first = await an.command("say", key="same-key-1", text="Một lần")
    again = await an.command("say", key="same-key-1", text="Một lần")
    assert again == first
    other = await an.command("say", key="same-key-1", text="Khác")
    assert other["problem"]["code"] == "key_reused"
    await an.command("say", text="Xong")
    await chair.until(lambda push: push.get("data", {}).get("text") == "Xong")
    said = [push["data"]["text"] for push in chair.pushes if push.get("name") == "said"]
    assert said == ["Một lần", "Xong"]


async def test_a_commit_whose_answer_was_lost_is_told_when_the_command_comes_again(
    join: Join, province: Province, lose_next: Callable[[], None]
) -> None:
    chair, an, binh = await join("chair"), await join("an"), await join("binh")
    lose_next()
    first = await chair.command("give_floor", key="same-key-1", participant=province.ids["an"])
    assert first["problem"]["code"] == "not_recorded"
    again = await chair.command("give_floor", key="same-key-1", participant=province.ids["an"])
    assert (await binh.until("floor_given"))["seq"] == again["seq"]
    await an.until(lambda push: push["type"] == "permit" and push["publish"])


async def test_a_commit_whose_answer_was_lost_is_told_before_what_comes_next(
    join: Join, lose_next: Callable[[], None]
) -> None:
    an, chair = await join("an"), await join("chair")
    lose_next()
    assert (await an.command("say", text="một"))["problem"]["code"] == "not_recorded"
    await an.command("say", key="same-key-1", text="hai")
    await an.command("say", key="same-key-1", text="hai")
    await an.command("say", text="ba")
    await chair.until(lambda push: push.get("data", {}).get("text") == "ba")
    said = [(push["seq"], push["data"]["text"]) for push in chair.pushes if push.get("name") == "said"]
    assert said == [(said[0][0] + n, text) for n, text in enumerate(["một", "hai", "ba"])]


async def test_a_commit_whose_answer_was_lost_is_told_though_nobody_repeats_it(
    join: Join, province: Province, lose_next: Callable[[], None]
) -> None:
    chair, an, binh = await join("chair"), await join("an"), await join("binh")
    lose_next()
    asked = {"participant": province.ids["an"]}
    assert (await chair.command("give_floor", **asked))["problem"]["code"] == "not_recorded"
    assert (await chair.command("give_floor", **asked))["problem"]["code"] == "already_so"
    await binh.until("floor_given")
    await an.until(lambda push: push["type"] == "permit" and push["publish"])


async def test_a_change_that_could_not_be_told_is_told_at_a_later_tick(
    join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    an, chair = await join("an"), await join("chair")
    tell, due = Hall._tell, [True]

    async def fail_first(hall: Hall, happened: Iterable[Event]) -> None:
        if due:
            due.pop()
            raise NotRecorded("the database did not answer", "database")
        await tell(hall, happened)

    monkeypatch.setattr(Hall, "_tell", fail_first)
    done = await an.command("say", text="một")
    assert done["ok"]
    assert (await chair.until("said"))["seq"] == done["seq"]


async def test_while_the_database_is_away_what_is_due_is_tried_once_a_second_and_said_in_a_line(
    join: Join, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    an, stands_at, tick, said_by = await join("an"), service.clock.seconds(), Hall.tick, [0]

    async def tick_and_settle(hall: Hall, now: float) -> None:
        await tick(hall, now)
        await hall.settle()
        said_by.append(len(logs))

    monkeypatch.setattr(Clock, "seconds", lambda _clock: stands_at)
    with structlog.testing.capture_logs() as logs, while_nothing_can_be_written():
        monkeypatch.setattr(Hall, "tick", tick_and_settle)
        assert (await an.command("say", text="một"))["problem"]["code"] == "not_recorded"
        known = 0
        for seconds in (0, 1):
            service.clock.push(seconds)
            await until(lambda known=known: said_by[-1] > known)
            ticks, known = len(said_by), said_by[-1]
            await until(lambda ticks=ticks: len(said_by) > ticks + 5)
            assert said_by[-1] == known
    said = {(one["event"], one["log_level"], "exc_info" in one) for one in logs}
    assert said == {("upkeep_put_off", "warning", False)}


@pytest.mark.parametrize(
    ("who", "command", "fields", "code"),
    [
        ("an", "mute_all", {}, "not_allowed"),
        ("wall", "say", {"text": "chữ"}, "not_allowed"),
        ("chair", "give_floor", {"participant": "nobody"}, "not_found"),
        ("chair", "take_floor", {}, "nobody_speaking"),
        ("chair", "set_state", {"state": "draft"}, "wrong_state"),
        ("chair", "open_item", {"item": "none"}, "not_found"),
        ("chair", "admit", {"knock": "none"}, "not_found"),
        ("an", "lower_hand", {}, "not_waiting"),
    ],
)
async def test_what_is_refused_says_why(join: Join, who: str, command: str, fields: dict, code: str) -> None:
    person = await join(who)
    answer = await person.command(command, **fields)
    assert not answer["ok"] and answer["problem"]["code"] == code
    assert answer["problem"]["message"]


async def test_a_wall_shows_the_meeting_and_learns_nothing_private(join: Join, province: Province) -> None:
    wall, chair, an = await join("wall"), await join("chair"), await join("an")
    await an.command("say", text="Riêng trong hội trường")
    guest = await join("guest")
    await guest.post("/api/knock", {"meeting": province.meeting, "name": "Khách"})
    await chair.until("knocks")
    given = await chair.command("give_floor", participant=province.ids["an"])
    await wall.until("floor_given")
    assert [push["seq"] for push in wall.pushes if push["type"] == "event"][-2:] == [given["seq"] - 1, given["seq"]]
    assert "Riêng" not in str(wall.pushes) and "knocks" not in {push["type"] for push in wall.pushes}
    welcome = await wall.until("welcome")
    assert welcome["meeting"]["chat"] == [] and welcome["role"] == "big_screen"
    for person in (chair, an):
        assert province.ids["wall"] not in str(person.pushes)


async def test_closing_the_meeting_shows_everybody_out(join: Join, province: Province, worker: FakeWorker) -> None:
    chair, an = await join("chair"), await join("an")
    await an.offer()
    assert (await chair.command("set_state", state="closed"))["ok"]
    for person in (chair, an):
        assert (await person.until("ended"))["reason"] == "closed"
    assert (await an.get("/api/me"))[1]["code"] == "closed"
    await until(lambda: province.meeting not in worker.rooms)
    with pytest.raises(socketio.exceptions.ConnectionError):
        await an.connect()
    assert an.refusal["data"]["code"] == "closed"


async def test_a_removed_participant_is_out_for_good(join: Join, province: Province, worker: FakeWorker) -> None:
    chair, an = await join("chair"), await join("an")
    await an.offer()
    assert (await chair.command("remove_participant", participant=province.ids["an"]))["ok"]
    assert (await an.until("ended"))["reason"] == "removed"
    await until(lambda: province.ids["an"] not in worker.rooms[province.meeting])
    with pytest.raises(socketio.exceptions.ConnectionError):
        await an.connect()
    assert (await an.post("/api/enter", {"token": province.tokens["an"]}))[1]["code"] == "bad_link"


async def test_who_is_here_when_the_doors_open_is_noted_though_the_database_refused_it_first(
    settings, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    province = await seed(settings, state="invited")
    noted, refusals = attendance.check_in_each, 2

    async def refuse_first(*asked: object) -> list[Event]:
        nonlocal refusals
        if refusals:
            refusals -= 1
            raise OSError("no database")
        return await noted(*asked)

    monkeypatch.setattr(attendance, "check_in_each", refuse_first)
    service = Service(settings)
    await service.start()
    chair = Person(service, "chair")
    try:
        await chair.post("/api/enter", {"token": province.tokens["chair"]})
        await chair.connect()
        await chair.until("welcome")
        opened = await chair.command("set_state", state="check_in")
        assert opened["ok"]
        noted_here = await chair.until("checked_in")
        assert (noted_here["data"]["participant"], noted_here["seq"]) == (province.ids["chair"], opened["seq"] + 1)
        assert refusals == 0
    finally:
        await chair.close()
        await service.stop()


async def test_who_comes_while_nothing_can_be_written_is_welcomed_and_noted_later(
    join: Join, province: Province
) -> None:
    chair, an = await join("chair"), await join("an", connect=False)
    with while_nothing_can_be_written():
        await an.connect()
        assert (await an.until("welcome"))["meeting"]["state"] == "in_session"
    await chair.until(lambda push: is_about(push, "checked_in", province.ids["an"]))


async def test_who_went_away_is_noted_though_who_is_here_cannot_be(
    join: Join, service: Service, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_asked: object) -> list[Event]:
        raise OSError("no database")

    chair, an = await join("chair"), await join("an")
    monkeypatch.setattr(attendance, "check_in_each", refuse)
    assert (await chair.command("note_leaving", participant=province.ids["chair"]))["ok"]  # but they sit here
    await an.leave()
    await chair.until(lambda push: push["type"] == "presence" and not all(one["online"] for one in push["changes"]))
    service.clock.push(service.settings.absence_grace_s + 1)
    await chair.until(lambda push: is_about(push, "left", province.ids["an"]))


async def test_who_is_found_to_return_while_others_are_noted_is_noted_as_well(
    join: Join, province: Province, monkeypatch: pytest.MonkeyPatch, lose_next: Callable[[], None]
) -> None:
    """Somebody is noted as gone although they sit here, and the answer to that is lost while another waits."""
    chair, an, _binh = await join("chair"), await join("an"), await join("binh")
    noted, leave, may_note = attendance.check_in_each, attendance.note_leaving, []

    async def refuse_first(*asked: object) -> list[Event]:
        if not may_note:
            raise RuntimeError("not yet")
        return await noted(*asked)

    async def leave_and_be_lost(session: object, actor: object, participant: str, now: object) -> Event:
        if participant == province.ids["an"]:
            may_note.append(True)
            lose_next()
        return await leave(session, actor, participant, now)

    monkeypatch.setattr(attendance, "check_in_each", refuse_first)
    monkeypatch.setattr(attendance, "note_leaving", leave_and_be_lost)
    assert (await chair.command("note_leaving", participant=province.ids["binh"]))["ok"]
    lost = await chair.command("note_leaving", participant=province.ids["an"])
    assert lost["problem"]["code"] == "not_recorded"
    for name in ("binh", "an"):
        left = await an.until(lambda push, name=name: is_about(push, "left", province.ids[name]))
        await an.until(
            lambda push, name=name, left=left: (
                is_about(push, "checked_in", province.ids[name]) and push["seq"] > left["seq"]
            )
        )


def is_about(push: dict, event: str, participant: str) -> bool:
    return push.get("name") == event and push["data"]["participant"] == participant


async def test_a_full_room_still_takes_the_chair(settings, worker: FakeWorker, province: Province) -> None:
    service = Service(msgspec.structs.replace(settings, seats=1))
    await service.start()
    people = {name: Person(service, name) for name in ("an", "binh", "chair")}
    try:
        for name, person in people.items():
            await person.post("/api/enter", {"token": province.tokens[name]})
        await people["an"].connect()
        await people["an"].until("welcome")
        with pytest.raises(socketio.exceptions.ConnectionError):
            await people["binh"].connect()
        assert people["binh"].refusal["data"]["code"] == "full" and "1 people" in people["binh"].refusal["message"]
        await people["chair"].connect()
        await people["chair"].until("welcome")
    finally:
        for person in people.values():
            await person.close()
        await service.stop()

"""A meeting that gets a new time asks its people again, and nothing of the other time is counted."""

from datetime import timedelta

import pytest
import pytest_asyncio

from meeting_app import agenda, answers, attendance, delivery, letters, meetings, outbox, quorum, reminders
from meeting_app.attendance_sheet import Line, sheet_of
from meeting_app.db import Database
from meeting_app.errors import AlreadySo, BadInput, Outdated, SeatTaken, WrongState
from meeting_app.events import Event
from meeting_app.rescheduling import reschedule
from meeting_app.times import iso
from tests.meeting_app.hall import SEAL, START, WORDS, Hall, convene

WEEK = timedelta(days=7)


@pytest_asyncio.fixture(loop_scope="session")
async def invited(db: Database) -> Hall:
    """The letters are out five days before the meeting; one of the guests has an address."""
    hall = await convene(db, "approved")
    hall.now -= timedelta(days=5)
    await hall.does(letters.set_address, hall.secretary, hall.an.participant, "an@example.org")
    await hall.does(letters.write_letter, hall.secretary, WORDS)
    await hall.does(letters.invite, hall.secretary, SEAL)
    return hall


async def move(hall: Hall, to=START + WEEK, *, before=START, place="Hội trường lớn") -> Event:
    return await hall.does(reschedule, hall.secretary, before, to, place, SEAL)


async def answers_of(hall: Hall) -> dict[str, str]:
    return {one.name: one.answer for one in (await hall.seen()).participants if one.answer != "pending"}


async def test_who_was_invited_is_told_and_asked_again(invited: Hall):
    hall = invited
    await hall.does(answers.answer, hall.an, hall.an.participant, "accepted")
    await hall.does(answers.answer, hall.binh, hall.binh.participant, "declined", reason="Ốm")
    replaced = await hall.does(answers.name_substitute, hall.chi, hall.chi.participant, SEAL, name="Vi Văn Thế")
    await hall.does(meetings.set_state, hall.chair, "postponed")
    event = await move(hall)
    assert event.name == "rescheduled"
    assert event.data == {
        "from": "postponed",
        "to": "invited",
        "before": iso(START),
        "starts_at": iso(START + WEEK),
        "place": "Hội trường lớn",
        "planned": {},
        "mails": 1,
    }
    seen = await hall.seen()
    assert (seen.state, seen.starts_at, seen.place) == ("invited", iso(START + WEEK), "Hội trường lớn")
    assert await answers_of(hall) == {}
    assert replaced.substitute in {one.id for one in seen.participants}
    reasons = {one.reason for one in await hall.asks(delivery.guest_list, hall.meeting)}
    assert reasons == {""}
    said = [one.data["reason"] for one in await hall.log() if one.name == "invitation_answered"]
    assert said == ["", "Ốm"]  # for good
    due = await hall.asks(outbox.due, hall.now, 9)
    assert [(mail.email, mail.kind) for mail in due] == [("an@example.org", "moved")]  # the first was overtaken
    await hall.does(answers.answer, hall.an, hall.an.participant, "accepted")
    assert await answers_of(hall) == {"Nguyễn Văn An": "accepted"}


async def test_reminders_follow_the_new_time(invited: Hall):
    hall = invited
    await move(hall)
    hall.now = START - timedelta(hours=20)  # a day before the other time
    assert await hall.asks(reminders.meetings_due, hall.now) == []
    hall.now = START + WEEK - timedelta(hours=20)
    async with hall.db.writing() as session:
        told = await reminders.remind_due(session, hall.meeting, SEAL, hall.now)
    assert told.data == {"mails": 1, "kind": "tomorrow"}


async def test_what_the_agenda_plans_moves_along(invited: Hall):
    hall = invited
    at = START + timedelta(minutes=30)
    await hall.does(agenda.change_item, hall.secretary, hall.items[1], 1, "Báo cáo", planned_at=at)
    event = await move(hall)
    assert event.data["planned"] == {hall.items[1]: iso(at + WEEK)}
    item = next(one for one in (await hall.seen()).agenda if one.id == hall.items[1])
    assert (item.planned_at, item.revision) == (iso(at + WEEK), 3)


@pytest.mark.parametrize("state", ["draft", "submitted", "approved"])
async def test_nobody_is_written_to_before_the_letters_are_out(db: Database, state: str):
    hall = await convene(db, state)
    event = await move(hall)
    assert (event.data["from"], event.data["to"], event.data["mails"]) == (state, state, None)
    await hall.does(meetings.set_state, hall.chair, "postponed")
    event = await move(hall, START + 2 * WEEK, before=START + WEEK)
    assert (event.data["to"], event.data["mails"]) == ("draft", None)


async def test_a_meeting_that_had_begun_is_invited_to_again(db: Database):
    hall = await convene(db)
    await hall.does(meetings.set_state, hall.chair, "postponed")
    with pytest.raises(WrongState):  # without a time that is told
        await hall.does(meetings.set_state, hall.chair, "invited")
    event = await move(hall)
    assert (event.data["to"], event.data["mails"]) == ("invited", 0)  # no letter was written


async def test_answers_do_not_outlive_a_postponed_meeting_that_becomes_a_draft(invited: Hall):
    hall, binh = invited, invited.binh.participant
    await hall.does(answers.answer, hall.an, hall.an.participant, "accepted")
    await hall.does(answers.answer, hall.binh, binh, "declined", reason="Ốm")
    await hall.does(answers.decide_absence, hall.chair, binh, True)
    for state in ("postponed", "draft"):
        await hall.does(meetings.set_state, hall.chair, state)
    assert await answers_of(hall) == {}
    event = await move(hall)
    assert (event.data["to"], event.data["mails"]) == ("draft", None)
    for state in ("submitted", "approved"):
        await hall.does(meetings.set_state, hall.chair, state)
    await hall.does(letters.invite, hall.secretary, SEAL)
    assert await answers_of(hall) == {}
    rows = await hall.asks(delivery.guest_list, hall.meeting)
    assert {(one.reason, one.excused) for one in rows} == {("", None)}
    await hall.does(letters.remind, hall.secretary, SEAL)  # An is silent again
    assert [mail.kind for mail in await hall.asks(outbox.due, hall.now, 9)] == ["reminder"]


async def line_of(hall: Hall, participant: str) -> Line:
    sheet = await hall.asks(sheet_of, hall.meeting, hall.now)
    return next(line for line in sheet.lines if line.participant == participant)


async def test_who_came_before_it_was_postponed_has_not_come_to_the_new_time(db: Database):
    hall = await convene(db)
    an, binh = hall.an.participant, hall.binh.participant
    for who in (hall.an, hall.binh):
        await hall.does(attendance.check_in, who, who.participant)
    met = hall.later(60).now
    await hall.later(60).does(meetings.set_state, hall.chair, "postponed")
    assert (await line_of(hall, an)).came_at == iso(START)  # who came to it is told until it begins anew
    await move(hall.later(60))
    assert ((await line_of(hall, an)).how, (await line_of(hall, an)).came_at) == (None, None)
    [units] = (await hall.asks(sheet_of, hall.meeting, hall.now)).units
    assert (units.remote, units.unexcused) == (0, 5)
    await hall.does(answers.name_substitute, hall.binh, binh, SEAL, name="Vi Văn Thế")
    hall.now = START + WEEK
    await hall.does(meetings.set_state, hall.chair, "check_in")
    await hall.does(attendance.check_in, hall.an, an)
    assert (await line_of(hall, an)).came_at == iso(START + WEEK)
    with pytest.raises(SeatTaken):
        await hall.does(answers.name_substitute, hall.an, an, SEAL, name="Vi Thị Ba")
    assert (await hall.asks(quorum.quorum_at, hall.meeting, met)).present == 2  # of the first sitting, for good


@pytest.mark.parametrize("state", ["check_in", "in_session", "paused"])
async def test_not_while_people_are_gathering(db: Database, state: str):
    hall = await convene(db, state)
    with pytest.raises(WrongState):
        await move(hall)


async def test_what_cannot_be(invited: Hall):
    with pytest.raises(BadInput) as refused:
        await move(invited, invited.now)
    assert refused.value.field == "starts_at"
    with pytest.raises(AlreadySo):
        await move(invited, START, place="")
    await move(invited)
    with pytest.raises(Outdated):
        await move(invited, START + 2 * WEEK)
    assert (await invited.seen()).starts_at == iso(START + WEEK)

"""What is due follows from the time, and nobody is written to twice for one thing."""

from datetime import timedelta

import pytest
import pytest_asyncio

from meeting_app import agenda, answers, conclusions, letters, meetings, reminders
from meeting_app.acting import Actor
from meeting_app.conclusions import TaskPlan
from meeting_app.db import Database
from meeting_app.errors import AlreadySo, BadInput
from meeting_app.events import Event
from meeting_app.reminders import USUAL, Rules
from meeting_app.times import LOCAL
from tests.meeting_app.hall import SEAL, WORDS, Hall, convene

BEFORE = {"days": 5}  # how long before the meeting begins the letters go out


@pytest_asyncio.fixture(loop_scope="session")
async def invited(db: Database) -> Hall:
    """The letters are out five days before the meeting; two of the guests have an address."""
    hall = await convene(db, "approved")
    hall.now -= timedelta(**BEFORE)
    for one in (hall.an, hall.binh):
        await hall.does(letters.set_address, hall.secretary, one.participant, f"{one.participant}@example.org")
    await hall.does(letters.write_letter, hall.secretary, WORDS)
    await hall.does(letters.invite, hall.secretary, SEAL)
    return hall


async def reminded(hall: Hall) -> Event | None:
    """What the timer does, and that it looks first."""
    due = await hall.asks(reminders.meetings_due, hall.now)
    async with hall.db.writing() as session:
        event = await reminders.remind_due(session, hall.meeting, SEAL, hall.now)
    assert (hall.meeting in due) == (event is not None)
    return event


async def kinds(hall: Hall) -> list[tuple[str, int]]:
    return [(one.kind, one.mails) for one in await hall.asks(reminders.sent_in, hall.meeting)]


async def test_each_is_reminded_once_and_of_what_is_near(invited: Hall):
    hall = invited
    assert await reminded(hall) is None
    await hall.later(86400 * 3.5).does(answers.answer, hall.an, hall.an.participant, "accepted")
    told = await reminded(hall)  # a day and a half before: who has not answered
    assert (told.name, told.actor, told.data) == ("reminded", None, {"mails": 1, "kind": "reminder"})
    assert await reminded(hall.later(60)) is None
    told = await reminded(hall.later(86400 * 0.75))  # on the day: everybody who may come
    assert told.data == {"mails": 2, "kind": "tomorrow"}
    assert await reminded(hall.later(60)) is None
    await hall.does(answers.answer, hall.binh, hall.binh.participant, "declined", reason="Ốm")
    told = await reminded(hall.later(86400 * 0.74))
    assert told.data == {"mails": 1, "kind": "soon"}
    assert await reminded(hall.later(60)) is None
    assert await reminded(hall.later(86400)) is None  # after it began
    assert sorted(await kinds(hall)) == [("invitation", 2), ("reminder", 1), ("soon", 1), ("tomorrow", 2)]


async def test_who_was_invited_a_moment_ago_is_left_in_peace(db: Database):
    hall = await convene(db, "approved")
    hall.now -= timedelta(hours=20)
    await hall.does(letters.set_address, hall.secretary, hall.an.participant, "an@example.org")
    await hall.does(letters.write_letter, hall.secretary, WORDS)
    await hall.does(letters.invite, hall.secretary, SEAL)
    assert await reminded(hall.later(3600)) is None
    assert (await reminded(hall.later(3600 * 12))).data["kind"] == "tomorrow"


async def test_a_service_that_was_away_sends_the_nearest_only(invited: Hall):
    assert (await reminded(invited.later(86400 * 5 - 1800))).data["kind"] == "soon"
    assert await reminded(invited.later(60)) is None


async def test_the_rules_are_chosen_for_each_meeting(invited: Hall):
    hall = invited
    assert await hall.asks(reminders.rules_of, hall.meeting) == USUAL
    never = Rules(answer_days=0, day_before=False, hour_before=False, task_days=0)
    event = await hall.does(reminders.set_reminders, hall.secretary, never)
    assert (event.name, event.data) == ("reminders_set", {"rules": vars(never)})
    with pytest.raises(AlreadySo):
        await hall.does(reminders.set_reminders, hall.secretary, never)
    with pytest.raises(BadInput) as refused:
        await hall.does(reminders.set_reminders, hall.secretary, Rules(15, True, True, 0))
    assert refused.value.field == "answer_days"
    for seconds in (86400 * 4, 80000, 5000):
        assert await reminded(hall.later(seconds)) is None


async def test_nobody_is_reminded_of_a_meeting_that_was_called_off(invited: Hall):
    await invited.does(meetings.set_state, invited.chair, "postponed")
    assert await reminded(invited.later(86400 * 4.5)) is None


async def test_who_has_a_task_is_reminded_of_it_before_it_is_due(invited: Hall):
    hall = invited
    hall.later(86400 * 5)
    for state in ("check_in", "in_session"):
        await hall.does(meetings.set_state, hall.chair, state)
    await hall.does(agenda.open_item, hall.chair, hall.items[0])
    due_on = (hall.now.astimezone(LOCAL) + timedelta(days=10)).date()
    plans = [TaskPlan("Gửi báo cáo", participant=one.participant, due_on=due_on) for one in (hall.an, hall.chi)]
    written = await hall.does(conclusions.write_conclusion, hall.chair, hall.items[0], "Kết luận", plans)
    await hall.does(meetings.set_state, hall.chair, "closed")
    assert await reminded(hall.later(86400 * 8)) is None
    assert (await reminded(hall.later(86400))).data == {"mails": 1, "kind": "task"}  # the other has no address
    assert await reminded(hall.later(86400)) is None
    await hall.does(conclusions.set_progress, hall.an, written.data["conclusion"]["tasks"][0]["id"], 100)
    assert await reminded(hall) is None


async def test_a_task_that_is_given_to_somebody_else_is_told_them(invited: Hall):
    hall = invited
    hall.later(86400 * 5)
    for state in ("check_in", "in_session"):
        await hall.does(meetings.set_state, hall.chair, state)
    await hall.does(agenda.open_item, hall.chair, hall.items[0])
    due_on = hall.now.astimezone(LOCAL).date() + timedelta(days=1)

    async def gives(whom: Actor, task: str | None = None, **named: object) -> dict:
        plan = TaskPlan("Gửi báo cáo", id=task, participant=whom.participant, due_on=due_on)
        how = (hall.items[0], "Kết luận", [plan])
        return (await hall.does(conclusions.write_conclusion, hall.chair, *how, **named)).data["conclusion"]

    written = await gives(hall.an)
    assert (await reminded(hall)).data["mails"] == 1
    task = written["tasks"][0]["id"]
    written = await gives(hall.binh, task, conclusion=written["id"], revision=written["revision"])
    assert (await reminded(hall)).data == {"mails": 1, "kind": "task"}
    await gives(hall.an, task, conclusion=written["id"], revision=written["revision"])
    assert await reminded(hall) is None

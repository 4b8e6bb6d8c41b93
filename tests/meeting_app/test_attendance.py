"""Presence at any second follows from the spans, and nobody is counted twice."""

import itertools
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from meeting_app import attendance
from meeting_app.db import Database
from meeting_app.errors import AlreadyHere, AlreadySo, MeetingClosed, NotAllowed, WrongState
from meeting_app.models import AttendanceSpan
from tests.meeting_app.hall import START, Hall, convene, convene_within
from tests.meeting_app.model import against_a_model


async def test_coming_and_going_are_logged_once_however_often_told(hall: Hall):
    an = hall.an.participant
    came = await hall.does(attendance.check_in, hall.an, an)
    assert (came.name, came.actor, came.data) == (
        "checked_in",
        an,
        {"participant": an, "how": "remote", "method": "remote", "site": None},
    )
    assert await hall.later(1).does(attendance.check_in, hall.an, an) is None
    left = await hall.later(1).does(attendance.leave, hall.an, an)
    assert (left.name, left.data) == ("left", {"participant": an})
    assert await hall.does(attendance.leave, hall.an, an) is None
    assert (await hall.log())[-2:] == [came, left]


async def test_the_secretary_checks_in_who_sits_in_the_room(hall: Hall):
    came = await hall.does(attendance.check_in, hall.secretary, hall.an.participant)
    assert came.actor == hall.secretary.participant
    with pytest.raises(NotAllowed):
        await hall.does(attendance.check_in, hall.an, hall.binh.participant)


async def test_a_big_screen_is_never_counted(hall: Hall):
    for actor in (hall.wall, hall.chair, hall.system):
        with pytest.raises(NotAllowed):
            await hall.does(attendance.check_in, actor, hall.wall.participant)


@pytest.mark.parametrize(("state", "error"), [("draft", WrongState), ("closed", MeetingClosed)])
async def test_nobody_checks_in_before_the_doors_open_or_after_the_end(db: Database, state: str, error: type):
    hall = await convene(db, state)
    with pytest.raises(error):
        await hall.does(attendance.check_in, hall.an, hall.an.participant)


async def test_a_span_holds_its_first_instant_and_not_its_last(hall: Hall):
    an = hall.an.participant
    await hall.does(attendance.check_in, hall.an, an)
    await hall.later(10).does(attendance.leave, hall.an, an)
    for seconds, present in ((-0.001, False), (0, True), (9.999, True), (10, False)):
        moment = START + timedelta(seconds=seconds)
        assert (await hall.asks(attendance.present_at, hall.meeting, moment) == {an}) == present


async def test_the_meetings_with_people_are_those_that_somebody_has_not_left(hall: Hall):
    other = await convene(hall.db)
    assert await hall.asks(attendance.meetings_with_people) == frozenset()
    await hall.does(attendance.check_in, hall.an, hall.an.participant)
    await other.does(attendance.check_in, other.an, other.an.participant)
    await other.does(attendance.leave, other.an, other.an.participant)
    assert await hall.asks(attendance.meetings_with_people) == {hall.meeting}


@given(steps=st.lists(st.tuples(st.sampled_from(["come", "go"]), st.integers(0, 2), st.integers(-3, 9)), max_size=20))
@against_a_model
async def test_presence_at_any_second_is_what_a_diary_would_say(db: Database, steps: list[tuple[str, int, int]]):
    """Against a diary that marks each second, also when the clock is set back between two steps."""
    async with db.writing() as session:
        hall = await convene_within(session, db)
        people = [hall.an, hall.binh, hall.chi]
        came: dict[str, int] = {}
        free_from: dict[str, int] = {}
        diary: dict[str, set[int]] = {who.participant: set() for who in people}
        clock = 0
        for what, number, seconds in steps:
            clock += seconds
            now = START + timedelta(seconds=clock)
            who = people[number]
            name = who.participant
            if what == "come":
                event = await attendance.check_in(session, who, name, now)
                assert (event is None) == (name in came)
                came.setdefault(name, max(clock, free_from.get(name, clock)))
            else:
                event = await attendance.leave(session, who, name, now)
                assert (event is None) == (name not in came)
                if name in came:
                    since = came.pop(name)
                    free_from[name] = max(clock, since)
                    diary[name] |= set(range(since, free_from[name]))
        assert await attendance.present_now(session, hall.meeting) == set(came)
        for second in range(-30, 130, 17):
            expected = {name for name, seconds in diary.items() if second in seconds}
            expected |= {name for name, since in came.items() if since <= second}
            moment = START + timedelta(seconds=second)
            assert await attendance.present_at(session, hall.meeting, moment) == expected
        spans = await session.scalars(
            sa.select(AttendanceSpan).order_by(
                AttendanceSpan.participant_id, AttendanceSpan.came_at, AttendanceSpan.left_at.nulls_last()
            )
        )
        for earlier, later in itertools.pairwise(spans):
            if earlier.participant_id == later.participant_id:
                assert earlier.left_at <= later.came_at, "spans of one person overlap"
        await session.rollback()


async def test_a_hall_that_comes_at_once_is_asked_for_once(hall: Hall):
    an, binh, chi = (actor.participant for actor in (hall.an, hall.binh, hall.chi))
    await hall.does(attendance.check_in, hall.an, an)
    statements = 0

    def count(*_arguments: object) -> None:
        nonlocal statements
        statements += 1

    sa.event.listen(hall.db.engine.sync_engine, "before_cursor_execute", count)
    asked = []
    for comers in ([binh], [an, chi, hall.chair.participant, chi]):
        statements = 0
        happened = await hall.does(attendance.check_in_each, hall.system, comers)
        asked.append(statements)
    sa.event.remove(hall.db.engine.sync_engine, "before_cursor_execute", count)
    assert asked[1] <= asked[0]
    assert [(event.name, event.data["participant"]) for event in happened] == [
        ("checked_in", chi),
        ("checked_in", hall.chair.participant),
    ]
    assert await hall.asks(attendance.present_now, hall.meeting) == {an, binh, chi, hall.chair.participant}
    assert [event.seq for event in (await hall.log())[-2:]] == [event.seq for event in happened]


async def test_who_sits_in_the_hall_is_noted_and_stays_until_they_leave_it(hall: Hall):
    an = hall.an.participant
    await hall.does(attendance.check_in, hall.an, an)
    event = await hall.later(10).does(attendance.check_in_at_hall, hall.secretary, an)
    assert event.data == {"participant": an, "how": "in_person", "method": "on_behalf", "site": None}
    assert (await hall.asks(attendance.ways_now, hall.meeting)) == {an: "in_person"}
    assert await hall.does(attendance.check_in, hall.an, an) is None  # their telephone adds nothing
    with pytest.raises(AlreadyHere):
        await hall.does(attendance.check_in_at_hall, hall.chair, an)
    with pytest.raises(NotAllowed):
        await hall.does(attendance.check_in_at_hall, hall.binh, hall.binh.participant)
    with pytest.raises(NotAllowed):
        await hall.does(attendance.check_in_at_hall, hall.chair, hall.wall.participant)
    left = await hall.later(10).does(attendance.note_leaving, hall.secretary, an)
    assert (left.name, left.actor) == ("left", hall.secretary.participant)
    with pytest.raises(AlreadySo):
        await hall.does(attendance.note_leaving, hall.secretary, an)
    for seconds, here in ((5, True), (10, True), (19, True), (20, False)):
        moment = START + timedelta(seconds=seconds)
        assert (await hall.asks(attendance.present_at, hall.meeting, moment) == {an}) == here

"""Every verb obeys the table of when."""

import itertools

import pytest

from meeting_app import meetings, permissions
from meeting_app.db import Database
from meeting_app.errors import AlreadySo, MeetingClosed, WrongState
from meeting_app.states import OVER, POSSIBLE_IN, STATES, TRANSITIONS, check_possible
from tests.meeting_app.documents import table
from tests.meeting_app.hall import TO_STATE, convene_within


async def test_only_the_transitions_of_the_table_exist(db: Database):
    async with db.writing() as session:
        halls = {state: await convene_within(session, db, state) for state in STATES}
        for state, to in itertools.product(STATES, STATES):
            hall = halls[state]
            async with session.begin_nested() as attempt:
                if to in TRANSITIONS[state] and (state, to) != ("postponed", "invited"):  # which a new time brings
                    event = await meetings.set_state(session, hall.chair, to, hall.now)
                    assert (event.data["from"], event.data["to"]) == (state, to)
                else:
                    expected = MeetingClosed if state in OVER else AlreadySo if to == state else WrongState
                    with pytest.raises(expected):
                        await meetings.set_state(session, hall.chair, to, hall.now)
                await attempt.rollback()


def test_every_state_is_reached_by_the_table():
    for state, steps in TO_STATE.items():
        for before, after in itertools.pairwise(["draft", *steps]):
            assert after in TRANSITIONS[before]
        assert (steps[-1] if steps else "draft") == state


def test_after_the_end_one_leaves_does_what_was_concluded_and_recalls_papers():
    possible = {action for action, states in POSSIBLE_IN.items() if states & OVER}
    assert possible == {"leave", "set_progress", "recall_document"}


def test_a_refusal_tells_before_the_beginning_from_after_the_end():
    with pytest.raises(WrongState):
        check_possible("say", "draft")
    with pytest.raises(MeetingClosed):
        check_possible("say", "closed")


def test_each_action_of_a_state_has_a_row_of_permissions():
    assert set(POSSIBLE_IN) <= set(permissions.TABLE)


def test_the_documented_states_are_these():
    header, *rows = table("States")
    assert header == ["from \\ to", *STATES]
    for state, *cells in rows:
        assert {to for to, cell in zip(STATES, cells, strict=True) if cell == "yes"} == TRANSITIONS[state]
    assert [row[0] for row in rows] == list(STATES)


def test_the_documented_moments_of_each_action_are_these():
    header, *rows = table("When")
    assert header == ["action", *STATES]
    documented = {
        action: {state for state, cell in zip(STATES, cells, strict=True) if cell == "yes"} for action, *cells in rows
    }
    assert documented == POSSIBLE_IN

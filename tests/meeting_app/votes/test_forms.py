"""Opinion forms: answered before the meeting by all who are convened, until the deadline."""

from datetime import timedelta

import pytest

from meeting_app import answers, audit, meetings, votes
from meeting_app.acting import Actor
from meeting_app.db import Database
from meeting_app.errors import AlreadyVoted, BadInput, MeetingClosed, NotEntitled, VoteOver, VoteRunning, WrongState
from tests.meeting_app.hall import SEAL, START, Hall, convene

DUE = START + timedelta(hours=2)


async def asks(hall: Hall, question: str = "Cho ý kiến về dự thảo Quy chế") -> str:
    event = await hall.does(votes.ask_opinions, hall.chair, question, DUE)
    return event.data["vote"]["id"]


async def test_all_who_are_convened_answer_before_the_meeting(db: Database):
    hall = await convene(db, "invited")
    form = await asks(hall)
    seen = (await hall.seen()).vote
    assert (len(seen.roster), seen.base, seen.base_count, seen.needed) == (4, "convened", 4, 3)
    assert seen.due_at is not None and (await hall.seen()).state == "invited"
    for actor in (hall.chair, hall.an, hall.binh):
        await hall.does(votes.cast, actor, form, "for")
    with pytest.raises(AlreadyVoted):
        await hall.does(votes.cast, hall.an, form, "against")
    late = await hall.does(meetings.add_participant, hall.system, "delegate", name="Đến sau")
    with pytest.raises(NotEntitled):
        await hall.does(votes.cast, Actor(hall.meeting, late.data["participant"]["id"]), form, "for")
    await hall.does(votes.close, hall.secretary, form)
    result = (await hall.does(votes.publish, hall.chair, form)).data["result"]
    assert (result["passed"], result["counts"]["for"], result["base_count"]) == (True, 3, 4)


async def test_at_the_deadline_it_is_due_and_takes_no_answer(db: Database):
    hall = await convene(db, "invited")
    form = await asks(hall)
    hall.later(2 * 3600 - 1)
    await hall.does(votes.cast, hall.an, form, "for")
    assert await hall.asks(votes.due, hall.now) == []
    hall.later(1)
    with pytest.raises(VoteOver):
        await hall.does(votes.cast, hall.binh, form, "for")
    assert await hall.asks(votes.due, hall.now) == [(hall.meeting, form)]
    await hall.does(votes.close, hall.system, form)
    assert await hall.asks(votes.due, hall.now) == []


async def test_its_owner_sees_it_and_the_own_answer(db: Database):
    hall = await convene(db, "invited")
    assert await hall.asks(votes.form_of, hall.meeting, hall.an.participant) is None
    form = await asks(hall)
    before = await hall.asks(votes.form_of, hall.meeting, hall.an.participant)
    assert (before.vote, before.state, before.choice) == (form, "open", None)
    await hall.does(votes.cast, hall.an, form, "other", text="Bổ sung điều 3")
    after = await hall.asks(votes.form_of, hall.meeting, hall.an.participant)
    assert (after.choice, after.text) == ("other", "Bổ sung điều 3")
    assert await hall.asks(votes.form_of, hall.meeting, hall.secretary.participant) is None


@pytest.mark.parametrize("state", ["draft", "approved", "in_session", "closed"])
async def test_it_is_asked_between_the_invitations_and_the_opening(db: Database, state: str):
    hall = await convene(db, state)
    with pytest.raises((WrongState, MeetingClosed)):
        await asks(hall)


async def test_what_is_no_form(db: Database):
    hall = await convene(db, "invited")
    with pytest.raises(BadInput):
        await hall.does(votes.ask_opinions, hall.chair, "Cho ý kiến", START)
    with pytest.raises(BadInput):
        await asks(hall, " ")
    await asks(hall)
    with pytest.raises(VoteRunning):
        await asks(hall)


async def gives_the_seat(hall: Hall, whom: Actor) -> Actor:
    how = {"seal": SEAL, "name": "Vi Văn Thế"}
    replaced = await hall.does(answers.name_substitute, whom, whom.participant, **how)
    return Actor(hall.meeting, replaced.substitute)


async def test_a_substitute_answers_what_was_not_answered(db: Database):
    hall = await convene(db, "invited")
    form = await asks(hall)
    second = await gives_the_seat(hall, await gives_the_seat(hall, hall.an))
    assert second.participant in (await hall.seen()).vote.roster
    assert (await hall.log())[-1].data["vote"] == form
    await hall.does(votes.cast, second, form, "for")
    assert await hall.asks(audit.verify, hall.meeting) is None


async def test_what_was_answered_counts_once(db: Database):
    hall = await convene(db, "invited")
    form = await asks(hall)
    await hall.does(votes.cast, hall.an, form, "for")
    substitute = await gives_the_seat(hall, hall.an)
    with pytest.raises(NotEntitled):
        await hall.does(votes.cast, substitute, form, "for")
    assert (await hall.log())[-1].data["vote"] is None
    assert await hall.asks(audit.verify, hall.meeting) is None

"""A command happens once, however often it arrives."""

import asyncio

import pytest

from meeting_app import chat, floor, lobby
from meeting_app.acting import Actor
from meeting_app.commands import Answer, once
from meeting_app.errors import AlreadyWaiting, KeyReused
from tests.meeting_app.hall import Hall


async def say_once(hall: Hall, actor: Actor, key: str, text: str) -> Answer:
    async with hall.db.writing() as session:
        return await once(
            session,
            actor,
            key,
            {"type": "say", "text": text},
            lambda: chat.say(session, actor, text, hall.now),
            hall.now,
        )


async def test_a_repeated_command_gets_the_first_answer_and_changes_nothing(hall: Hall):
    first = await say_once(hall, hall.an, "key-0001", "một")
    hall.later(30)
    again = await say_once(hall, hall.an, "key-0001", "một")
    assert (first.outcome.name, first.repeated) == ("said", False)
    assert again == Answer(None, first.seq, True)
    assert (await hall.log())[-1].seq == first.seq


async def test_a_command_sent_on_many_lines_at_once_happens_once(hall: Hall):
    before = len(await hall.log())
    answers = await asyncio.gather(*(say_once(hall, hall.an, "key-0001", "một") for _ in range(10)))
    assert [answer.repeated for answer in answers].count(False) == 1
    assert len({answer.seq for answer in answers}) == 1
    assert len(await hall.log()) == before + 1


async def test_another_command_under_the_same_key_is_refused(hall: Hall):
    await say_once(hall, hall.an, "key-0001", "một")
    with pytest.raises(KeyReused):
        await say_once(hall, hall.an, "key-0001", "hai")


async def test_two_people_may_choose_the_same_key(hall: Hall):
    first = await say_once(hall, hall.an, "key-0001", "một")
    second = await say_once(hall, hall.binh, "key-0001", "hai")
    assert not second.repeated
    assert second.seq == first.seq + 1


async def test_a_refused_command_is_judged_anew_when_repeated(hall: Hall):
    async def raise_once() -> Answer:
        async with hall.db.writing() as session:
            verb = lambda: floor.raise_hand(session, hall.an, hall.now)  # noqa: E731
            return await once(session, hall.an, "key-0001", {"type": "raise_hand"}, verb, hall.now)

    await hall.does(floor.raise_hand, hall.an)
    with pytest.raises(AlreadyWaiting):
        await raise_once()
    await hall.does(floor.lower_hand, hall.an, None)
    assert not (await raise_once()).repeated


async def test_a_command_without_an_event_has_no_number(hall: Hall):
    async with hall.db.writing() as session:
        entry = await lobby.knock(session, hall.meeting, "Khách", "", hall.now)
        verb = lambda: lobby.refuse(session, hall.chair, entry.visitor.knock, hall.now)  # noqa: E731
        answer = await once(session, hall.chair, "key-0001", {"type": "refuse"}, verb, hall.now)
    assert answer == Answer(entry.visitor.session, None, False)

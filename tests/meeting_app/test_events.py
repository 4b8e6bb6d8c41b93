"""The log has no gaps, and whatever is changed in it is found at its number."""

import asyncio
import random

import pytest
import sqlalchemy as sa

from meeting_app import chat, events, floor
from meeting_app.acting import Actor
from meeting_app.events import Broken, Event, canonical, chained
from meeting_app.models import LogEntry, Meeting
from tests.meeting_app.hall import START, Hall, convene


async def test_numbers_have_no_gap_when_many_write_at_once(hall: Hall):
    before = len(await hall.log())
    writers = [hall.chair, hall.secretary, hall.an, hall.binh, hall.chi]

    async def write(actor: Actor) -> list[Event]:
        return [await hall.does(chat.say, actor, f"dòng {n}") for n in range(8)]

    written = [event for each in await asyncio.gather(*map(write, writers)) for event in each]
    log = await hall.log()
    assert [event.seq for event in log] == list(range(1, before + 41))
    assert sorted(written, key=lambda event: event.seq) == log[before:]
    assert await hall.asks(events.verify, hall.meeting) is None


async def test_a_verb_that_fails_takes_no_number(hall: Hall):
    before = await hall.log()
    with pytest.raises(ZeroDivisionError):
        async with hall.db.writing() as session:
            await chat.say(session, hall.an, "một", hall.now)
            _ = 1 / 0
    assert await hall.log() == before
    assert (await hall.does(chat.say, hall.an, "hai")).seq == before[-1].seq + 1


async def test_meetings_are_numbered_apart(hall: Hall):
    other = await convene(hall.db)
    await hall.does(chat.say, hall.an, "một")
    assert (await other.log())[0].seq == 1
    assert await hall.asks(events.verify, other.meeting) is None


async def test_what_followed_an_event_is_told_in_order_and_bounded(hall: Hall):
    whole = await hall.log()
    assert await hall.asks(events.since, hall.meeting, 3) == whole[3:]
    assert await hall.asks(events.since, hall.meeting, 3, 2) == whole[3:5]
    assert await hall.asks(events.since, hall.meeting, whole[-1].seq) == []


async def test_events_are_read_as_they_were_told(hall: Hall):
    told = await hall.does(floor.raise_hand, hall.an)
    assert (await hall.log())[-1] == told
    assert told.at == "2026-11-22T01:00:00.000000Z"
    assert told.actor == hall.an.participant


CHANGES = {
    "name": "unmuted",
    "actor": None,
    "at": START.replace(microsecond=1),
    "data": {"participant": "someone else"},
    "hash": "0" * 64,
}


@pytest.mark.parametrize("column", CHANGES)
async def test_a_changed_entry_is_found_at_its_number(hall: Hall, column: str):
    said = [(await hall.does(chat.say, hall.an, "dòng")).seq for _ in range(6)]
    seq = random.Random(column).choice(said)
    async with hall.db.writing() as session:
        await session.execute(
            sa.update(LogEntry)
            .where(LogEntry.meeting_id == hall.meeting, LogEntry.seq == seq)
            .values({column: CHANGES[column]})
        )
    assert await hall.asks(events.verify, hall.meeting) == Broken(seq, "changed")


async def test_a_missing_entry_is_found_at_its_number(hall: Hall):
    last = (await hall.log())[-1].seq
    for seq in (last, 4, 1):
        async with hall.db.writing() as session:
            await session.execute(sa.delete(LogEntry).where(LogEntry.meeting_id == hall.meeting, LogEntry.seq == seq))
        assert await hall.asks(events.verify, hall.meeting) == Broken(seq, "missing")


async def test_a_log_written_anew_from_some_number_does_not_meet_its_head(hall: Hall):
    """Who changes an entry and all hashes after it still leaves the head, which screens have seen, behind."""
    await hall.does(chat.say, hall.an, "trước")
    *_, before, last = await hall.log()
    forged = Event(**{**vars(last), "data": {**last.data, "text": "sau"}})
    async with hall.db.writing() as session:
        previous = await session.scalar(
            sa.select(LogEntry.hash).where(LogEntry.meeting_id == hall.meeting, LogEntry.seq == before.seq)
        )
        await session.execute(
            sa.update(LogEntry)
            .where(LogEntry.meeting_id == hall.meeting, LogEntry.seq == last.seq)
            .values(data=forged.data, hash=chained(previous, forged))
        )
    assert await hall.asks(events.verify, hall.meeting) == Broken(last.seq, "not the head")


async def test_a_head_set_back_leaves_entries_past_it(hall: Hall):
    last = (await hall.log())[-1].seq
    async with hall.db.writing() as session:
        await session.execute(sa.update(Meeting).where(Meeting.id == hall.meeting).values(last_seq=last - 2))
    assert await hall.asks(events.verify, hall.meeting) == Broken(last - 1, "past the head")


def test_canonical_json_has_one_spelling():
    assert canonical({"b": [1, None], "a": "Đỗ"}) == '{"a":"Đỗ","b":[1,null]}'
    with pytest.raises(ValueError):
        canonical({"share": float("nan")})


def test_the_hash_is_reproducible_by_hand():
    event = Event("m", 1, "said", None, "2026-11-22T01:00:00.000000Z", {"text": "chào"})
    # printf '\n{"actor":null,...}' | sha256sum
    assert chained("", event) == "fe3ca6f2afac6583b8c051eeaafbfa1c7d5425d8b10d4eacd23bf485202a256e"

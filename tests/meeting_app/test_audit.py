"""Whatever is changed in a log or in an open ballot is found at its number, down to a bit of the file."""

import asyncio
import random
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from meeting_app import audit, chat, events, votes
from meeting_app.db import Database
from meeting_app.events import Broken, Head
from meeting_app.models import LogEntry, Meeting, OpenBallot
from tests import tables
from tests.meeting_app.hall import START, Hall, convene


async def with_ballots(hall: Hall) -> str:
    """An open vote in which the chair and two delegates have voted; its id."""
    vote = await hall.opens_a_vote(hall.chair, hall.an, hall.binh, hall.chi)
    for actor, choice in ((hall.binh, "for"), (hall.chair, "for"), (hall.an, "other")):
        await hall.does(votes.cast, actor, vote, choice, text="Bổ sung số liệu" if choice == "other" else "")
    return vote


async def seq_of(hall: Hall, name: str) -> int:
    """The number of the last event of that name."""
    return [event.seq for event in await hall.log() if event.name == name][-1]


async def test_what_was_written_is_whole(hall: Hall):
    await with_ballots(hall)
    assert await hall.asks(audit.verify, hall.meeting) is None
    end = await hall.asks(events.head, hall.meeting)
    assert end.seq == len(await hall.log())
    await hall.does(chat.say, hall.an, "sau đó")
    assert await hall.asks(audit.verify, hall.meeting, end) is None


CHANGES = {
    "choice": {"choice": "against", "text": None},
    "text": {"text": "Tôi đồng ý"},
    "cast_at": {"cast_at": START.replace(microsecond=1)},
}


@pytest.mark.parametrize("what", CHANGES)
async def test_a_changed_ballot_is_found_at_its_event(hall: Hall, what: str):
    await with_ballots(hall)
    async with hall.db.writing() as session:
        await session.execute(
            sa.update(OpenBallot).where(OpenBallot.participant_id == hall.an.participant).values(CHANGES[what])
        )
    found = await hall.asks(audit.verify, hall.meeting)
    assert found == Broken(await seq_of(hall, "ballot_cast"), "its ballot was changed")


async def test_a_ballot_that_is_gone_is_found_at_its_event(hall: Hall):
    await with_ballots(hall)
    async with hall.db.writing() as session:
        await session.execute(sa.delete(OpenBallot).where(OpenBallot.participant_id == hall.an.participant))
    found = await hall.asks(audit.verify, hall.meeting)
    assert found == Broken(await seq_of(hall, "ballot_cast"), "its ballot is missing")


async def test_a_ballot_beside_the_log_is_found_at_its_vote(hall: Hall):
    vote = await with_ballots(hall)
    async with hall.db.writing() as session:
        session.add(OpenBallot(vote_id=vote, participant_id=hall.chi.participant, choice="for", cast_at=START))
    found = await hall.asks(audit.verify, hall.meeting)
    assert found == Broken(await seq_of(hall, "vote_opened"), "a ballot that the log does not know")


async def test_a_log_written_anew_as_a_whole_is_found_by_a_head_that_was_kept(hall: Hall):
    """Who changes an event, every hash after it and the head leaves a whole chain behind."""
    for n in range(4):
        await hall.does(chat.say, hall.an, f"dòng {n}")
    kept = await hall.asks(events.head, hall.meeting)
    forged_at = kept.seq - 2
    previous = ""
    async with hall.db.writing() as session:
        for row in await session.scalars(sa.select(LogEntry).order_by(LogEntry.seq)):
            data = {**row.data, "text": "khác"} if row.seq == forged_at else row.data
            event = events.Event(hall.meeting, row.seq, row.name, row.actor, events.iso(row.at), data)
            row.data, row.hash = data, events.chained(previous, event)
            previous = row.hash
        await session.execute(sa.update(Meeting).values(last_hash=previous))
    assert await hall.asks(audit.verify, hall.meeting) is None
    assert await hall.asks(audit.verify, hall.meeting, kept) == Broken(kept.seq, "not the head that was kept")
    longer = Head(kept.seq + 3, kept.hash)
    assert await hall.asks(audit.verify, hall.meeting, longer) == Broken(kept.seq + 1, "missing")


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """A closed SQLite file in which one meeting has voted."""
    path = tmp_path / "meetings.sqlite"
    database = Database(await tables.lay_out(path))
    hall = await convene(database)
    await with_ballots(hall)
    await hall.does(votes.close, hall.chair, (await hall.seen()).vote.id)
    await database.close()
    return path


def stored(path: Path) -> list[tuple[int, bytes]]:
    """Each event's and ballot's row as the bytes of its record, with the number at which damage must be found."""
    with sqlite3.connect(path) as rows:
        rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        entries = rows.execute("SELECT meeting_id, seq, name, actor, at, data, hash FROM events").fetchall()
        ballots = rows.execute(
            "SELECT e.seq, vote_id, participant_id, choice, cast_at FROM open_ballots JOIN events e "
            "ON e.name = 'ballot_cast' AND e.actor = participant_id"
        ).fetchall()
    # SQLite keeps 1 in a record's header, other small integers in a byte.
    found = [
        (seq, meeting.encode() + (b"" if seq == 1 else bytes([seq])) + "".join(map(str, filter(None, rest))).encode())
        for meeting, seq, *rest in entries
    ]
    return found + [(seq, "".join(columns).encode()) for seq, *columns in ballots]


async def found_in(file: Path, content: bytes, meeting: str) -> Broken | None:
    """What the verifier says of the file with this content."""
    await asyncio.to_thread(file.write_bytes, content)
    database = Database(f"sqlite+aiosqlite:///{file}")
    try:
        async with database.reading() as session:
            return await audit.verify(session, meeting)
    finally:
        await database.close()


async def test_a_flipped_bit_of_the_file_is_found_and_located(file: Path):
    rows, chance = stored(file), random.Random(21)
    whole = await asyncio.to_thread(file.read_bytes)
    meeting = rows[0][1][:36].decode()
    assert len(rows) > 20 and await found_in(file, whole, meeting) is None
    for seq, record in rows:
        begin = whole.index(record)
        assert whole.count(record) == 1
        for offset in (0, 36, len(record) - 1, chance.randrange(len(record)), chance.randrange(len(record))):
            damaged = bytearray(whole)
            damaged[begin + offset] ^= 1 << chance.randrange(8)
            found = await found_in(file, damaged, meeting)
            assert found is not None and found.seq == seq, (seq, offset, found)


def record(values: tuple) -> bytes:
    """A row as SQLite keeps it behind the record's header: 0 and 1 are in the header."""
    stored = b""
    for value in values:
        if isinstance(value, str):
            stored += value.encode()
        elif value is not None and value not in (0, 1):
            stored += int(value).to_bytes(value.bit_length() // 8 + 1, "big")
    return stored


async def test_a_flipped_bit_in_what_is_kept_of_a_vote_is_found(file: Path):
    chance = random.Random(34)
    with sqlite3.connect(file) as rows:
        rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        kept = [rows.execute("SELECT * FROM votes").fetchone(), *rows.execute("SELECT * FROM vote_rights")]
        told = [seq for (seq,) in rows.execute("SELECT seq FROM events WHERE name LIKE 'vote%'")]
        meeting = rows.execute("SELECT id FROM meetings").fetchone()[0]
    whole = await asyncio.to_thread(file.read_bytes)
    for stored in map(record, kept):
        assert whole.count(stored) == 1
        begin = whole.index(stored)
        for offset in (0, 36, len(stored) - 1, *(chance.randrange(len(stored)) for _ in range(12))):
            damaged = bytearray(whole)
            damaged[begin + offset] ^= 1 << chance.randrange(8)
            found = await found_in(file, damaged, meeting)
            assert found is not None and found.seq in told, (stored, offset, found)


async def test_a_damaged_page_is_no_yes(file: Path):
    """Where the file cannot be read as a database, the number is that from which on it cannot."""
    rows = stored(file)
    damaged = bytearray(await asyncio.to_thread(file.read_bytes))
    page = damaged.index(rows[5][1]) // 4096 * 4096
    damaged[page : page + 64] = b"\xff" * 64
    found = await found_in(file, damaged, rows[0][1][:36].decode())
    assert found is not None and found.why in ("unreadable", "missing")

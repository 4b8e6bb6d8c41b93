"""The log of a meeting, or of a consultation: events numbered without gaps, each holding the hash of what came before.

hash(n) = SHA-256 of hash(n - 1), a newline, and the event as canonical JSON (sorted keys, no spaces, UTF-8).
The head is kept in the row whose log it is, so cutting off the end of the log is found as well.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Text, cast, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from meeting_app.errors import NotFound
from meeting_app.models import Consultation, ConsultationEntry, LogEntry, Meeting
from meeting_app.times import as_stored, from_stored, iso


@dataclass(frozen=True)
class Event:
    """What happened, as the log and the messages carry it."""

    meeting: str  # or consultation
    seq: int
    name: str
    actor: str | None  # participant, or account in a consultation; None: the system
    at: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Head:
    """Where a log ends; empty before the first event."""

    seq: int
    hash: str


@dataclass(frozen=True)
class Broken:
    """The first number at which the log is not what was written."""

    seq: int
    why: str


@dataclass(frozen=True)
class Stream:
    """Where the logs of one kind lie."""

    head: type[Meeting] | type[Consultation]
    entry: type[LogEntry] | type[ConsultationEntry]
    owner: InstrumentedAttribute[str]  # of an entry: whose log it is in


MEETINGS = Stream(Meeting, LogEntry, LogEntry.meeting_id)
CONSULTATIONS = Stream(Consultation, ConsultationEntry, ConsultationEntry.consultation_id)


async def append(
    session: AsyncSession,
    meeting: Meeting | Consultation,
    actor: str | None,
    name: str,
    data: Mapping[str, Any],
    now: datetime,
) -> Event:
    """Add the next event. The caller holds the lock of the row."""
    event = chain(session, meeting, actor, name, data, now)
    await session.flush()
    return event


def chain(
    session: AsyncSession,
    meeting: Meeting | Consultation,
    actor: str | None,
    name: str,
    data: Mapping[str, Any],
    now: datetime,
) -> Event:
    """The same as one of several: it is written when the caller flushes."""
    stream = CONSULTATIONS if isinstance(meeting, Consultation) else MEETINGS
    event = Event(meeting.id, meeting.last_seq + 1, name, actor, iso(now), dict(data))
    meeting.last_seq = event.seq
    meeting.last_hash = chained(meeting.last_hash, event)
    session.add(
        stream.entry(
            **{stream.owner.key: meeting.id},
            seq=event.seq,
            name=name,
            actor=actor,
            at=now,
            data=event.data,
            hash=meeting.last_hash,
        )
    )
    return event


async def since(
    session: AsyncSession, meeting: str, seq: int, limit: int = 1000, stream: Stream = MEETINGS
) -> list[Event]:
    """What followed the event `seq`, in order, at most `limit` of it."""
    entry = stream.entry
    rows = await session.scalars(
        select(entry).where(stream.owner == meeting, entry.seq > seq).order_by(entry.seq).limit(limit)
    )
    return [Event(meeting, row.seq, row.name, row.actor, iso(row.at), row.data) for row in rows]


async def head(session: AsyncSession, meeting: str, stream: Stream = MEETINGS) -> Head:
    """Where the log ends, by the row it belongs to. Raises `NotFound`."""
    of = stream.head
    row = (await session.execute(select(of.last_seq, of.last_hash).where(of.id == meeting))).first()
    if row is None:
        raise NotFound("no such meeting", "meeting")
    return Head(*row)


async def verify(
    session: AsyncSession, meeting: str, kept: Head | None = None, stream: Stream = MEETINGS
) -> Broken | None:
    """None when the log is whole, else the first number that is missing, changed, unreadable, or past the head.

    `kept` is a head that was written down elsewhere: who rewrote the whole chain is found by it alone.
    """
    last = await head(session, meeting, stream)
    previous, seq = "", 0
    while rows := await _stored(session, meeting, stream, seq):
        for row in rows:
            if row is None:
                return Broken(seq + 1, "unreadable")
            if row.seq != seq + 1:
                return Broken(seq + 1, "missing")
            event = _as_written(row, meeting)
            if event is None or row.hash != chained(previous, event):
                return Broken(row.seq, "changed")
            previous, seq = row.hash, row.seq
            if kept is not None and kept.seq == seq and kept.hash != previous:
                return Broken(seq, "not the head that was kept")
    if last.seq != seq:
        return Broken(min(seq, last.seq) + 1, "missing" if last.seq > seq else "past the head")
    if last.hash != previous:
        return Broken(last.seq, "not the head")
    if kept is not None and kept.seq > seq:
        return Broken(seq + 1, "missing")
    return await _misplaced(session, meeting, stream)


async def _misplaced(session: AsyncSession, meeting: str, stream: Stream) -> Broken | None:
    """SQLite took the keys from its index; here the rows' own are read, because no index serves this question."""
    asked = select(stream.entry.seq, stream.entry.hash).where(stream.owner.concat("") == meeting)
    gone = set(range(1, (await head(session, meeting, stream)).seq + 1)) - set(await session.scalars(asked))
    return Broken(min(gone), "changed") if gone else None


async def _stored(
    session: AsyncSession, meeting: str, stream: Stream, after: int, limit: int = 500
) -> list[Row[Any] | None]:
    """The next entries as the database spells them; None alone: the next one cannot be read at all."""
    entry = stream.entry
    at = as_stored(entry.at, session.get_bind().dialect).label("at")
    data = cast(entry.data, Text).label("data")
    asked = (
        select(entry.seq, entry.name, entry.actor, at, data, entry.hash)
        .where(stream.owner == meeting, entry.seq > after)
        .order_by(entry.seq)
        .limit(limit)
    )
    try:
        return list(await session.execute(asked))
    except DBAPIError as error:
        if not is_damage(error):
            raise
        return [None] if limit == 1 else await _stored(session, meeting, stream, after, 1)


def is_damage(error: DBAPIError) -> bool:
    """Whether SQLite refused because of what is in the file; being locked, say, is no damage."""
    if not isinstance(error.orig, sqlite3.Error):
        return False
    # Python itself, which gives no code, refuses text that is no UTF-8.
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code is None or code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _as_written(row: Row[Any], meeting: str) -> Event | None:
    """The entry, or None when it is not spelled as it was written: no hash covers the spelling."""
    try:
        event = Event(meeting, row.seq, row.name, row.actor, iso(from_stored(row.at)), json.loads(row.data))
        canonical(vars(event))
    except (TypeError, ValueError):
        return None
    return event if json.dumps(event.data) == row.data else None


def chained(previous: str, event: Event) -> str:
    """The hash of an event that follows the one whose hash is `previous` (empty for the first)."""
    return hashlib.sha256(f"{previous}\n{canonical(vars(event))}".encode()).hexdigest()


def canonical(value: object) -> str:
    """JSON in one spelling. Raises `ValueError` for NaN and infinities."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)

"""The log of a meeting: events numbered without gaps, each holding the hash of what came before.

hash(n) = SHA-256 of hash(n - 1), a newline, and the event as canonical JSON (sorted keys, no spaces, UTF-8).
The head is kept in the meeting's row, so cutting off the end of the log is found as well.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.errors import NotFound
from meeting_app.models import LogEntry, Meeting
from meeting_app.times import iso


@dataclass(frozen=True)
class Event:
    """What happened, as the log and the messages carry it."""

    meeting: str
    seq: int
    name: str
    actor: str | None  # participant; None: the system
    at: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Broken:
    """The first number at which the log is not what was written."""

    seq: int
    why: str


async def append(
    session: AsyncSession,
    meeting: Meeting,
    actor: str | None,
    name: str,
    data: Mapping[str, Any],
    now: datetime,
) -> Event:
    """Add the next event. The caller holds the lock of the meeting's row."""
    event = Event(meeting.id, meeting.last_seq + 1, name, actor, iso(now), dict(data))
    meeting.last_seq = event.seq
    meeting.last_hash = chained(meeting.last_hash, event)
    session.add(
        LogEntry(
            meeting_id=meeting.id,
            seq=event.seq,
            name=name,
            actor=actor,
            at=now,
            data=event.data,
            hash=meeting.last_hash,
        )
    )
    await session.flush()
    return event


async def since(session: AsyncSession, meeting: str, seq: int, limit: int = 1000) -> list[Event]:
    """What followed the event `seq`, in order, at most `limit` of it."""
    rows = await session.scalars(
        select(LogEntry).where(LogEntry.meeting_id == meeting, LogEntry.seq > seq).order_by(LogEntry.seq).limit(limit)
    )
    return [_read(row) for row in rows]


async def verify(session: AsyncSession, meeting: str) -> Broken | None:
    """None when the log is whole, else the first number that is missing, changed, or past the head."""
    head = await session.get(Meeting, meeting, populate_existing=True)
    if head is None:
        raise NotFound("no such meeting", "meeting")
    rows = await session.stream_scalars(
        select(LogEntry).where(LogEntry.meeting_id == meeting).order_by(LogEntry.seq),
        execution_options={"yield_per": 500, "populate_existing": True},
    )
    previous, expected = "", 1
    async for row in rows:
        if row.seq != expected:
            return Broken(expected, "missing")
        if row.hash != chained(previous, _read(row)):
            return Broken(expected, "changed")
        previous, expected = row.hash, expected + 1
    if head.last_seq != expected - 1:
        return Broken(min(expected, head.last_seq + 1), "missing" if head.last_seq >= expected else "past the head")
    return None if head.last_hash == previous else Broken(head.last_seq, "not the head")


def chained(previous: str, event: Event) -> str:
    """The hash of an event that follows the one whose hash is `previous` (empty for the first)."""
    return hashlib.sha256(f"{previous}\n{canonical(vars(event))}".encode()).hexdigest()


def canonical(value: object) -> str:
    """JSON in one spelling. Raises `ValueError` for NaN and infinities."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _read(row: LogEntry) -> Event:
    return Event(row.meeting_id, row.seq, row.name, row.actor, iso(row.at), row.data)

"""What is written to everybody. The log holds it; there is no second copy."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin, find_participant
from meeting_app.events import Event, append
from meeting_app.ids import new_id
from meeting_app.models import LogEntry
from meeting_app.text import CHAT_MAX, clean
from meeting_app.times import iso
from meeting_app.views import ChatLineView


async def say(session: AsyncSession, actor: Actor, text: str, now: datetime) -> Event:
    """Write a line. Raises `BadInput` for one that is empty, too long or not text."""
    meeting = await begin(session, actor, "say")
    writer = await find_participant(session, meeting, actor.participant or "")
    data = {
        "id": new_id(now),
        "participant": writer.id,
        "name": writer.name,
        "text": clean(text, "text", CHAT_MAX, is_prose=True),
    }
    return await append(session, meeting, writer.id, "said", data, now)


async def last_lines(session: AsyncSession, meeting_id: str, count: int = 200) -> tuple[ChatLineView, ...]:
    """The newest `count` lines, the oldest first."""
    newest = await session.scalars(
        select(LogEntry)
        .where(LogEntry.meeting_id == meeting_id, LogEntry.name == "said")
        .order_by(LogEntry.seq.desc())
        .limit(count)
    )
    return tuple(ChatLineView(**entry.data, at=iso(entry.at)) for entry in reversed(newest.all()))

"""The course of the agenda: which item is current, and how long each was."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin
from meeting_app.agenda.reading import find_item
from meeting_app.errors import AlreadySo, WrongState
from meeting_app.events import Event, append
from meeting_app.models import AgendaItem


async def open_item(session: AsyncSession, actor: Actor, item: str, now: datetime) -> Event:
    """Make an item the current one, also one that was done; the one before it is done.

    Raises `NotFound`, `AlreadySo`.
    """
    meeting = await begin(session, actor, "open_item")
    opened = await find_item(session, meeting, item)
    if opened.state == "current":
        raise AlreadySo("this item is open", "item")
    previous = await close_current(session, meeting.id, now)
    opened.state, opened.opened_at = "current", now
    data = {"item": opened.id, "previous": previous}
    return await append(session, meeting, actor.participant, "item_opened", data, now)


async def close_item(session: AsyncSession, actor: Actor, now: datetime) -> Event:
    """The current item is done. Raises `WrongState` when none is open."""
    meeting = await begin(session, actor, "close_item")
    closed = await close_current(session, meeting.id, now)
    if closed is None:
        raise WrongState("no item is open", "item")
    return await append(session, meeting, actor.participant, "item_closed", closed, now)


async def close_current(session: AsyncSession, meeting_id: str, now: datetime) -> dict[str, Any] | None:
    """Part of a larger step: the item and the seconds all its openings took; None when none is open."""
    item = await session.scalar(
        select(AgendaItem).where(AgendaItem.meeting_id == meeting_id, AgendaItem.state == "current")
    )
    if item is None or item.opened_at is None:
        return None
    item.spent_ms += max(0, round((now - item.opened_at).total_seconds() * 1000))
    item.state, item.opened_at = "done", None
    await session.flush()
    return {"item": item.id, "spent_s": item.spent_ms // 1000}

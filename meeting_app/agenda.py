"""The agenda: a tree of items, of which at most one is current, and the time each really took."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin
from meeting_app.errors import AlreadySo, BadInput, NotFound, WrongState
from meeting_app.events import Event, append
from meeting_app.ids import new_id
from meeting_app.models import AgendaItem, Meeting
from meeting_app.text import NAME_MAX, SUBJECT_MAX, clean
from meeting_app.views import ItemView, as_data, of_item


async def add_item(
    session: AsyncSession,
    actor: Actor,
    title: str,
    now: datetime,
    *,
    presenter: str = "",
    budget_s: int = 0,
    parent: str | None = None,
) -> Event:
    """Put an item last among its siblings; event `item_added`. Raises `NotFound`, `BadInput`."""
    meeting = await begin(session, actor, "add_item")
    if budget_s < 0:
        raise BadInput("a time budget is not negative", "budget_s")
    above = None if parent is None else await find_item(session, meeting, parent)
    siblings = await session.scalar(
        select(func.count())
        .select_from(AgendaItem)
        .where(AgendaItem.meeting_id == meeting.id, AgendaItem.parent_id.is_not_distinct_from(parent))
    )
    item = AgendaItem(
        id=new_id(now),
        meeting_id=meeting.id,
        parent_id=parent,
        number=(f"{above.number}." if above else "") + str((siblings or 0) + 1),
        title=clean(title, "title", SUBJECT_MAX),
        presenter=clean(presenter, "presenter", NAME_MAX, may_be_empty=True),
        budget_s=budget_s,
        state="pending",
        spent_ms=0,
    )
    session.add(item)
    return await append(session, meeting, actor.participant, "item_added", {"item": as_data(of_item(item))}, now)


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


async def items(session: AsyncSession, meeting_id: str) -> tuple[ItemView, ...]:
    """In the order of reading: 1, 1.1, 1.2, 2, ... 10."""
    rows = await session.scalars(select(AgendaItem).where(AgendaItem.meeting_id == meeting_id))
    return tuple(sorted(map(of_item, rows), key=lambda item: [int(n) for n in item.number.split(".")]))


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


async def find_item(session: AsyncSession, meeting: Meeting, item: str) -> AgendaItem:
    found = await session.get(AgendaItem, item)
    if found is None or found.meeting_id != meeting.id:
        raise NotFound("the agenda has no such item", "item")
    return found

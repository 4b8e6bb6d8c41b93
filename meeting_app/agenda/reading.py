"""The agenda as it is read: 1, 1.1, 1.2, 2, ... 10."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.errors import NotFound
from meeting_app.models import AgendaItem, AgendaPresenter, Meeting
from meeting_app.times import iso
from meeting_app.views import ItemView, PresenterView


async def items(session: AsyncSession, meeting_id: str) -> tuple[ItemView, ...]:
    """All items with their presenters, in the order of reading."""
    presenters: dict[str, list[PresenterView]] = defaultdict(list)
    named = select(AgendaPresenter).where(AgendaPresenter.meeting_id == meeting_id)
    for row in await session.scalars(named.order_by(AgendaPresenter.item_id, AgendaPresenter.place)):
        presenters[row.item_id].append(PresenterView(row.participant_id, row.name))
    return tuple(view(row, presenters[row.id]) for row in await rows_in_order(session, meeting_id))


async def rows_in_order(session: AsyncSession, meeting_id: str) -> Sequence[AgendaItem]:
    rows = await session.scalars(
        select(AgendaItem).where(AgendaItem.meeting_id == meeting_id, AgendaItem.removed_at.is_(None))
    )
    return sorted(rows, key=lambda row: [int(n) for n in row.number.split(".")])


async def presenters_of(session: AsyncSession, item: AgendaItem) -> tuple[PresenterView, ...]:
    rows = await session.scalars(
        select(AgendaPresenter).where(AgendaPresenter.item_id == item.id).order_by(AgendaPresenter.place)
    )
    return tuple(PresenterView(row.participant_id, row.name) for row in rows)


async def find_item(session: AsyncSession, meeting: Meeting, item: str) -> AgendaItem:
    """An item that is on the agenda of the locked meeting. Raises `NotFound`."""
    found = await session.get(AgendaItem, item)
    if found is None or found.meeting_id != meeting.id or found.removed_at is not None:
        raise NotFound("the agenda has no such item", "item")
    return found


def view(row: AgendaItem, presenters: Iterable[PresenterView]) -> ItemView:
    return ItemView(
        id=row.id,
        parent=row.parent_id,
        number=row.number,
        title=row.title,
        presenters=tuple(presenters),
        planned_at=None if row.planned_at is None else iso(row.planned_at),
        budget_s=row.budget_s,
        state=row.state,
        opened_at=None if row.opened_at is None else iso(row.opened_at),
        spent_s=row.spent_ms // 1000,
        revision=row.revision,
        changed_by=row.changed_by,
        late_change_at=None if row.late_change_at is None else iso(row.late_change_at),
    )

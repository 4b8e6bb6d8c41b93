"""Writing the agenda, before the meeting and during it.

What is written in an item has a revision. Who changes it names the one they read; when somebody else wrote in
between, nothing is changed, and the writer sees the other's text first. Moving is no writing: the last one to
move wins, and the order is everybody's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin, find_participant
from meeting_app.agenda.reading import find_item, presenters_of, rows_in_order, view
from meeting_app.errors import AlreadySo, BadInput, ItemBegun, Outdated
from meeting_app.events import Event, append
from meeting_app.ids import new_id
from meeting_app.models import AgendaItem, AgendaPresenter, Meeting
from meeting_app.states import DOORS_OPEN
from meeting_app.text import NAME_MAX, SUBJECT_MAX, clean
from meeting_app.times import iso
from meeting_app.views import PresenterView, as_data

ITEMS_MAX = 300
LEVELS_MAX = 4
PRESENTERS_MAX = 20
BUDGET_MAX_S = 24 * 3600
INVITED_TO = DOORS_OPEN | {"invited"}

Numbers = dict[str, str]  # of items, by id


async def add_item(
    session: AsyncSession,
    actor: Actor,
    title: str,
    now: datetime,
    *,
    presenters: Sequence[PresenterView] = (),
    planned_at: datetime | None = None,
    budget_s: int = 0,
    parent: str | None = None,
) -> Event:
    """Put an item last among its siblings; event `item_added`. Raises `NotFound`, `BadInput`."""
    meeting = await begin(session, actor, "add_item")
    above = None if parent is None else await find_item(session, meeting, parent)
    rows = await rows_in_order(session, meeting.id)
    if len(rows) >= ITEMS_MAX:
        raise BadInput(f"an agenda has {ITEMS_MAX} items at most", "item")
    siblings = sum(row.parent_id == parent for row in rows)
    number = (f"{above.number}." if above else "") + str(siblings + 1)
    if number.count(".") >= LEVELS_MAX:
        raise BadInput(f"an agenda has {LEVELS_MAX} levels at most", "parent")
    item = AgendaItem(
        id=new_id(now),
        meeting_id=meeting.id,
        parent_id=parent,
        number=number,
        title=clean(title, "title", SUBJECT_MAX),
        planned_at=planned_at,
        budget_s=_budget(budget_s),
        state="pending",
        spent_ms=0,
        revision=1,
        late_change_at=_late(meeting, now),
    )
    session.add(item)
    await session.flush()
    named = await _present(session, meeting, item, presenters)
    data = {"item": as_data(view(item, named))}
    return await append(session, meeting, actor.participant, "item_added", data, now)


async def change_item(
    session: AsyncSession,
    actor: Actor,
    item: str,
    revision: int,
    title: str,
    now: datetime,
    *,
    presenters: Sequence[PresenterView] = (),
    planned_at: datetime | None = None,
    budget_s: int = 0,
) -> Event:
    """Write an item anew; event `item_changed`.

    Raises `NotFound`, `BadInput`, `Outdated` when `revision` is not the present one, and `AlreadySo`.
    """
    meeting = await begin(session, actor, "change_item")
    changed = await find_item(session, meeting, item)
    before = view(changed, await presenters_of(session, changed))
    if revision != changed.revision:
        raise Outdated(f"the item is at revision {changed.revision}", "revision")
    changed.title = clean(title, "title", SUBJECT_MAX)
    changed.planned_at, changed.budget_s = planned_at, _budget(budget_s)
    named = await _present(session, meeting, changed, presenters)
    if view(changed, named) == before:
        raise AlreadySo("the item says so already", "item")
    changed.revision += 1
    changed.changed_by = actor.participant
    changed.late_change_at = _late(meeting, now) or changed.late_change_at
    data = {"item": as_data(view(changed, named))}
    return await append(session, meeting, actor.participant, "item_changed", data, now)


async def move_item(
    session: AsyncSession, actor: Actor, item: str, parent: str | None, before: str | None, now: datetime
) -> Event:
    """Put an item, with what is below it, under `parent` and before that one's child `before`; None: last.

    Event `item_moved` with the numbers that changed.
    Raises `NotFound`, `AlreadySo`, and `BadInput` for what is below the item itself, or too deep.
    """
    meeting = await begin(session, actor, "move_item")
    moved = await find_item(session, meeting, item)
    if parent is not None:
        await find_item(session, meeting, parent)
    if before is not None and (await find_item(session, meeting, before)).parent_id != parent:
        raise BadInput("the next item has another parent", "before")
    rows = await rows_in_order(session, meeting.id)
    if parent in {row.id for row in _with_all_below(rows, moved.id)}:
        raise BadInput("an item is not below itself", "parent")
    if before == moved.id:
        raise AlreadySo("the item is there", "item")
    rest = [row for row in rows if row is not moved]
    place = len(rest) if before is None else next(i for i, row in enumerate(rest) if row.id == before)
    was = moved.parent_id
    moved.parent_id = parent
    numbers = await _number(session, [*rest[:place], moved, *rest[place:]])
    if not numbers and was == parent:
        raise AlreadySo("the item is there", "item")
    moved.late_change_at = _late(meeting, now) or moved.late_change_at
    data = {"item": as_data(view(moved, await presenters_of(session, moved))), "numbers": numbers}
    return await append(session, meeting, actor.participant, "item_moved", data, now)


async def remove_item(session: AsyncSession, actor: Actor, item: str, now: datetime) -> Event:
    """Take an item off the agenda, with what is below it; event `item_removed`.

    Raises `NotFound`, and `ItemBegun` when any of them was ever opened.
    """
    meeting = await begin(session, actor, "remove_item")
    top = await find_item(session, meeting, item)
    rows = await rows_in_order(session, meeting.id)
    removed = _with_all_below(rows, top.id)
    if any(row.state != "pending" for row in removed):
        raise ItemBegun("what was opened stays on the agenda", "item")
    for row in removed:
        row.removed_at, row.number = now, row.id
    await session.flush()
    numbers = await _number(session, [row for row in rows if row not in removed])
    data = {"items": [row.id for row in removed], "title": top.title, "numbers": numbers}
    return await append(session, meeting, actor.participant, "item_removed", data, now)


async def shift_planned(session: AsyncSession, meeting_id: str, by: timedelta) -> dict[str, str]:
    """Part of a larger step: planned beginnings of what was not opened move along; the new ones, by item."""
    planned = {}
    for row in await rows_in_order(session, meeting_id):
        if row.planned_at is not None and row.state == "pending" and by:
            row.planned_at += by
            row.revision += 1
            planned[row.id] = iso(row.planned_at)
    await session.flush()
    return planned


async def _number(session: AsyncSession, rows: Iterable[AgendaItem]) -> Numbers:
    """Number a tree whose siblings come in their order; the numbers that changed."""
    below: dict[str | None, list[AgendaItem]] = defaultdict(list)
    for row in rows:
        below[row.parent_id].append(row)
    changed: list[tuple[AgendaItem, str]] = []

    def number(parent: str | None, prefix: str, level: int) -> None:
        if below[parent] and level > LEVELS_MAX:
            raise BadInput(f"an agenda has {LEVELS_MAX} levels at most", "parent")
        for place, row in enumerate(below[parent], 1):
            if row.number != f"{prefix}{place}":
                changed.append((row, f"{prefix}{place}"))
            number(row.id, f"{prefix}{place}.", level + 1)

    number(None, "", 1)
    # No two items have one number at any moment, also while they change places.
    for row, _ in changed:
        row.number = row.id
    await session.flush()
    for row, new in changed:
        row.number = new
    await session.flush()
    return {row.id: new for row, new in changed}


def _with_all_below(rows: Iterable[AgendaItem], top: str) -> list[AgendaItem]:
    """The item and all its descendants; rows come parents first."""
    found, inside = [], {top}
    for row in rows:
        if row.id == top or row.parent_id in inside:
            found.append(row)
            inside.add(row.id)
    return found


async def _present(
    session: AsyncSession, meeting: Meeting, item: AgendaItem, presenters: Sequence[PresenterView]
) -> tuple[PresenterView, ...]:
    """Write down who presents the item; a participant goes by the name in the list of participants.

    Who presents it already stays under the name that was written down, also after being removed from the list.
    """
    if len(presenters) > PRESENTERS_MAX:
        raise BadInput(f"an item has {PRESENTERS_MAX} presenters at most", "presenters")
    before = {one.participant: one for one in await presenters_of(session, item)}
    await session.execute(delete(AgendaPresenter).where(AgendaPresenter.item_id == item.id))
    named = []
    for one in presenters:
        if one.participant is not None and one.participant in before:
            one = before[one.participant]
        elif one.participant is not None:
            one = PresenterView(one.participant, (await find_participant(session, meeting, one.participant)).name)
        name = clean(one.name, "presenters", NAME_MAX)
        named.append(PresenterView(one.participant, name))
    session.add_all(
        AgendaPresenter(
            item_id=item.id, place=place, meeting_id=meeting.id, participant_id=one.participant, name=one.name
        )
        for place, one in enumerate(named)
    )
    await session.flush()
    return tuple(named)


def _budget(budget_s: int) -> int:
    if not 0 <= budget_s <= BUDGET_MAX_S:
        raise BadInput("a time budget is not negative, and a day at most", "budget_s")
    return budget_s


def _late(meeting: Meeting, now: datetime) -> datetime | None:
    """Now, when people have the agenda already: what changes from then on is marked."""
    return now if meeting.state in INVITED_TO else None

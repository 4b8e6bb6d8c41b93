"""Who is a member of a body on which day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.models import POSITIONS, Body, BodyMember, Person, Unit
from meeting_app.organization import within
from meeting_app.statutes import STATUTES
from meeting_app.times import LOCAL
from meeting_app.views import BodyView

_RANK = {position: place for place, position in enumerate(POSITIONS)}


async def members_of(session: AsyncSession, body: str, day: date) -> list[tuple[BodyMember, Person]]:
    """Who is a member on that day, each once: the head first, then by given name."""
    rows = await session.execute(
        select(BodyMember, Person)
        .join(Person, Person.id == BodyMember.person_id)
        .where(BodyMember.body_id == body, *_on(day))
        .order_by(Person.order_key, Person.id, BodyMember.joined_on)
    )
    # Where one membership ends on the day on which the next begins, the next counts.
    last = {person.id: (member, person) for member, person in rows}
    return sorted(last.values(), key=lambda row: _RANK[row[0].position])


def people_of(body: str, day: date) -> Select[tuple[str]]:
    """The persons who are members on that day, for a condition."""
    return select(BodyMember.person_id).where(BodyMember.body_id == body, *_on(day))


async def shown(session: AsyncSession, body: str | None, day: date) -> BodyView | None:
    """The body as the screens of its meeting see it; None where no body meets."""
    if body is None:
        return None
    row = await session.get_one(Body, body)
    members = await count_members(session, body, day)
    basis = row.basis or STATUTES[row.kind].source
    return BodyView(row.id, row.kind, row.name, members, row.quorum, row.rule, row.base, basis)


async def count_members(session: AsyncSession, body: str, day: date) -> int:
    asked = select(func.count(BodyMember.person_id.distinct())).where(BodyMember.body_id == body, *_on(day))
    return await session.scalar(asked) or 0


async def bodies_within(session: AsyncSession, paths: Sequence[str], day: date) -> list[tuple[Body, Unit, int]]:
    """The bodies of units at or below those paths, each with how many are members on that day."""
    members = (
        select(func.count(BodyMember.person_id.distinct()))
        .where(BodyMember.body_id == Body.id, *_on(day))
        .scalar_subquery()
    )
    rows = await session.execute(
        select(Body, Unit, members)
        .join(Unit, Unit.id == Body.unit_id)
        .where(within(paths))
        .order_by(Body.closed_at.is_not(None), Unit.path, Body.name, Body.id)
    )
    return [(body, unit, count) for body, unit, count in rows]


def day_of(moment: datetime) -> date:
    """The day that it is in Vietnam."""
    return moment.astimezone(LOCAL).date()


def _on(day: date) -> tuple[ColumnElement[bool], ...]:
    return BodyMember.joined_on <= day, or_(BodyMember.left_on.is_(None), BodyMember.left_on >= day)

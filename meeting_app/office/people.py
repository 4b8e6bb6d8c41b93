"""Finding people of an officer's units, in the order of Vietnamese names."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Officer
from meeting_app.errors import NotFound
from meeting_app.models import Person, Unit
from meeting_app.names import folded
from meeting_app.organization import within

MOST = 200


@dataclass(frozen=True)
class Found:
    id: str
    name: str
    title: str
    unit: str
    unit_name: str
    revision: int


async def search(
    session: AsyncSession, officer: Officer, query: str = "", unit: str | None = None, most: int = MOST
) -> list[Found]:
    """People of whose name or title every word of `query` begins a word; of `unit` and below where it is given."""
    asked = (
        select(Person, Unit.name)
        .join(Unit, Unit.id == Person.unit_id)
        .where(within(officer.reach("change_people")))
        .order_by(Person.order_key, Person.id)
        .limit(most)
    )
    if unit is not None:
        asked = asked.where(Unit.path.contains(f"/{unit}/", autoescape=True))
    for word in folded(query).split():
        asked = asked.where(Person.search_key.contains(f" {word}", autoescape=True))
    rows = await session.execute(asked)
    return [Found(row.id, row.name, row.title, row.unit_id, unit_name, row.revision) for row, unit_name in rows]


async def one(session: AsyncSession, officer: Officer, person: str) -> Found:
    """Raises `NotFound`, `NotAllowed`."""
    found = (
        await session.execute(select(Person, Unit).join(Unit, Unit.id == Person.unit_id).where(Person.id == person))
    ).one_or_none()
    if found is None:
        raise NotFound("no such person", "person")
    row, unit = found
    officer.check("change_people", unit.path)
    return Found(row.id, row.name, row.title, row.unit_id, unit.name, row.revision)

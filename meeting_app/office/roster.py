"""Taking in a list of people: every line judged before anything is written, and none added twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import organization
from meeting_app.acting import Officer
from meeting_app.errors import BadInput
from meeting_app.models import Person, Unit
from meeting_app.office.sheets import Line
from meeting_app.text import NAME_MAX, TITLE_MAX, UNIT_MAX, clean

# Why a line is not taken; "known" is somebody who is there already and no fault.
REASONS = ("formula", "name", "title", "unit_missing", "unit_unknown", "unit_ambiguous", "twice")
# Further ones, of a list of members of a body and of delegates of a meeting.
OF_MEMBERS = ("position", "position_differs", "person_ambiguous", "member_then")
OF_DELEGATES = ("site", "site_unknown", "person_ambiguous", "not_member")


@dataclass(frozen=True)
class Judged:
    """What becomes of a line: "new", "known", or "rejected" with the reason."""

    line: Line
    outcome: str
    reason: str = ""
    unit: str = ""  # id, of a new one
    person: str = ""  # id, of a known one; empty where several of the unit have the name


async def judge(session: AsyncSession, officer: Officer, lines: Sequence[Line]) -> list[Judged]:
    """Each line's outcome, in order. Raises `NotAllowed`."""
    reach = officer.reach("change_people")
    inside = organization.within(reach)
    units: dict[str, list[str]] = {}
    for unit in await session.scalars(select(Unit).where(inside, Unit.closed_at.is_(None))):
        units.setdefault(same(unit.name), []).append(unit.id)
    rows = await session.execute(
        select(Person.name, Person.unit_id, Person.id).join(Unit, Unit.id == Person.unit_id).where(inside)
    )
    known: dict[tuple[str, str], list[str]] = {}
    for name, unit, person in rows:
        known.setdefault((same(name), unit), []).append(person)
    seen: set[tuple[str, str]] = set()
    return [_judged(line, units, known, seen) for line in lines]


async def take(session: AsyncSession, officer: Officer, lines: Sequence[Line], now: datetime) -> list[Judged]:
    """Judge the lines, and add the people of those that are new. Raises `NotAllowed`."""
    judged = await judge(session, officer, lines)
    await people_of(session, officer, judged, now)
    return judged


async def people_of(
    session: AsyncSession, officer: Officer, judged: Sequence[Judged], now: datetime
) -> dict[str, Line]:
    """Part of a larger step: the lines that are new, by their people, of whom those nobody knew are added."""
    taken = [one for one in judged if one.outcome == "new"]
    strangers = [(one.line.name, one.line.title, one.unit) for one in taken if not one.person]
    added = iter(await organization.add_people(session, officer, strangers, now))
    return {one.person or next(added).id: one.line for one in taken}


def _judged(
    line: Line, units: dict[str, list[str]], known: dict[tuple[str, str], list[str]], seen: set[tuple[str, str]]
) -> Judged:
    if line.has_formula:
        return Judged(line, "rejected", "formula")
    try:
        name = clean(line.name, "name", NAME_MAX)
        clean(line.title, "title", TITLE_MAX, may_be_empty=True)
        unit_name = clean(line.unit, "unit_missing", UNIT_MAX)
    except BadInput as error:
        return Judged(line, "rejected", error.field)
    found = units.get(same(unit_name), [])
    if len(found) != 1:
        return Judged(line, "rejected", "unit_ambiguous" if found else "unit_unknown")
    who = (same(name), found[0])
    if who in seen:
        return Judged(line, "rejected", "twice")
    seen.add(who)
    if who not in known:
        return Judged(line, "new", unit=found[0])
    people = known[who]
    return Judged(line, "known", person=people[0] if len(people) == 1 else "")


def same(text: str) -> str:
    """The form in which names are the same: case and space aside, every mark kept."""
    return " ".join(text.casefold().split())

"""Taking in a list of members of a body: people who are there, or who come into their unit with the same line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import bodies
from meeting_app.acting import Officer
from meeting_app.models import BodyMember
from meeting_app.names import folded
from meeting_app.office import roster
from meeting_app.office.roster import Judged
from meeting_app.office.sheets import Line

# As sheets of offices say it, without marks and case; an empty cell is a member.
_POSITIONS = {
    "head": ("nguoi dung dau", "truong", "truong ban", "chu tich", "chu nhiem", "head"),
    "deputy": ("cap pho", "pho", "pho truong ban", "pho chu tich", "pho chu nhiem", "deputy"),
    "member": ("", "uy vien", "uy vien thuong truc", "thanh vien", "member"),
}
_POSITION_OF = {words: position for position, every in _POSITIONS.items() for words in every}


async def judge(
    session: AsyncSession, officer: Officer, body: str, lines: Sequence[Line], joined_on: date
) -> list[Judged]:
    """Each line's outcome, in order; "new" becomes a member. Raises `NotFound`, `NotAllowed`."""
    found, unit = await bodies.find_body(session, officer, body)
    officer.check("change_bodies", unit.path)
    memberships: dict[str, list[BodyMember]] = {}
    for row in await session.scalars(select(BodyMember).where(BodyMember.body_id == found.id)):
        memberships.setdefault(row.person_id, []).append(row)
    return [_judged(one, memberships, joined_on) for one in await roster.judge(session, officer, lines)]


async def take(
    session: AsyncSession, officer: Officer, body: str, lines: Sequence[Line], joined_on: date, now: datetime
) -> list[Judged]:
    """Judge the lines, and take in those that are new. Raises `NotFound`, `NotAllowed`."""
    judged = await judge(session, officer, body, lines, joined_on)
    comers = await roster.people_of(session, officer, judged, now)
    positions = {person: _position_of(line) or "member" for person, line in comers.items()}
    await bodies.add_members(session, officer, body, positions, joined_on, now)
    return judged


def _judged(one: Judged, memberships: dict[str, list[BodyMember]], joined_on: date) -> Judged:
    if one.outcome == "rejected":
        return one
    position = _position_of(one.line)
    if position is None:
        return replace(one, outcome="rejected", reason="position")
    if one.outcome == "new":
        return one
    if not one.person:
        return replace(one, outcome="rejected", reason="person_ambiguous")
    held = memberships.get(one.person, [])
    present = next((member for member in held if member.left_on is None), None)
    if present is not None:
        # An empty cell says nothing of who is a member already.
        differs = position != present.position and folded(one.line.position).strip() != ""
        return replace(one, outcome="rejected", reason="position_differs") if differs else one
    if any(member.left_on is not None and member.left_on >= joined_on for member in held):
        return replace(one, outcome="rejected", reason="member_then")
    return replace(one, outcome="new")


def _position_of(line: Line) -> str | None:
    """None for words that name no position."""
    return _POSITION_OF.get(" ".join(folded(line.position).split()))

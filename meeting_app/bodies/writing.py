"""Bodies as officers write them: their rules, their members, their end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Officer
from meeting_app.errors import AlreadySo, BadInput, MemberThen, NotFound, Outdated, UnitClosed
from meeting_app.ids import new_id
from meeting_app.models import BODY_BASES, POSITIONS, Body, BodyMember, Person, Unit
from meeting_app.organization import find_unit
from meeting_app.shares import SHARES
from meeting_app.statutes import BODY_KINDS, STATUTES
from meeting_app.text import NAME_MAX, SUBJECT_MAX, UNIT_MAX, clean


@dataclass(frozen=True)
class Rules:
    """What a body asks of its meetings; `basis` is the article that says so, and may be empty."""

    quorum: str
    rule: str
    base: str
    basis: str = ""


def rules_of(kind: str) -> Rules:
    """The table's rules for a kind of body. Raises `BadInput`."""
    if kind not in BODY_KINDS:
        raise BadInput(f"{kind} is no kind of body", "kind")
    statute = STATUTES[kind]
    return Rules(statute.quorum, statute.rule, statute.base)


async def add_body(
    session: AsyncSession,
    officer: Officer,
    unit: str,
    kind: str,
    name: str,
    now: datetime,
    *,
    term: str = "",
    rules: Rules | None = None,
) -> Body:
    """A body of `unit`, with the rules of its kind unless others are given.

    Raises `NotFound`, `NotAllowed`, `BadInput`, `UnitClosed`.
    """
    holder = await find_unit(session, unit)
    officer.check("change_bodies", holder.path)
    if holder.closed_at is not None:
        raise UnitClosed("the unit is closed", "unit")
    body = Body(id=new_id(now), unit_id=holder.id, kind=kind, opened_at=now)
    _write(body, name, term, rules or rules_of(kind))
    session.add(body)
    await session.flush()
    return body


async def change_body(
    session: AsyncSession, officer: Officer, body: str, revision: int, name: str, term: str, rules: Rules
) -> Body:
    """Raises `NotFound`, `NotAllowed`, `BadInput`, and `Outdated` when `revision` is not the one it has."""
    changed = await _changeable(session, officer, body)
    if changed.revision != revision:
        raise Outdated("somebody else changed the body meanwhile", "revision")
    _write(changed, name, term, rules)
    changed.revision += 1
    return changed


async def close_body(session: AsyncSession, officer: Officer, body: str, now: datetime) -> None:
    """A body whose term is over holds no new meetings. Raises `NotFound`, `NotAllowed`, `AlreadySo`."""
    closed = await _changeable(session, officer, body)
    if closed.closed_at is not None:
        raise AlreadySo("the body is closed already", "body")
    closed.closed_at = now


async def add_member(
    session: AsyncSession, officer: Officer, body: str, person: str, position: str, joined_on: date, now: datetime
) -> BodyMember:
    """Raises `NotFound`, `NotAllowed`, `BadInput`, `AlreadySo` for a member, and `MemberThen` for who was one then."""
    [member] = await add_members(session, officer, body, {person: position}, joined_on, now)
    return member


async def add_members(
    session: AsyncSession, officer: Officer, body: str, positions: Mapping[str, str], joined_on: date, now: datetime
) -> list[BodyMember]:
    """The same for several, with each person's position: all or none."""
    joined = await _changeable(session, officer, body)
    for position in positions.values():
        if position not in POSITIONS:
            raise BadInput(f"{position} is no position in a body", "position")
    known = select(func.count()).select_from(Person).where(Person.id.in_(positions))
    if await session.scalar(known) != len(positions):
        raise NotFound("no such person", "person")
    before = select(BodyMember.id).where(BodyMember.body_id == joined.id, BodyMember.person_id.in_(positions)).limit(1)
    if await session.scalar(before.where(BodyMember.left_on.is_(None))) is not None:
        raise AlreadySo("they are a member already", "person")
    if await session.scalar(before.where(BodyMember.left_on >= joined_on)) is not None:
        raise MemberThen("an earlier membership had not ended then", "joined_on")
    members = [
        BodyMember(
            id=new_id(now), body_id=joined.id, person_id=person, position=position, joined_on=joined_on, left_on=None
        )
        for person, position in positions.items()
    ]
    session.add_all(members)
    await session.flush()
    return members


async def end_membership(session: AsyncSession, officer: Officer, member: str, left_on: date) -> BodyMember:
    """`left_on` is the last day. Raises `NotFound`, `NotAllowed`, `AlreadySo`, `BadInput`."""
    ended = await session.get(BodyMember, member)
    if ended is None:
        raise NotFound("no such membership", "member")
    await _changeable(session, officer, ended.body_id)
    if ended.left_on is not None:
        raise AlreadySo("the membership has ended", "member")
    if left_on < ended.joined_on:
        raise BadInput("the last day is before the first", "left_on")
    ended.left_on = left_on
    return ended


async def find_body(session: AsyncSession, officer: Officer, body: str) -> tuple[Body, Unit]:
    """Raises `NotFound`, `NotAllowed`."""
    found = await session.get(Body, body)
    if found is None:
        raise NotFound("no such body", "body")
    unit = await find_unit(session, found.unit_id)
    officer.check("see_meeting", unit.path)
    return found, unit


async def _changeable(session: AsyncSession, officer: Officer, body: str) -> Body:
    found = await session.get(Body, body, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound("no such body", "body")
    officer.check("change_bodies", (await find_unit(session, found.unit_id)).path)
    return found


def _write(body: Body, name: str, term: str, rules: Rules) -> None:
    for value, known, field in (
        (rules.quorum, SHARES, "quorum"),
        (rules.rule, SHARES, "rule"),
        (rules.base, BODY_BASES, "base"),
    ):
        if value not in known:
            raise BadInput(f"{value} is not possible here", field)
    body.name = clean(name, "name", UNIT_MAX)
    body.term = clean(term, "term", NAME_MAX, may_be_empty=True)
    body.quorum, body.rule, body.base = rules.quorum, rules.rule, rules.base
    body.basis = clean(rules.basis, "basis", SUBJECT_MAX, may_be_empty=True)

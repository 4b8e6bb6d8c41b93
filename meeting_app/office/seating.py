"""Taking in a list of delegates of a meeting: each is invited, and placed at the site that the line names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import bodies, meetings, sites
from meeting_app.acting import Actor, Officer
from meeting_app.errors import BadInput
from meeting_app.events import Event
from meeting_app.models import Participant
from meeting_app.office import roster
from meeting_app.office.meetings import find
from meeting_app.office.roster import Judged, same
from meeting_app.office.sheets import Line
from meeting_app.site_list import sites_of
from meeting_app.text import NAME_MAX, clean


@dataclass(frozen=True)
class _Meeting:
    """What a list is held against."""

    sites: dict[str, str]  # by name
    # Of a person: participant and site, those of who comes in their place; None where nobody does any more.
    seats: dict[str, tuple[str, str | None] | None]
    members: frozenset[str] | None  # of the body that meets
    makes_sites: bool


async def judge(
    session: AsyncSession, officer: Officer, meeting: str, lines: Sequence[Line], now: datetime, *, makes_sites: bool
) -> list[Judged]:
    """Each line's outcome, in order; "new" is invited, or placed elsewhere than before.

    A site that the meeting does not have is made where the caller says so, else its line is rejected.
    Raises `NotFound`, `NotAllowed`.
    """
    held = await _held(session, officer, meeting, now, makes_sites)
    return [_judged(one, held) for one in await roster.judge(session, officer, lines)]


async def take(
    session: AsyncSession, officer: Officer, meeting: str, lines: Sequence[Line], now: datetime, *, makes_sites: bool
) -> tuple[list[Judged], list[Event]]:
    """Judge the lines, and invite and place those that are new. Raises `NotFound`, `NotAllowed`."""
    actor = Actor(meeting, officer=officer)
    judged = await judge(session, officer, meeting, lines, now, makes_sites=makes_sites)
    comers = await roster.people_of(session, officer, judged, now)
    wanted = {person: clean(line.site, "site", NAME_MAX, may_be_empty=True) for person, line in comers.items()}
    held = await _held(session, officer, meeting, now, makes_sites)
    invited = [person for person in wanted if person not in held.seats]
    happened = await meetings.add_people(session, actor, "delegate", invited, now) if invited else []
    for name in wanted.values():
        if same(name) and same(name) not in held.sites:
            event = await sites.add_site(session, actor, name, now)
            happened.append(event)
            held.sites[same(name)] = event.data["site"]["id"]
    seats = (await _held(session, officer, meeting, now, makes_sites)).seats
    placed = defaultdict(list)
    for person, name in wanted.items():
        if same(name) and seats[person][1] != held.sites[same(name)]:
            placed[held.sites[same(name)]].append(seats[person][0])
    happened += [await sites.place(session, actor, people, site, now) for site, people in placed.items()]
    return judged, happened


async def _held(session: AsyncSession, officer: Officer, meeting: str, now: datetime, makes_sites: bool) -> _Meeting:
    found, unit = await find(session, officer, meeting)
    for action in ("add_participant", "change_sites"):
        officer.check(action, unit.path)
    members = None
    if found.body_id is not None:
        on_that_day = await bodies.members_of(session, found.body_id, bodies.day_of(now))
        members = frozenset(person.id for _, person in on_that_day)
    known = {same(site.name): site.id for site in await sites_of(session, found.id)}
    return _Meeting(known, await _seats(session, found.id), members, makes_sites)


async def _seats(session: AsyncSession, meeting: str) -> dict[str, tuple[str, str | None] | None]:
    """A seat of one's own goes before one that was given to a substitute."""
    given = Participant.answer == "substituted"
    rows = await session.scalars(
        select(Participant).where(Participant.meeting_id == meeting, Participant.removed_at.is_(None) | given)
    )
    people = rows.all()
    substitutes = {one.stands_for_id: one for one in people if one.stands_for_id is not None}
    seats: dict[str, tuple[str, str | None] | None] = {}
    for one in sorted(people, key=lambda one: one.removed_at is None):
        if one.person_id is not None:
            sits: Participant | None = one
            while sits is not None and sits.removed_at is not None:
                sits = substitutes.get(sits.id)
            seats[one.person_id] = None if sits is None else (sits.id, sits.site_id)
    return seats


def _judged(one: Judged, held: _Meeting) -> Judged:
    if one.outcome == "rejected":
        return one
    try:
        name = same(clean(one.line.site, "site", NAME_MAX, may_be_empty=True))
    except BadInput:
        return replace(one, outcome="rejected", reason="site")
    if name and name not in held.sites and not held.makes_sites:
        return replace(one, outcome="rejected", reason="site_unknown")
    if one.outcome == "known" and not one.person:
        return replace(one, outcome="rejected", reason="person_ambiguous")
    if one.person not in held.seats:
        is_stranger = held.members is not None and one.person not in held.members
        return replace(one, outcome="rejected", reason="not_member") if is_stranger else replace(one, outcome="new")
    seat = held.seats[one.person]
    return replace(one, outcome="new" if seat and name and held.sites.get(name) != seat[1] else "known")

"""The places at which a meeting sits: each adds one connection of its own, and people are placed at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import meetings, views
from meeting_app.acting import Actor, begin
from meeting_app.errors import AlreadySo, BadInput, NotAllowed, NotFound, SiteInUse, SiteKnown
from meeting_app.events import Event, append
from meeting_app.ids import new_id
from meeting_app.models import AttendanceSpan, Meeting, Participant, Site
from meeting_app.permissions import UNCOUNTED
from meeting_app.site_list import of_site
from meeting_app.text import NAME_MAX, UNIT_MAX, clean

CAPACITY_MAX = 10_000


async def add_site(
    session: AsyncSession, actor: Actor, name: str, now: datetime, *, unit: str = "", capacity: int = 0
) -> Event:
    """A new site, and the seat of its screen and camera, which bears its name; event `site_added`.

    Raises `BadInput`, and `SiteKnown` for a second site of one name.
    """
    meeting = await begin(session, actor, "change_sites")
    name, unit = _checked(name, unit, capacity)
    await _check_name(session, meeting, name)
    site = Site(
        id=new_id(now), meeting_id=meeting.id, seq=meeting.last_seq + 1, name=name, unit=unit, capacity=capacity
    )
    session.add(site)
    await session.flush()
    operator = await meetings.new_participant(session, meeting, "site_operator", name, "", unit, now)
    operator.site_id = site.id
    await session.flush()
    data = {"site": views.as_data(of_site(site)), "operator": views.as_data(views.of_participant(operator))}
    return await append(session, meeting, actor.participant, "site_added", data, now)


async def change_site(
    session: AsyncSession, actor: Actor, site: str, name: str, now: datetime, *, unit: str = "", capacity: int = 0
) -> Event:
    """Its name, unit and seats; event `site_changed`. Raises `NotFound`, `BadInput`, `AlreadySo`, `SiteKnown`."""
    meeting = await begin(session, actor, "change_sites")
    changed = await _find(session, meeting, site)
    name, unit = _checked(name, unit, capacity)
    if (name, unit, capacity) == (changed.name, changed.unit, changed.capacity):
        raise AlreadySo("the site is so already", "site")
    if name != changed.name:
        await _check_name(session, meeting, name)
    changed.name, changed.unit, changed.capacity = name, unit, capacity
    operator = await _operator(session, changed)
    operator.name, operator.unit = name, unit
    data = {"site": views.as_data(of_site(changed)), "operator": operator.id}
    return await append(session, meeting, actor.participant, "site_changed", data, now)


async def remove_site(session: AsyncSession, actor: Actor, site: str, now: datetime) -> Event:
    """A site that takes no part after all: its screen is shown out, its people belong nowhere in particular.

    Event `site_removed`. Raises `NotFound`, and `SiteInUse` while somebody sits there.
    """
    meeting = await begin(session, actor, "change_sites")
    removed = await _find(session, meeting, site)
    sits = select(AttendanceSpan.id).where(AttendanceSpan.site_id == removed.id, AttendanceSpan.left_at.is_(None))
    if await session.scalar(sits.limit(1)) is not None:
        raise SiteInUse("somebody sits at this site", "site")
    operator = await _operator(session, removed)
    previous = await meetings.show_out(session, meeting, actor, operator, now)
    removed.removed_at = now
    await session.execute(
        update(Participant)
        .where(Participant.site_id == removed.id, Participant.role.not_in(UNCOUNTED))
        .values(site_id=None)
    )
    data = {"site": removed.id, "operator": operator.id, "previous": previous}
    return await append(session, meeting, actor.participant, "site_removed", data, now)


async def place(
    session: AsyncSession, actor: Actor, participants: Sequence[str], site: str | None, now: datetime
) -> Event:
    """Say where people are to sit; None: nowhere in particular. Event `placed`.

    Raises `NotFound`, `NotAllowed` for a room's own screen, `AlreadySo` when all are to sit there already.
    """
    meeting = await begin(session, actor, "change_sites")
    if site is not None:
        await _find(session, meeting, site)
    asked = set(participants)
    people = (
        await session.scalars(
            select(Participant)
            .where(Participant.meeting_id == meeting.id, Participant.id.in_(asked), Participant.removed_at.is_(None))
            .order_by(Participant.seq)
        )
    ).all()
    if len(people) != len(asked):
        raise NotFound("nobody of this meeting has that id", "participant")
    if any(person.role in UNCOUNTED for person in people):
        raise NotAllowed("the screen of a room stays in it", "participant")
    moved = [person for person in people if person.site_id != site]
    if not moved:
        raise AlreadySo("they are to sit there already", "participant")
    for person in moved:
        person.site_id = site
    data = {"site": site, "participants": [person.id for person in moved]}
    return await append(session, meeting, actor.participant, "placed", data, now)


def _checked(name: str, unit: str, capacity: int) -> tuple[str, str]:
    if not 0 <= capacity <= CAPACITY_MAX:
        raise BadInput("no room has so many seats", "capacity")
    return clean(name, "name", NAME_MAX), clean(unit, "unit", UNIT_MAX, may_be_empty=True)


async def _check_name(session: AsyncSession, meeting: Meeting, name: str) -> None:
    same = select(Site.id).where(Site.meeting_id == meeting.id, Site.name == name, Site.removed_at.is_(None))
    if await session.scalar(same) is not None:
        raise SiteKnown("another site has this name", "name")


async def _find(session: AsyncSession, meeting: Meeting, site: str) -> Site:
    found = await session.get(Site, site)
    if found is None or found.meeting_id != meeting.id or found.removed_at is not None:
        raise NotFound("no such site", "site")
    return found


async def _operator(session: AsyncSession, site: Site) -> Participant:
    found = await session.scalars(
        select(Participant).where(
            Participant.site_id == site.id, Participant.role == "site_operator", Participant.removed_at.is_(None)
        )
    )
    return found.one()

"""The meetings of an officer's units: which there are, who is invited to one, and inviting them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import bodies, delivery, invitations, meetings
from meeting_app.acting import Actor, Officer, find_participant
from meeting_app.errors import NotFound
from meeting_app.events import Event
from meeting_app.models import Body, Meeting, Participant, PersonalLink, Unit
from meeting_app.organization import within
from meeting_app.permissions import UNCOUNTED
from meeting_app.sessions import replace_device
from meeting_app.site_list import sites_of
from meeting_app.times import iso
from meeting_app.views import SiteView

PAGE = 100


@dataclass(frozen=True)
class Listed:
    """A line of the list of meetings."""

    id: str
    title: str
    unit: str
    state: str
    starts_at: str
    participants: int


@dataclass(frozen=True)
class Invited:
    """Somebody of a meeting as its preparation shows them."""

    id: str
    person: str | None
    name: str
    title: str
    unit: str
    role: str
    link: str  # "none", "issued" or "used"
    site: str | None
    answer: str
    email: str  # may be empty
    mail: str | None  # the last one; as in `delivery.GuestView`
    fault: str | None
    is_opened: bool


@dataclass(frozen=True)
class Prepared:
    """A meeting as its preparation shows it."""

    id: str
    title: str
    unit: str
    state: str
    starts_at: str
    kind: str
    place: str
    sites: tuple[SiteView, ...]
    body: str | None  # name of the body that meets
    missing: int  # of its members, who are not invited
    invited: tuple[Invited, ...]


async def listed(session: AsyncSession, officer: Officer, after: tuple[datetime, str] | None = None) -> list[Listed]:
    """Meetings of the officer's units, the latest first; at most `PAGE`, those that follow `after`: start and id."""
    reach = officer.reach("see_meeting")
    here = (
        (Participant.meeting_id == Meeting.id) & Participant.removed_at.is_(None) & Participant.role.not_in(UNCOUNTED)
    )
    count = select(func.count()).select_from(Participant).where(here).scalar_subquery()
    asked = (
        select(Meeting, Unit.name, count)
        .join(Unit, Unit.id == Meeting.unit_id)
        .where(within(reach))
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(PAGE)
    )
    if after is not None:
        starts_at, last = after  # many meetings may start at once
        asked = asked.where((Meeting.starts_at < starts_at) | ((Meeting.starts_at == starts_at) & (Meeting.id < last)))
    rows = await session.execute(asked)
    return [Listed(row.id, row.title, unit, row.state, iso(row.starts_at), number) for row, unit, number in rows]


async def prepared(session: AsyncSession, officer: Officer, meeting_id: str, now: datetime) -> Prepared:
    """Raises `NotFound`, `NotAllowed`."""
    meeting, unit = await find(session, officer, meeting_id)
    rows = await session.execute(
        select(Participant, PersonalLink)
        .outerjoin(PersonalLink, (PersonalLink.participant_id == Participant.id) & PersonalLink.revoked_at.is_(None))
        .where(Participant.meeting_id == meeting.id, Participant.removed_at.is_(None))
        .order_by(Participant.seq)
    )
    reached = {guest.participant: guest for guest in await delivery.guest_list(session, meeting.id)}
    invited = tuple(_invited(one, link, reached.get(one.id)) for one, link in rows)
    body = await session.get(Body, meeting.body_id) if meeting.body_id is not None else None
    missing = 0
    if body is not None:
        # As of the day on which they would be convened.
        members = await bodies.members_of(session, body.id, bodies.day_of(now))
        missing = len({person.id for _, person in members} - {one.person for one in invited})
    return Prepared(
        meeting.id,
        meeting.title,
        unit.name,
        meeting.state,
        iso(meeting.starts_at),
        meeting.kind,
        meeting.place,
        await sites_of(session, meeting.id),
        body.name if body else None,
        missing,
        invited,
    )


async def invite(
    session: AsyncSession, officer: Officer, meeting_id: str, role: str, people: Sequence[str], now: datetime
) -> list[Event]:
    """Add people of the organisation to a meeting, all or none. Raises `NotFound`, `NotAllowed`, `AlreadyInvited`."""
    actor = Actor(meeting_id, officer=officer)
    return await meetings.add_people(session, actor, role, people, now)


async def issue_links(
    session: AsyncSession, officer: Officer, meeting_id: str, participants: Sequence[str], now: datetime
) -> dict[str, str]:
    """New personal links, the tokens by participant, to be shown once. Raises `NotFound`, `NotAllowed`."""
    return await invitations.issue_links(session, Actor(meeting_id, officer=officer), participants, now)


async def sign_out(session: AsyncSession, officer: Officer, meeting_id: str, participant: str, now: datetime) -> str:
    """End the session of the device with which somebody is in the meeting; its id. Raises `NotFound`, `NotAllowed`.

    The seat stays theirs: with a new link, or admitted by the chair, they come in again.
    """
    meeting, unit = await find(session, officer, meeting_id)
    officer.check("issue_link", unit.path)
    await find_participant(session, meeting, participant)
    ended = await replace_device(session, participant, now)
    if ended is None:
        raise NotFound("no device is signed in", "participant")
    return ended


async def find(session: AsyncSession, officer: Officer, meeting_id: str) -> tuple[Meeting, Unit]:
    """A meeting in the officer's reach and the unit that holds it. Raises `NotFound`, `NotAllowed`."""
    found = (
        await session.execute(
            select(Meeting, Unit).join(Unit, Unit.id == Meeting.unit_id).where(Meeting.id == meeting_id)
        )
    ).one_or_none()
    if found is None:
        raise NotFound("no such meeting", "meeting")
    meeting, unit = found
    officer.check("see_meeting", unit.path)
    return meeting, unit


def _invited(one: Participant, link: PersonalLink | None, guest: delivery.GuestView | None) -> Invited:
    """`guest` is None of the screen of a room, which gets no letter."""
    return Invited(
        one.id,
        one.person_id,
        one.name,
        one.title,
        one.unit,
        one.role,
        _link_state(link),
        one.site_id,
        one.answer,
        guest.email if guest else "",
        guest.mail if guest else None,
        guest.fault if guest else None,
        guest is not None and guest.is_opened,
    )


def _link_state(link: PersonalLink | None) -> str:
    if link is None:
        return "none"
    return "issued" if link.used_at is None else "used"

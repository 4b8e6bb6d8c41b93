"""Attendance as spans of presence, from which presence at any second follows.

Remote people come and go with their connection. Who sits in the hall or at a site is noted once, by the code that
hangs there or by somebody who sees them, whatever becomes of a telephone there. A room's own screen is never counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin, find_participant, lock
from meeting_app.errors import AlreadyHere, AlreadySo, NotAllowed, NotFound, OtherSite
from meeting_app.events import Event, append, chain
from meeting_app.ids import new_id
from meeting_app.models import AttendanceSpan, Meeting, Participant, Site
from meeting_app.permissions import UNCOUNTED


async def check_in(session: AsyncSession, actor: Actor, participant: str, now: datetime) -> Event | None:
    """Somebody is here from now on; None when they were already.

    Raises `WrongState` before the check-in is open, `MeetingClosed`, `NotAllowed` (also for a big screen).
    """
    happened = await check_in_each(session, actor, [participant], now)
    return happened[0] if happened else None


async def check_in_each(session: AsyncSession, actor: Actor, participants: Sequence[str], now: datetime) -> list[Event]:
    """As `check_in`, of a hall of hundreds when its doors open: asked and written together."""
    meeting = await lock(session, actor.meeting)
    # `find_participant` finds them read while they are held here.
    held = list(await session.scalars(select(Participant).where(Participant.id.in_(participants))))
    spans = select(AttendanceSpan).where(AttendanceSpan.participant_id.in_(participants))
    in_order = spans.order_by(AttendanceSpan.came_at, AttendanceSpan.left_at.nulls_last())
    last = {span.participant_id: span for span in await session.scalars(in_order)}
    happened = []
    for participant in dict.fromkeys(participants):  # somebody may come with two devices at once
        await begin(session, actor, "check_in", participant)
        comer = await find_participant(session, meeting, participant)
        happened += [_come(session, meeting, actor, comer, last.get(comer.id), "remote", "remote", None, now)]
    del held
    await session.flush()
    return [event for event in happened if event is not None]


async def check_in_at_hall(
    session: AsyncSession, actor: Actor, participant: str, now: datetime, *, site: str | None = None
) -> Event:
    """Somebody sits in the hall from now on, also if they were here by their connection before; at `site`, else at
    that of the site operator who says so, else where they were to sit.

    Raises `AlreadyHere`, `OtherSite`, `NotFound`, `WrongState`, `MeetingClosed`, `NotAllowed` (also for a big screen).
    """
    meeting = await begin(session, actor, "check_in_at_hall")
    comer = await find_participant(session, meeting, participant)
    site = await _reached(session, actor, comer) or site or comer.site_id
    return await _sit_down(session, meeting, actor, comer, "on_behalf", site, now)


async def check_in_by_code(session: AsyncSession, actor: Actor, site: str | None, now: datetime) -> Event:
    """One has seen the code of the hall, or of `site`, and sits there. Raises as `check_in_at_hall`."""
    meeting = await begin(session, actor, "check_in", actor.participant)
    comer = await find_participant(session, meeting, actor.participant or "")
    return await _sit_down(session, meeting, actor, comer, "qr", site or comer.site_id, now)


async def note_leaving(session: AsyncSession, actor: Actor, participant: str, now: datetime) -> Event:
    """Somebody has left the hall. Raises `AlreadySo` when they were not here, `OtherSite`."""
    meeting = await begin(session, actor, "note_leaving")
    leaver = await find_participant(session, meeting, participant)
    await _reached(session, actor, leaver)
    span = await open_span(session, leaver.id)
    if span is None:
        raise AlreadySo("they are not here", "participant")
    span.left_at = max(now, span.came_at)
    return await append(session, meeting, actor.participant, "left", {"participant": participant}, now)


async def _reached(session: AsyncSession, actor: Actor, whom: Participant) -> str | None:
    """The site of a site operator, who reaches those who belong there or nowhere; None for others."""
    who = await session.get(Participant, actor.participant) if actor.participant else None
    if who is None or who.role != "site_operator":
        return None
    if whom.site_id not in (None, who.site_id):
        raise OtherSite("they belong to another site", "participant")
    return who.site_id


async def _sit_down(
    session: AsyncSession,
    meeting: Meeting,
    actor: Actor,
    comer: Participant,
    method: str,
    site: str | None,
    now: datetime,
) -> Event:
    place = None if site is None else await session.get(Site, site)
    if site is not None and (place is None or place.meeting_id != meeting.id or place.removed_at is not None):
        raise NotFound("no such site", "site")
    last = await session.scalar(
        select(AttendanceSpan)
        .where(AttendanceSpan.participant_id == comer.id)
        .order_by(AttendanceSpan.came_at.desc(), AttendanceSpan.left_at.desc().nulls_first())
        .limit(1)
    )
    if last is not None and last.left_at is None and last.how != "in_person":
        last.left_at = max(now, last.came_at)
        await session.flush()
    event = _come(session, meeting, actor, comer, last, "in_person", method, site, now)
    if event is None:
        raise AlreadyHere("they sit in the hall already", "participant")
    comer.site_id = site
    await session.flush()
    return event


def _come(
    session: AsyncSession,
    meeting: Meeting,
    actor: Actor,
    comer: Participant,
    last: AttendanceSpan | None,
    how: str,
    method: str,
    site: str | None,
    now: datetime,
) -> Event | None:
    """A span after the `last` one, unless that is open; the caller flushes."""
    if comer.role in UNCOUNTED:
        raise NotAllowed("a room's screen is not counted", "participant")
    if last is not None and last.left_at is None:
        return None
    # A clock that is set back must not make spans overlap.
    came_at = now if last is None or last.left_at is None else max(now, last.left_at)
    session.add(
        AttendanceSpan(
            id=new_id(now),
            meeting_id=meeting.id,
            participant_id=comer.id,
            came_at=came_at,
            how=how,
            method=method,
            site_id=site,
        )
    )
    data = {"participant": comer.id, "how": how, "method": method, "site": site}
    return chain(session, meeting, actor.participant, "checked_in", data, now)


async def leave(session: AsyncSession, actor: Actor, participant: str, now: datetime) -> Event | None:
    """Somebody is gone; None when they were not here, as after a removal or the end of the meeting."""
    await lock(session, actor.meeting)
    span = await open_span(session, participant)
    if span is None or span.meeting_id != actor.meeting:
        return None
    meeting = await begin(session, actor, "leave", participant)
    span.left_at = max(now, span.came_at)
    return await append(session, meeting, actor.participant, "left", {"participant": participant}, now)


async def present_at(session: AsyncSession, meeting_id: str, moment: datetime) -> frozenset[str]:
    """The participants who were here at a moment: a span holds its first instant and not its last."""
    here = await session.scalars(
        select(AttendanceSpan.participant_id).where(
            AttendanceSpan.meeting_id == meeting_id,
            AttendanceSpan.came_at <= moment,
            or_(AttendanceSpan.left_at.is_(None), AttendanceSpan.left_at > moment),
        )
    )
    return frozenset(here)


async def present_now(session: AsyncSession, meeting_id: str) -> frozenset[str]:
    here = await session.scalars(
        select(AttendanceSpan.participant_id).where(
            AttendanceSpan.meeting_id == meeting_id, AttendanceSpan.left_at.is_(None)
        )
    )
    return frozenset(here)


async def ways_now(session: AsyncSession, meeting_id: str) -> dict[str, str]:
    """Who is here, and how: `remote` or `in_person`."""
    here = await session.execute(
        select(AttendanceSpan.participant_id, AttendanceSpan.how).where(
            AttendanceSpan.meeting_id == meeting_id, AttendanceSpan.left_at.is_(None)
        )
    )
    return {participant: how for participant, how in here}


async def meetings_with_people(session: AsyncSession) -> frozenset[str]:
    """The meetings in which anybody is here; a service that was restarted asks whom to expect back."""
    here = await session.scalars(select(AttendanceSpan.meeting_id).where(AttendanceSpan.left_at.is_(None)).distinct())
    return frozenset(here)


async def end_spans(session: AsyncSession, meeting_id: str, now: datetime, participant: str | None = None) -> None:
    """Part of a larger step: everybody, or one, is gone."""
    here = select(AttendanceSpan).where(AttendanceSpan.meeting_id == meeting_id, AttendanceSpan.left_at.is_(None))
    if participant is not None:
        here = here.where(AttendanceSpan.participant_id == participant)
    for span in await session.scalars(here):
        span.left_at = max(now, span.came_at)
    await session.flush()


async def open_span(session: AsyncSession, participant: str) -> AttendanceSpan | None:
    """The stretch of presence that goes on."""
    return await session.scalar(
        select(AttendanceSpan).where(AttendanceSpan.participant_id == participant, AttendanceSpan.left_at.is_(None))
    )

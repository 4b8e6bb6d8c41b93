"""Attendance as spans of presence, from which presence at any second follows.

Remote people come and go with their connection; who sits in the hall is noted by those who lead, whatever becomes of
a telephone there. A big screen shows the meeting and is never counted.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin, find_participant, lock
from meeting_app.errors import AlreadySo, NotAllowed
from meeting_app.events import Event, append
from meeting_app.ids import new_id
from meeting_app.models import AttendanceSpan, Meeting


async def check_in(session: AsyncSession, actor: Actor, participant: str, now: datetime) -> Event | None:
    """Somebody is here from now on; None when they were already.

    Raises `WrongState` before the check-in is open, `MeetingClosed`, `NotAllowed` (also for a big screen).
    """
    meeting = await begin(session, actor, "check_in", participant)
    return await _come(session, meeting, actor, participant, "remote", now)


async def check_in_at_hall(session: AsyncSession, actor: Actor, participant: str, now: datetime) -> Event:
    """Somebody sits in the hall from now on, also if they were here by their connection before.

    Raises `AlreadySo`, `WrongState`, `MeetingClosed`, `NotAllowed` (also for a big screen).
    """
    meeting = await begin(session, actor, "check_in_at_hall")
    event = await _come(session, meeting, actor, participant, "in_person", now)
    if event is None:
        raise AlreadySo("they sit in the hall already", "participant")
    return event


async def note_leaving(session: AsyncSession, actor: Actor, participant: str, now: datetime) -> Event:
    """Somebody has left the hall. Raises `AlreadySo` when they were not here."""
    meeting = await begin(session, actor, "note_leaving")
    span = await _open_span(session, (await find_participant(session, meeting, participant)).id)
    if span is None:
        raise AlreadySo("they are not here", "participant")
    span.left_at = max(now, span.came_at)
    return await append(session, meeting, actor.participant, "left", {"participant": participant}, now)


async def _come(
    session: AsyncSession, meeting: Meeting, actor: Actor, participant: str, how: str, now: datetime
) -> Event | None:
    comer = await find_participant(session, meeting, participant)
    if comer.role == "big_screen":
        raise NotAllowed("a big screen is not counted", "participant")
    last = await session.scalar(
        select(AttendanceSpan)
        .where(AttendanceSpan.participant_id == comer.id)
        .order_by(AttendanceSpan.came_at.desc(), AttendanceSpan.left_at.desc().nulls_first())
        .limit(1)
    )
    if last is not None and last.left_at is None:
        if how == "remote" or last.how == how:
            return None
        last.left_at = max(now, last.came_at)
        await session.flush()
    # A clock that is set back must not make spans overlap.
    came_at = now if last is None or last.left_at is None else max(now, last.left_at)
    session.add(
        AttendanceSpan(id=new_id(now), meeting_id=meeting.id, participant_id=comer.id, came_at=came_at, how=how)
    )
    data = {"participant": comer.id, "how": how}
    return await append(session, meeting, actor.participant, "checked_in", data, now)


async def leave(session: AsyncSession, actor: Actor, participant: str, now: datetime) -> Event | None:
    """Somebody is gone; None when they were not here, as after a removal or the end of the meeting."""
    await lock(session, actor.meeting)
    span = await _open_span(session, participant)
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


async def _open_span(session: AsyncSession, participant: str) -> AttendanceSpan | None:
    return await session.scalar(
        select(AttendanceSpan).where(AttendanceSpan.participant_id == participant, AttendanceSpan.left_at.is_(None))
    )

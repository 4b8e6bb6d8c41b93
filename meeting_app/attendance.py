"""Attendance as spans of presence, from which presence at any second follows.

Remote people come and go with their connection. A big screen shows the meeting and is never counted.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin, find_participant, lock
from meeting_app.errors import NotAllowed
from meeting_app.events import Event, append
from meeting_app.ids import new_id
from meeting_app.models import AttendanceSpan


async def check_in(session: AsyncSession, actor: Actor, participant: str, now: datetime) -> Event | None:
    """Somebody is here from now on; None when they were already.

    Raises `WrongState` before the check-in is open, `MeetingClosed`, `NotAllowed` (also for a big screen).
    """
    meeting = await begin(session, actor, "check_in", participant)
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
        return None
    # A clock that is set back must not make spans overlap.
    came_at = now if last is None or last.left_at is None else max(now, last.left_at)
    session.add(AttendanceSpan(id=new_id(now), meeting_id=meeting.id, participant_id=comer.id, came_at=came_at))
    return await append(session, meeting, actor.participant, "checked_in", {"participant": comer.id}, now)


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

"""Inviting all members of the body that meets."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import bodies, meetings
from meeting_app.acting import Actor
from meeting_app.errors import NotFound
from meeting_app.events import Event
from meeting_app.models import Meeting, Participant


async def convene(session: AsyncSession, actor: Actor, now: datetime) -> list[Event]:
    """Invite the members who are not invited yet: the head leads where nobody does, the others are delegates.

    Events `participant_added`, one for each. Raises `NotFound`, `NotAllowed`, `MeetingClosed`.
    """
    meeting = await session.get(Meeting, actor.meeting)
    if meeting is None or meeting.body_id is None:
        raise NotFound("the meeting is of no body", "meeting")
    seated = select(Participant.person_id, Participant.role).where(
        Participant.meeting_id == meeting.id, Participant.removed_at.is_(None)
    )
    roles = {person: role for person, role in await session.execute(seated)}
    members = await bodies.members_of(session, meeting.body_id, bodies.day_of(now))
    missing = [(member.position, person.id) for member, person in members if person.id not in roles]
    if missing and missing[0][0] == "head" and "chair" not in roles.values():
        leads, *others = (person for _, person in missing)
        head = await meetings.add_participant(session, actor, "chair", now, person=leads)
        return [head, *await meetings.add_people(session, actor, "delegate", others, now)]
    return await meetings.add_people(session, actor, "delegate", [person for _, person in missing], now)

"""Whether enough of those convened are here, at any second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import bodies
from meeting_app.attendance import present_at
from meeting_app.models import LogEntry, Meeting, Participant
from meeting_app.permissions import TABLE
from meeting_app.shares import needed


@dataclass(frozen=True)
class Quorum:
    convened: int  # who may vote and was invited by then; of a body, all its members
    present: int  # of them
    needed: int

    @property
    def is_reached(self) -> bool:
        return self.convened > 0 and self.present >= self.needed


async def quorum_at(session: AsyncSession, meeting_id: str, moment: datetime, share: str = "more_than_half") -> Quorum:
    """As the rows tell it of that moment; a body has a share of its own, of all its members."""
    body = await session.scalar(select(Meeting.body_id).where(Meeting.id == meeting_id))
    today = bodies.day_of(moment)
    convened = (
        select(Participant.id)
        .join(LogEntry, (LogEntry.meeting_id == Participant.meeting_id) & (LogEntry.seq == Participant.seq))
        .where(
            Participant.meeting_id == meeting_id,
            Participant.role.in_(tuple(TABLE["cast_ballot"])),
            LogEntry.at <= moment,
            or_(Participant.removed_at.is_(None), Participant.removed_at > moment),
        )
    )
    if body is not None:
        convened = convened.where(Participant.person_id.in_(bodies.people_of(body, today)))
    voters = frozenset(await session.scalars(convened))
    here = voters & await present_at(session, meeting_id, moment)
    meets = await bodies.shown(session, body, today)
    whole, share = (len(voters), share) if meets is None else (meets.members, meets.quorum)
    return Quorum(whole, len(here), needed(share, whole))

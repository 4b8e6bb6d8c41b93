"""Which of a meeting's rows are of the sitting that is on or to come, after one that was postponed.

While a meeting is postponed its last sitting is still told; as soon as it begins anew nothing of it counts.
The rows of presence and the log keep it for good.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.models import AttendanceSpan, Invitation, LogEntry, Participant


def of_this_sitting(meeting_id: str) -> ColumnElement[bool]:
    """The spans that do not belong to a sitting which was postponed."""
    begun_anew = (
        select(func.max(LogEntry.at))
        .where(
            LogEntry.meeting_id == meeting_id,
            LogEntry.name.in_(("state_changed", "rescheduled")),
            LogEntry.data["from"].as_string() == "postponed",
        )
        .scalar_subquery()
    )
    # All spans end when a meeting is postponed, so what goes on past the new beginning came after it.
    return or_(begun_anew.is_(None), AttendanceSpan.left_at.is_(None), AttendanceSpan.left_at > begun_anew)


def has_sat(meeting_id: str, participant: str) -> ColumnElement[bool]:
    """Whether somebody was here in this sitting, now or before."""
    return (
        select(AttendanceSpan.id)
        .where(AttendanceSpan.participant_id == participant, of_this_sitting(meeting_id))
        .exists()
    )


async def forget_answers(session: AsyncSession, meeting_id: str) -> None:
    """Part of a larger step: everybody who takes part owes an answer again."""
    await session.execute(
        update(Participant)
        .where(Participant.meeting_id == meeting_id, Participant.removed_at.is_(None))
        .values(answer="pending")
    )
    await session.execute(
        update(Invitation)
        .where(Invitation.meeting_id == meeting_id)
        .values(reason="", excused=None, answered_at=None, opened_at=None)
    )

"""Mail that waits to be sent: tried again after growing pauses, until the server takes it or a day has passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.models import Invitation, Mail, Notice

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240, 480, 480))
PROBLEM_MAX = 500


Kind = type[Mail] | type[Notice]  # to guests of a meeting, or to units that are consulted


@dataclass(frozen=True)
class Due:
    id: str
    meeting: str
    participant: str
    kind: str
    email: str
    task: str | None = None  # that the mail is about


async def due(session: AsyncSession, now: datetime, limit: int) -> list[Due]:
    """What is to be sent now, the longest due first."""
    rows = await session.execute(
        select(Mail, Invitation.email)
        .join(Invitation, Invitation.participant_id == Mail.participant_id)
        .where(Mail.sent_at.is_(None), Mail.refused_at.is_(None), Mail.due_at <= now)
        .order_by(Mail.due_at)
        .limit(limit)
    )
    return [Due(mail.id, mail.meeting_id, mail.participant_id, mail.kind, email, mail.task_id) for mail, email in rows]


async def due_notices(session: AsyncSession, now: datetime, limit: int) -> list[str]:
    """The same for units that are consulted; ids."""
    rows = await session.scalars(
        select(Notice.id)
        .where(Notice.sent_at.is_(None), Notice.refused_at.is_(None), Notice.due_at <= now)
        .order_by(Notice.due_at)
        .limit(limit)
    )
    return list(rows)


async def claim(session: AsyncSession, mail: str, now: datetime, kind: Kind = Mail) -> bool:
    """Take it for one try, to be committed before anything is sent: whatever becomes of the try, the next one waits.

    False when it is not to be sent: overtaken, in other hands, or the outcome of the last try was never noted.
    """
    row = await session.get(kind, mail, with_for_update=True)
    if row is None or row.sent_at is not None or row.refused_at is not None or row.due_at > now:
        return False
    if row.tries > len(PAUSES):
        row.refused_at, row.problem = now, "not_noted"  # whatever was noted of a try before
        return False
    row.due_at = now + PAUSES[min(row.tries, len(PAUSES) - 1)]
    row.tries += 1
    return True


async def sent(session: AsyncSession, mail: str, now: datetime, kind: Kind = Mail) -> None:
    """The server took it, also when it was overtaken on its way there."""
    row = await session.get_one(kind, mail)
    row.sent_at, row.refused_at, row.problem = now, None, ""


async def put_off(session: AsyncSession, mail: str, problem: str, now: datetime, kind: Kind = Mail) -> None:
    """The server did not answer, or not now; after the last pause it is given up."""
    row = await session.get_one(kind, mail)
    row.problem = problem[:PROBLEM_MAX]
    if row.tries > len(PAUSES):
        row.refused_at = now


async def refused(session: AsyncSession, mail: str, problem: str, now: datetime, kind: Kind = Mail) -> None:
    """The server will never take it, as when there is no such address."""
    row = await session.get_one(kind, mail)
    row.problem, row.refused_at = problem[:PROBLEM_MAX], now

"""Mail to units: that they are asked, and once a day that they are still silent, until the deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.consultations.acting import lock
from meeting_app.events import Event, append
from meeting_app.ids import new_id
from meeting_app.models import Consultation, ConsultedUnit, Notice, Opinion, Unit

EVERY = timedelta(days=1)


@dataclass(frozen=True)
class Words:
    """What a mail says."""

    kind: str
    email: str
    consultation: str
    title: str
    leader: str
    unit: str
    deadline: datetime


async def mail(session: AsyncSession, asked: ConsultedUnit, kind: str, now: datetime) -> bool:
    """Put a mail into the outbox; False for a unit whose address nobody wrote down."""
    if not asked.email:
        return False
    session.add(
        Notice(
            id=new_id(now),
            consultation_id=asked.consultation_id,
            unit_id=asked.unit_id,
            kind=kind,
            made_at=now,
            due_at=now,
            tries=0,
            problem="",
        )
    )
    await session.flush()
    return True


async def to_remind(session: AsyncSession, now: datetime) -> list[ConsultedUnit]:
    """Silent units that were sent nothing for a day, while they have time to answer."""
    last = (
        select(func.max(Notice.made_at))
        .where(Notice.consultation_id == ConsultedUnit.consultation_id, Notice.unit_id == ConsultedUnit.unit_id)
        .correlate(ConsultedUnit)
        .scalar_subquery()
    )
    has_answered = exists().where(
        Opinion.consultation_id == ConsultedUnit.consultation_id, Opinion.unit_id == ConsultedUnit.unit_id
    )
    silent = await session.scalars(
        select(ConsultedUnit)
        .join(Consultation, Consultation.id == ConsultedUnit.consultation_id)
        .where(
            Consultation.state == "open",
            Consultation.deadline > now,
            ConsultedUnit.email != "",
            last <= now - EVERY,
            ~has_answered,
        )
        .order_by(ConsultedUnit.consultation_id, ConsultedUnit.unit_id)
    )
    return list(silent)


async def remind_due(session: AsyncSession, now: datetime) -> list[Event]:
    """Remind them; events `units_reminded`, one a consultation."""
    of: dict[str, list[ConsultedUnit]] = {}
    for asked in await to_remind(session, now):
        of.setdefault(asked.consultation_id, []).append(asked)
    events = []
    for consultation, units in of.items():
        row = await lock(session, consultation)
        if row.state != "open":  # signed or withdrawn since they were looked for
            continue
        for asked in units:
            await mail(session, asked, "reminder", now)
        data = {"units": [asked.unit_id for asked in units]}
        events.append(await append(session, row, None, "units_reminded", data, now))
    return events


async def words_of(session: AsyncSession, notice: str, now: datetime) -> Words | None:
    """What the mail says; None when it is overtaken: the unit answered, or nobody asks any more."""
    found = (
        await session.execute(
            select(Notice, ConsultedUnit, Consultation, Unit.name)
            .join(
                ConsultedUnit,
                (ConsultedUnit.consultation_id == Notice.consultation_id) & (ConsultedUnit.unit_id == Notice.unit_id),
            )
            .join(Consultation, Consultation.id == Notice.consultation_id)
            .join(Unit, Unit.id == Notice.unit_id)
            .where(Notice.id == notice)
        )
    ).one()
    mail, asked, row, unit = found
    has_answered = await session.scalar(
        select(Opinion.id).where(Opinion.consultation_id == row.id, Opinion.unit_id == asked.unit_id).limit(1)
    )
    if row.state != "open" or row.deadline <= now or has_answered is not None or not asked.email:
        return None
    leader = (await session.get_one(Unit, row.unit_id)).name
    return Words(mail.kind, asked.email, row.id, row.title, leader, unit, row.deadline)

"""An account from the command line: the first one, before anybody can sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import organization
from meeting_app.acting import SYSTEM_OFFICER
from meeting_app.models import Account


@dataclass(frozen=True)
class AccountPlan:
    login: str
    role: str
    name: str  # family name first
    title: str
    unit: str  # its name or id; added at the top of the organisation when no unit has it
    level: str


async def open_account(session: AsyncSession, plan: AccountPlan, password_hash: str, now: datetime) -> Account:
    """The person and their account; the caller commits. Raises `MeetingError`."""
    unit = await organization.unit_named(session, plan.unit)
    if unit is None:
        unit = await organization.add_unit(session, SYSTEM_OFFICER, plan.unit, plan.level, None, now)
    person = await organization.add_person(session, SYSTEM_OFFICER, plan.name, plan.title, unit.id, now)
    return await organization.add_account(session, SYSTEM_OFFICER, person.id, plan.login, password_hash, plan.role, now)

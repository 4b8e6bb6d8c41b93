"""A meeting with its people and agenda from one TOML file, and the personal links to send out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import agenda, invitations, meetings, organization
from meeting_app.acting import SYSTEM_OFFICER, Actor
from meeting_app.views import PresenterView
from signaling.messages import MeetingKind, Role


class UnitPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who holds the meeting; added at the top of the organisation when no unit has that name."""

    name: str
    level: Literal["central", "province", "district", "commune", "hamlet", "body"] = "province"


class ParticipantPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str  # family name first
    role: Role = "delegate"
    title: str = ""
    unit: str = ""


class ItemPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    presenter: str = ""
    minutes: int = 0  # 0: no budget


class MeetingPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    starts_at: datetime  # with its zone: 2026-03-02T08:00:00+07:00
    unit: UnitPlan
    participants: tuple[ParticipantPlan, ...]
    agenda: tuple[ItemPlan, ...] = ()
    kind: MeetingKind = "conference"
    place: str = ""


@dataclass(frozen=True)
class Invitation:
    role: Role
    name: str
    unit: str
    token: str


@dataclass(frozen=True)
class Prepared:
    meeting: str
    invitations: tuple[Invitation, ...]


def read_plan(path: Path) -> MeetingPlan:
    """Raises `ValidationError` or `DecodeError` naming the field, `ValueError` for a time without a zone."""
    plan = msgspec.toml.decode(path.read_bytes(), type=MeetingPlan)
    if plan.starts_at.tzinfo is None:
        raise ValueError("starts_at has no zone, such as +07:00")
    if not any(person.role == "chair" for person in plan.participants):
        raise ValueError("participants: nobody is the chair")
    return plan


async def prepare(session: AsyncSession, plan: MeetingPlan, now: datetime) -> Prepared:
    """Create all of it; the caller commits. Raises `MeetingError`."""
    unit = await organization.unit_named(session, plan.unit.name)
    if unit is None:
        unit = await organization.add_unit(session, SYSTEM_OFFICER, plan.unit.name, plan.unit.level, None, now)
    made = await meetings.create(
        session, SYSTEM_OFFICER, plan.title, unit.id, plan.starts_at, now, kind=plan.kind, place=plan.place
    )
    system = Actor(made.meeting)
    invited = []
    for person in plan.participants:
        added = await meetings.add_participant(
            session, system, person.role, now, name=person.name, title=person.title, unit=person.unit
        )
        token = await invitations.issue_link(session, system, added.data["participant"]["id"], now)
        invited.append(Invitation(person.role, person.name, person.unit, token))
    for item in plan.agenda:
        named = (PresenterView(None, item.presenter),) if item.presenter else ()
        await agenda.add_item(session, system, item.title, now, presenters=named, budget_s=item.minutes * 60)
    for step in ("submitted", "approved", "invited"):  # who runs the installation gives the file and hands the links on
        await meetings.set_state(session, system, step, now)
    return Prepared(made.meeting, tuple(invited))

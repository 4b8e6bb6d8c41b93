"""How every verb of a consultation begins: its row is locked, then right and state are checked."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.errors import ConsultationOver, NotFound, NotOfUnit, NotSigner, WrongState
from meeting_app.models import Consultation, ConsultedUnit, Unit
from meeting_app.office.sessions import SignedIn
from meeting_app.permissions import may

RUNNING = ("draft", "open")


async def lead(
    session: AsyncSession, who: SignedIn, consultation: str, states: Collection[str] = RUNNING
) -> Consultation:
    """The locked consultation, for an officer of the unit that leads it.

    Raises `NotFound`, `NotAllowed`, `ConsultationOver`, `WrongState`.
    """
    row = await lock(session, consultation)
    who.officer.check("change_consultation", (await session.get_one(Unit, row.unit_id)).path)
    check_state(row, states)
    return row


async def answer_for(session: AsyncSession, who: SignedIn, consultation: str, unit: str) -> Consultation:
    """The locked consultation, for somebody who belongs to a unit that is asked.

    Raises `NotFound`, `NotOfUnit`, `ConsultationOver`, `WrongState`.
    """
    row = await lock(session, consultation)
    # The opinion is the unit's own: reaching down the tree does not give the right to speak for others.
    if not may(who.officer.role, "give_opinion", own=who.unit == unit):
        raise NotOfUnit("only somebody who belongs to the unit answers for it", "unit")
    if await session.get(ConsultedUnit, (row.id, unit)) is None:
        raise NotFound("that unit is not asked", "unit")
    check_state(row, ("open",))
    return row


async def sign_for(session: AsyncSession, who: SignedIn, consultation: str, *, is_locked: bool = True) -> Consultation:
    """The consultation, for its signer. Raises `NotFound`, `NotSigner`, `ConsultationOver`, `WrongState`."""
    row = await lock(session, consultation) if is_locked else await find(session, consultation)
    if not may(who.officer.role, "sign_consultation", own=who.account == row.signer_id):
        raise NotSigner("somebody else was asked to sign", "signer")
    check_state(row, ("open",))
    return row


async def lock(session: AsyncSession, consultation: str) -> Consultation:
    """The row, read anew; until the transaction ends nobody else changes this consultation. Raises `NotFound`."""
    row = await session.get(Consultation, consultation, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("no such consultation", "consultation")
    return row


async def find(session: AsyncSession, consultation: str) -> Consultation:
    """The row, to read. Raises `NotFound`."""
    row = await session.get(Consultation, consultation)
    if row is None:
        raise NotFound("no such consultation", "consultation")
    return row


def check_state(row: Consultation, states: Collection[str]) -> None:
    if row.state in states:
        return
    if row.state not in RUNNING:
        raise ConsultationOver(f"the consultation is {row.state}", "consultation")
    raise WrongState(f"the consultation is {row.state}", "consultation")


async def consulted(session: AsyncSession, row: Consultation) -> list[tuple[ConsultedUnit, Unit]]:
    """The units that are asked, in the order of their names."""
    found = await session.execute(
        select(ConsultedUnit, Unit)
        .join(Unit, Unit.id == ConsultedUnit.unit_id)
        .where(ConsultedUnit.consultation_id == row.id)
        .order_by(Unit.name, Unit.id)
    )
    return [(asked, unit) for asked, unit in found]

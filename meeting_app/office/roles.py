"""Roles of an account at units that are not its person's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Officer
from meeting_app.errors import AlreadySo, BadInput, NotFound, OutOfReach, UnitClosed
from meeting_app.models import Account, AccountRole, Person, Unit
from meeting_app.organization import find_unit, roles_to_give


@dataclass(frozen=True)
class Given:
    """A role at a unit."""

    role: str
    unit: str
    unit_name: str


async def elsewhere(session: AsyncSession, account: str) -> tuple[tuple[str, str], ...]:
    """Each role with the path of its unit, as `Officer` takes them."""
    rows = await session.execute(
        select(AccountRole.role, Unit.path)
        .join(Unit, Unit.id == AccountRole.unit_id)
        .where(AccountRole.account_id == account)
        .order_by(Unit.path)
    )
    return tuple((role, path) for role, path in rows)


async def of_accounts(session: AsyncSession, accounts: Sequence[str]) -> dict[str, list[Given]]:
    """By account, in the order of the tree; an account without any is absent."""
    rows = await session.execute(
        select(AccountRole.account_id, AccountRole.role, Unit.id, Unit.name)
        .join(Unit, Unit.id == AccountRole.unit_id)
        .where(AccountRole.account_id.in_(accounts))
        .order_by(Unit.path)
    )
    found: dict[str, list[Given]] = {}
    for account, role, unit, name in rows:
        found.setdefault(account, []).append(Given(role, unit, name))
    return found


async def give(session: AsyncSession, officer: Officer, account: str, role: str, unit: str, now: datetime) -> None:
    """From now on the account has `role` at `unit`, instead of another one there.

    The caller has proved that the account is in the officer's reach. Raises `NotFound`, `BadInput` for the person's
    own unit, `UnitClosed`, `OutOfReach`, `AlreadySo`.
    """
    place = await find_unit(session, unit)
    officer.check("change_accounts", place.path)
    if role not in roles_to_give(officer):
        raise OutOfReach(f"{officer.role} gives nobody the role of {role}", "role")
    if place.closed_at is not None:
        raise UnitClosed("the unit is closed", "unit")
    if await session.scalar(select(Person.unit_id).join(Account).where(Account.id == account)) == unit:
        raise BadInput("the account has its role at this unit already", "unit")
    given = await session.get(AccountRole, (account, unit))
    if given is None:
        session.add(AccountRole(account_id=account, unit_id=unit, role=role, given_at=now))
    elif given.role == role:
        raise AlreadySo("the account has this role there", "role")
    else:
        given.role, given.given_at = role, now


async def end(session: AsyncSession, account: str, unit: str) -> None:
    """The account has no role at `unit` any more. Raises `NotFound`."""
    given = await session.get(AccountRole, (account, unit))
    if given is None:
        raise NotFound("the account has no role there", "unit")
    await session.delete(given)

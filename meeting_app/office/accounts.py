"""Accounts after they were opened: locked and opened again, given another password, signed out of browsers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Officer
from meeting_app.errors import AlreadySo, NotFound, OutOfReach, SignInFailed
from meeting_app.models import Account, OfficeSession, Person, Unit
from meeting_app.office import roles
from meeting_app.office.sessions import IDLE, LONGEST
from meeting_app.organization import Claim


@dataclass(frozen=True)
class Browser:
    """A browser in which an account is signed in."""

    id: str
    device: str
    opened_at: datetime
    seen_at: datetime


async def of_person(session: AsyncSession, person: str) -> list[Account]:
    """The accounts of a person, locked ones too, the oldest first."""
    rows = await session.scalars(select(Account).where(Account.person_id == person).order_by(Account.id))
    return list(rows)


async def close(session: AsyncSession, officer: Officer, account: str, now: datetime) -> None:
    """Nobody signs in with it any more, and who is signed in is out. Raises `NotFound`, `NotAllowed`, `AlreadySo`."""
    closed = await _in_reach(session, officer, account)
    if closed.closed_at is not None:
        raise AlreadySo("the account is closed", "account")
    closed.closed_at = now
    await sign_out_everywhere(session, account, now)


async def reopen(session: AsyncSession, officer: Officer, account: str) -> None:
    """The login and its password are good again. Raises `NotFound`, `NotAllowed`, `AlreadySo`."""
    opened = await _in_reach(session, officer, account)
    if opened.closed_at is None:
        raise AlreadySo("the account is open", "account")
    opened.closed_at = None


async def reset_password(
    session: AsyncSession, officer: Officer, account: str, password_hash: str, now: datetime
) -> None:
    """Another password, for somebody who forgot theirs; who is signed in is out. Raises `NotFound`, `NotAllowed`."""
    reset = await _in_reach(session, officer, account)
    reset.password_hash = password_hash
    await sign_out_everywhere(session, account, now)


async def claim_own(session: AsyncSession, account: str) -> Claim:
    """Somebody who is signed in says they know the password, too."""
    return Claim(account, (await session.get_one(Account, account)).password_hash)


async def change_password(
    session: AsyncSession, account: str, proven: Claim | None, password_hash: str, but: str, now: datetime
) -> None:
    """One's own password; all browsers are signed out save that of the session `but`.

    `proven` is None when the old password was wrong. Raises `SignInFailed` then, and when it was changed since.
    """
    changed = await session.get_one(Account, account)
    if proven is None or proven.password_hash != changed.password_hash:
        raise SignInFailed("the old password is another", "password")
    changed.password_hash = password_hash
    await sign_out_everywhere(session, account, now, but)


async def browsers(session: AsyncSession, account: str, now: datetime) -> list[Browser]:
    """Where an account is signed in, the last used first."""
    rows = await session.scalars(
        select(OfficeSession)
        .where(
            OfficeSession.account_id == account,
            OfficeSession.closed_at.is_(None),
            OfficeSession.seen_at > now - IDLE,
            OfficeSession.opened_at > now - LONGEST,
        )
        .order_by(OfficeSession.seen_at.desc(), OfficeSession.id)
    )
    return [Browser(row.id, row.device, row.opened_at, row.seen_at) for row in rows]


async def sign_out_everywhere(session: AsyncSession, account: str, now: datetime, but: str | None = None) -> None:
    """Close the account's sessions, save one."""
    await session.execute(
        update(OfficeSession)
        .where(OfficeSession.account_id == account, OfficeSession.closed_at.is_(None), OfficeSession.id != (but or ""))
        .values(closed_at=now)
    )


async def check_reach(session: AsyncSession, officer: Officer, account: str) -> None:
    """Raises `NotFound`, `NotAllowed`."""
    await _in_reach(session, officer, account)


async def _in_reach(session: AsyncSession, officer: Officer, account: str) -> Account:
    found = (
        await session.execute(
            select(Account, Unit.path)
            .join(Person, Person.id == Account.person_id)
            .join(Unit, Unit.id == Person.unit_id)
            .where(Account.id == account)
        )
    ).one_or_none()
    if found is None:
        raise NotFound("no such account", "account")
    row, path = found
    given = await roles.elsewhere(session, account)
    # Who can sign in as somebody can do all that somebody may.
    for place in (path, *(place for _, place in given)):
        officer.check("change_accounts", place)
    everything = row.role == "system_admin" or any(role == "system_admin" for role, _ in given)
    if everything and officer.reach("change_accounts") != ("/",):
        raise OutOfReach("whoever reaches everything is changed only by somebody who does", "account")
    return row

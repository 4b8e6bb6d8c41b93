"""A browser that an officer signed in with: an opaque token in its cookie, the token's hash in a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Officer
from meeting_app.errors import NotFound
from meeting_app.ids import new_id
from meeting_app.models import Account, OfficeSession, Person, Unit
from meeting_app.office import roles
from meeting_app.sessions import Seen, hash_token, new_token, note_seen

IDLE = timedelta(hours=12)  # a working day: who comes back the next morning signs in again
LONGEST = timedelta(days=7)
DEVICE_MAX = 200


@dataclass(frozen=True)
class SignedIn(Seen):
    """Who a browser of the office is."""

    account: str
    login: str
    person: str
    name: str
    unit: str
    unit_name: str
    officer: Officer


async def open_session(session: AsyncSession, account: str, device: str, now: datetime) -> str:
    """The token for the cookie of a browser that has just signed in; `device` is what it calls itself."""
    token = new_token()
    session.add(
        OfficeSession(
            id=new_id(now),
            account_id=account,
            token_hash=hash_token(token),
            device=device[:DEVICE_MAX],
            opened_at=now,
            seen_at=now,
        )
    )
    await session.flush()
    return token


async def find(session: AsyncSession, token: str, now: datetime) -> SignedIn | None:
    """Whose token it is; None when it was signed out, ran out, or never given out."""
    found = (
        await session.execute(
            select(OfficeSession, Account, Person, Unit)
            .join(Account, Account.id == OfficeSession.account_id)
            .join(Person, Person.id == Account.person_id)
            .join(Unit, Unit.id == Person.unit_id)
            .where(
                OfficeSession.token_hash == hash_token(token),
                OfficeSession.closed_at.is_(None),
                OfficeSession.seen_at > now - IDLE,
                OfficeSession.opened_at > now - LONGEST,
                Account.closed_at.is_(None),
            )
        )
    ).one_or_none()
    if found is None:
        return None
    opened, account, person, unit = found
    return SignedIn(
        session=opened.id,
        account=account.id,
        login=account.login,
        person=person.id,
        name=person.name,
        unit=unit.id,
        unit_name=unit.name,
        officer=Officer(account.role, unit.path, await roles.elsewhere(session, account.id)),
        seen_at=opened.seen_at,
    )


async def seen(session: AsyncSession, session_id: str, now: datetime) -> None:
    """Note that the browser was here."""
    await note_seen(session, OfficeSession, session_id, now)


async def account_of(session: AsyncSession, session_id: str) -> str:
    """Whose session it is. Raises `NotFound`."""
    opened = await session.get(OfficeSession, session_id)
    if opened is None:
        raise NotFound("no such session", "session")
    return opened.account_id


async def close(session: AsyncSession, account: str, session_id: str, now: datetime) -> None:
    """Sign a browser of that account out; to close twice is fine. Raises `NotFound` for somebody else's."""
    opened = await session.get(OfficeSession, session_id)
    if opened is None or opened.account_id != account:
        raise NotFound("no such session", "session")
    if opened.closed_at is None:
        opened.closed_at = now

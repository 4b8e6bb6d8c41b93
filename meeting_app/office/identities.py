"""Which account an identity of a provider stands for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.errors import IdentityUnknown
from meeting_app.models import Account, AccountIdentity


async def account_of(session: AsyncSession, issuer: str, subject: str, email: str | None, now: datetime) -> str:
    """The open account that this identity belongs to.

    The first time it is the one whose login is the verified address, and the subject is kept: an address that is
    given to somebody else later opens nothing. Raises `IdentityUnknown`.
    """
    known = await session.get(AccountIdentity, (issuer, subject))
    if known is not None:
        account = await session.get_one(Account, known.account_id)
    else:
        account = await session.scalar(select(Account).where(Account.login == email)) if email else None
    if account is None or account.closed_at is not None:
        raise IdentityUnknown("no account with this identity", "subject")
    if known is None:
        other = await session.scalar(
            select(AccountIdentity.subject).where(
                AccountIdentity.account_id == account.id, AccountIdentity.issuer == issuer
            )
        )
        if other is not None:
            raise IdentityUnknown("the account belongs to another identity", "subject")
        session.add(AccountIdentity(issuer=issuer, subject=subject, account_id=account.id, linked_at=now))
        await session.flush()
    return account.id

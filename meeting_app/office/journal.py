"""What officers did, each change once and with its author: the answer to a repetition, and the record of the office.

A meeting's own log tells what happened in it; this tells who of the office caused it, and what has no meeting.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.errors import KeyReused
from meeting_app.events import canonical
from meeting_app.models import Account, OfficeDeed

Result = Mapping[str, Any]


async def once(
    session: AsyncSession,
    account: str,
    action: str,
    key: str,
    asked: Mapping[str, Any],
    verb: Callable[[], Awaitable[Result]],
    now: datetime,
) -> Result:
    """What `verb` answers, or answered when this account did it before under the same `key`.

    `asked` tells one command from another under a key; secrets are left out of it. A verb that refuses changes nothing
    and is not remembered. Raises `KeyReused` for another command under the same key, and what the verb raises.
    """
    # One after the other for an account, so that a repetition that overtakes waits for the first.
    await session.get_one(Account, account, with_for_update=True)
    asked_hash = hashlib.sha256(canonical({"action": action, **asked}).encode()).hexdigest()
    done = await session.get(OfficeDeed, (account, key))
    if done is not None:
        if done.asked_hash != asked_hash:
            raise KeyReused("this key belongs to another command", "key")
        return done.answer
    answer = await verb()
    session.add(
        OfficeDeed(
            account_id=account, key=key, action=action, asked_hash=asked_hash, asked=asked, answer=answer, at=now
        )
    )
    await session.flush()
    return answer

"""Commands that happen once, however often a weak line repeats them."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, lock
from meeting_app.errors import KeyReused
from meeting_app.events import canonical
from meeting_app.models import DoneCommand

T = TypeVar("T")


@dataclass(frozen=True)
class Answer(Generic[T]):
    outcome: T | None  # what the verb returned; None when the command was done before
    seq: int | None  # of the last event it caused, now or then; None: it caused none
    repeated: bool


async def once(
    session: AsyncSession,
    actor: Actor,
    key: str,
    payload: Mapping[str, Any],
    verb: Callable[[], Awaitable[T]],
    now: datetime,
) -> Answer[T]:
    """Run `verb` unless this participant did it before under the same `key`; then give the first answer.

    A verb that refuses changes nothing and is not remembered: asked again, it is judged anew.
    Raises `KeyReused` for another payload under the same key, and what the verb raises.
    """
    if actor.participant is None:
        raise ValueError("only participants send commands")
    meeting = await lock(session, actor.meeting)
    payload_hash = hashlib.sha256(canonical(payload).encode()).hexdigest()
    done = await session.get(DoneCommand, (actor.participant, key))
    if done is not None:
        if done.payload_hash != payload_hash:
            raise KeyReused("this key belongs to another command", "key")
        return Answer(None, done.seq, True)
    before = meeting.last_seq
    outcome = await verb()
    seq = meeting.last_seq if meeting.last_seq != before else None
    session.add(DoneCommand(actor=actor.participant, key=key, payload_hash=payload_hash, seq=seq, at=now))
    await session.flush()
    return Answer(outcome, seq, False)

"""Commands that happen once, however often a weak line repeats them."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, lock
from meeting_app.errors import KeyReused
from meeting_app.events import Event, canonical
from meeting_app.models import DoneCommand

T = TypeVar("T")


@dataclass(frozen=True)
class Answer(Generic[T]):
    outcome: T | None  # what the verb returned; None when the command was done before
    seq: int | None  # of the last event it caused, now or then; None: it caused none
    repeated: bool


@dataclass(frozen=True)
class Asked:
    """A command as a participant sent it."""

    actor: Actor
    key: str
    payload: Mapping[str, Any]
    at: datetime

    @property
    def key_of_row(self) -> tuple[str, str]:
        if self.actor.participant is None:
            raise ValueError("only participants send commands")
        return self.actor.participant, self.key

    @cached_property
    def payload_hash(self) -> str:
        return hashlib.sha256(canonical(self.payload).encode()).hexdigest()

    def row(self, seq: int | None) -> DoneCommand:
        """By which it is known when it comes again."""
        participant, key = self.key_of_row
        return DoneCommand(actor=participant, key=key, payload_hash=self.payload_hash, seq=seq, at=self.at)


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
    meeting = await lock(session, actor.meeting)
    asked = Asked(actor, key, payload, now)
    done = await session.get(DoneCommand, asked.key_of_row)
    if done is not None:
        return _repeated(asked, done)
    before = meeting.last_seq
    outcome = await verb()
    seq = meeting.last_seq if meeting.last_seq != before else None
    session.add(asked.row(seq))
    await session.flush()
    return Answer(outcome, seq, False)


async def once_each(
    session: AsyncSession, asked: Sequence[Asked], verb: Callable[[Sequence[int]], Awaitable[Sequence[Event]]]
) -> list[Answer[Event]]:
    """As `once`, of several participants of one meeting of whom each does one thing that causes one event.

    `verb` is given the places in `asked` of those that were not done before.
    """
    await lock(session, asked[0].actor.meeting)
    named = tuple_(DoneCommand.actor, DoneCommand.key).in_([one.key_of_row for one in asked])
    done = {(row.actor, row.key): row for row in await session.scalars(select(DoneCommand).where(named))}
    due = [place for place, one in enumerate(asked) if one.key_of_row not in done]
    happened = dict(zip(due, await verb(due), strict=True)) if due else {}
    session.add_all(asked[place].row(event.seq) for place, event in happened.items())
    await session.flush()
    return [
        Answer(happened[place], happened[place].seq, False)
        if place in happened
        else _repeated(one, done[one.key_of_row])
        for place, one in enumerate(asked)
    ]


def _repeated(asked: Asked, done: DoneCommand) -> Answer[Any]:
    """The first answer. Raises `KeyReused`."""
    if done.payload_hash != asked.payload_hash:
        raise KeyReused("this key belongs to another command", "key")
    return Answer(None, done.seq, True)

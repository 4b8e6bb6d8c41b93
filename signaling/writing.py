"""Commands that wait to be written, written together.

A transaction waits for the disk, and three hundred ballots within seconds would wait for it three hundred times.
So whoever has its turn writes for all who wait behind it, in the order in which they came, in one transaction.
Where one of them is refused nothing is kept, and each is written in a transaction of its own: so every command meets
the rows as the one before left them, and a refusal takes nothing along.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor
from meeting_app.commands import Answer
from meeting_app.errors import NotRecorded
from signaling.messages import AnyCommand, CastBallot, CastSecretBallot
from signaling.verbs import Outcome

TOGETHER_AT_MOST = 32  # a transaction holds the meeting's row, and a refusal repeats it

# A ballot that was not the first to come waits this long for those behind it: together they cost a fraction.
GATHER_S = 0.05
GATHERED = (CastBallot, CastSecretBallot)


@dataclass(eq=False)
class Asked:
    """A command of one participant. `written` is set by the commit; `answer` when everybody was told, or it failed."""

    actor: Actor
    command: AnyCommand
    at: datetime
    answer: asyncio.Future[Answer[Outcome]]
    written: Answer[Outcome] | None = None

    def settle(self) -> None:
        """Let who asked go on."""
        if not self.answer.done():
            self.answer.set_result(self.written)

    def fail(self, error: Exception) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)


@dataclass(eq=False)
class Writing:
    """The commands of one meeting. `carry_out` does them in a transaction, each unless it was done before."""

    transaction: Callable[[], AbstractAsyncContextManager[AsyncSession]]
    carry_out: Callable[[AsyncSession, Sequence[tuple[Actor, AnyCommand, datetime]]], Awaitable[list[Answer[Outcome]]]]
    _waiting: list[Asked] = field(default_factory=list)
    _began_at: float = 0.0  # to write, by the loop's clock

    def ask(self, actor: Actor, command: AnyCommand, at: datetime) -> Asked:
        """Have a command written when somebody writes."""
        asked = Asked(actor, command, at, asyncio.get_running_loop().create_future())
        self._waiting.append(asked)
        return asked

    @property
    def is_due(self) -> bool:
        return bool(self._waiting)

    async def gather(self) -> None:
        """Wait for more where ballots come one upon the other; whatever else waits does so no longer than they."""
        left_s = self._began_at + GATHER_S - asyncio.get_running_loop().time()
        is_full = len(self._waiting) >= TOGETHER_AT_MOST
        if left_s > 0 and not is_full and all(isinstance(one.command, GATHERED) for one in self._waiting):
            await asyncio.sleep(left_s)

    async def write(self) -> list[Asked]:
        """Write those who have waited longest; those that were written are returned, to be told of and settled."""
        self._began_at = asyncio.get_running_loop().time()
        batch, self._waiting = self._waiting[:TOGETHER_AT_MOST], self._waiting[TOGETHER_AT_MOST:]
        if batch and not await self._write(batch):
            for one in batch:
                await self._write([one])
        return [one for one in batch if one.written is not None]

    async def _write(self, batch: list[Asked]) -> bool:
        """False when one of several was refused, and nothing was kept."""
        try:
            async with self.transaction() as session:
                answers = await self.carry_out(session, [(one.actor, one.command, one.at) for one in batch])
        except Exception as error:
            # Whose fault it was is known only of one alone; the weather is nobody's.
            if len(batch) > 1 and not isinstance(error, NotRecorded):
                return False
            for one in batch:
                one.fail(error)
            return True
        for one, answer in zip(batch, answers, strict=True):
            one.written = answer
        return True

"""What a hall does because it is time, not because somebody asks.

Whoever writes may take long, and the other halls' clocks do not wait for it: so the duties are done in a task beside
the clock, one after the other in their order, each under the hall's lock for itself. What one of them makes due of
those behind it is done in the same round. One that fails keeps no other from being done; it is still due, and for a
while nothing is tried: a database that is gone is asked once a second, not at each tick.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import structlog

from meeting_app.errors import NotRecorded

AGAIN_S = 1.0  # after some of it failed

log = structlog.get_logger("signaling.upkeep")


@dataclass(frozen=True)
class Duty:
    """`is_due` until it was done; both take the time in the clock's seconds."""

    is_due: Callable[[float], bool]
    do: Callable[[float], Awaitable[None]]


@dataclass(eq=False)
class Upkeep:
    """The duties of one hall. Each is done in a turn of its own, which begins and ends with what the hall needs."""

    meeting: str
    duties: Sequence[Duty]
    turn: Callable[[], AbstractAsyncContextManager[None]]
    _round: asyncio.Task[None] | None = None  # ends when what was due is done, or failed
    _not_before: float = 0.0  # in the clock's seconds

    @property
    def is_at_work(self) -> bool:
        return self._round is not None and not self._round.done()

    def tick(self, now: float) -> None:
        """Begin what is due, unless it is begun or was put off."""
        may_begin = now >= self._not_before and not self.is_at_work
        if may_begin and any(duty.is_due(now) for duty in self.duties):
            self._round = asyncio.create_task(self._do_what_is_due(now))

    async def settle(self) -> None:
        """Wait for what is being done."""
        if self._round is not None:
            await asyncio.wait({self._round})

    async def _do_what_is_due(self, now: float) -> None:
        for duty in self.duties:
            if not duty.is_due(now):
                continue
            try:
                async with self.turn():
                    await duty.do(now)
            except Exception as error:
                # It is still due, and tried again at a later tick; nothing else waits for that.
                self._not_before = now + AGAIN_S
                if isinstance(error, NotRecorded):
                    log.warning("upkeep_put_off", meeting=self.meeting, cause=str(error))
                else:
                    log.exception("upkeep_failed", meeting=self.meeting)

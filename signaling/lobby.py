"""The lobby of one meeting: who waits there, and telling those who may admit.

Belongs to a hall, whose lock is held wherever this waits for anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import lobby
from signaling.errors import Refusal
from signaling.house import House
from signaling.messages import Ended, Knock, KnocksChanged, Waiting
from signaling.seat import Waiter

LOOK_EVERY_S = 15.0  # below `lobby.AWAY_AT_MOST`


@dataclass(eq=False)
class Lobby:
    meeting: str
    title: str
    house: House
    waiters: dict[str, Waiter] = field(default_factory=dict)  # by session
    look_at: float = 0.0  # when it is looked over next, in the clock's seconds

    @property
    def door(self) -> str:
        """The group of connections that may admit."""
        return f"{self.meeting} door"

    def check_room(self, session: str | None, address: str) -> None:
        """Raises `Refusal` when too many wait from this address; who waits with `session` already may go on."""
        beside = sum(one.address == address for one in self.waiters.values() if one.session != session)
        if beside >= self.house.settings.knocks:
            raise Refusal("lobby_full")

    async def take_in(self, waiter: Waiter) -> None:
        """Keep a connection until somebody decides. Raises `Refusal` when its address has too many."""
        self.check_room(waiter.session, waiter.address)
        older = self.waiters.get(waiter.session)
        if older is not None:
            await self.house.pushes.end(older.sid, Ended(reason="replaced"))
        self.waiters[waiter.session] = waiter
        await self.house.pushes.to(waiter.sid, Waiting(title=self.title, knock=waiter.knock))

    def call_in(self, session: str) -> Waiter | None:
        """Who waited with this session, no longer kept; None when nobody did."""
        return self.waiters.pop(session, None)

    def drop(self, sid: str) -> None:
        """A connection ended; a newer one of the same session may have taken its place before."""
        for waiter in self.waiters.values():
            if waiter.sid == sid:
                del self.waiters[waiter.session]
                return

    async def end(self, session: str, reason: str) -> None:
        """Send away who waits with this session, if anybody does."""
        waiter = self.call_in(session)
        if waiter is not None:
            await self.house.pushes.end(waiter.sid, Ended(reason=reason))

    async def knocks(self, session: AsyncSession) -> tuple[Knock, ...]:
        return tuple(
            Knock(id=one.id, name=one.name, unit=one.unit, reason=one.reason, at=one.at)
            for one in await lobby.waiting(session, self.meeting)
        )

    async def tell(self) -> None:
        """Show the knocks, as they are now, to those who may admit."""
        async with self.house.database.reading() as session:
            knocks = await self.knocks(session)
        self.house.pushes.to_group(self.door, KnocksChanged(knocks=knocks))

    async def look_over(self, session: AsyncSession, now: float) -> bool:
        """Note who still waits, and forget the knocks of those who have been away too long; whether there were any."""
        self.look_at = now + LOOK_EVERY_S
        at = self.house.clock.utc()
        await lobby.still_here(session, self.waiters, at)
        return bool(await lobby.drop_absent(session, self.meeting, at))

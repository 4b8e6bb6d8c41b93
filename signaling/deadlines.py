"""Closes opinion forms when their deadline has passed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import votes
from meeting_app.acting import Actor
from meeting_app.events import Event
from signaling.halls import Halls
from signaling.house import House


class Deadlines:
    """Asked for regularly by `create_app`'s clock."""

    def __init__(self, house: House, halls: Halls) -> None:
        self._house, self._halls = house, halls

    async def close_due(self) -> None:
        """Close what is due now; who is in the meeting is told."""
        now = self._house.clock.utc()
        async with self._house.database.reading() as session:
            due = await votes.due(session, now)
        for meeting, vote in due:
            await (await self._halls.of(meeting)).change(_closing(meeting, vote, now))


def _closing(meeting: str, vote: str, now: datetime) -> Callable[[AsyncSession], Awaitable[tuple[None, list[Event]]]]:
    async def close(session: AsyncSession) -> tuple[None, list[Event]]:
        return None, [await votes.close(session, Actor(meeting), vote, now)]

    return close

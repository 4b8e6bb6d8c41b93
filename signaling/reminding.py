"""Has meetings remind people when the time for it comes."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import reminders
from meeting_app.events import Event
from signaling.halls import Halls
from signaling.house import House


class Reminding:
    """Asked for regularly by `create_app`'s clock."""

    def __init__(self, house: House, halls: Halls) -> None:
        self._house = house
        self._halls = halls

    async def remind_due(self) -> None:
        """Put what is due into the outbox; those who are in the hall see that it was sent."""
        house = self._house
        async with house.database.reading() as session:
            meetings = await reminders.meetings_due(session, house.clock.utc())
        for meeting in meetings:

            async def write(session: AsyncSession, meeting: str = meeting) -> tuple[None, list[Event]]:
                event = await reminders.remind_due(session, meeting, house.seal, house.clock.utc())
                return None, [] if event is None else [event]

            await (await self._halls.of(meeting)).change(write)

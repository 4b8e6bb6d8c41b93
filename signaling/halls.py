"""The halls of the meetings that somebody is connected to, opened when needed, closed when empty."""

from __future__ import annotations

import asyncio

import structlog

from meeting_app import attendance
from meeting_app.errors import MeetingError
from signaling.house import House
from signaling.media import RoomEvent
from signaling.meeting import Hall, open_hall

log = structlog.get_logger("signaling.halls")


class Halls:
    def __init__(self, house: House) -> None:
        self._house = house
        self._open: dict[str, Hall] = {}
        self._lock = asyncio.Lock()

    async def of(self, meeting: str) -> Hall:
        """The hall of a meeting. Raises `NotFound`."""
        if meeting in self._open:
            return self._open[meeting]  # whoever waits for the database to open another keeps nobody here waiting
        async with self._lock:
            hall = self._open.get(meeting)
            if hall is None:
                hall = self._open[meeting] = await open_hall(self._house, meeting)
            return hall

    def opened(self, meeting: str) -> Hall | None:
        """The hall if it is open; what concerns only connected people needs no other."""
        return self._open.get(meeting)

    @property
    def counts(self) -> tuple[int, int, int]:
        """Halls, seats and people waiting, for the metrics."""
        halls = self._open.values()
        return len(halls), sum(len(h.seats) for h in halls), sum(len(h.lobby.waiters) for h in halls)

    async def expect_back(self) -> None:
        """After a restart: open the halls in which people are present by the log, so that absence is noticed."""
        async with self._house.database.reading() as session:
            meetings = await attendance.meetings_with_people(session)
        for meeting in meetings:
            await self.of(meeting)

    async def heard(self, event: RoomEvent) -> None:
        """What a worker told about a room."""
        try:
            hall = await self.of(event.room)
        except MeetingError as error:
            log.info("room_without_meeting", room=event.room, cause=repr(error))
            return
        await hall.room.heard(event)

    async def close(self) -> None:
        """What is being written is written."""
        for hall in list(self._open.values()):
            await hall.settle()
            await hall.room.close()

    async def tick(self) -> None:
        """What is due in any hall."""
        now = self._house.clock.seconds()
        for meeting, hall in list(self._open.items()):
            try:
                await hall.tick(now)
                if hall.is_empty and not self._house.media.peers(meeting):
                    del self._open[meeting]
                    await hall.room.close()
                    await self._house.media.close_room(meeting)
            except Exception:
                # One hall's fault must not stop the others' clock; what was due is tried at the next tick.
                log.exception("tick_failed", meeting=meeting)

"""Where the presenter points on the page that all are shown: told as it moves, kept nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from meeting_app.documents.rules import NAMED, READERS
from meeting_app.views import ShownView
from signaling.errors import Refusal
from signaling.messages import Point, PointerMoved
from signaling.seat import Seat
from signaling.telling import Telling

EVERY_S = 0.1  # at most that often; between two only the last place counts


@dataclass(eq=False)
class Pointing:
    """The pointer of one meeting."""

    telling: Telling
    seats: Mapping[str, Seat]
    _waiting: tuple[str, PointerMoved] | None = None  # for whom (audience), and what
    _told_at: float = 0.0  # by the loop's clock
    _timer: asyncio.TimerHandle | None = None

    def move(self, participant: str, shown: ShownView | None, to: Point) -> None:
        """Raises `Refusal` for who shows nothing. What was sent for the page before is passed over."""
        if shown is None or shown.participant != participant:
            raise Refusal("not_allowed")
        if (shown.version, shown.page) != (to.version, to.page):
            return
        self._waiting = (shown.audience, PointerMoved(version=to.version, page=to.page, at=to.at))
        loop = asyncio.get_running_loop()
        due = self._told_at + EVERY_S
        if due <= loop.time():
            self._tell()
        elif self._timer is None:
            self._timer = loop.call_at(due, self._tell)

    def _tell(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._waiting is None:
            return
        (audience, moved), self._waiting = self._waiting, None
        self._told_at = asyncio.get_running_loop().time()
        for role in sorted(READERS[audience]):
            self.telling.pushes.to_group(self.telling.groups_of(role)[1], moved)
        for seat in self.seats.values() if audience == NAMED else ():
            if seat.papers is not None and seat.papers.shown is not None:
                self.telling.pushes.to_group(seat.sid, moved)  # each connection is a group of its own

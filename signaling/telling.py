"""The events of one meeting on their way to its screens.

What three hundred people do within seconds (arrive, vote, leave) would be three hundred pushes to each of five
hundred screens. Such events are gathered: the first goes out at once, what follows it within `GATHER_S` goes out
together. All others go out at once, with what was gathered before them. Always in the order of the log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from meeting_app.events import Event
from meeting_app.permissions import MEETING_ROLES
from signaling import views
from signaling.messages import MeetingEvents, Role
from signaling.push import Pushes

GATHER_S = 0.1
GATHERED = frozenset({"ballot_cast", "secret_ballot_cast", "checked_in", "left"})


@dataclass(eq=False)
class Telling:
    """What the screens of a meeting are told, and the groups of connections that are told alike."""

    pushes: Pushes
    meeting: str
    _waiting: list[Event] = field(default_factory=list)
    _told_at: float = 0.0  # by the loop's clock
    _timer: asyncio.TimerHandle | None = None

    @property
    def people(self) -> str:
        return f"{self.meeting} people"

    @property
    def walls(self) -> str:
        return f"{self.meeting} walls"

    def groups_of(self, role: Role) -> tuple[str, str]:
        """The groups that a screen of this role belongs to."""
        return (self.walls if role == views.WALL else self.people, f"{self.meeting} {role}")

    def tell(self, happened: Iterable[Event]) -> None:
        """Push committed events, now or soon."""
        happened = list(happened)
        self._waiting += happened
        loop = asyncio.get_running_loop()
        due = self._told_at + GATHER_S
        if due <= loop.time() or any(event.name not in GATHERED for event in happened):
            self.flush()
        elif self._timer is None and self._waiting:
            self._timer = loop.call_at(due, self.flush)

    def flush(self) -> None:
        """Push what waits. Who enters a group afterwards is told nothing of it."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._waiting:
            return
        happened, self._waiting = self._waiting, []
        self._told_at = asyncio.get_running_loop().time()
        for group, role in self._audiences(happened):
            told = views.events(happened, role)
            self.pushes.to_group(group, told[0] if len(told) == 1 else MeetingEvents(events=told))

    def _audiences(self, happened: list[Event]) -> list[tuple[str, Role]]:
        """Groups, and the role by which all in a group are shown these events."""
        if any(event.name in views.TOLD_BY_ROLE for event in happened):
            return [(self.groups_of(role)[1], role) for role in MEETING_ROLES]
        return [(self.people, "delegate"), (self.walls, views.WALL)]

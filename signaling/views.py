"""What a person in a given role may see of a meeting, as messages."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from meeting_app.events import Event
from meeting_app.permissions import actions_of
from meeting_app.views import MeetingView
from signaling.messages import AnyCommand, Meeting, MeetingEvent, Role

WALL: Role = "big_screen"
COMMANDS = frozenset(kind.__struct_config__.tag for kind in AnyCommand.__args__)

# A wall stands in a public hall: it keeps the numbering of the log and learns nothing of these.
WITHHELD_FROM_WALLS = frozenset({"said"})
WITHHELD = "withheld"


def meeting(view: MeetingView, role: Role) -> Meeting:
    """The snapshot for a screen. Walls take no part, so they are in nobody's list; and a wall shows no chat."""
    whole = msgspec.convert(view, Meeting, from_attributes=True)
    people = tuple(person for person in whole.participants if person.role != WALL)
    return msgspec.structs.replace(whole, participants=people, chat=() if role == WALL else whole.chat)


def event(happened: Event, role: Role) -> MeetingEvent:
    """An entry of the log for a screen; what it may not see keeps only its number and time."""
    if role == WALL and happened.name in WITHHELD_FROM_WALLS:
        return MeetingEvent(seq=happened.seq, name=WITHHELD, actor=None, at=happened.at, data={})
    return MeetingEvent(seq=happened.seq, name=happened.name, actor=happened.actor, at=happened.at, data=happened.data)


def events(happened: Iterable[Event], role: Role) -> tuple[MeetingEvent, ...]:
    return tuple(event(one, role) for one in happened)


def commands_of(role: Role) -> tuple[str, ...]:
    """The commands this role has in the permission table."""
    return tuple(sorted(COMMANDS.intersection(actions_of(role))))

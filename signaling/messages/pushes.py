"""What the service tells a browser without being asked."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from signaling.messages.papers import OwnPapers, PointerMoved
from signaling.messages.shown import Meeting
from signaling.messages.votes import OwnBallot
from signaling.messages.words import Layer, Message, Role, SourceKind


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """Who is connected now and what they send; not logged, sent whole in `Welcome` and by change afterwards."""

    participant: str
    online: bool
    microphone: bool = False
    camera: bool = False
    screen: bool = False


class Knock(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    unit: str
    reason: Literal["guest", "used_link"]
    at: str


class IceServer(msgspec.Struct, frozen=True, kw_only=True):
    urls: tuple[str, ...]
    username: str | None = None
    credential: str | None = None


class Welcome(Message, frozen=True, kw_only=True, tag="welcome"):
    """First after each connection. `meeting` when the browser has nothing or too old a state, else `events`."""

    me: str  # participant
    role: Role
    may: tuple[str, ...]  # the commands this role has in the permission table
    seq: int  # of the last event that this message includes
    now: str
    demo: bool
    meeting: Meeting | None = None
    events: tuple[MeetingEvent, ...] = ()
    presence: tuple[Presence, ...]
    ballot: OwnBallot | None = None  # one's own in the last vote
    papers: OwnPapers | None = None  # None: those of `meeting` are all
    knocks: tuple[Knock, ...] = ()  # for those who may admit
    ice_servers: tuple[IceServer, ...] = ()
    media_known: bool = False  # the worker still has this browser's connection


class MeetingEvent(Message, frozen=True, kw_only=True, tag="event"):
    """One entry of the meeting's log; `name` and `data` as `docs/protocol.md` lists them."""

    seq: int
    name: str
    actor: str | None  # participant; None when the system did it
    at: str
    data: dict[str, Any]


class MeetingEvents(Message, frozen=True, kw_only=True, tag="events"):
    """Several entries of the log that follow one another."""

    events: tuple[MeetingEvent, ...]


class PresenceChanged(Message, frozen=True, kw_only=True, tag="presence"):
    changes: tuple[Presence, ...]


class KnocksChanged(Message, frozen=True, kw_only=True, tag="knocks"):
    knocks: tuple[Knock, ...]


class VoicesChanged(Message, frozen=True, kw_only=True, tag="voices"):
    """Who sits in the audio slots, in the order of the offer's voice slots, and who of them is loud."""

    slots: tuple[str | None, ...]  # participants
    speaking: tuple[str, ...]


class DemandChanged(Message, frozen=True, kw_only=True, tag="demand"):
    """Which layers of this browser's camera somebody watches, and whether somebody watches its screen."""

    camera: tuple[Layer, ...]
    screen: bool


class SlotShows(Message, frozen=True, kw_only=True, tag="slot"):
    """What one picture slot shows now."""

    slot: str
    source: str | None
    layer: Layer | None
    cause: Literal["as_wished", "downlink", "not_sent"]


class LineQuality(Message, frozen=True, kw_only=True, tag="quality"):
    level: Literal["good", "fair", "poor"]
    uplink_loss: int
    downlink_loss: int
    downlink_bps: int
    round_trip_ms: int | None = None


class MediaGone(Message, frozen=True, kw_only=True, tag="media_gone"):
    """The worker lost this browser's connection; offer anew when `ready`, at once, without a click."""

    ready: bool


class PermitChanged(Message, frozen=True, kw_only=True, tag="permit"):
    """What the worker lets through from this browser."""

    publish: tuple[SourceKind, ...]


class Waiting(Message, frozen=True, kw_only=True, tag="waiting"):
    """The browser is in the lobby."""

    title: str
    knock: str


class Ended(Message, frozen=True, kw_only=True, tag="ended"):
    """The service closes this connection for good; the page says why and does not come back by itself."""

    reason: Literal["removed", "refused", "closed", "replaced", "revoked", "lobby_full"]


AnyPush = (
    Welcome | MeetingEvent | MeetingEvents | PresenceChanged | KnocksChanged | VoicesChanged | DemandChanged | SlotShows
    | LineQuality | MediaGone | PermitChanged | PointerMoved | OwnPapers | Waiting | Ended
)  # fmt: skip

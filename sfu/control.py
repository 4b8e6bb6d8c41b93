"""The contract between a worker and whoever directs it: frozen messages with a JSON form, no behaviour.

One WebSocket carries it, one JSON object a message, told apart by `type`.
Requests carry an `id` and each is answered by exactly one `Reply` with the same `id`; what happens by itself
arrives as events, which carry none. Order is kept in both directions.

Words. A *peer* is one media connection; its name is chosen by the director and stays the same when the person
reloads or the worker is replaced. A *source* is one published stream, named `peer:kind`, so that a wish for
it can be stated before it exists and survives its disappearance. A *slot* is one receive stream of a peer,
named by the `mid` of its media section.
"""

from __future__ import annotations

from typing import Literal

import msgspec

SourceKind = Literal["microphone", "camera", "screen"]
LayerName = Literal["q", "h", "f"]  # a quarter, a half and the full size of the picture
Cause = Literal["as_wished", "downlink", "not_sent"]  # why a slot shows what it shows

VOICE_SLOTS = 3
ALL_KINDS: tuple[SourceKind, ...] = ("microphone", "camera", "screen")


def source_name(peer: str, kind: SourceKind) -> str:
    return f"{peer}:{kind}"


class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", forbid_unknown_fields=True):
    """What both directions share: a `type`, and no field that the contract does not name."""


# Requests ----------------------------------------------------------------------------------------------


class Request(Message, frozen=True, kw_only=True):
    id: int


class Join(Request, frozen=True, kw_only=True, tag="join"):
    """A peer enters a room with its offer. A peer of the same name in that room is replaced.

    Answered with `answer` and `slots`; refused with `room_full`, `worker_full`, `bad_offer`.
    """

    room: str
    peer: str
    offer: str  # SDP
    publish: tuple[SourceKind, ...] = ALL_KINDS  # what this peer may send; the rest is dropped at the door


class Offer(Request, frozen=True, kw_only=True, tag="offer"):
    """A connected peer offers again: ICE restart, or more tiles. Answered as `Join`; refused with `no_such_peer`."""

    room: str
    peer: str
    offer: str


class Leave(Request, frozen=True, kw_only=True, tag="leave"):
    """A peer goes. Leaving twice is no error."""

    room: str
    peer: str


class Permit(Request, frozen=True, kw_only=True, tag="permit"):
    """What a peer may publish from now on; takes effect with the next packet."""

    room: str
    peer: str
    publish: tuple[SourceKind, ...]


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    slot: str  # mid
    source: str | None  # None empties the slot
    layer: LayerName = "f"  # the largest that is of use


class Watch(Request, frozen=True, kw_only=True, tag="watch"):
    """What fills a peer's picture slots, the most important first; slots not named become empty.

    With `again`, `SlotChanged` of each slot named, `Demand` and `Quality` of this peer follow whether they changed or
    not: somebody between it and the worker was away.
    """

    room: str
    peer: str
    wishes: tuple[Wish, ...]
    again: bool = False


class Hold(Request, frozen=True, kw_only=True, tag="hold"):
    """The peers of a room who sit in a voice slot before others: whoever has the floor, then the chairs.

    The first always has one, silent or not, and it is the first voice slot, beside the first picture slot, so that
    lips match. Of the others the silent leave one slot to whoever talks.
    """

    room: str
    peers: tuple[str, ...]


class CloseRoom(Request, frozen=True, kw_only=True, tag="close_room"):
    """Everybody out."""

    room: str


class Describe(Request, frozen=True, kw_only=True, tag="describe"):
    """Who is here; a director that was away reconciles with it."""


# Replies -----------------------------------------------------------------------------------------------


class SlotOffer(msgspec.Struct, frozen=True):
    slot: str  # mid
    kind: Literal["voice", "picture"]


class RoomState(msgspec.Struct, frozen=True):
    room: str
    peers: tuple[str, ...]
    sources: tuple[str, ...]  # those that flow now


class Reply(Message, frozen=True, kw_only=True, omit_defaults=True, tag="reply"):
    id: int
    error: str | None = None  # a code of sfu.errors; None when it was done
    message: str | None = None  # the error in words
    answer: str | None = None  # SDP, to Join and Offer
    slots: tuple[SlotOffer, ...] | None = None  # to Join and Offer, in the order of the offer
    rooms: tuple[RoomState, ...] | None = None  # to Describe


# Events ------------------------------------------------------------------------------------------------


class Ready(Message, frozen=True, kw_only=True, tag="ready"):
    """The first message on a control connection; `worker` is new each time the process starts."""

    worker: str
    udp_address: str
    udp_port: int


class PeerConnected(Message, frozen=True, kw_only=True, tag="peer_connected"):
    """ICE and DTLS are up; media can flow."""

    room: str
    peer: str


class PeerLost(Message, frozen=True, kw_only=True, tag="peer_lost"):
    """A peer is gone by itself: nothing heard from it, its handshake failed, or it said goodbye.

    The person may have joined again meanwhile; `connection` says which one is meant.
    """

    room: str
    peer: str
    connection: int  # the `id` of the Join that began it
    reason: Literal["silence", "handshake", "goodbye"]


class SourceChanged(Message, frozen=True, kw_only=True, tag="source_changed"):
    """A source began to flow (first packet) or ceased (two seconds of nothing, forbidden, or peer gone)."""

    room: str
    source: str
    flows: bool


class Voices(Message, frozen=True, kw_only=True, tag="voices"):
    """Who sits in the audio slots of a room, in order; every peer hears all but itself.

    A director that connects is told this of every room.
    `speaking` is who of them is loud now, loudest first.
    """

    room: str
    slots: tuple[str | None, ...]  # peers
    speaking: tuple[str, ...]


class Demand(Message, frozen=True, kw_only=True, tag="demand"):
    """Which layers of its pictures a peer should send; the others nobody watches."""

    room: str
    peer: str
    camera: tuple[LayerName, ...]
    screen: bool


class SlotChanged(Message, frozen=True, kw_only=True, tag="slot_changed"):
    """What a picture slot shows now, and why if that is less than was wished."""

    room: str
    peer: str
    slot: str
    source: str | None
    layer: LayerName | None
    cause: Cause


class Quality(Message, frozen=True, kw_only=True, tag="quality"):
    """How a peer's line does, every two seconds at most and only when it changed noticeably.

    `uplink_loss` and `downlink_loss` are shares of packets in percent; `downlink_bps` is the estimate in use.
    """

    room: str
    peer: str
    level: Literal["good", "fair", "poor"]
    uplink_loss: int
    downlink_loss: int
    downlink_bps: int
    round_trip_ms: int | None = None  # None before the first report


AnyRequest = Join | Offer | Leave | Permit | Watch | Hold | CloseRoom | Describe
AnyEvent = Reply | Ready | PeerConnected | PeerLost | SourceChanged | Voices | Demand | SlotChanged | Quality

encode = msgspec.json.Encoder().encode
decode_request = msgspec.json.Decoder(AnyRequest).decode
decode_event = msgspec.json.Decoder(AnyEvent).decode

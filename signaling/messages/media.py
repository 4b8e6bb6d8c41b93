"""Media messages: what a browser sends and sees."""

from __future__ import annotations

from typing import Annotated

import msgspec

from signaling.messages.papers import Point
from signaling.messages.words import Layer, Message, Sdp


class MediaOffer(Message, frozen=True, kw_only=True, tag="offer"):
    """An SDP offer; `restart` when it belongs to a connection the worker already has."""

    sdp: Sdp
    restart: bool = False


class MediaWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    slot: Annotated[str, msgspec.Meta(max_length=16)]  # mid
    source: Annotated[str, msgspec.Meta(max_length=80)] | None  # participant:kind
    layer: Layer = "f"


class MediaWatch(Message, frozen=True, kw_only=True, tag="watch"):
    """What fills the picture slots, the most important first."""

    wishes: Annotated[tuple[MediaWish, ...], msgspec.Meta(max_length=64)]


class MediaPublish(Message, frozen=True, kw_only=True, tag="publish"):
    """What this browser sends now, for the icons on others' screens."""

    microphone: bool
    camera: bool
    screen: bool


class MediaCompanion(Message, frozen=True, kw_only=True, tag="companion"):
    """Whether this device only accompanies somebody in the hall: no sound, no picture, no place in the room."""

    on: bool


AnyMedia = MediaOffer | MediaWatch | MediaPublish | MediaCompanion | Point

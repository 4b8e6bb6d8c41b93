"""Bodies of HTTP requests and answers."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from signaling.messages.shown import Meeting
from signaling.messages.words import VISIBLE, Id, MeetingState, Role

# What the browser calls itself, a secret; the same again gets the same session again.
Device = Annotated[str, msgspec.Meta(min_length=32, max_length=64, pattern=VISIBLE)]


class EnterRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """POST /api/link, /api/enter, /api/room: a personal link becomes a session. Loading its page changes nothing."""

    token: Annotated[str, msgspec.Meta(max_length=200)]
    device: Device | None = None


class KnockRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """POST /api/knock: somebody without a usable personal link asks to be let in; also becomes a session."""

    meeting: Id | None = None  # from the meeting's open address
    token: Annotated[str, msgspec.Meta(max_length=200)] | None = None  # a link used on another device
    name: Annotated[str, msgspec.Meta(max_length=120)] = ""
    unit: Annotated[str, msgspec.Meta(max_length=200)] = ""
    device: Device | None = None


class Entered(msgspec.Struct, frozen=True, kw_only=True):
    """Where the session leads: the hall, the lobby, or the wall."""

    place: Literal["hall", "lobby", "wall"]
    session: Id
    meeting: str
    title: str
    name: str
    role: Role | None = None  # None in the lobby


class ReadingRoom(msgspec.Struct, frozen=True, kw_only=True):
    """GET or POST /api/room: what one may read on, after the meeting or without a line."""

    me: str  # participant
    role: Role
    meeting: Meeting  # oneself alone among the participants; no chat, no vote, no shown page


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/meetings/{meeting}: what a stranger at the open address may know."""

    title: str
    unit: str
    state: MeetingState


class DemoLink(msgspec.Struct, frozen=True, kw_only=True):
    role: Role
    name: str
    title: str
    url: str


class DemoOffice(msgspec.Struct, frozen=True, kw_only=True):
    """An administrator of what is made up, for everybody to try."""

    url: str
    login: str
    password: str


class DemoLinks(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/demo, in demonstration mode only."""

    meeting: str
    title: str
    links: tuple[DemoLink, ...]
    office: DemoOffice | None = None

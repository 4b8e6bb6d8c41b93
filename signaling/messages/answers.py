"""The acknowledgement of a command or a media message."""

from __future__ import annotations

from typing import Literal

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why something was not done: `code` for programs; `message` for people, in the language of the session."""

    code: str
    message: str
    field: str | None = None  # of what was filled in, where one is at fault


class Result(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The acknowledgement of a command or a media message."""

    ok: bool
    problem: Problem | None = None
    seq: int | None = None  # of the event that a command caused
    answer: str | None = None  # SDP, to an offer
    slots: tuple[MediaSlot, ...] | None = None  # to an offer


class MediaSlot(msgspec.Struct, frozen=True):
    slot: str
    kind: Literal["voice", "picture"]

"""Checking in at the hall: the code that hangs there, the delegate's own, and the sheet of who came."""

from __future__ import annotations

from typing import Annotated

import msgspec

from signaling.messages.words import Answer, CheckInMethod, Command, Id, Key, Role, Way

Link = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class CheckInByLink(Command, frozen=True, kw_only=True, tag="check_in_by_link"):
    """Whose invitation was scanned at the door sits in the hall."""

    link: Link  # as its QR code says it, or the token alone
    site: Id | None = None  # where; None: where they were to sit. A site operator's is their own


class HallCode(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/check-in/code: what to show at the hall, or at a site, for the next seconds."""

    link: str
    site: str | None  # name
    left_s: int  # until another code is to be shown


class CheckInRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """POST /api/check-in; the same key again gets the same answer."""

    code: Annotated[str, msgspec.Meta(max_length=200)]
    key: Key


class CheckedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Whose attendance was noted, by this scan or by something before it."""

    meeting: str
    title: str
    name: str
    site: str | None  # name
    at: str
    again: bool  # they were checked in before: it counts once


class SheetLine(msgspec.Struct, frozen=True, kw_only=True):
    """One person of the attendance sheet."""

    participant: str
    name: str
    title: str
    unit: str
    role: Role
    site: str | None  # name
    answer: Answer
    reason: str  # of an absence; may be empty
    excused: bool | None  # whether that is agreed to; None: not decided
    how: Way | None  # now, or when they were last here; None: they never came
    method: CheckInMethod | None
    came_at: str | None  # first
    left_at: str | None  # last; None: they are here, or never came


class SheetCount(msgspec.Struct, frozen=True, kw_only=True):
    """Of those who are counted at one unit or site."""

    name: str  # empty: of no unit, at no site
    all: int
    in_person: int
    remote: int
    excused: int  # absent, which was agreed to
    unexcused: int  # absent otherwise
    capacity: int = 0  # of a site's room; 0: not told


class AttendanceSheet(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/attendance."""

    convened: int  # who may vote
    present: int  # of them
    needed: int  # for the quorum
    lines: tuple[SheetLine, ...]
    units: tuple[SheetCount, ...]
    sites: tuple[SheetCount, ...]

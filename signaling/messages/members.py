"""Bodies, their rules and their members, as the office sees and writes them."""

from __future__ import annotations

from datetime import date

import msgspec

from signaling.messages.office import Asked, Line
from signaling.messages.words import BodyBase, BodyKind, Id, Position, Share


class OfficeBody(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    unit: str
    unit_name: str
    kind: BodyKind
    name: str
    term: str  # may be empty
    quorum: Share  # of all members
    rule: Share  # of `base`
    base: BodyBase
    basis: str  # the article these are from; may be empty
    source: str  # where the rules of this kind of body are from
    members: int  # today
    is_closed: bool
    revision: int


class OfficeBodies(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/office/bodies: the bodies of the units in one's reach."""

    bodies: tuple[OfficeBody, ...]


class OfficeMember(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    person: str
    name: str
    title: str
    position: Position
    joined_on: str  # YYYY-MM-DD


class OfficeBodyCard(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/office/bodies/{body}: the body and who is a member today."""

    body: OfficeBody
    members: tuple[OfficeMember, ...]


class NewBodyRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/bodies: it begins with the rules of its kind."""

    unit: Id
    kind: BodyKind
    name: Line
    term: Line = ""


class ChangeBodyRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/bodies/{body}: refused as `outdated` when `revision` is not the one it has."""

    revision: int
    name: Line
    term: Line
    quorum: Share
    rule: Share
    base: BodyBase
    basis: Line


class NewMembersRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/bodies/{body}/members: people of the organisation, all in one position."""

    people: tuple[Id, ...]
    position: Position
    joined_on: date


class EndMembershipRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/bodies/{body}/members/{member}/end: `left_on` is the last day."""

    left_on: date


class ConveneRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/meetings/{meeting}/convened: all members of the body who are not invited yet."""

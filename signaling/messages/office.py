"""Bodies of the office's requests and answers."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from signaling.messages.shown import Site
from signaling.messages.words import (
    WITHOUT_NUL,
    Answer,
    Id,
    Key,
    MailFault,
    MailState,
    MeetingKind,
    MeetingState,
    Moment,
    Role,
)

OfficerRole = Literal["system_admin", "unit_admin", "clerk"]
UnitLevel = Literal["central", "province", "district", "commune", "hamlet", "body"]
RosterReason = Literal[
    "formula", "name", "title", "unit_missing", "unit_unknown", "unit_ambiguous", "twice",
    "position", "position_differs", "person_ambiguous", "member_then", "site", "site_unknown", "not_member",
]  # fmt: skip
LinkState = Literal["none", "issued", "used"]
Line = Annotated[str, msgspec.Meta(max_length=2000)]  # the verbs say how long it may really be
Password = Annotated[str, msgspec.Meta(max_length=1000)]
Ids = Annotated[tuple[Id, ...], msgspec.Meta(min_length=1, max_length=1000)]


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A change: the same key again gets the first answer again."""

    key: Key


class SignInRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """POST /api/office/sign-in: login and password become a session cookie."""

    login: Annotated[str, msgspec.Meta(max_length=200, pattern=WITHOUT_NUL)]
    password: Password


class OfficeWays(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/office/ways: how one can sign in beside a password."""

    oidc: str | None  # what the provider is called; None: there is none


class OfficeMe(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/office/me: who is signed in, and what the role may do."""

    account: str
    login: str
    name: str
    role: OfficerRole
    unit: str
    unit_name: str
    may: tuple[str, ...]


class OfficeUnit(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    parent: str | None  # None: the top of a tree
    level: UnitLevel
    name: str
    is_closed: bool
    revision: int


class OfficeUnits(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/office/units: the units in one's reach."""

    units: tuple[OfficeUnit, ...]


class OfficeMeetingLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    title: str
    unit: str
    state: MeetingState
    starts_at: str
    participants: int


class OfficeMeetings(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/office/meetings: the latest first; `more` when earlier ones follow."""

    meetings: tuple[OfficeMeetingLine, ...]
    more: bool


class NewMeetingRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/meetings: a draft."""

    title: Line
    unit: Id
    starts_at: Moment
    kind: MeetingKind = "conference"
    place: Line = ""
    body: Id | None = None  # of that unit; its members are convened


class RepeatRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/meetings/{meeting}/again: a draft that is set up like this one."""

    title: Line
    starts_at: Moment
    place: Line = ""


class NewMeeting(msgspec.Struct, frozen=True, kw_only=True):
    meeting: str


class OfficeInvited(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    person: str | None  # None: invited by name only
    name: str
    title: str
    unit: str
    role: Role
    link: LinkState
    site: str | None  # where they are to sit
    answer: Answer
    email: str  # may be empty
    mail: MailState | None  # the last one; None: none was made
    fault: MailFault | None  # why that one is not sent
    is_opened: bool  # the page of their link was looked at


class OfficeMeeting(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/office/meetings/{meeting}: a meeting as its preparation shows it."""

    id: str
    title: str
    unit: str
    state: MeetingState
    starts_at: str
    kind: MeetingKind
    place: str  # may be empty
    body: str | None  # name of the body that meets
    missing: int  # of its members, who are not invited
    sends_mail: bool  # whether the operator has configured a server
    sites: tuple[Site, ...]
    invited: tuple[OfficeInvited, ...]


class RescheduleRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/meetings/{meeting}/time: refused as `outdated` when `before` is not the time it has."""

    before: Moment
    starts_at: Moment
    place: Line = ""


class AddressRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/meetings/{meeting}/address: where somebody's letter is sent; empty for nowhere."""

    participant: Id
    email: Line


class ResendRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/meetings/{meeting}/resent: the invitation once more to these, who have an address."""

    participants: Ids


class InviteRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/meetings/{meeting}/invited: people of the organisation, all in one role."""

    role: Role
    people: Ids


class UninviteRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/meetings/{meeting}/uninvited: take somebody off the list."""

    participant: Id


class LinksRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/meetings/{meeting}/links: new personal links; those before are withdrawn."""

    participants: Ids


class IssuedLink(msgspec.Struct, frozen=True, kw_only=True):
    participant: str
    url: str


class IssuedLinks(msgspec.Struct, frozen=True, kw_only=True):
    """Shown once: only their hashes are kept."""

    links: tuple[IssuedLink, ...]


class OfficePerson(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    title: str
    unit: str
    unit_name: str
    revision: int


class OfficePeople(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/office/people: in the order of given names; `more` when not all fitted."""

    people: tuple[OfficePerson, ...]
    more: bool


class NewPersonRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/people."""

    name: Line
    title: Line = ""
    unit: Id


class NewPerson(msgspec.Struct, frozen=True, kw_only=True):
    person: str


class NewUnitRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/units: below `parent`, or at the top of a tree."""

    name: Line
    level: UnitLevel
    parent: Id | None = None


class ChangeUnitRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/units/{unit}: refused as `outdated` when `revision` is not the one it has."""

    name: Line
    parent: Id | None
    revision: int


class CloseRequest(Asked, frozen=True, kw_only=True):
    """POST …/close: of a unit, an account or a session."""


class ReopenRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/accounts/{account}/reopen: a locked one signs in again, with the password that it had."""


class ChangePersonRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/people/{person}: refused as `outdated` when `revision` is not the one they have."""

    name: Line
    title: Line = ""
    unit: Id
    revision: int


class RoleElsewhere(msgspec.Struct, frozen=True, kw_only=True):
    """A role at a unit that is not the person's own."""

    role: OfficerRole
    unit: str
    unit_name: str


class OfficeAccount(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    login: str
    role: OfficerRole
    elsewhere: tuple[RoleElsewhere, ...]
    is_closed: bool


class OfficePersonCard(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/office/people/{person}: with their accounts, for who may change accounts there.

    Of these, accounts with one of the `roles` may be made and changed by who asks; without any, none.
    """

    person: OfficePerson
    accounts: tuple[OfficeAccount, ...]
    roles: tuple[OfficerRole, ...]


class NewAccountRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/accounts: a way to sign in."""

    person: Id
    login: Line
    password: Password
    role: OfficerRole


class GiveRoleRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/accounts/{account}/roles: at a unit that is not the person's own; another one there ends."""

    role: OfficerRole
    unit: Id


class ResetPasswordRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/accounts/{account}/password: for somebody who forgot theirs."""

    password: Password


class ChangePasswordRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/password: one's own."""

    password: Password
    new_password: Password


class OfficeBrowser(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    device: str  # as the browser calls itself
    opened_at: str
    seen_at: str
    is_this: bool  # the browser that asks


class OfficeBrowsers(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/office/sessions?account=…: where an account is signed in; without one, one's own."""

    sessions: tuple[OfficeBrowser, ...]


class SignOutRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/meetings/{meeting}/signed-out: end the session of somebody's device in a hall."""

    participant: Id


class TakeRoster(Asked, frozen=True, kw_only=True):
    """POST /api/office/roster/take?key=…, whose body is the sheet itself."""

    sha256: str


class RosterLine(msgspec.Struct, frozen=True, kw_only=True):
    number: int  # as Excel shows it
    name: str
    unit: str
    reason: RosterReason


class RosterReport(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes, or became, of a sheet: how many are new, how many were there, and each line that is not taken."""

    new: int
    known: int
    rejected: tuple[RosterLine, ...]

"""Invitations: their words, whom they reach, and what a personal link shows before one comes in."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from signaling.messages.bodies import Entered
from signaling.messages.reminders import ReminderRules, SentMails
from signaling.messages.words import (
    Answer,
    Choice,
    Id,
    Key,
    MailFault,
    MailState,
    MeetingKind,
    MeetingState,
    Role,
    VoteState,
)

Token = Annotated[str, msgspec.Meta(max_length=200)]


class LetterWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a Giấy mời (form 1.7) says beside what the meeting itself says."""

    number: Annotated[str, msgspec.Meta(max_length=40)] = ""  # "05/GM-MTTQ-BTT"; empty: written by hand
    above: Annotated[str, msgspec.Meta(max_length=200)] = ""  # the body above
    body: Annotated[str, msgspec.Meta(max_length=200)]  # which invites
    town: Annotated[str, msgspec.Meta(max_length=120)]  # where it is signed
    dated: Annotated[str, msgspec.Meta(max_length=10)]  # 2026-03-02
    note: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    powers: Annotated[str, msgspec.Meta(max_length=200)] = ""  # "TM. BAN THƯỜNG TRỰC"
    signer_title: Annotated[str, msgspec.Meta(max_length=200)]
    signer: Annotated[str, msgspec.Meta(max_length=120)]


class Guest(msgspec.Struct, frozen=True, kw_only=True):
    participant: str
    email: str  # may be empty
    reason: str  # of an absence; may be empty
    excused: bool | None  # whether that is agreed to; None: not decided
    mail: MailState | None  # the last one; None: none was made
    fault: MailFault | None  # why that one is not sent
    is_opened: bool  # the page of their link was looked at


class GuestList(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/guests: for those who may invite."""

    sends_mail: bool  # whether the operator has configured a server
    words: LetterWords  # as written, else as the meeting's rows suggest
    is_written: bool
    reminders: ReminderRules
    sent: tuple[SentMails, ...]  # the latest first
    guests: tuple[Guest, ...]


class InvitationRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """POST /api/invitation/letter, /api/invitation/calendar: look, and use nothing up."""

    token: Token


class OpinionForm(msgspec.Struct, frozen=True, kw_only=True):
    """A question that is answered before the meeting."""

    vote: str
    question: str
    state: VoteState
    due_at: str
    choice: Choice | None  # None: not answered yet
    text: str | None  # of another opinion


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """What a personal link shows before one comes in."""

    title: str
    unit: str
    kind: MeetingKind
    state: MeetingState
    starts_at: str
    place: str  # may be empty
    name: str
    role: Role
    answer: Answer
    reason: str  # of an absence; may be empty
    excused: bool | None  # whether that is agreed to; None: not decided
    substitute: str | None  # name; when another comes in this one's place
    has_letter: bool
    was_here: bool
    agenda: tuple[str, ...]
    opinion: OpinionForm | None = None


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """POST /api/link: where a personal link leads now; one of the two."""

    entered: Entered | None = None  # while the doors are open, and always for a screen of the hall
    invitation: Invitation | None = None


class FormAnswerRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """POST /api/invitation/opinion: one's answer to the form, for good; the same key again gets the same answer."""

    token: Token
    key: Key
    vote: Id
    choice: Choice
    text: Annotated[str, msgspec.Meta(max_length=500)] = ""


class AnswerRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """POST /api/invitation/answer; the same key again gets the same answer."""

    token: Token
    key: Key
    answer: Literal["accepted", "declined"]
    reason: Annotated[str, msgspec.Meta(max_length=500)] = ""


class SubstituteRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """POST /api/invitation/substitute."""

    token: Token
    key: Key
    name: Annotated[str, msgspec.Meta(max_length=120)]
    title: Annotated[str, msgspec.Meta(max_length=200)] = ""
    email: Annotated[str, msgspec.Meta(max_length=254)] = ""


class SubstituteNamed(msgspec.Struct, frozen=True, kw_only=True):
    """Who comes instead, and the personal link to hand on."""

    name: str
    link: str
    is_mailed: bool

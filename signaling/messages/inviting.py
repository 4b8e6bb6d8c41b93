"""Commands of those who invite: the letter, whom it reaches, and answers given on behalf of others."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from signaling.messages.invitations import LetterWords
from signaling.messages.words import Command, Id, Moment


class WriteLetter(Command, frozen=True, kw_only=True, tag="write_letter"):
    """The words of the invitation; until it goes out it may be written anew."""

    words: LetterWords


class SetAddress(Command, frozen=True, kw_only=True, tag="set_address"):
    """Where somebody's invitation is sent; empty for nowhere. Causes no event."""

    participant: Id
    email: Annotated[str, msgspec.Meta(max_length=254)]


class Invite(Command, frozen=True, kw_only=True, tag="invite"):
    """The invitations of an approved meeting go out."""


class Remind(Command, frozen=True, kw_only=True, tag="remind"):
    """Write once more to those who have not answered."""


class Resend(Command, frozen=True, kw_only=True, tag="resend"):
    """The invitation once more to these, who have an address."""

    participants: Annotated[tuple[Id, ...], msgspec.Meta(min_length=1, max_length=1000)]


class Reschedule(Command, frozen=True, kw_only=True, tag="reschedule"):
    """Hold the meeting at another time; who was invited is told and asked again."""

    before: Moment  # the time that the writer read; refused as `outdated` when it is another by now
    starts_at: Moment
    place: Annotated[str, msgspec.Meta(max_length=500)]


class AnswerInvitation(Command, frozen=True, kw_only=True, tag="answer_invitation"):
    """Somebody comes or does not: oneself, or as secretary anybody who called."""

    participant: Id
    answer: Literal["accepted", "declined"]
    reason: Annotated[str, msgspec.Meta(max_length=500)] = ""


class DecideAbsence(Command, frozen=True, kw_only=True, tag="decide_absence"):
    """Agree to the absence of somebody who asked for it, or not."""

    participant: Id
    excused: bool


class CheckInAtHall(Command, frozen=True, kw_only=True, tag="check_in_at_hall"):
    """Somebody sits in the hall, whatever becomes of a telephone there."""

    participant: Id
    site: Id | None = None  # where; None: where they were to sit. A site operator's is their own


class NoteLeaving(Command, frozen=True, kw_only=True, tag="note_leaving"):
    """Somebody has left the hall."""

    participant: Id


class NameSubstitute(Command, frozen=True, kw_only=True, tag="name_substitute"):
    """Somebody else comes in a delegate's place."""

    participant: Id
    name: Annotated[str, msgspec.Meta(max_length=120)]
    title: Annotated[str, msgspec.Meta(max_length=200)] = ""
    email: Annotated[str, msgspec.Meta(max_length=254)] = ""

"""Bodies of requests and answers about consultations before signature."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from signaling.messages.office import Asked, Line, OfficeUnit
from signaling.messages.papers import VersionState
from signaling.messages.words import Id

ConsultationState = Literal["draft", "open", "signed", "withdrawn"]
OpinionChoice = Literal["agree", "disagree", "other"]
ReplyOutcome = Literal["accepted", "partly", "rejected"]
Words = Annotated[str, msgspec.Meta(max_length=20_000)]  # the verbs say how long it may really be


class ConsultationLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    title: str
    unit: str  # the name of the one that leads it
    state: ConsultationState
    deadline: str
    asked: int
    answered: int
    owes: bool  # one's own unit is asked and silent
    signs: bool  # it waits for one's own signature


class Consultations(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/office/consultations: what one leads, signs or is asked, the latest first."""

    consultations: tuple[ConsultationLine, ...]


class ConsultationSigner(msgspec.Struct, frozen=True, kw_only=True):
    account: str
    name: str
    title: str
    unit: str


class ConsultationChoices(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/office/consultations/choices: which units can lead and be asked, and who can sign."""

    leading: tuple[str, ...]  # ids of the units one can consult for
    units: tuple[OfficeUnit, ...]  # all that are open
    signers: tuple[ConsultationSigner, ...]


class ConsultedUnitPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    unit: Id
    email: Line = ""


class NewConsultationRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/consultations: a draft that nobody is asked about yet."""

    unit: Id
    title: Line
    note: Words = ""
    deadline: Annotated[datetime, msgspec.Meta(tz=True)]
    signer: Id
    units: Annotated[tuple[ConsultedUnitPlan, ...], msgspec.Meta(max_length=500)]


class NewConsultation(msgspec.Struct, frozen=True, kw_only=True):
    consultation: str


class AddDraft(Asked, frozen=True, kw_only=True):
    """POST /api/office/consultations/{consultation}/drafts?key=…, whose body is the file itself."""

    sha256: str


class AskUnitsRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/consultations/{consultation}/ask: the units see it from now on."""


class MoveDeadlineRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/consultations/{consultation}/deadline."""

    deadline: Annotated[datetime, msgspec.Meta(tz=True)]


class WithdrawRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/consultations/{consultation}/withdraw: it will not be signed."""

    reason: Words


class OpinionRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/consultations/{consultation}/opinions: the answer of one's own unit."""

    choice: OpinionChoice
    text: Words = ""


class ReplyRequest(Asked, frozen=True, kw_only=True):
    """POST …/opinions/{opinion}/reply: what the leading unit makes of it; `revision` is 0 for the first."""

    outcome: ReplyOutcome
    text: Words = ""
    revision: int


class OpenOpinionRequest(Asked, frozen=True, kw_only=True):
    """POST …/opinions/{opinion}/open: the signer reads it."""


class Waiver(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    unit: Id
    reason: Words


class SignConsultationRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/consultations/{consultation}/sign: with why, for each unit that stayed silent."""

    head: Line  # of the log that the signer's screen showed
    waivers: Annotated[tuple[Waiver, ...], msgspec.Meta(max_length=500)] = ()


class ConsultationDraft(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    state: VersionState
    kind: str | None  # once ready: what the file was
    pages: int | None
    size: int  # bytes
    problem: str | None
    sha256: str
    added_at: str


class OpinionReply(msgspec.Struct, frozen=True, kw_only=True):
    outcome: ReplyOutcome
    text: str
    name: str
    replied_at: str
    revision: int


class Opinion(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    number: int
    draft: int  # number of the version it is about
    choice: OpinionChoice
    text: str
    name: str
    title: str
    given_at: str
    is_late: bool
    signature: str
    opened_at: str | None  # by the signer
    reply: OpinionReply | None


class ConsultedUnit(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the matrix; the last of its opinions counts."""

    id: str
    name: str
    email: str  # for who leads; may be empty
    waiver: str | None  # why it was signed without its answer
    opinions: tuple[Opinion, ...]


class SignatureGate(msgspec.Struct, frozen=True, kw_only=True):
    """Ids of the units that are waited for, by what they are waited for."""

    silent: tuple[str, ...]
    unanswered: tuple[str, ...]  # the leading unit has not replied to them
    unopened: tuple[str, ...]  # the signer has not read what counts, or what was replied to
    may_waive: bool  # the deadline has passed


class Consultation(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/office/consultations/{consultation}: the matrix; those who are asked see their own row only."""

    id: str
    title: str
    note: str
    unit: str
    unit_name: str
    state: ConsultationState
    deadline: str
    is_overdue: bool
    signer: str  # account
    signer_name: str
    signer_title: str
    signed_at: str | None
    signed_sha256: str | None
    drafts: tuple[ConsultationDraft, ...]  # the newest first
    units: tuple[ConsultedUnit, ...]
    gate: SignatureGate | None  # while it is open, for who leads and who signs
    leads: bool
    signs: bool
    answers_for: str | None  # one's own unit, when it is asked
    head: str  # of the log, "number:hash"; for who leads and who signs

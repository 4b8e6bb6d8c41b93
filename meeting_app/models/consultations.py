"""Consultation before signature: a draft, the units that are asked, their opinions, and the log of it all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Hash, Id, one_of
from meeting_app.models.documents import VERSION_STATES
from meeting_app.text import EMAIL_MAX, NAME_MAX, SUBJECT_MAX, TITLE_MAX
from meeting_app.times import UtcTime

CONSULTATION_STATES = ("draft", "open", "signed", "withdrawn")
OPINION_CHOICES = ("agree", "disagree", "other")
REPLY_OUTCOMES = ("accepted", "partly", "rejected")
NOTICE_KINDS = ("asked", "reminder")


class Consultation(Base):
    """A draft that goes to units, and the head of its log. Every verb locks this row first."""

    __tablename__ = "consultations"
    __table_args__ = (
        one_of("state", CONSULTATION_STATES),
        CheckConstraint("(state = 'signed') = (signed_at IS NOT NULL)", name="signed"),
        CheckConstraint("(signed_at IS NULL) = (signed_file IS NULL)", name="signed_file"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"), index=True)  # which leads it
    title: Mapped[str] = mapped_column(String(SUBJECT_MAX))
    note: Mapped[str] = mapped_column(Text)  # what is asked; may be empty
    deadline: Mapped[datetime] = mapped_column(UtcTime)
    signer_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    state: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    signed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    signed_file: Mapped[str | None] = mapped_column(Hash)
    last_seq: Mapped[int] = mapped_column(BigInteger)
    last_hash: Mapped[str] = mapped_column(Hash)  # of the event with that number; empty before the first


class ConsultationEntry(Base):
    """One event of a consultation's log; written once, never changed."""

    __tablename__ = "consultation_events"

    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str | None] = mapped_column(Id)  # account; None: the system
    at: Mapped[datetime] = mapped_column(UtcTime)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    hash: Mapped[str] = mapped_column(Hash)


class Draft(Base):
    """One version of the draft, never changed; `file_hash` is where it lies."""

    __tablename__ = "consultation_drafts"
    __table_args__ = (
        UniqueConstraint("consultation_id", "id"),
        UniqueConstraint("consultation_id", "number"),
        one_of("state", VERSION_STATES),
        CheckConstraint("(state = 'ready') = (pages IS NOT NULL)", name="pages"),
        CheckConstraint("(state = 'failed') = (problem IS NOT NULL)", name="problem"),
        CheckConstraint("size > 0 AND number > 0", name="counts"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"))
    number: Mapped[int]  # from 1
    file_hash: Mapped[str] = mapped_column(Hash)
    size: Mapped[int] = mapped_column(BigInteger)  # bytes
    state: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str | None] = mapped_column(String(16))  # once ready: what the file was
    pages: Mapped[int | None]
    problem: Mapped[str | None] = mapped_column(String(32))
    added_at: Mapped[datetime] = mapped_column(UtcTime)


class ConsultedUnit(Base):
    """A unit that is asked."""

    __tablename__ = "consulted_units"

    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultations.id"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"), primary_key=True, index=True)
    email: Mapped[str] = mapped_column(String(EMAIL_MAX))  # where reminders go; may be empty
    waiver: Mapped[str | None] = mapped_column(Text)  # why it was signed without its answer


class Opinion(Base):
    """What a unit said, signed by whoever gave it; never changed. The last of a unit is the one that counts."""

    __tablename__ = "opinions"
    __table_args__ = (
        UniqueConstraint("consultation_id", "id"),
        UniqueConstraint("consultation_id", "unit_id", "number"),
        ForeignKeyConstraint(
            ["consultation_id", "unit_id"], ["consulted_units.consultation_id", "consulted_units.unit_id"]
        ),
        ForeignKeyConstraint(
            ["consultation_id", "draft_id"], ["consultation_drafts.consultation_id", "consultation_drafts.id"]
        ),
        one_of("choice", OPINION_CHOICES),
        CheckConstraint("choice = 'agree' OR text <> ''", name="text"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[str] = mapped_column(Id)
    unit_id: Mapped[str] = mapped_column(Id)
    number: Mapped[int]  # among those of the unit, from 1
    draft_id: Mapped[str] = mapped_column(Id)
    choice: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)  # may be empty with "agree"
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str] = mapped_column(String(NAME_MAX))  # of who gave it, as it was then
    title: Mapped[str] = mapped_column(String(TITLE_MAX))
    given_at: Mapped[datetime] = mapped_column(UtcTime)
    is_late: Mapped[bool]  # by the deadline as it was then
    signature: Mapped[str] = mapped_column(Hash)  # of content, draft, account and time


class OpinionReply(Base):
    """What the leading unit makes of an opinion."""

    __tablename__ = "opinion_replies"
    __table_args__ = (
        ForeignKeyConstraint(["consultation_id", "opinion_id"], ["opinions.consultation_id", "opinions.id"]),
        one_of("outcome", REPLY_OUTCOMES),
        CheckConstraint("outcome = 'accepted' OR text <> ''", name="text"),
    )

    opinion_id: Mapped[str] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[str] = mapped_column(Id)
    outcome: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)  # may be empty when it was accepted
    name: Mapped[str] = mapped_column(String(NAME_MAX))
    replied_at: Mapped[datetime] = mapped_column(UtcTime)
    revision: Mapped[int]


class OpenedOpinion(Base):
    """The signer has read an opinion."""

    __tablename__ = "opened_opinions"
    __table_args__ = (
        ForeignKeyConstraint(["consultation_id", "opinion_id"], ["opinions.consultation_id", "opinions.id"]),
    )

    opinion_id: Mapped[str] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[str] = mapped_column(Id)
    opened_at: Mapped[datetime] = mapped_column(UtcTime)


class Notice(Base):
    """A mail to a unit that is asked; it stays until the operator's server took it or refused it for good."""

    __tablename__ = "consultation_mails"
    __table_args__ = (
        ForeignKeyConstraint(
            ["consultation_id", "unit_id"], ["consulted_units.consultation_id", "consulted_units.unit_id"]
        ),
        one_of("kind", NOTICE_KINDS),
        CheckConstraint("sent_at IS NULL OR refused_at IS NULL", name="one_end"),
        Index("mails_of_a_consultation", "consultation_id", "unit_id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    consultation_id: Mapped[str] = mapped_column(Id)
    unit_id: Mapped[str] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    due_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    tries: Mapped[int]
    problem: Mapped[str] = mapped_column(Text)  # of the last try; may be empty
    sent_at: Mapped[datetime | None] = mapped_column(UtcTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcTime)

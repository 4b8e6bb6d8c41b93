"""Invitations: the printed letter, what each guest answered, and the mail that waits to be sent."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Id, of_this_meeting, one_of, only_one
from meeting_app.text import EMAIL_MAX, NAME_MAX, NOTE_MAX, SUBJECT_MAX, TITLE_MAX, UNIT_MAX
from meeting_app.times import UtcTime

# "reminder" is to answer; the meeting is "tomorrow" or "soon", or has "moved" to another time; a "task" is due.
MAIL_KINDS = ("invitation", "reminder", "tomorrow", "soon", "task", "moved")


class Letter(Base):
    """The words of a meeting's Giấy mời beside those of the meeting itself."""

    __tablename__ = "letters"

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(40))  # "05/GM-MTTQ-BTT"; may be empty: written by hand
    above: Mapped[str] = mapped_column(String(UNIT_MAX))  # the body above the one that invites; may be empty
    body: Mapped[str] = mapped_column(String(UNIT_MAX))  # which invites
    town: Mapped[str] = mapped_column(String(NAME_MAX))  # where it is signed
    dated: Mapped[date] = mapped_column(Date)
    note: Mapped[str] = mapped_column(String(NOTE_MAX))  # may be empty
    powers: Mapped[str] = mapped_column(String(UNIT_MAX))  # "TM. BAN THƯỜNG TRỰC"; may be empty
    signer_title: Mapped[str] = mapped_column(String(TITLE_MAX))
    signer: Mapped[str] = mapped_column(String(NAME_MAX))


class Invitation(Base):
    """How to reach somebody, and what they said to the invitation."""

    __tablename__ = "invitations"
    __table_args__ = (
        of_this_meeting(),
        CheckConstraint("excused IS NULL OR reason <> ''", name="excused"),
        Index("invitations_of_a_meeting", "meeting_id"),
    )

    participant_id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(Id)
    email: Mapped[str] = mapped_column(String(EMAIL_MAX))  # may be empty
    # The token of their personal link, readable with the installation's key only. None: not sent from here.
    sealed_link: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(SUBJECT_MAX))  # of an absence; may be empty
    excused: Mapped[bool | None]  # whether the absence is agreed to; None: not decided, or nobody asked
    answered_at: Mapped[datetime | None] = mapped_column(UtcTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcTime)  # when the page of the link was first looked at


class Mail(Base):
    """A letter to be sent by e-mail; it stays until the operator's server took it or refused it for good."""

    __tablename__ = "mails"
    __table_args__ = (
        of_this_meeting(),
        one_of("kind", MAIL_KINDS),
        CheckConstraint("sent_at IS NULL OR refused_at IS NULL", name="one_end"),
        Index(
            "mails_to_send",
            "due_at",
            sqlite_where=text("sent_at IS NULL AND refused_at IS NULL"),
            postgresql_where=text("sent_at IS NULL AND refused_at IS NULL"),
        ),
        Index("mails_of_a_participant", "participant_id"),
        only_one("one_mail_a_key", "participant_id", "key", where="key IS NOT NULL"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(Id)
    participant_id: Mapped[str] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(16))
    key: Mapped[str | None] = mapped_column(String(80))  # of what is sent by itself, once; None: somebody sent it
    task_id: Mapped[str | None] = mapped_column(ForeignKey("tasks.id"))  # of a task's
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    tries: Mapped[int]
    problem: Mapped[str] = mapped_column(Text)  # of the last try; may be empty
    sent_at: Mapped[datetime | None] = mapped_column(UtcTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcTime)

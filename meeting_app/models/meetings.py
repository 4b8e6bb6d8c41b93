"""A meeting, who takes part, its log, and the presence of its people."""

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
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Hash, Id, of_this_meeting, one_of, only_one
from meeting_app.permissions import MEETING_ROLES
from meeting_app.states import STATES
from meeting_app.text import NAME_MAX, SUBJECT_MAX, TITLE_MAX, UNIT_MAX
from meeting_app.times import UtcTime

FLOOR_MODES = ("chaired", "open")
WAYS = ("remote", "in_person")
METHODS = ("remote", "qr", "on_behalf")  # by a connection, by the code at the site, by somebody else
ANSWERS = ("pending", "accepted", "declined", "substituted")
MEETING_KINDS = ("conference", "standing_committee", "supervision", "critique", "consultation")


def _at_a_site() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["meeting_id", "site_id"], ["sites.meeting_id", "sites.id"])


class Meeting(Base):
    """A meeting and the head of its log. Every verb locks this row first, so meetings change step by step."""

    __tablename__ = "meetings"
    __table_args__ = (one_of("kind", MEETING_KINDS), one_of("state", STATES), one_of("floor_mode", FLOOR_MODES))

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(24), server_default="conference")
    title: Mapped[str] = mapped_column(String(SUBJECT_MAX))
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"), index=True)
    body_id: Mapped[str | None] = mapped_column(ForeignKey("bodies.id"), index=True)  # None: no body meets
    state: Mapped[str] = mapped_column(String(16))
    starts_at: Mapped[datetime] = mapped_column(UtcTime)
    place: Mapped[str] = mapped_column(String(SUBJECT_MAX), server_default="")  # may be empty
    floor_mode: Mapped[str] = mapped_column(String(16))
    last_seq: Mapped[int] = mapped_column(BigInteger)
    last_hash: Mapped[str] = mapped_column(Hash)  # of the event with that number; empty before the first


class Participant(Base):
    """Somebody of this meeting. Name, title and unit stay as they were when invited, as in its papers."""

    __tablename__ = "participants"
    __table_args__ = (
        UniqueConstraint("meeting_id", "id"),
        UniqueConstraint("meeting_id", "seq"),
        one_of("role", MEETING_ROLES),
        only_one(
            "one_seat_a_person",
            "meeting_id",
            "person_id",
            where="person_id IS NOT NULL AND removed_at IS NULL",
        ),
        only_one("one_on_stage", "meeting_id", where="on_stage"),
        one_of("answer", ANSWERS),
        CheckConstraint("answer <> 'substituted' OR removed_at IS NOT NULL", name="replaced"),
        of_this_meeting("stands_for_id"),
        UniqueConstraint("stands_for_id"),
        _at_a_site(),
        CheckConstraint("role <> 'site_operator' OR site_id IS NOT NULL", name="operates"),
        only_one("one_operator_a_site", "site_id", where="role = 'site_operator' AND removed_at IS NULL"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"))
    seq: Mapped[int] = mapped_column(BigInteger)  # of the event that added them; lists keep this order
    person_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"), index=True)  # None: a guest by name only
    name: Mapped[str] = mapped_column(String(NAME_MAX))
    title: Mapped[str] = mapped_column(String(TITLE_MAX))
    unit: Mapped[str] = mapped_column(String(UNIT_MAX))
    role: Mapped[str] = mapped_column(String(16))
    muted: Mapped[bool]
    on_stage: Mapped[bool]  # pinned by the chair
    answer: Mapped[str] = mapped_column(String(16), server_default="pending")  # to the invitation
    stands_for_id: Mapped[str | None] = mapped_column(Id)  # the participant whose place a substitute takes
    site_id: Mapped[str | None] = mapped_column(Id)  # where they sit or are to sit; None: nowhere in particular
    removed_at: Mapped[datetime | None] = mapped_column(UtcTime)


class LogEntry(Base):
    """One event of a meeting's log; written once, never changed."""

    __tablename__ = "events"
    __table_args__ = (Index("events_by_name", "meeting_id", "name", "seq"),)

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str | None] = mapped_column(Id)  # participant; None: the system
    at: Mapped[datetime] = mapped_column(UtcTime)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    hash: Mapped[str] = mapped_column(Hash)


class DoneCommand(Base):
    """The answer to a command, kept so that a repetition gets it again."""

    __tablename__ = "done_commands"

    actor: Mapped[str] = mapped_column(Id, primary_key=True)  # participant
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    payload_hash: Mapped[str] = mapped_column(Hash)
    seq: Mapped[int | None] = mapped_column(BigInteger)  # of the last event it caused; None: it caused none
    at: Mapped[datetime] = mapped_column(UtcTime)


class AttendanceSpan(Base):
    """A stretch of presence, from `came_at` up to but not including `left_at`."""

    __tablename__ = "attendance_spans"
    __table_args__ = (
        of_this_meeting(),
        CheckConstraint("left_at IS NULL OR left_at >= came_at", name="order"),
        one_of("how", WAYS),
        one_of("method", METHODS),
        CheckConstraint("(how = 'remote') = (method = 'remote')", name="method_of_how"),
        _at_a_site(),
        only_one("one_open_span", "participant_id", where="left_at IS NULL"),
        Index("spans_of_a_meeting", "meeting_id", "participant_id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(Id)
    participant_id: Mapped[str] = mapped_column(Id)
    came_at: Mapped[datetime] = mapped_column(UtcTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcTime)  # None: still here
    how: Mapped[str] = mapped_column(String(16), server_default="remote")
    method: Mapped[str] = mapped_column(String(16), server_default="remote")  # of checking in
    site_id: Mapped[str | None] = mapped_column(Id)  # None: at no site, or by a connection

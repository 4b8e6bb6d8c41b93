"""The rows. A rule that must always hold is a constraint here; the verbs only say it more kindly.

Rows that belong to a meeting carry its id and point at participants by (meeting, participant), so that none
can mix two meetings.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from meeting_app.permissions import MEETING_ROLES, OFFICER_ROLES
from meeting_app.shares import SHARES
from meeting_app.states import STATES
from meeting_app.text import NAME_MAX, SUBJECT_MAX, TITLE_MAX, UNIT_MAX
from meeting_app.times import UtcTime

LEVELS = ("central", "province", "district", "commune", "hamlet", "body")
FLOOR_MODES = ("chaired", "open")
VOTE_KINDS = ("open",)
VOTE_BASES = ("present", "convened")
VOTE_STATES = ("open", "closed", "published", "cancelled")
CHOICES = ("for", "against", "other")

Id = String(36)
Hash = String(64)  # SHA-256 in hexadecimal


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )


def _one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _only_one(name: str, *columns: str, where: str) -> Index:
    """At most one row with these columns among the rows of which `where` is true."""
    return Index(name, *columns, unique=True, sqlite_where=text(where), postgresql_where=text(where))


def _of_this_meeting(column: str = "participant_id") -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["meeting_id", column], ["participants.meeting_id", "participants.id"])


# The organisation -----------------------------------------------------------------------------------------


class Unit(Base):
    """A body of the organisation. Closed, never deleted: old meetings still belong to it."""

    __tablename__ = "units"
    # `path` is the parent's path and this id, so it grows on the way down and a cycle cannot be written.
    __table_args__ = (
        UniqueConstraint("id", "path"),
        ForeignKeyConstraint(["parent_id", "parent_path"], ["units.id", "units.path"]),
        CheckConstraint("(parent_id IS NULL) = (parent_path IS NULL)", name="parent"),
        CheckConstraint("path = coalesce(parent_path, '/') || id || '/'", name="path"),
        _one_of("level", LEVELS),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    parent_id: Mapped[str | None] = mapped_column(Id, index=True)  # None: the top of a tree
    parent_path: Mapped[str | None] = mapped_column(Text)
    path: Mapped[str] = mapped_column(Text, index=True)  # "/<id>/<id>/", from the top to here
    level: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(UNIT_MAX))
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Person(Base):
    __tablename__ = "people"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_MAX))  # family name first
    title: Mapped[str] = mapped_column(String(TITLE_MAX))  # may be empty
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(UtcTime)


class Account(Base):
    """A way to sign in, for those who prepare meetings. Delegates need none."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("login"), _one_of("role", OFFICER_ROLES))

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    login: Mapped[str] = mapped_column(String(NAME_MAX))  # lower case
    password_hash: Mapped[str] = mapped_column(Text)  # argon2id
    role: Mapped[str] = mapped_column(String(16))
    added_at: Mapped[datetime] = mapped_column(UtcTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)


# A meeting ------------------------------------------------------------------------------------------------


class Meeting(Base):
    """A meeting and the head of its log. Every verb locks this row first, so meetings change step by step."""

    __tablename__ = "meetings"
    __table_args__ = (_one_of("state", STATES), _one_of("floor_mode", FLOOR_MODES))

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    title: Mapped[str] = mapped_column(String(SUBJECT_MAX))
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"), index=True)
    state: Mapped[str] = mapped_column(String(16))
    starts_at: Mapped[datetime] = mapped_column(UtcTime)
    floor_mode: Mapped[str] = mapped_column(String(16))
    last_seq: Mapped[int] = mapped_column(BigInteger)
    last_hash: Mapped[str] = mapped_column(Hash)  # of the event with that number; empty before the first


class Participant(Base):
    """Somebody of this meeting. Name, title and unit stay as they were when invited, as in its papers."""

    __tablename__ = "participants"
    __table_args__ = (
        UniqueConstraint("meeting_id", "id"),
        UniqueConstraint("meeting_id", "seq"),
        _one_of("role", MEETING_ROLES),
        _only_one(
            "one_seat_a_person",
            "meeting_id",
            "person_id",
            where="person_id IS NOT NULL AND removed_at IS NULL",
        ),
        _only_one("one_on_stage", "meeting_id", where="on_stage"),
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


# In the hall ----------------------------------------------------------------------------------------------


class AttendanceSpan(Base):
    """A stretch of presence, from `came_at` up to but not including `left_at`."""

    __tablename__ = "attendance_spans"
    __table_args__ = (
        _of_this_meeting(),
        CheckConstraint("left_at IS NULL OR left_at >= came_at", name="order"),
        _only_one("one_open_span", "participant_id", where="left_at IS NULL"),
        Index("spans_of_a_meeting", "meeting_id", "participant_id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(Id)
    participant_id: Mapped[str] = mapped_column(Id)
    came_at: Mapped[datetime] = mapped_column(UtcTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcTime)  # None: still here


class AgendaItem(Base):
    __tablename__ = "agenda_items"
    __table_args__ = (
        UniqueConstraint("meeting_id", "id"),
        UniqueConstraint("meeting_id", "number"),
        ForeignKeyConstraint(["meeting_id", "parent_id"], ["agenda_items.meeting_id", "agenda_items.id"]),
        _one_of("state", ("pending", "current", "done")),
        CheckConstraint("(state = 'current') = (opened_at IS NOT NULL)", name="opened"),
        CheckConstraint("budget_s >= 0 AND spent_ms >= 0", name="times"),
        _only_one("one_current_item", "meeting_id", where="state = 'current'"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"))
    parent_id: Mapped[str | None] = mapped_column(Id)  # None: at the top
    number: Mapped[str] = mapped_column(String(40))  # "2", "2.1"
    title: Mapped[str] = mapped_column(String(SUBJECT_MAX))
    presenter: Mapped[str] = mapped_column(String(NAME_MAX))  # may be empty
    budget_s: Mapped[int]  # 0: none
    state: Mapped[str] = mapped_column(String(16))
    opened_at: Mapped[datetime | None] = mapped_column(UtcTime)  # while current
    spent_ms: Mapped[int] = mapped_column(BigInteger)  # of earlier openings


class SpeechRequest(Base):
    """A raised hand. The queue is the order of `seq`, which is stored, never worked out anew."""

    __tablename__ = "speech_requests"
    __table_args__ = (
        _of_this_meeting(),
        _one_of("state", ("waiting", "called", "withdrawn")),
        _only_one("one_waiting_request", "participant_id", where="state = 'waiting'"),
    )

    meeting_id: Mapped[str] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)  # of the event
    participant_id: Mapped[str] = mapped_column(Id)
    asked_at: Mapped[datetime] = mapped_column(UtcTime)
    state: Mapped[str] = mapped_column(String(16))


class Speech(Base):
    """Somebody having the floor."""

    __tablename__ = "speeches"
    __table_args__ = (
        _of_this_meeting(),
        CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="order"),
        _only_one("one_speaking", "meeting_id", where="ended_at IS NULL"),
    )

    meeting_id: Mapped[str] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)  # of the event
    participant_id: Mapped[str] = mapped_column(Id)
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)  # None: speaking


# Votes ----------------------------------------------------------------------------------------------------


class Vote(Base):
    """A question put to the vote. All but its state is frozen when it opens."""

    __tablename__ = "votes"
    __table_args__ = (
        UniqueConstraint("meeting_id", "id"),
        UniqueConstraint("meeting_id", "seq"),
        ForeignKeyConstraint(["meeting_id", "item_id"], ["agenda_items.meeting_id", "agenda_items.id"]),
        _one_of("kind", VOTE_KINDS),
        _one_of("rule", SHARES),
        _one_of("base", VOTE_BASES),
        _one_of("quorum", SHARES),
        _one_of("state", VOTE_STATES),
        CheckConstraint("present > 0 AND convened >= present", name="counts"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
        _only_one("one_running_vote", "meeting_id", where="state IN ('open', 'closed')"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"))
    seq: Mapped[int] = mapped_column(BigInteger)  # of the event that opened it
    item_id: Mapped[str | None] = mapped_column(Id)  # None: on nothing of the agenda
    kind: Mapped[str] = mapped_column(String(16))
    question: Mapped[str] = mapped_column(String(SUBJECT_MAX))
    options: Mapped[list[str]] = mapped_column(JSON)  # in the order of the screens
    rule: Mapped[str] = mapped_column(String(16))  # which share of the base carries the question
    base: Mapped[str] = mapped_column(String(16))
    quorum: Mapped[str] = mapped_column(String(16))  # which share of those convened had to be present
    convened: Mapped[int]  # who takes part with a right to vote
    present: Mapped[int]  # of them, who were here; they alone have a `VoteRight`
    state: Mapped[str] = mapped_column(String(16))
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)  # closed or cancelled
    published_at: Mapped[datetime | None] = mapped_column(UtcTime)


class VoteRight(Base):
    """Somebody's right to vote in one vote."""

    __tablename__ = "vote_rights"
    __table_args__ = (
        _of_this_meeting(),
        ForeignKeyConstraint(["meeting_id", "vote_id"], ["votes.meeting_id", "votes.id"]),
    )

    vote_id: Mapped[str] = mapped_column(Id, primary_key=True)
    participant_id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(Id)


class OpenBallot(Base):
    """A ballot with its voter's name: one for each right at most, and none without."""

    __tablename__ = "open_ballots"
    __table_args__ = (
        ForeignKeyConstraint(["vote_id", "participant_id"], ["vote_rights.vote_id", "vote_rights.participant_id"]),
        _one_of("choice", CHOICES),
    )

    vote_id: Mapped[str] = mapped_column(Id, primary_key=True)
    participant_id: Mapped[str] = mapped_column(Id, primary_key=True)
    choice: Mapped[str] = mapped_column(String(16))
    cast_at: Mapped[datetime] = mapped_column(UtcTime)


# The door -------------------------------------------------------------------------------------------------


class PersonalLink(Base):
    """The secret on an invitation. Only its hash is kept."""

    __tablename__ = "personal_links"
    __table_args__ = (
        _of_this_meeting(),
        UniqueConstraint("token_hash"),
        _only_one("one_link_a_participant", "participant_id", where="revoked_at IS NULL"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(Id)
    participant_id: Mapped[str] = mapped_column(Id)
    token_hash: Mapped[str] = mapped_column(Hash)
    issued_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)


class DeviceSession(Base):
    """A browser that was let in, or waits at the door. The cookie holds the token, this row its hash."""

    __tablename__ = "sessions"
    __table_args__ = (
        _of_this_meeting(),
        UniqueConstraint("token_hash"),
        _only_one(
            "one_device_a_participant",
            "participant_id",
            where="participant_id IS NOT NULL AND revoked_at IS NULL",
        ),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"))
    participant_id: Mapped[str | None] = mapped_column(Id)  # None: in the lobby
    token_hash: Mapped[str] = mapped_column(Hash)
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    seen_at: Mapped[datetime] = mapped_column(UtcTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Knock(Base):
    """Somebody at the door: a guest by name, or a participant whose link was used on another device."""

    __tablename__ = "knocks"
    __table_args__ = (
        _of_this_meeting(),
        _one_of("state", ("waiting", "admitted", "refused")),
        _one_of("reason", ("guest", "used_link")),
        CheckConstraint("reason = 'guest' OR participant_id IS NOT NULL", name="whose_link"),
        _only_one("one_knock_a_session", "session_id", where="state = 'waiting'"),
        _only_one(
            "one_knock_a_participant",
            "participant_id",
            where="participant_id IS NOT NULL AND state = 'waiting'",
        ),
        Index("knocks_of_a_meeting", "meeting_id", "state"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"))
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"))
    participant_id: Mapped[str | None] = mapped_column(Id)  # a guest gets one when admitted
    name: Mapped[str] = mapped_column(String(NAME_MAX))
    unit: Mapped[str] = mapped_column(String(UNIT_MAX))  # may be empty
    reason: Mapped[str] = mapped_column(String(16))
    knocked_at: Mapped[datetime] = mapped_column(UtcTime)
    state: Mapped[str] = mapped_column(String(16))
    decided_by: Mapped[str | None] = mapped_column(Id)  # participant
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)

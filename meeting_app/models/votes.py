"""Votes, who may vote in them, and the ballots."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Id, of_this_meeting, one_of, only_one
from meeting_app.shares import SHARES
from meeting_app.text import SUBJECT_MAX
from meeting_app.times import UtcTime

CHOICES = ("for", "against", "other")
VOTE_STATES = ("open", "closed", "published", "cancelled")
VOTE_BASES = ("present", "convened")
VOTE_KINDS = ("open",)


class Vote(Base):
    """A question put to the vote. All but its state is frozen when it opens."""

    __tablename__ = "votes"
    __table_args__ = (
        UniqueConstraint("meeting_id", "id"),
        UniqueConstraint("meeting_id", "seq"),
        ForeignKeyConstraint(["meeting_id", "item_id"], ["agenda_items.meeting_id", "agenda_items.id"]),
        one_of("kind", VOTE_KINDS),
        one_of("rule", SHARES),
        one_of("base", VOTE_BASES),
        one_of("quorum", SHARES),
        one_of("state", VOTE_STATES),
        CheckConstraint("present > 0 AND convened >= present", name="counts"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
        only_one("one_running_vote", "meeting_id", where="state IN ('open', 'closed')"),
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
        of_this_meeting(),
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
        one_of("choice", CHOICES),
    )

    vote_id: Mapped[str] = mapped_column(Id, primary_key=True)
    participant_id: Mapped[str] = mapped_column(Id, primary_key=True)
    choice: Mapped[str] = mapped_column(String(16))
    cast_at: Mapped[datetime] = mapped_column(UtcTime)

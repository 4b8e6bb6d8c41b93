"""Votes, who may vote in them, and the ballots."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Hash, Id, of_this_meeting, one_of, only_one
from meeting_app.shares import SHARES
from meeting_app.text import SUBJECT_MAX
from meeting_app.times import UtcTime

CHOICES = ("for", "against", "other")
VOTE_STATES = ("open", "closed", "published", "cancelled")
VOTE_RULES = (*SHARES, "plurality")
# The last two are known once the ballots are counted.
VOTE_BASES = ("present", "convened", "all_members", "returned", "valid")
VOTE_KINDS = ("open", "secret", "show_of_hands", "election")
# Kinds whose ballots bear no name: of them only the counts stay.
SEALED_KINDS = ("secret", "election")
_SEALED = "kind IN ('secret', 'election')"
_COUNTED = "kind <> 'open' AND state IN ('closed', 'published')"


class Vote(Base):
    """A question put to the vote. All but its state is frozen when it opens."""

    __tablename__ = "votes"
    __table_args__ = (
        UniqueConstraint("meeting_id", "id"),
        UniqueConstraint("meeting_id", "seq"),
        ForeignKeyConstraint(["meeting_id", "item_id"], ["agenda_items.meeting_id", "agenda_items.id"]),
        one_of("kind", VOTE_KINDS),
        one_of("rule", VOTE_RULES),
        one_of("base", VOTE_BASES),
        one_of("quorum", SHARES),
        one_of("state", VOTE_STATES),
        CheckConstraint("rule <> 'plurality' OR base = 'valid'", name="most"),
        CheckConstraint("base <> 'all_members' OR members IS NOT NULL", name="members"),
        CheckConstraint("present > 0 AND convened >= present", name="counts"),
        CheckConstraint("due_at IS NULL OR (kind = 'open' AND due_at > opened_at)", name="due"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
        CheckConstraint(f"({_SEALED}) = (public_key IS NOT NULL)", name="key"),
        CheckConstraint(f"({_COUNTED}) = (counts IS NOT NULL)", name="counted"),
        ForeignKeyConstraint(["meeting_id", "repeats_id"], ["votes.meeting_id", "votes.id"]),
        CheckConstraint("(round = 1) = (repeats_id IS NULL) AND round > 0", name="round"),
        CheckConstraint(
            "(kind = 'election' AND candidates IS NOT NULL AND seats > 0 AND least BETWEEN 0 AND seats) "
            "OR (kind <> 'election' AND candidates IS NULL AND seats IS NULL AND least IS NULL)",
            name="election",
        ),
        only_one("one_running_vote", "meeting_id", where="state IN ('open', 'closed')"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"))
    seq: Mapped[int] = mapped_column(BigInteger)  # of the event that opened it
    item_id: Mapped[str | None] = mapped_column(Id)  # None: on nothing of the agenda
    kind: Mapped[str] = mapped_column(String(16))
    question: Mapped[str] = mapped_column(String(SUBJECT_MAX))
    options: Mapped[list[str]] = mapped_column(JSON)  # in the order of the screens
    rule: Mapped[str] = mapped_column(String(16))  # which share of the base carries the question, or the most votes
    base: Mapped[str] = mapped_column(String(16))
    quorum: Mapped[str] = mapped_column(String(16))  # of the members, else of those convened: the share to be present
    convened: Mapped[int]  # who takes part with a right to vote
    members: Mapped[int | None]  # of the body that meets, invited or not; None: no body meets
    present: Mapped[int]  # of them, who were here; they alone have a `VoteRight`
    state: Mapped[str] = mapped_column(String(16))
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcTime)  # of an opinion form, which closes then; None: a vote
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)  # closed or cancelled
    published_at: Mapped[datetime | None] = mapped_column(UtcTime)
    repeats_id: Mapped[str | None] = mapped_column(Id)  # the vote before on the same question
    round: Mapped[int]  # 1, and one more than the vote it repeats
    # Of an election; None in other votes.
    candidates: Mapped[list[dict[str, str]] | None] = mapped_column(JSON(none_as_null=True))  # id, name, note
    seats: Mapped[int | None]  # to fill, and as many names as a ballot may have
    least: Mapped[int | None]  # names a ballot must have
    public_key: Mapped[str | None] = mapped_column(String(64))  # hexadecimal; ballots are sealed to it
    # By option, once closed; None for open votes, whose ballots are counted as they are.
    counts: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    blank: Mapped[int | None]  # of the sealed ballots, those that name nobody; None before they are counted
    # On the sealed ballots, sorted; None before they are counted.
    codes: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))


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
        CheckConstraint("text IS NULL OR choice = 'other'", name="text"),
    )

    vote_id: Mapped[str] = mapped_column(Id, primary_key=True)
    participant_id: Mapped[str] = mapped_column(Id, primary_key=True)
    choice: Mapped[str] = mapped_column(String(16))
    text: Mapped[str | None] = mapped_column(String(SUBJECT_MAX))  # of another opinion; None: nothing was written
    cast_at: Mapped[datetime] = mapped_column(UtcTime)


class UsedRight(Base):
    """A right that was used in a vote by sealed ballots; a right is used once.

    Kept in the order of its key, without a time: nothing here says when, nor after whom.
    """

    __tablename__ = "used_rights"
    __table_args__ = (
        ForeignKeyConstraint(["vote_id", "participant_id"], ["vote_rights.vote_id", "vote_rights.participant_id"]),
        {"sqlite_with_rowid": False},
    )

    vote_id: Mapped[str] = mapped_column(Id, primary_key=True)
    participant_id: Mapped[str] = mapped_column(Id, primary_key=True)
    command_hash: Mapped[str] = mapped_column(Hash)  # of the command's key, so that a repetition is known again


class SealedBallot(Base):
    """A ballot nobody can read while the vote is open. All of them go when they are counted.

    Its id is chance, and the rows are kept in the order of it: no time, no order, no voter.
    """

    __tablename__ = "sealed_ballots"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    vote_id: Mapped[str] = mapped_column(ForeignKey("votes.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class VoteTeller(Base):
    """Who counts raised hands in one vote, and what they counted last."""

    __tablename__ = "vote_tellers"
    __table_args__ = (
        of_this_meeting(),
        ForeignKeyConstraint(["meeting_id", "vote_id"], ["votes.meeting_id", "votes.id"]),
        CheckConstraint("place IN (1, 2)", name="place"),
        UniqueConstraint("vote_id", "place"),
    )

    vote_id: Mapped[str] = mapped_column(Id, primary_key=True)
    participant_id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(Id)
    place: Mapped[int]
    counts: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))  # None: not yet

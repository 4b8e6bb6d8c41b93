"""Bodies that meet and decide, and who is a member of them from when to when."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Id, one_of, only_one
from meeting_app.shares import SHARES
from meeting_app.statutes import BODY_KINDS
from meeting_app.text import NAME_MAX, SUBJECT_MAX, UNIT_MAX
from meeting_app.times import UtcTime

BODY_BASES = ("all_members", "present")
POSITIONS = ("head", "deputy", "member")


class Body(Base):
    """A committee, its presidium, its standing board, an advisory council; in one term."""

    __tablename__ = "bodies"
    __table_args__ = (
        one_of("kind", BODY_KINDS),
        one_of("quorum", SHARES),
        one_of("rule", SHARES),
        one_of("base", BODY_BASES),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(UNIT_MAX))
    term: Mapped[str] = mapped_column(String(NAME_MAX))  # "2024 - 2029"; may be empty
    quorum: Mapped[str] = mapped_column(String(16))  # share of all members who must be present
    rule: Mapped[str] = mapped_column(String(16))  # share of `base` that carries a question
    base: Mapped[str] = mapped_column(String(16))
    basis: Mapped[str] = mapped_column(String(SUBJECT_MAX))  # the article these are from; may be empty
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    revision: Mapped[int] = mapped_column(default=1)


class BodyMember(Base):
    """Somebody's membership, from its first day to its last."""

    __tablename__ = "body_members"
    __table_args__ = (
        one_of("position", POSITIONS),
        CheckConstraint("left_on IS NULL OR left_on >= joined_on", name="order"),
        only_one("one_membership", "body_id", "person_id", where="left_on IS NULL"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    body_id: Mapped[str] = mapped_column(ForeignKey("bodies.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    position: Mapped[str] = mapped_column(String(16))
    joined_on: Mapped[date] = mapped_column(Date)
    left_on: Mapped[date | None] = mapped_column(Date)  # the last day; None: still a member

"""The rules of the floor, raised hands, and who had the floor."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Id, of_this_meeting, one_of, only_one
from meeting_app.times import UtcTime

REQUEST_KINDS = ("speech", "question")
TURN_ORDERS = ("asked", "unit", "spoken")


class FloorRules(Base):
    """In which order people speak and for how long; a meeting without a row has the rules of `FloorRulesView`."""

    __tablename__ = "floor_rules"
    __table_args__ = (
        one_of("turn_order", TURN_ORDERS),
        CheckConstraint("speech_limit_s >= 0 AND question_limit_s >= 0 AND unit_budget_s >= 0", name="times"),
    )

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    turn_order: Mapped[str] = mapped_column(String(16))
    speech_limit_s: Mapped[int]  # 0: none, as in the two below
    question_limit_s: Mapped[int]
    unit_budget_s: Mapped[int]  # for all who speak for one unit together


class SpeechRequest(Base):
    """A raised hand. The queue is the order of `seq`, which is stored, never worked out anew."""

    __tablename__ = "speech_requests"
    __table_args__ = (
        of_this_meeting(),
        one_of("state", ("waiting", "called", "withdrawn")),
        one_of("kind", REQUEST_KINDS),
        only_one("one_waiting_request", "participant_id", "kind", where="state = 'waiting'"),
    )

    meeting_id: Mapped[str] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)  # of the event
    participant_id: Mapped[str] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime] = mapped_column(UtcTime)
    state: Mapped[str] = mapped_column(String(16))


class Speech(Base):
    """Somebody having the floor."""

    __tablename__ = "speeches"
    __table_args__ = (
        of_this_meeting(),
        one_of("kind", REQUEST_KINDS),
        CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="order"),
        CheckConstraint("limit_s >= 0 AND paused_ms >= 0", name="times"),
        CheckConstraint("paused_at IS NULL OR ended_at IS NULL", name="paused"),
        only_one("one_speaking", "meeting_id", where="ended_at IS NULL"),
    )

    meeting_id: Mapped[str] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)  # of the event
    participant_id: Mapped[str] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(16))
    limit_s: Mapped[int]  # 0: none
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    paused_at: Mapped[datetime | None] = mapped_column(UtcTime)  # while its time stands still
    paused_ms: Mapped[int] = mapped_column(BigInteger)  # of earlier pauses
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)  # None: speaking

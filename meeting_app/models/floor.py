"""Raised hands, and who had the floor."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Id, of_this_meeting, one_of, only_one
from meeting_app.times import UtcTime


class SpeechRequest(Base):
    """A raised hand. The queue is the order of `seq`, which is stored, never worked out anew."""

    __tablename__ = "speech_requests"
    __table_args__ = (
        of_this_meeting(),
        one_of("state", ("waiting", "called", "withdrawn")),
        only_one("one_waiting_request", "participant_id", where="state = 'waiting'"),
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
        of_this_meeting(),
        CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="order"),
        only_one("one_speaking", "meeting_id", where="ended_at IS NULL"),
    )

    meeting_id: Mapped[str] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)  # of the event
    participant_id: Mapped[str] = mapped_column(Id)
    started_at: Mapped[datetime] = mapped_column(UtcTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)  # None: speaking

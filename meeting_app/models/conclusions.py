"""What was concluded on an item of the agenda, and the tasks that follow from it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Id, of_this_meeting
from meeting_app.text import SUBJECT_MAX, UNIT_MAX
from meeting_app.times import UtcTime


class Conclusion(Base):
    """Taken back it stays a row."""

    __tablename__ = "conclusions"
    __table_args__ = (
        UniqueConstraint("meeting_id", "id"),
        ForeignKeyConstraint(["meeting_id", "item_id"], ["agenda_items.meeting_id", "agenda_items.id"]),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(Id)
    item_id: Mapped[str] = mapped_column(Id)
    seq: Mapped[int] = mapped_column(BigInteger)  # of the event that wrote it first; lists keep this order
    text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    written_by: Mapped[str | None] = mapped_column(Id)  # participant; None: the system
    written_at: Mapped[datetime] = mapped_column(UtcTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Task(Base):
    """Something to be done by a unit, a participant, or both."""

    __tablename__ = "tasks"
    __table_args__ = (
        of_this_meeting(),
        ForeignKeyConstraint(["meeting_id", "conclusion_id"], ["conclusions.meeting_id", "conclusions.id"]),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
        CheckConstraint("(progress = 100) = (done_at IS NOT NULL)", name="done"),
        Index("tasks_of_a_meeting", "meeting_id", "conclusion_id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(Id)
    conclusion_id: Mapped[str] = mapped_column(Id)
    place: Mapped[int]  # among the tasks of the conclusion, from 0
    text: Mapped[str] = mapped_column(String(SUBJECT_MAX))
    unit: Mapped[str] = mapped_column(String(UNIT_MAX))  # may be empty
    participant_id: Mapped[str | None] = mapped_column(Id)
    due_on: Mapped[date | None] = mapped_column(Date)  # the last day
    progress: Mapped[int]  # percent
    done_at: Mapped[datetime | None] = mapped_column(UtcTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcTime)

"""When a meeting reminds people by itself, where somebody chose it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Id


class ReminderRules(Base):
    """A meeting without a row follows `reminders.USUAL`."""

    __tablename__ = "reminder_rules"
    __table_args__ = (
        CheckConstraint("answer_days BETWEEN 0 AND 14", name="answer_days"),
        CheckConstraint("task_days BETWEEN 0 AND 14", name="task_days"),
    )

    meeting_id: Mapped[str] = mapped_column(Id, ForeignKey("meetings.id"), primary_key=True)
    answer_days: Mapped[int]  # before the start, to who has not answered; 0: never
    day_before: Mapped[bool]
    hour_before: Mapped[bool]
    task_days: Mapped[int]  # before a task is due; 0: never

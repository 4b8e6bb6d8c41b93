"""The agenda."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Id, one_of, only_one
from meeting_app.text import NAME_MAX, SUBJECT_MAX
from meeting_app.times import UtcTime


class AgendaItem(Base):
    __tablename__ = "agenda_items"
    __table_args__ = (
        UniqueConstraint("meeting_id", "id"),
        UniqueConstraint("meeting_id", "number"),
        ForeignKeyConstraint(["meeting_id", "parent_id"], ["agenda_items.meeting_id", "agenda_items.id"]),
        one_of("state", ("pending", "current", "done")),
        CheckConstraint("(state = 'current') = (opened_at IS NOT NULL)", name="opened"),
        CheckConstraint("budget_s >= 0 AND spent_ms >= 0", name="times"),
        only_one("one_current_item", "meeting_id", where="state = 'current'"),
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

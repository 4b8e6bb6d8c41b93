"""The agenda: its items, and who presents them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Id, of_this_meeting, one_of, only_one
from meeting_app.text import NAME_MAX, SUBJECT_MAX
from meeting_app.times import UtcTime


class AgendaItem(Base):
    """One item. Taken off the agenda it stays a row: votes and papers may still point at it."""

    __tablename__ = "agenda_items"
    __table_args__ = (
        UniqueConstraint("meeting_id", "id"),
        UniqueConstraint("meeting_id", "number"),
        ForeignKeyConstraint(["meeting_id", "parent_id"], ["agenda_items.meeting_id", "agenda_items.id"]),
        one_of("state", ("pending", "current", "done")),
        CheckConstraint("(state = 'current') = (opened_at IS NOT NULL)", name="opened"),
        CheckConstraint("budget_s >= 0 AND spent_ms >= 0", name="times"),
        CheckConstraint("removed_at IS NULL OR state = 'pending'", name="removed"),
        only_one("one_current_item", "meeting_id", where="state = 'current'"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"))
    parent_id: Mapped[str | None] = mapped_column(Id)  # None: at the top
    number: Mapped[str] = mapped_column(String(40))  # "2", "2.1"; its own id once removed
    title: Mapped[str] = mapped_column(String(SUBJECT_MAX))
    planned_at: Mapped[datetime | None] = mapped_column(UtcTime)  # when it is to begin; None: not said
    budget_s: Mapped[int]  # 0: none
    state: Mapped[str] = mapped_column(String(16))
    opened_at: Mapped[datetime | None] = mapped_column(UtcTime)  # while current
    spent_ms: Mapped[int] = mapped_column(BigInteger)  # of earlier openings
    revision: Mapped[int]  # of what is written in it; a writer names the one that was read
    changed_by: Mapped[str | None] = mapped_column(Id)  # participant who wrote last; None: as it was added
    late_change_at: Mapped[datetime | None] = mapped_column(UtcTime)  # the last one since the meeting was invited to
    removed_at: Mapped[datetime | None] = mapped_column(UtcTime)


class AgendaPresenter(Base):
    """Somebody who presents an item: a participant, or a person by name."""

    __tablename__ = "agenda_presenters"
    __table_args__ = (
        of_this_meeting(),
        ForeignKeyConstraint(["meeting_id", "item_id"], ["agenda_items.meeting_id", "agenda_items.id"]),
    )

    item_id: Mapped[str] = mapped_column(Id, primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 0
    meeting_id: Mapped[str] = mapped_column(Id)
    participant_id: Mapped[str | None] = mapped_column(Id)  # None: by name only
    name: Mapped[str] = mapped_column(String(NAME_MAX))  # as it was when written down

"""The places at which a meeting sits: each with one connection of its own, and many delegates."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Id, only_one
from meeting_app.text import NAME_MAX, UNIT_MAX
from meeting_app.times import UtcTime


class Site(Base):
    """A điểm cầu. Its screen and camera are the seat of the participant who is its site operator."""

    __tablename__ = "sites"
    __table_args__ = (
        UniqueConstraint("meeting_id", "id"),
        UniqueConstraint("meeting_id", "seq"),
        CheckConstraint("capacity >= 0", name="capacity"),
        only_one("one_site_a_name", "meeting_id", "name", where="removed_at IS NULL"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"))
    seq: Mapped[int] = mapped_column(BigInteger)  # of the event that added it; lists keep this order
    name: Mapped[str] = mapped_column(String(NAME_MAX))
    unit: Mapped[str] = mapped_column(String(UNIT_MAX))  # may be empty
    capacity: Mapped[int]  # seats in its room; 0: not told
    removed_at: Mapped[datetime | None] = mapped_column(UtcTime)

"""What people draw for themselves on pages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Id, of_this_meeting, one_of
from meeting_app.times import UtcTime

INK_TOOLS = ("pen", "marker")


class InkStroke(Base):
    """One stroke, under the id that the page gave it: sent twice it is drawn once."""

    __tablename__ = "ink_strokes"
    __table_args__ = (
        of_this_meeting(),
        ForeignKeyConstraint(["meeting_id", "version_id"], ["document_versions.meeting_id", "document_versions.id"]),
        one_of("tool", INK_TOOLS),
        CheckConstraint("page > 0", name="page"),
        Index("ix_ink_strokes_of_a_page", "participant_id", "version_id", "page"),
    )

    participant_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    meeting_id: Mapped[str] = mapped_column(Id)
    version_id: Mapped[str] = mapped_column(Id)
    page: Mapped[int]
    tool: Mapped[str] = mapped_column(String(8))
    # Tenths of a point, by commas: x and y of its beginning, then how far each next place is from the one before.
    points: Mapped[str] = mapped_column(Text)
    drawn_at: Mapped[datetime] = mapped_column(UtcTime)

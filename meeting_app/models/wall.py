"""What the screens of the hall show, where somebody chose it."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, one_of

WALL_SHOWS = ("auto", "speaker", "agenda", "vote", "conclusions", "address", "check_in")


class WallChoice(Base):
    """A meeting without a row lets its walls follow what happens."""

    __tablename__ = "wall_choices"
    __table_args__ = (one_of("shows", WALL_SHOWS),)

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    shows: Mapped[str] = mapped_column(String(16))

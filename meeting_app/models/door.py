"""The door: personal links, the devices they let in, and who waits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Hash, Id, of_this_meeting, one_of, only_one
from meeting_app.text import NAME_MAX, UNIT_MAX
from meeting_app.times import UtcTime


class PersonalLink(Base):
    """The secret on an invitation. Only its hash is kept."""

    __tablename__ = "personal_links"
    __table_args__ = (
        of_this_meeting(),
        UniqueConstraint("token_hash"),
        only_one("one_link_a_participant", "participant_id", where="revoked_at IS NULL"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(Id)
    participant_id: Mapped[str] = mapped_column(Id)
    token_hash: Mapped[str] = mapped_column(Hash)
    issued_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)


class DeviceSession(Base):
    """A browser that was let in, or waits at the door. The cookie holds the token, this row its hash."""

    __tablename__ = "sessions"
    __table_args__ = (
        of_this_meeting(),
        UniqueConstraint("token_hash"),
        only_one(
            "one_device_a_participant",
            "participant_id",
            where="participant_id IS NOT NULL AND revoked_at IS NULL",
        ),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"))
    participant_id: Mapped[str | None] = mapped_column(Id)  # None: in the lobby
    token_hash: Mapped[str] = mapped_column(Hash)
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    seen_at: Mapped[datetime] = mapped_column(UtcTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Knock(Base):
    """Somebody at the door: a guest by name, or a participant whose link was used on another device."""

    __tablename__ = "knocks"
    __table_args__ = (
        of_this_meeting(),
        one_of("state", ("waiting", "admitted", "refused")),
        one_of("reason", ("guest", "used_link")),
        CheckConstraint("reason = 'guest' OR participant_id IS NOT NULL", name="whose_link"),
        only_one("one_knock_a_session", "session_id", where="state = 'waiting'"),
        only_one(
            "one_knock_a_participant",
            "participant_id",
            where="participant_id IS NOT NULL AND state = 'waiting'",
        ),
        Index("knocks_of_a_meeting", "meeting_id", "state"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"))
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"))
    participant_id: Mapped[str | None] = mapped_column(Id)  # a guest gets one when admitted
    name: Mapped[str] = mapped_column(String(NAME_MAX))
    unit: Mapped[str] = mapped_column(String(UNIT_MAX))  # may be empty
    reason: Mapped[str] = mapped_column(String(16))
    knocked_at: Mapped[datetime] = mapped_column(UtcTime)
    state: Mapped[str] = mapped_column(String(16))
    decided_by: Mapped[str | None] = mapped_column(Id)  # participant
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)

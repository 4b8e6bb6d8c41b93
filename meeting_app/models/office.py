"""Officers at work: where they are signed in, and what they did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Hash, Id, one_of
from meeting_app.permissions import OFFICER_ROLES
from meeting_app.times import UtcTime


class AccountIdentity(Base):
    """Somebody as a provider knows them, and the account that is theirs."""

    __tablename__ = "account_identities"
    __table_args__ = (UniqueConstraint("account_id", "issuer"),)

    issuer: Mapped[str] = mapped_column(String(300), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)  # OpenID Connect Core 2: 255 at most
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    linked_at: Mapped[datetime] = mapped_column(UtcTime)


class AccountRole(Base):
    """What an account may do at a unit that is not its person's own."""

    __tablename__ = "account_roles"
    __table_args__ = (one_of("role", OFFICER_ROLES),)

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    given_at: Mapped[datetime] = mapped_column(UtcTime)


class OfficeSession(Base):
    """A browser in which an officer signed in. Only the hash of its token is kept."""

    __tablename__ = "office_sessions"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(Hash)
    device: Mapped[str] = mapped_column(String(200))  # what the browser calls itself; may be empty
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    seen_at: Mapped[datetime] = mapped_column(UtcTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)


class OfficeDeed(Base):
    """A change that an officer made: its author, and the answer that a repetition under its key gets again."""

    __tablename__ = "office_deeds"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    action: Mapped[str] = mapped_column(String(40))
    asked_hash: Mapped[str] = mapped_column(Hash)
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)  # without secrets
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcTime, index=True)

"""The organisation: its units, its people, their accounts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Id, one_of
from meeting_app.permissions import OFFICER_ROLES
from meeting_app.text import NAME_MAX, TITLE_MAX, UNIT_MAX
from meeting_app.times import UtcTime

LEVELS = ("central", "province", "district", "commune", "hamlet", "body")


class Unit(Base):
    """A body of the organisation. Closed, never deleted: old meetings still belong to it."""

    __tablename__ = "units"
    # `path` is the parent's path and this id, so it grows on the way down and a cycle cannot be written.
    __table_args__ = (
        UniqueConstraint("id", "path"),
        ForeignKeyConstraint(["parent_id", "parent_path"], ["units.id", "units.path"]),
        CheckConstraint("(parent_id IS NULL) = (parent_path IS NULL)", name="parent"),
        CheckConstraint("path = coalesce(parent_path, '/') || id || '/'", name="path"),
        one_of("level", LEVELS),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    parent_id: Mapped[str | None] = mapped_column(Id, index=True)  # None: the top of a tree
    parent_path: Mapped[str | None] = mapped_column(Text)
    path: Mapped[str] = mapped_column(Text, index=True)  # "/<id>/<id>/", from the top to here
    level: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(UNIT_MAX))
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    revision: Mapped[int] = mapped_column(default=1)  # of what is written in it; a writer names the one that was read


class Person(Base):
    __tablename__ = "people"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_MAX))  # family name first
    title: Mapped[str] = mapped_column(String(TITLE_MAX))  # may be empty
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"), index=True)
    search_key: Mapped[str] = mapped_column(Text)  # `names.search_key` of name and title
    order_key: Mapped[str] = mapped_column(Text, index=True)  # `names.order_key` of the name
    added_at: Mapped[datetime] = mapped_column(UtcTime)
    revision: Mapped[int] = mapped_column(default=1)


class Account(Base):
    """A way to sign in, for those who prepare meetings. Delegates need none."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("login"), one_of("role", OFFICER_ROLES))

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    login: Mapped[str] = mapped_column(String(NAME_MAX))  # lower case
    password_hash: Mapped[str] = mapped_column(Text)  # argon2id
    role: Mapped[str] = mapped_column(String(16))
    added_at: Mapped[datetime] = mapped_column(UtcTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)

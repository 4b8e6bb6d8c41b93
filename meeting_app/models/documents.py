"""Papers of a meeting, their versions, uploads on the way, and the page that is shown to all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from meeting_app.models.base import Base, Hash, Id, of_this_meeting, one_of
from meeting_app.text import SUBJECT_MAX
from meeting_app.times import UtcTime

AUDIENCES = ("everybody", "delegates", "leaders", "named")
VERSION_STATES = ("converting", "ready", "failed")


class Document(Base):
    """A paper. What it says is in its versions."""

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("meeting_id", "id"),
        UniqueConstraint("meeting_id", "seq"),
        ForeignKeyConstraint(["meeting_id", "item_id"], ["agenda_items.meeting_id", "agenda_items.id"]),
        one_of("audience", AUDIENCES),
        CheckConstraint("(audience = 'named') = (readers IS NOT NULL)", name="readers"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"))
    seq: Mapped[int] = mapped_column(BigInteger)  # of the event that added it; lists keep this order
    item_id: Mapped[str | None] = mapped_column(Id)  # None: of the whole meeting
    title: Mapped[str] = mapped_column(String(SUBJECT_MAX))
    audience: Mapped[str] = mapped_column(String(16))
    readers: Mapped[str | None] = mapped_column(Text)  # JSON of `ReadersView`: whom the audience `named` names
    confidential: Mapped[bool]  # who reads it sees the own name across it
    recalled_at: Mapped[datetime | None] = mapped_column(UtcTime)
    revision: Mapped[int] = mapped_column(default=0)  # how often it was changed who may read it


class DocumentVersion(Base):
    """One file of a paper, never changed; `file_hash` is where it lies. Delegates see those that are approved."""

    __tablename__ = "document_versions"
    __table_args__ = (
        UniqueConstraint("meeting_id", "id"),
        UniqueConstraint("document_id", "number"),
        ForeignKeyConstraint(["meeting_id", "document_id"], ["documents.meeting_id", "documents.id"]),
        one_of("state", VERSION_STATES),
        CheckConstraint("(state = 'ready') = (pages IS NOT NULL)", name="pages"),
        CheckConstraint("(state = 'failed') = (problem IS NOT NULL)", name="problem"),
        CheckConstraint("approved_at IS NULL OR state = 'ready'", name="approved"),
        CheckConstraint("size > 0 AND number > 0", name="counts"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(Id)
    document_id: Mapped[str] = mapped_column(Id)
    number: Mapped[int]  # from 1
    file_hash: Mapped[str] = mapped_column(Hash)
    size: Mapped[int] = mapped_column(BigInteger)  # bytes
    state: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str | None] = mapped_column(String(16))  # once ready: what the file was
    pages: Mapped[int | None]
    problem: Mapped[str | None] = mapped_column(String(32))
    added_by: Mapped[str | None] = mapped_column(Id)  # participant; None: the system
    added_at: Mapped[datetime] = mapped_column(UtcTime)
    approved_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Upload(Base):
    """A file on its way. It becomes a version of `document_id`, or of a new paper when that is None."""

    __tablename__ = "uploads"
    __table_args__ = (
        of_this_meeting(),
        UniqueConstraint("participant_id", "key"),
        ForeignKeyConstraint(["meeting_id", "document_id"], ["documents.meeting_id", "documents.id"]),
        ForeignKeyConstraint(["meeting_id", "version_id"], ["document_versions.meeting_id", "document_versions.id"]),
        CheckConstraint("size > 0", name="size"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[str] = mapped_column(Id)
    participant_id: Mapped[str] = mapped_column(Id)
    key: Mapped[str] = mapped_column(String(64))
    payload_hash: Mapped[str] = mapped_column(Hash)
    document_id: Mapped[str | None] = mapped_column(Id)
    item_id: Mapped[str | None] = mapped_column(Id)
    title: Mapped[str] = mapped_column(String(SUBJECT_MAX))
    audience: Mapped[str] = mapped_column(String(16))
    readers: Mapped[str | None] = mapped_column(Text)  # as in `Document`
    confidential: Mapped[bool]
    size: Mapped[int] = mapped_column(BigInteger)
    begun_at: Mapped[datetime] = mapped_column(UtcTime)
    version_id: Mapped[str | None] = mapped_column(Id)  # None: not all of it has come


class ShownPage(Base):
    """The page that everybody is shown, at most one a meeting."""

    __tablename__ = "shown_pages"
    __table_args__ = (
        of_this_meeting(),
        ForeignKeyConstraint(["meeting_id", "version_id"], ["document_versions.meeting_id", "document_versions.id"]),
        CheckConstraint("page > 0", name="page"),
    )

    meeting_id: Mapped[str] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    version_id: Mapped[str] = mapped_column(Id)
    page: Mapped[int]
    participant_id: Mapped[str] = mapped_column(Id)  # who shows it


class PageNote(Base):
    """What somebody wrote for themselves beside a page."""

    __tablename__ = "page_notes"
    __table_args__ = (
        of_this_meeting(),
        ForeignKeyConstraint(["meeting_id", "version_id"], ["document_versions.meeting_id", "document_versions.id"]),
        CheckConstraint("page > 0", name="page"),
        CheckConstraint("text <> ''", name="text"),
    )

    participant_id: Mapped[str] = mapped_column(Id, primary_key=True)
    version_id: Mapped[str] = mapped_column(Id, primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    meeting_id: Mapped[str] = mapped_column(Id)
    text: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)

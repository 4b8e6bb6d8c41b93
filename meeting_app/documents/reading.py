"""What the rows say about papers: for screens, for who asks for a page, for who converts."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Select, case, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.documents.rules import Reader, as_seen_by
from meeting_app.errors import NotFound
from meeting_app.models import Document, DocumentVersion, Meeting, Participant, ShownPage
from meeting_app.strangers import knocked
from meeting_app.times import iso
from meeting_app.views import DocumentView, ReadersView, ShownView, VersionView


@dataclass(frozen=True)
class Readable:
    """A version that somebody may read."""

    meeting: str
    document: DocumentView
    version: VersionView
    file_hash: str


async def all_of(session: AsyncSession, meeting_id: str) -> tuple[DocumentView, ...]:
    """Every paper with every version, in the order in which they were added."""
    documents = await session.scalars(select(Document).where(Document.meeting_id == meeting_id).order_by(Document.seq))
    versions = defaultdict(list)
    rows = await session.scalars(
        select(DocumentVersion).where(DocumentVersion.meeting_id == meeting_id).order_by(DocumentVersion.number)
    )
    for row in rows:
        versions[row.document_id].append(row)
    return tuple(_view(document, versions[document.id]) for document in documents)


async def view_of(session: AsyncSession, document: Document) -> DocumentView:
    """The paper as it stands in this transaction."""
    rows = await session.scalars(
        select(DocumentVersion).where(DocumentVersion.document_id == document.id).order_by(DocumentVersion.number)
    )
    return _view(document, list(rows))


async def shown(session: AsyncSession, meeting_id: str) -> ShownView | None:
    """The page that everybody is shown, whoever may see it."""
    found = (
        await session.execute(
            select(ShownPage, Document.id, Document.audience)
            .join(DocumentVersion, DocumentVersion.id == ShownPage.version_id)
            .join(Document, Document.id == DocumentVersion.document_id)
            .where(ShownPage.meeting_id == meeting_id)
        )
    ).one_or_none()
    if found is None:
        return None
    row, document, audience = found
    return ShownView(document, row.version_id, row.page, row.participant_id, audience)


async def reader_of(session: AsyncSession, participant: str | None) -> Reader:
    """Who looks. Raises `NotFound`."""
    row = (await session.execute(_readers().where(Participant.id == participant))).one_or_none()
    if row is None:
        raise NotFound("nobody looks", "participant")
    return Reader(*row)


async def readers_among(session: AsyncSession, meeting_id: str) -> dict[str, Reader]:
    """All who take part, as readers."""
    rows = await session.execute(_readers().where(Participant.meeting_id == meeting_id))
    return {row.id: Reader(*row) for row in rows}


async def readable(session: AsyncSession, meeting_id: str, reader: Reader, version: str) -> Readable:
    """A version that is ready and that this reader may see. Raises `NotFound` for all others alike."""
    row = await session.get(DocumentVersion, version)
    if row is not None and row.meeting_id == meeting_id and row.state == "ready":
        document = await view_of(session, await session.get_one(Document, row.document_id))
        seen = as_seen_by(reader, document)
        for one in seen.versions if seen is not None else ():
            if one.id == version:
                return Readable(meeting_id, document, one, row.file_hash)
    raise NotFound("there is no such paper to read", "version")


async def all_readable(session: AsyncSession, meeting_id: str, reader: Reader) -> list[Readable]:
    """The newest version of each paper that this reader may read, in the order of the papers."""
    seen = (as_seen_by(reader, document) for document in await all_of(session, meeting_id))
    newest = {}
    for document in filter(None, seen):
        ready = [version for version in document.versions if version.state == "ready" and not document.recalled]
        approved = [version for version in ready if version.approved_at is not None]
        for version in (approved or ready)[-1:]:
            newest[version.id] = (document, version)
    hashes = await session.execute(
        select(DocumentVersion.id, DocumentVersion.file_hash).where(DocumentVersion.id.in_(newest))
    )
    files = {version: file for version, file in hashes}
    return [Readable(meeting_id, document, version, files[id]) for id, (document, version) in newest.items()]


async def converting(session: AsyncSession) -> tuple[str, str, str] | None:
    """Meeting, version and file of the one that has waited longest to be converted."""
    found = (
        await session.execute(
            select(DocumentVersion.meeting_id, DocumentVersion.id, DocumentVersion.file_hash)
            .where(DocumentVersion.state == "converting")
            .order_by(DocumentVersion.id)
            .limit(1)
        )
    ).one_or_none()
    return None if found is None else (found[0], found[1], found[2])


async def find_document(session: AsyncSession, meeting: Meeting, document: str) -> Document:
    """Raises `NotFound`."""
    found = await session.get(Document, document)
    if found is None or found.meeting_id != meeting.id:
        raise NotFound("the meeting has no such paper", "document")
    return found


async def find_version(session: AsyncSession, meeting: Meeting, version: str) -> DocumentVersion:
    """Raises `NotFound`."""
    found = await session.get(DocumentVersion, version)
    if found is None or found.meeting_id != meeting.id:
        raise NotFound("the meeting has no such paper", "version")
    return found


def readers_in(column: str | None) -> ReadersView | None:
    """Whom the column of a row names."""
    if column is None:
        return None
    return ReadersView(**{name: tuple(values) for name, values in json.loads(column).items()})


def _readers() -> Select[tuple[str, str, str]]:
    unit = case((knocked(), ""), else_=Participant.unit)
    return select(Participant.role, Participant.id, unit)


def _view(document: Document, versions: list[DocumentVersion]) -> DocumentView:
    return DocumentView(
        id=document.id,
        item=document.item_id,
        title=document.title,
        audience=document.audience,
        readers=readers_in(document.readers),
        confidential=document.confidential,
        recalled=document.recalled_at is not None,
        revision=document.revision,
        versions=tuple(
            VersionView(
                id=row.id,
                number=row.number,
                state=row.state,
                kind=row.kind,
                pages=row.pages,
                size=row.size,
                problem=row.problem,
                added_at=iso(row.added_at),
                approved_at=None if row.approved_at is None else iso(row.approved_at),
            )
            for row in versions
        ),
    )

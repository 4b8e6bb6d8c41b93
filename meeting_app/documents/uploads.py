"""A file on its way from a browser: announced first, a paper once all of it is here.

An announcement that is repeated under its key finds the same upload, so that a line that breaks costs only what it
lost. Nothing of it is in the log before the file is whole.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin
from meeting_app.agenda import find_item
from meeting_app.documents.readers import check_audience, kept
from meeting_app.documents.reading import find_document, readers_in, view_of
from meeting_app.errors import BadInput, KeyReused, NoRoom, NotFound, Recalled
from meeting_app.events import Event, append, canonical
from meeting_app.ids import new_id
from meeting_app.models import Document, DocumentVersion, Meeting, Upload
from meeting_app.text import SUBJECT_MAX, clean
from meeting_app.views import ReadersView, as_data

MOST_BYTES = 8 * 2**30  # of all files of a meeting
MOST_UNFINISHED = 50  # files of one person on their way
KEPT = timedelta(days=1)  # what has come of a file whose rest never came


@dataclass(frozen=True)
class Plan:
    """What the file is to become: a version of `document`, else a new paper with the other fields."""

    size: int  # bytes
    document: str | None = None
    item: str | None = None  # of the agenda
    title: str = ""
    audience: str = "delegates"
    confidential: bool = False
    readers: ReadersView | None = None  # whom the audience `named` names


async def begin_upload(session: AsyncSession, actor: Actor, key: str, plan: Plan, now: datetime) -> Upload:
    """Announce a file; under the same key the same upload again.

    Raises `BadInput`, `NotFound`, `Recalled`, `NoRoom`, and `KeyReused` for another plan under the key.
    """
    meeting = await begin(session, actor, "add_document")
    if actor.participant is None:
        raise ValueError("only participants upload")
    payload_hash = hashlib.sha256(canonical(asdict(plan)).encode()).hexdigest()
    known = await session.scalar(select(Upload).where(Upload.participant_id == actor.participant, Upload.key == key))
    if known is not None:
        if known.payload_hash != payload_hash:
            raise KeyReused("this key belongs to another file", "key")
        return known
    if plan.size <= 0:
        raise BadInput("the file is empty", "size")
    if plan.document is not None:
        of = await find_document(session, meeting, plan.document)
        if of.recalled_at is not None:
            raise Recalled("the paper was recalled", "document")
        readers = readers_in(of.readers)
        plan = Plan(plan.size, of.id, of.item_id, of.title, of.audience, of.confidential, readers)
    else:
        await check_audience(session, meeting, plan.audience, plan.readers)
    if plan.document is None and plan.item is not None:
        await find_item(session, meeting, plan.item)
    await _check_room(session, meeting, actor.participant, plan.size, now)
    upload = Upload(
        id=new_id(now),
        meeting_id=meeting.id,
        participant_id=actor.participant,
        key=key,
        payload_hash=payload_hash,
        document_id=plan.document,
        item_id=plan.item,
        title=clean(plan.title, "title", SUBJECT_MAX),
        audience=plan.audience,
        readers=kept(plan.readers),
        confidential=plan.confidential,
        size=plan.size,
        begun_at=now,
    )
    session.add(upload)
    await session.flush()
    return upload


async def _check_room(session: AsyncSession, meeting: Meeting, participant: str, size: int, now: datetime) -> None:
    on_its_way = Upload.version_id.is_(None) & (Upload.begun_at > now - KEPT)
    of_meeting = select(func.coalesce(func.sum(Upload.size), 0)).where(
        Upload.meeting_id == meeting.id, or_(Upload.version_id.is_not(None), on_its_way)
    )
    if (await session.scalars(of_meeting)).one() + size > MOST_BYTES:
        raise NoRoom("the files of this meeting leave no room for it", "size")
    of_person = select(func.count()).where(Upload.participant_id == participant, on_its_way)
    if (await session.scalars(of_person)).one() >= MOST_UNFINISHED:
        raise NoRoom("too many files of this person are on their way", "key")


async def find_upload(session: AsyncSession, actor: Actor, upload: str) -> Upload:
    """One's own. Raises `NotFound`."""
    found = await session.get(Upload, upload)
    if found is None or (found.meeting_id, found.participant_id) != (actor.meeting, actor.participant):
        raise NotFound("no such upload", "upload")
    return found


async def finish_upload(
    session: AsyncSession, actor: Actor, upload: str, file_hash: str, now: datetime
) -> tuple[str, Event | None]:
    """The file is here: a version that is to be converted; event `version_added`.

    The version's id; without an event when it was finished before. Raises `NotFound`, `Recalled`.
    """
    meeting = await begin(session, actor, "add_document")
    row = await find_upload(session, actor, upload)
    if row.version_id is not None:
        return row.version_id, None
    if row.document_id is None:
        row.document_id = new_id(now)
        session.add(
            Document(
                id=row.document_id,
                meeting_id=meeting.id,
                seq=meeting.last_seq + 1,
                item_id=row.item_id,
                title=row.title,
                audience=row.audience,
                readers=row.readers,
                confidential=row.confidential,
            )
        )
        await session.flush()
    document = await find_document(session, meeting, row.document_id)
    if document.recalled_at is not None:
        raise Recalled("the paper was recalled", "document")
    last = await session.scalar(
        select(func.max(DocumentVersion.number)).where(DocumentVersion.document_id == document.id)
    )
    version = DocumentVersion(
        id=new_id(now),
        meeting_id=meeting.id,
        document_id=document.id,
        number=(last or 0) + 1,
        file_hash=file_hash,
        size=row.size,
        state="converting",
        added_by=actor.participant,
        added_at=now,
    )
    session.add(version)
    await session.flush()
    row.version_id = version.id
    data = {"document": as_data(await view_of(session, document))}
    return version.id, await append(session, meeting, actor.participant, "version_added", data, now)

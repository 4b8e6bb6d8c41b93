"""What somebody writes for themselves beside a page; nobody else reads it, and it is in no log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin, find_participant
from meeting_app.documents.reading import readable, reader_of
from meeting_app.errors import BadInput
from meeting_app.models import PageNote
from meeting_app.text import clean

NOTE_LONGEST = 1000


async def keep_note(session: AsyncSession, actor: Actor, version: str, page: int, text: str, now: datetime) -> None:
    """Write one's note on a page anew; an empty one is gone. Raises `NotFound`, `BadInput`."""
    meeting = await begin(session, actor, "keep_note", actor.participant)
    reader = await find_participant(session, meeting, actor.participant or "")
    found = await readable(session, meeting.id, await reader_of(session, reader.id), version)
    if not 1 <= page <= (found.version.pages or 0):
        raise BadInput(f"the paper has {found.version.pages} pages", "page")
    text = clean(text, "text", NOTE_LONGEST, may_be_empty=True, is_prose=True)
    row = await session.get(PageNote, (reader.id, version, page))
    if row is None and text:
        session.add(
            PageNote(
                participant_id=reader.id,
                version_id=version,
                page=page,
                meeting_id=meeting.id,
                text=text,
                changed_at=now,
            )
        )
    elif row is not None and text:
        row.text, row.changed_at = text, now
    elif row is not None:
        await session.delete(row)


async def notes_on(session: AsyncSession, participant: str, version: str) -> dict[int, str]:
    """One's own notes on a version, by page."""
    rows = await session.execute(
        select(PageNote.page, PageNote.text)
        .where(PageNote.participant_id == participant, PageNote.version_id == version)
        .order_by(PageNote.page)
    )
    return {page: text for page, text in rows}

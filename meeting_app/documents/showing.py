"""The page that everybody is shown, and who shows it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin, lock
from meeting_app.documents.reading import find_document, find_version, reader_of, view_of
from meeting_app.documents.rules import as_seen_by
from meeting_app.errors import AlreadySo, BadInput, NotAllowed, NotFound, NotReady, Recalled
from meeting_app.events import Event, append
from meeting_app.floor import current_speech
from meeting_app.models import ShownPage
from meeting_app.views import ShownView, as_data


async def show_page(session: AsyncSession, actor: Actor, version: str, page: int, now: datetime) -> Event:
    """Turn everybody's screen to a page of an approved paper; event `page_shown`. Who has the floor may.

    Raises `NotFound`, `NotReady`, `Recalled`, `AlreadySo`, and `BadInput` for a page that is not there.
    """
    meeting = await begin(session, actor, "show_page", await _speaker(session, actor))
    if actor.participant is None:
        raise NotAllowed("only participants show pages", "actor")
    row = await find_version(session, meeting, version)
    document = await find_document(session, meeting, row.document_id)
    reader = await reader_of(session, actor.participant)
    if not document.recalled_at and as_seen_by(reader, await view_of(session, document)) is None:
        raise NotFound("the meeting has no such paper", "version")
    if document.recalled_at is not None:
        raise Recalled("the paper was recalled", "version")
    if row.approved_at is None or row.pages is None:
        raise NotReady("only what is approved is shown", "version")
    if not 1 <= page <= row.pages:
        raise BadInput(f"the paper has {row.pages} pages", "page")
    turned = (row.id, page, actor.participant)
    before = await session.get(ShownPage, meeting.id)
    if before is None:
        session.add(ShownPage(meeting_id=meeting.id, version_id=row.id, page=page, participant_id=actor.participant))
    elif (before.version_id, before.page, before.participant_id) == turned:
        raise AlreadySo("this page is shown", "page")
    else:
        before.version_id, before.page, before.participant_id = turned
    shown = ShownView(document.id, row.id, page, actor.participant, document.audience)
    return await append(session, meeting, actor.participant, "page_shown", {"shown": as_data(shown)}, now)


async def stop_showing(session: AsyncSession, actor: Actor, now: datetime) -> Event:
    """Nothing is shown any more; event `showing_ended`. Raises `AlreadySo`."""
    meeting = await begin(session, actor, "stop_showing", await _presenter(session, actor))
    row = await session.get(ShownPage, meeting.id)
    if row is None:
        raise AlreadySo("nothing is shown", "page")
    await session.delete(row)
    return await append(session, meeting, actor.participant, "showing_ended", {}, now)


async def show_nothing(session: AsyncSession, meeting_id: str) -> None:
    """Part of a larger step: no page is shown any more."""
    await session.execute(delete(ShownPage).where(ShownPage.meeting_id == meeting_id))


async def _speaker(session: AsyncSession, actor: Actor) -> str | None:
    await lock(session, actor.meeting)
    speech = await current_speech(session, actor.meeting)
    return speech.participant_id if speech else None


async def _presenter(session: AsyncSession, actor: Actor) -> str | None:
    await lock(session, actor.meeting)
    row = await session.get(ShownPage, actor.meeting)
    return row.participant_id if row else None

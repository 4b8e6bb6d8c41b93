"""What happens to papers once their files are here: conversion, approval, recall."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin, lock
from meeting_app.documents.reading import find_document, find_version, view_of
from meeting_app.errors import AlreadySo, NotReady, Recalled
from meeting_app.events import Event, append
from meeting_app.models import Document, DocumentVersion, ShownPage
from meeting_app.views import as_data


async def converted(
    session: AsyncSession, meeting_id: str, version: str, kind: str, pages: int, now: datetime
) -> Event | None:
    """The converter made pages of it; event `version_converted`. None when that was said before."""
    meeting = await lock(session, meeting_id)
    row = await find_version(session, meeting, version)
    if row.state != "converting":
        return None
    row.state, row.kind, row.pages = "ready", kind, pages
    return await append(session, meeting, None, "version_converted", await _about(session, row), now)


async def failed(session: AsyncSession, meeting_id: str, version: str, problem: str, now: datetime) -> Event | None:
    """The converter can make nothing of it; event `version_failed`. None when that was said before."""
    meeting = await lock(session, meeting_id)
    row = await find_version(session, meeting, version)
    if row.state != "converting":
        return None
    row.state, row.problem = "failed", problem
    return await append(session, meeting, None, "version_failed", await _about(session, row), now)


async def approve_version(session: AsyncSession, actor: Actor, version: str, now: datetime) -> Event:
    """Those it is meant for may read it from now on; event `version_approved`.

    Raises `NotFound`, `AlreadySo`, `NotReady`, `Recalled`.
    """
    meeting = await begin(session, actor, "approve_version")
    row = await find_version(session, meeting, version)
    document = await find_document(session, meeting, row.document_id)
    if document.recalled_at is not None:
        raise Recalled("the paper was recalled", "version")
    if row.state != "ready":
        raise NotReady(f"the paper is {row.state}", "version")
    if row.approved_at is not None:
        raise AlreadySo("this version is approved", "version")
    row.approved_at = now
    return await append(session, meeting, actor.participant, "version_approved", await _about(session, row), now)


async def recall_document(session: AsyncSession, actor: Actor, document: str, now: datetime) -> Event:
    """Nobody but chair and secretary sees it any more, nor is it shown; event `document_recalled`.

    Raises `NotFound`, `AlreadySo`.
    """
    meeting = await begin(session, actor, "recall_document")
    row = await find_document(session, meeting, document)
    if row.recalled_at is not None:
        raise AlreadySo("the paper was recalled before", "document")
    row.recalled_at = now
    versions = select(DocumentVersion.id).where(DocumentVersion.document_id == row.id)
    shown = await session.execute(delete(ShownPage).where(ShownPage.version_id.in_(versions)))
    data = {"document": row.id, "was_shown": shown.rowcount > 0}
    return await append(session, meeting, actor.participant, "document_recalled", data, now)


async def _about(session: AsyncSession, row: DocumentVersion) -> dict[str, Any]:
    await session.flush()
    return {"document": as_data(await view_of(session, await session.get_one(Document, row.document_id)))}

"""Papers to test with, without files."""

from __future__ import annotations

import itertools
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import documents
from meeting_app.acting import Actor
from meeting_app.documents import Plan
from tests.meeting_app.hall import Hall

_keys = itertools.count()
HASH = "ab" * 32


async def add_version(session: AsyncSession, actor: Actor, now: datetime, **plan: object) -> str:
    """A paper, or with `document` a version of one, that waits to be converted; the version's id."""
    plan = {"size": 1000, "title": "Báo cáo công tác", **plan}
    upload = await documents.begin_upload(session, actor, f"file-{next(_keys):04}", Plan(**plan), now)
    version, _ = await documents.finish_upload(session, actor, upload.id, HASH, now)
    return version


async def add_ready(session: AsyncSession, actor: Actor, now: datetime, **plan: object) -> str:
    """The same, with five pages."""
    version = await add_version(session, actor, now, **plan)
    await documents.converted(session, actor.meeting, version, "pdf", 5, now)
    return version


async def add_approved(session: AsyncSession, actor: Actor, now: datetime, **plan: object) -> str:
    version = await add_ready(session, actor, now, **plan)
    await documents.approve_version(session, actor, version, now)
    return version


async def approved_in(hall: Hall, **plan: object) -> str:
    return await hall.does(add_approved, hall.secretary, **plan)


async def add_failed(session: AsyncSession, actor: Actor, now: datetime) -> str:
    version = await add_version(session, actor, now)
    await documents.failed(session, actor.meeting, version, "encrypted", now)
    return version


async def last_document(session: AsyncSession, actor: Actor) -> tuple[str, str]:
    """Its id and its last version's, or ids of nothing."""
    every = await documents.all_of(session, actor.meeting)
    return (every[-1].id, every[-1].versions[-1].id) if every else ("none", "none")


async def show_the_last(session: AsyncSession, actor: Actor, now: datetime) -> None:
    _, version = await last_document(session, actor)
    await documents.show_page(session, actor, version, 2, now)


async def approve_the_last(session: AsyncSession, actor: Actor, now: datetime) -> None:
    _, version = await last_document(session, actor)
    await documents.approve_version(session, actor, version, now)


async def close_the_last_to_delegates(session: AsyncSession, actor: Actor, now: datetime) -> None:
    document = (await documents.all_of(session, actor.meeting))[-1]
    await documents.change_readers(session, actor, document.id, document.revision, "leaders", None, now)


async def recall_the_last(session: AsyncSession, actor: Actor, now: datetime) -> None:
    document, _ = await last_document(session, actor)
    await documents.recall_document(session, actor, document, now)


async def open_up_the_last(session: AsyncSession, actor: Actor, now: datetime) -> None:
    document, _ = await last_document(session, actor)
    await documents.change_readers(session, actor, document, 0, "everybody", None, now)


async def note_on_the_last(session: AsyncSession, actor: Actor, now: datetime) -> None:
    _, version = await last_document(session, actor)
    await documents.keep_note(session, actor, version, 2, "Hỏi lại số liệu", now)

"""A large paper of a meeting under a bench, brought in as an upload is, and its octets as nobody compresses them."""

import asyncio
import os
from datetime import UTC, datetime

import msgspec

from converter.control import ANSWER, CLEAN, Converted, Page
from meeting_app import documents
from meeting_app.acting import Actor
from meeting_app.documents import Plan
from signaling.database import open_database
from signaling.files import Files
from signaling.settings import Settings

PIECE = 2**20


async def bring_in(settings: Settings, chair: Actor, octets: int) -> str:
    """The address at which everybody may fetch it."""
    files = Files(settings.files_folder)
    files.make()
    content = os.urandom(PIECE) * (octets // PIECE)
    plan = Plan(len(content), title="Tài liệu đo", audience="everybody")
    now = datetime.now(UTC)
    database = await open_database(settings)
    try:
        async with database.writing() as session:
            upload = await documents.begin_upload(session, chair, "bench-paper", plan, now)
            files.append(upload.id, content)
            file = files.keep(upload.id)
            version, _ = await documents.finish_upload(session, chair, upload.id, file, now)
            await documents.converted(session, chair.meeting, version, "pdf", 1, now)
            await documents.approve_version(session, chair, version, now)
            files.drop(upload.id)
    finally:
        await database.close()
    await asyncio.to_thread(_keep_pages, files, file, content)
    return f"/api/papers/{version}/file"


def _keep_pages(files: Files, file: str, content: bytes) -> None:
    """As if the converter had found nothing to change."""
    with files.making_pages(file) as folder:
        (folder / CLEAN).write_bytes(content)
        (folder / ANSWER).write_bytes(msgspec.json.encode(Converted("pdf", (Page(595, 842),), 0)))
        files.keep_pages(file, folder)

"""The papers of the demonstration: files that lie beside this one, brought in as an upload would be."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from converter.control import ANSWER, Answer, Converted
from demo.office import File
from meeting_app import agenda, documents
from meeting_app.acting import Actor
from meeting_app.documents import Plan
from signaling import confined
from signaling.files import Files

FOLDER = Path(__file__).parent / "documents"
LIMIT_S = 60.0


@dataclass(frozen=True)
class Paper:
    file: str
    title: str
    item: str  # number on the agenda


PAPERS = (Paper("bao-cao.pdf", "Báo cáo kết quả công tác Mặt trận 6 tháng đầu năm", "2"),)


async def add(session: AsyncSession, files: Files, secretary: Actor, now: datetime) -> None:
    """Uploaded, converted and approved; the caller commits."""
    items = {item.number: item.id for item in await agenda.items(session, secretary.meeting)}
    for paper in PAPERS:
        content = (FOLDER / paper.file).read_bytes()
        plan = Plan(len(content), item=items[paper.item], title=paper.title, audience="everybody")
        upload = await documents.begin_upload(session, secretary, paper.file, plan, now)
        files.append(upload.id, content)
        file = files.keep(upload.id)
        version, _ = await documents.finish_upload(session, secretary, upload.id, file, now)
        made = await _pages_of(files, file)
        await documents.converted(session, secretary.meeting, version, made.kind, len(made.pages), now)
        await documents.approve_version(session, secretary, version, now)
        files.drop(upload.id)


async def draft(files: Files) -> File:
    """The report as the draft that units are asked about; `add` has had its pages made."""
    content = (FOLDER / PAPERS[0].file).read_bytes()
    file = hashlib.sha256(content).hexdigest()
    return File(file, len(content), len((await _pages_of(files, file)).pages))


async def draw(files: Files) -> None:
    """Have the pages of all papers in `files`, so that `add` finds them there."""
    for paper in PAPERS:
        files.append(paper.file, (FOLDER / paper.file).read_bytes())
        await _pages_of(files, files.keep(paper.file))
        files.drop(paper.file)


async def _pages_of(files: Files, file: str) -> Converted:
    if (kept := files.answer(file)) is not None:
        return kept
    with files.making_pages(file) as folder:
        paths = (str(files.file(file)), str(folder))
        await confined.run("converter", *paths, limit_s=LIMIT_S, unconfined=True)  # the files are our own
        answer = msgspec.json.decode((folder / ANSWER).read_bytes(), type=Answer)
        assert isinstance(answer, Converted), answer
        files.keep_pages(file, folder)
    return answer

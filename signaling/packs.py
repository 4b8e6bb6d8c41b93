"""All papers that somebody may read as one PDF, for a line that will be gone in the meeting."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from converter.control import CLEAN, Paper, Plan, Section
from meeting_app.documents import Readable
from meeting_app.views import ItemView
from signaling import confined
from signaling.errors import Refusal
from signaling.files import Files, there
from signaling.marked import put_sheet

LIMIT_S = 60.0


class Packs:
    """The same papers make the same pack, which is kept for a day; one that bears a name, for minutes."""

    def __init__(self, files: Files, unconfined: bool) -> None:
        self._files = files
        self._unconfined = unconfined
        self._turn = asyncio.Lock()  # one at a time: it is disk and memory

    async def of(self, papers: Sequence[Readable], agenda: Sequence[ItemView], whole_meeting: str, words: str) -> Path:
        """The pack, by the agenda; `whole_meeting` heads the papers of no item, `words` go across restricted pages.

        Raises `Refusal`, also without papers and where the disk is too full.
        """
        sections = self._sections(papers, agenda, whole_meeting)
        if not sections:
            raise Refusal("no_paper")
        marks = words if any(paper.restricted for section in sections for paper in section.papers) else None
        name = hashlib.sha256(msgspec.json.encode((sections, marks))).hexdigest()
        target = self._files.pack(name) if marks is None else self._files.marked(name)
        async with self._turn:
            if not target.exists():
                await asyncio.to_thread(self._check_room, sections)
                await self._make(sections, marks, target)
        return target

    def _check_room(self, sections: list[Section]) -> None:
        self._files.check_room(sum(Path(paper.file).stat().st_size for section in sections for paper in section.papers))

    async def _make(self, sections: list[Section], marks: str | None, target: Path) -> None:
        with tempfile.TemporaryDirectory(dir=target.parent) as rough:
            asked, made = Path(rough) / "plan.json", Path(rough) / "made.pdf"
            sheet = None if marks is None else Path(rough) / "sheet.pdf"
            if sheet is not None and marks is not None:
                await put_sheet(sheet, marks)
            plan = Plan(tuple(sections), None if sheet is None else str(sheet))
            asked.write_bytes(msgspec.json.encode(plan))
            paths = (str(asked), str(made))
            code = await confined.run("converter.pack", *paths, limit_s=LIMIT_S, unconfined=self._unconfined)
            if code != 0:
                raise Refusal("failed" if marks is None else "not_marked")
            made.replace(target)

    def _sections(self, papers: Sequence[Readable], agenda: Sequence[ItemView], whole_meeting: str) -> list[Section]:
        known = {item.id for item in agenda}
        heads = [(None, whole_meeting), *((item.id, f"{item.number}. {item.title}") for item in agenda)]
        of = {
            head: tuple(
                Paper(
                    paper.document.title,
                    str(there(self._files.pages(paper.file_hash).resolve() / CLEAN)),
                    paper.document.confidential,
                )
                for paper in papers
                if (paper.document.item if paper.document.item in known else None) == head
            )
            for head, _ in heads
        }
        return [Section(title, of[head]) for head, title in heads if of[head]]

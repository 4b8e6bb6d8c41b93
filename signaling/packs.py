"""All papers that somebody may read as one PDF, for a line that will be gone in the meeting."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from converter.control import CLEAN, Paper, Section
from meeting_app.documents import Readable
from meeting_app.views import ItemView
from signaling import confined
from signaling.errors import Refusal
from signaling.files import Files, there

LIMIT_S = 60.0


class Packs:
    """Packs that were made are kept as long as uploads are; the same papers make the same pack."""

    def __init__(self, files: Files, unconfined: bool) -> None:
        self._files = files
        self._unconfined = unconfined
        self._turn = asyncio.Lock()  # one at a time: it is disk and memory

    async def of(self, papers: Sequence[Readable], agenda: Sequence[ItemView], whole_meeting: str) -> Path:
        """The pack, by the agenda; `whole_meeting` heads the papers of no item. Raises `Refusal` without papers."""
        plan = msgspec.json.encode(self._sections(papers, agenda, whole_meeting))
        if plan == b"[]":
            raise Refusal("no_paper")
        target = self._files.pack(hashlib.sha256(plan).hexdigest())
        async with self._turn:
            if not target.exists():
                await self._make(plan, target)
        return target

    async def _make(self, plan: bytes, target: Path) -> None:
        with tempfile.TemporaryDirectory(dir=target.parent) as rough:
            asked, made = Path(rough) / "plan.json", Path(rough) / "made.pdf"
            asked.write_bytes(plan)
            paths = (str(asked), str(made))
            code = await confined.run("converter.pack", *paths, limit_s=LIMIT_S, unconfined=self._unconfined)
            if code != 0:
                raise Refusal("failed")
            made.replace(target)

    def _sections(self, papers: Sequence[Readable], agenda: Sequence[ItemView], whole_meeting: str) -> list[Section]:
        known = {item.id for item in agenda}
        heads = [(None, whole_meeting), *((item.id, f"{item.number}. {item.title}") for item in agenda)]
        of = {
            head: tuple(
                Paper(paper.document.title, str(there(self._files.pages(paper.file_hash).resolve() / CLEAN)))
                for paper in papers
                # What says whose it is on the screen does not leave it.
                if not paper.document.confidential
                and (paper.document.item if paper.document.item in known else None) == head
            )
            for head, _ in heads
        }
        return [Section(title, of[head]) for head, title in heads if of[head]]

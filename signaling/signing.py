"""The file that is signed after a consultation: the draft and the matrix of opinions, bound as one PDF."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import datetime
from pathlib import Path

import msgspec

from converter.control import CLEAN, Paper, Plan, Section
from meeting_app.consultations.signing import Sheet
from meeting_app.ids import new_id
from meeting_app.printing.consultation import data_of
from meeting_app.printing.typesetting import typeset
from signaling import confined
from signaling.errors import Refusal
from signaling.files import Files, there

LIMIT_S = 60.0


class Press:
    """One sheet after the other: each takes a core for a moment."""

    def __init__(self, files: Files, unconfined: bool) -> None:
        self._files = files
        self._unconfined = unconfined
        self._turn = asyncio.Lock()

    async def bind(self, sheet: Sheet, now: datetime) -> str:
        """The hash under which the file is kept. Raises `TypesettingFailed`, `Refusal`."""
        async with self._turn:
            matrix = await typeset("consultation", data_of(sheet))
            with tempfile.TemporaryDirectory() as rough:
                bound = await self._bound(Path(rough), sheet, matrix)
                return await asyncio.to_thread(self._keep, bound, new_id(now))

    async def _bound(self, rough: Path, sheet: Sheet, matrix: bytes) -> Path:
        asked, page, made = rough / "plan.json", rough / "matrix.pdf", rough / "made.pdf"
        await asyncio.to_thread(page.write_bytes, matrix)
        draft = there(self._files.pages(sheet.draft_sha256).resolve() / CLEAN)
        papers = (Paper("Dự thảo", str(draft)), Paper("Bảng tổng hợp ý kiến", str(page)))
        plan = Plan((Section(sheet.title, papers),))
        await asyncio.to_thread(asked.write_bytes, msgspec.json.encode(plan))
        paths = (str(asked), str(made))
        if await confined.run("converter.pack", *paths, limit_s=LIMIT_S, unconfined=self._unconfined) != 0:
            raise Refusal("failed")
        return made

    def _keep(self, bound: Path, name: str) -> str:
        self._files.take(name, bound)
        kept = self._files.keep(name)
        self._files.drop(name)
        return kept

"""Restricted papers as a file: with the name of who takes it, and when, across each page.

The name is set as text in a typeface that the file carries, laid over the pages by a confined process.
"""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from pathlib import Path

from meeting_app.printing.typesetting import TypesettingFailed, typeset
from signaling import confined
from signaling.errors import Refusal
from signaling.files import Files, there

LIMIT_S = 60.0


async def put_sheet(path: Path, words: str) -> None:
    """The sheet that is laid on the pages. Raises `Refusal`."""
    try:
        sheet = await typeset("mark", {"words": words})
    except TypesettingFailed as error:
        raise Refusal("not_marked") from error
    await asyncio.to_thread(path.write_bytes, sheet)


class MarkedFiles:
    """Within the minute that it names, the same file again; minutes later it is dropped."""

    def __init__(self, files: Files, unconfined: bool) -> None:
        self._files = files
        self._unconfined = unconfined
        self._turn = asyncio.Lock()  # one at a time: it is disk and memory

    async def of(self, source: Path, words: str) -> Path:
        """Raises `Refusal` where the file is too large or too odd, or the disk too full."""
        source = there(source).resolve()
        target = self._files.marked(hashlib.sha256(f"{source}\n{words}".encode()).hexdigest())
        async with self._turn:
            if not target.exists():
                await asyncio.to_thread(self._files.check_room, source.stat().st_size)
                await self._make(source, words, target)
        return target

    async def _make(self, source: Path, words: str, target: Path) -> None:
        with tempfile.TemporaryDirectory(dir=target.parent) as rough:
            sheet, made = Path(rough) / "sheet.pdf", Path(rough) / "made.pdf"
            await put_sheet(sheet, words)
            paths = (str(source), str(sheet), str(made))
            code = await confined.run("converter.marking", *paths, limit_s=LIMIT_S, unconfined=self._unconfined)
            if code != 0:
                raise Refusal("not_marked")
            made.replace(target)

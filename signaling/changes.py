"""What changed between versions of papers, found in a thread; what was asked for last is kept."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from meeting_app.documents import Readable
from meeting_app.documents.comparing import Comparison, compare
from signaling.files import Files

KEPT = 32  # comparisons


class Changes:
    """One pair is compared at a time: three hundred who ask for the same wait for one answer."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._turn = asyncio.Lock()
        self._of: OrderedDict[tuple[str, str], Comparison] = OrderedDict()

    async def between(self, older: Readable, newer: Readable) -> Comparison:
        pair = (older.file_hash, newer.file_hash)
        async with self._turn:
            found = self._of.get(pair)
            if found is None:
                found = await asyncio.to_thread(self._compare, older, newer)
            self._of[pair] = found
            self._of.move_to_end(pair)
            while len(self._of) > KEPT:
                self._of.popitem(last=False)
        return found

    def _compare(self, older: Readable, newer: Readable) -> Comparison:
        return compare(self._pages(older), self._pages(newer))

    def _pages(self, of: Readable) -> list[str]:
        return [self._files.text(of.file_hash, number) for number in range(1, (of.version.pages or 0) + 1)]

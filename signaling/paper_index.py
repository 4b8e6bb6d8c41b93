"""The text of papers, ready to be searched; those used last are kept."""

from __future__ import annotations

import threading
from collections import OrderedDict

from meeting_app.documents.search import IndexedPage
from signaling.errors import Refusal
from signaling.files import Files

PAGES_KEPT = 4_000  # some 40 MB


class PaperIndex:
    """Reads files, so it is asked in a thread."""

    def __init__(self, files: Files, most: int = PAGES_KEPT) -> None:
        self._files = files
        self._most = most
        self._of: OrderedDict[str, list[IndexedPage]] = OrderedDict()
        self._lock = threading.Lock()

    def pages(self, file: str, count: int) -> list[IndexedPage]:
        """All pages of the file with that hash; none when the disk has lost one: others are found all the same."""
        with self._lock:
            found = self._of.get(file)
            if found is not None:
                self._of.move_to_end(file)
                return found
        try:
            found = [IndexedPage(self._files.text(file, number)) for number in range(1, count + 1)]
        except Refusal:
            return []
        with self._lock:
            self._of[file] = found
            while len(self._of) > 1 and sum(map(len, self._of.values())) > self._most:
                self._of.popitem(last=False)
        return found

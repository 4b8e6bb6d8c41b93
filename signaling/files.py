"""The files of papers, each under the hash of its content, with the pages that were made of it.

files/ab/ab12…/file       as it came
files/ab/ab12…/pages/     what the converter made of it
files/uploads/ID          a file on its way
files/packs/              several papers as one PDF
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from converter.control import ANSWER

CHUNK = 2**20


class Files:
    """A folder. What is written is whole or absent: everything is made aside and then renamed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._uploads = folder / "uploads"
        self._packs = folder / "packs"

    def make(self) -> None:
        for folder in (self._uploads, self._packs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def received(self, upload: str) -> int:
        """How many bytes of the upload are here."""
        path = self._uploads / upload
        return path.stat().st_size if path.exists() else 0

    def append(self, upload: str, piece: bytes) -> None:
        with (self._uploads / upload).open("ab") as file:
            file.write(piece)

    def keep(self, upload: str) -> str:
        """The upload is whole: give it its place; the hash."""
        path = self._uploads / upload
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while piece := file.read(CHUNK):
                digest.update(piece)
        name = digest.hexdigest()
        target = self.file(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
        return name

    def forget(self, older_than: float) -> None:
        """Drop uploads to which nothing was added since (`time.time()`), and packs made before."""
        for path in (*self._uploads.iterdir(), *self._packs.iterdir()):
            if path.is_file() and path.stat().st_mtime < older_than:
                path.unlink()

    def pack(self, name: str) -> Path:
        return self._packs / f"{name}.pdf"

    def file(self, name: str) -> Path:
        return self._of(name) / "file"

    def pages(self, name: str) -> Path:
        return self._of(name) / "pages"

    def has_pages(self, name: str) -> bool:
        return (self.pages(name) / ANSWER).is_file()

    @contextmanager
    def making_pages(self, name: str) -> Iterator[Path]:
        """A folder that becomes the pages of the file when the block ends well and an answer is in it."""
        made = Path(tempfile.mkdtemp(dir=self._of(name)))
        try:
            yield made
            if (made / ANSWER).is_file():
                shutil.rmtree(self.pages(name), ignore_errors=True)
                made.replace(self.pages(name))
        finally:
            shutil.rmtree(made, ignore_errors=True)

    def _of(self, name: str) -> Path:
        return self._folder / name[:2] / name

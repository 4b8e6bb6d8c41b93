"""The files of papers, each under the hash of its content, with the pages that were made of it.

files/ab/ab12…/file       as it came
files/ab/ab12…/pages/     what the converter made of it
files/uploads/ID          a file on its way
files/packs/              several papers as one PDF, for a day
files/marked/             what bears the name of who takes it, for minutes
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import structlog

from converter.control import ANSWER, Converted, Run
from meeting_app import documents
from signaling.errors import Refusal

CHUNK = 2**20
RESERVE = 2**29  # of the disk, for the rows and the logs
# Longer than one is made (60 s) and taken up again in the minute that it names.
MARKED_KEPT = timedelta(minutes=5)

log = structlog.get_logger("signaling.files")

_runs = msgspec.json.Decoder(list[Run])


class Files:
    """A folder. What is written is whole or absent: everything is made aside and then renamed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._uploads = folder / "uploads"
        self._packs = folder / "packs"
        self._marked = folder / "marked"

    def make(self) -> None:
        for folder in (self._uploads, self._packs, self._marked):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def room(self) -> int:
        """How many bytes more may come before the disk is too full for the rows."""
        return max(0, shutil.disk_usage(self._folder).free - RESERVE)

    def check_room(self, size: int) -> None:
        """Raises `Refusal` when so many bytes more would be too many."""
        if size > self.room():
            raise Refusal("no_room")

    def received(self, upload: str) -> int:
        """How many bytes of the upload are here."""
        path = self._uploads / upload
        return path.stat().st_size if path.exists() else 0

    def append(self, upload: str, piece: bytes) -> None:
        with (self._uploads / upload).open("ab") as file:
            file.write(piece)

    def take(self, upload: str, path: Path) -> None:
        """A file that was made here is copied into an upload."""
        shutil.copyfile(path, self._uploads / upload)

    def keep(self, upload: str) -> str:
        """The upload is whole: give it its place, for good before a row says so; the hash.

        The upload stays beside it until `drop`, because the row may still be refused.
        """
        path = self._uploads / upload
        digest = hashlib.sha256()
        with path.open("rb") as file:
            while piece := file.read(CHUNK):
                digest.update(piece)
            os.fsync(file.fileno())
        name = digest.hexdigest()
        target = self.file(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            os.link(path, target)
        for folder in (target.parent, target.parent.parent, self._folder):
            _settle(folder)
        return name

    def drop(self, upload: str) -> None:
        """Its row is written."""
        (self._uploads / upload).unlink(missing_ok=True)

    def forget(self, now: datetime) -> None:
        """Drop uploads to which nothing was added for long, packs as old, and what bears a name after minutes.

        Also what a service that was killed left half made.
        """
        kept = ((self._uploads, documents.KEPT), (self._packs, documents.KEPT), (self._marked, MARKED_KEPT))
        for folder, age in kept:
            for path in folder.iterdir():
                with contextlib.suppress(FileNotFoundError):  # gone by itself
                    if path.stat().st_mtime < (now - age).timestamp():
                        shutil.rmtree(path) if path.is_dir() else path.unlink()

    def pack(self, name: str) -> Path:
        return self._packs / f"{name}.pdf"

    def marked(self, name: str) -> Path:
        return self._marked / f"{name}.pdf"

    def file(self, name: str) -> Path:
        return self._of(name) / "file"

    def pages(self, name: str) -> Path:
        return self._of(name) / "pages"

    def answer(self, name: str) -> Converted | None:
        """What the converter made of the file; None when it is to be made, for the first time or anew."""
        try:
            return msgspec.json.decode((self.pages(name) / ANSWER).read_bytes(), type=Converted)
        except (FileNotFoundError, msgspec.DecodeError):  # the second after a crash that cut it
            return None

    def text(self, name: str, page: int) -> str:
        """What a page of it says, line after line. Raises `Refusal` when the disk has lost it."""
        path = there(self.pages(name) / f"{page}.json")
        return "\n".join(run.text for run in _runs.decode(path.read_bytes()))

    @contextmanager
    def making_pages(self, name: str) -> Iterator[Path]:
        """A folder; what `keep_pages` does not give its place is gone after the block."""
        made = Path(tempfile.mkdtemp(dir=self._of(name)))
        try:
            yield made
        finally:
            shutil.rmtree(made, ignore_errors=True)

    def keep_pages(self, name: str, made: Path) -> None:
        """What was made becomes the pages of the file, for good before a row says so."""
        for path in made.iterdir():
            _settle(path)
        _settle(made)
        shutil.rmtree(self.pages(name), ignore_errors=True)
        made.replace(self.pages(name))
        _settle(self._of(name))

    def _of(self, name: str) -> Path:
        return self._folder / name[:2] / name


def there(path: Path) -> Path:
    """The path of what the rows promise. Raises `Refusal` when the disk has lost it."""
    if not path.is_file():
        log.error("file_missing", path=str(path))
        raise Refusal("file_missing")
    return path


def _settle(path: Path) -> None:
    """What is in a file, or the names in a folder, outlast a power cut."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)

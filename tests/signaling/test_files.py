"""What a row says is on the disk is there after a power cut: written before it is named, named before it is told."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from meeting_app.documents import KEPT
from signaling.files import MARKED_KEPT, Files


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, str]]:
    """What is asked of the disk, in order: what, and the path below the folder."""
    asked: list[tuple[str, str]] = []
    fsync, link, rename = os.fsync, os.link, Path.replace

    def below(path: str | Path) -> str:
        return os.path.relpath(os.path.realpath(path), os.path.realpath(tmp_path))

    def note_fsync(descriptor: int) -> None:
        asked.append(("settled", below(f"/proc/self/fd/{descriptor}")))
        fsync(descriptor)

    def note_link(source: Path, target: Path) -> None:
        link(source, target)
        asked.append(("named", below(target)))

    def note_rename(self: Path, target: Path) -> Path:
        made = rename(self, target)
        asked.append(("named", below(target)))
        return made

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(os, "link", note_link)
    monkeypatch.setattr(Path, "replace", note_rename)
    return asked


def test_a_file_is_on_the_disk_before_it_has_its_name(tmp_path: Path, done: list[tuple[str, str]]) -> None:
    files = Files(tmp_path)
    files.make()
    files.append("one", b"Bao ")
    files.append("one", b"cao")
    name = files.keep("one")
    assert name == hashlib.sha256(b"Bao cao").hexdigest() and files.file(name).read_bytes() == b"Bao cao"
    place = f"{name[:2]}/{name}"
    assert done == [
        ("settled", "uploads/one"),
        ("named", f"{place}/file"),
        ("settled", place),
        ("settled", name[:2]),
        ("settled", "."),
    ]
    assert files.received("one") == 7  # the row may still be refused
    files.drop("one")
    assert files.received("one") == 0 and files.file(name).read_bytes() == b"Bao cao"


def test_the_same_file_again_keeps_the_first_and_settles_its_name(tmp_path: Path, done: list[tuple[str, str]]) -> None:
    files = Files(tmp_path)
    files.make()
    for upload in ("one", "two"):
        files.append(upload, b"Bao cao")
    name = files.keep("one")
    first = files.file(name).stat().st_ino
    done.clear()
    assert files.keep("two") == name and files.file(name).stat().st_ino == first
    # The service may have been killed between the link and the folder.
    assert ("settled", f"{name[:2]}/{name}") in done


def test_pages_are_on_the_disk_before_they_have_their_place(tmp_path: Path, done: list[tuple[str, str]]) -> None:
    files = Files(tmp_path)
    files.make()
    files.append("one", b"Bao cao")
    name = files.keep("one")
    done.clear()
    with files.making_pages(name) as made:
        (made / "1.webp").write_bytes(b"page")
        rough = made.name
        files.keep_pages(name, made)
    place = f"{name[:2]}/{name}"
    assert done == [
        ("settled", f"{place}/{rough}/1.webp"),
        ("settled", f"{place}/{rough}"),
        ("named", f"{place}/pages"),
        ("settled", place),
    ]
    assert (files.pages(name) / "1.webp").read_bytes() == b"page"


def test_what_bears_a_name_is_dropped_after_minutes_and_the_rest_after_a_day(tmp_path: Path) -> None:
    files = Files(tmp_path)
    files.make()
    files.append("one", b"Bao cao")
    half_made = files.marked("x").parent / "rough"
    half_made.mkdir()
    for path in (files.pack("all"), files.marked("of-may"), half_made / "made.pdf"):
        path.write_bytes(b"%PDF-")

    def left(after: timedelta) -> list[str]:
        files.forget(datetime.now(UTC) + after)
        return sorted(path.name for folder in tmp_path.iterdir() for path in folder.iterdir())

    soon = timedelta(minutes=1)
    assert left(MARKED_KEPT - soon) == ["all.pdf", "of-may.pdf", "one", "rough"]
    assert left(MARKED_KEPT + soon) == left(KEPT - soon) == ["all.pdf", "one"]
    assert left(KEPT + soon) == []

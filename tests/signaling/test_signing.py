"""The signed file goes from the press to its place without standing in the service's way."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from converter.control import CLEAN
from signaling import confined, signing
from signaling.files import Files
from signaling.signing import Press

DRAFT, BOUND = "a" * 64, b"%PDF draft and matrix"


async def test_no_file_is_read_or_written_in_the_thread_that_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = Files(tmp_path)
    files.make()
    files.pages(DRAFT).mkdir(parents=True)
    (files.pages(DRAFT) / CLEAN).write_bytes(b"%PDF draft")

    async def typeset(*_: object) -> bytes:
        return b"%PDF matrix"

    async def bind(_: str, plan: str, made: str, **__: object) -> int:
        with open(made, "wb") as file:  # noqa: ASYNC230 - stands for another process
            file.write(BOUND)
        return 0

    monkeypatch.setattr(signing, "typeset", typeset)
    monkeypatch.setattr(signing, "data_of", lambda sheet: {})
    monkeypatch.setattr(confined, "run", bind)
    touched: list[str] = []
    opened = Path.open

    def note(self: Path, *args: Any, **kwargs: Any) -> Any:
        if threading.current_thread() is threading.main_thread():
            touched.append(self.name)
        return opened(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", note)
    sheet = SimpleNamespace(draft_sha256=DRAFT, title="Dự thảo")
    kept = await Press(files, unconfined=False).bind(sheet, datetime(2026, 12, 1, tzinfo=UTC))
    monkeypatch.undo()
    assert files.file(kept).read_bytes() == BOUND
    assert list((tmp_path / "uploads").iterdir()) == []
    assert touched == []

"""The newest tables in an SQLite file, made once and copied: to migrate takes as long as ten tests."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from meeting_app.db import migrate
from signaling.settings import Settings

FILE = "meetings.sqlite"  # as the settings name it in the data folder


async def lay_out(file: Path) -> str:
    """Have `file` hold the tables, and nothing in them; its URL."""
    model = _folder() / FILE
    if not model.exists():
        await migrate(_url(model))
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(model, file)
    return _url(file)


async def lay_out_for(settings: Settings) -> None:
    """The same where a service with these settings looks for them; what is there already stays."""
    file = settings.data / FILE
    if not settings.database_url and not file.exists():
        await lay_out(file)


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="tables-"))
    atexit.register(shutil.rmtree, folder)
    return folder


def _url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"

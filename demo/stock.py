"""What one demonstration leaves for the next: a database with its tables and nobody in it, and the pages of its papers.

Both take longer to make than all the rest of a start. They are made anew when what they are made from changes.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
from pathlib import Path

import msgspec

from demo import papers
from meeting_app.db import MIGRATIONS
from signaling.database import open_database
from signaling.files import Files
from signaling.settings import Settings

FOLDER = "demo-stock"  # beside the data of the demonstration
CONVERTER = papers.FOLDER.parent.parent / "converter"
DATABASE = "meetings.sqlite"


async def lay_out(given: Settings) -> None:
    """Have the data folder begin with the stock, which is made first where there is none."""
    stock = given.data.with_name(FOLDER) / await asyncio.to_thread(_name)
    if not stock.exists():
        await _make(given, stock)
    await asyncio.to_thread(_copy, stock, given.data)


def _copy(stock: Path, data: Path) -> None:
    for left in data.glob(f"{DATABASE}*"):  # by a start that was killed before it had all
        left.unlink()
    shutil.copytree(stock, data, dirs_exist_ok=True)


async def _make(given: Settings, stock: Path) -> None:
    await asyncio.to_thread(shutil.rmtree, stock.parent, ignore_errors=True)  # what was made from older sources
    unfinished = stock.with_name(str(os.getpid()))
    settings = msgspec.structs.replace(given, data=unfinished)
    database = await open_database(settings)
    await database.close()
    files = Files(settings.files_folder)
    files.make()
    await papers.draw(files)
    unfinished.rename(stock)


def _name() -> str:
    """Changes with the migrations, the papers, and the code that makes pages of them."""
    digest = hashlib.sha256()
    for folder in (MIGRATIONS / "versions", CONVERTER, papers.FOLDER):
        for path in sorted(path for path in folder.iterdir() if path.is_file()):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]

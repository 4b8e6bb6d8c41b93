"""What one demonstration leaves for the next: a database with the province and no meeting, and the pages of its papers.

Both take longer to make than all the rest of a start. They are made anew when what they are made from changes.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
from pathlib import Path

import msgspec

from demo import cast, papers, province
from meeting_app.db import MIGRATIONS
from signaling.clock import Clock
from signaling.database import open_database
from signaling.files import Files
from signaling.http.demo import LINKS_FILE
from signaling.settings import Settings

FOLDER = "demo-stock"  # beside the data of the demonstration
CONVERTER = papers.FOLDER.parent.parent / "converter"
DATABASE = "meetings.sqlite"


async def lay_out(given: Settings) -> None:
    """Have the data folder begin with the stock, which is made first where there is none.

    Killed and started again, the service goes on with the conference it had.
    """
    if (given.data / LINKS_FILE).exists():
        return
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
    try:
        async with database.writing() as session:
            await province.found(session, Clock().utc())
    finally:
        await database.close()
    files = Files(settings.files_folder)
    files.make()
    await papers.draw(files)
    unfinished.rename(stock)


def _name() -> str:
    """Changes with the migrations, the province, the papers, and the code that makes pages of them."""
    sources = [Path(cast.__file__), Path(province.__file__)]
    for folder in (MIGRATIONS / "versions", CONVERTER, papers.FOLDER):
        sources += sorted(path for path in folder.iterdir() if path.is_file())
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]

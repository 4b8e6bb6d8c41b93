"""The second start of a demonstration makes nothing that the first has made, and keeps nothing that happened in it."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import select

from demo import hall, stock
from meeting_app.models import LogEntry, Meeting
from signaling import confined
from signaling.database import open_database
from signaling.http.demo import LINKS_FILE
from signaling.settings import Settings


async def rows(data: Path) -> tuple[int, set[str]]:
    """Meetings, and the names in their logs."""
    database = await open_database(Settings(data=data))
    try:
        async with database.reading() as session:
            meetings = list(await session.scalars(select(Meeting.id)))
            return len(meetings), set(await session.scalars(select(LogEntry.name)))
    finally:
        await database.close()


async def test_tables_and_pages_are_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = Settings(data=tmp_path / "demo", demo=True)
    given.data.mkdir()
    await stock.lay_out(given)
    await hall.seat(given)
    (kept,) = (tmp_path / stock.FOLDER).iterdir()
    assert await rows(kept) == (0, set())

    async def again(*_arguments: object, **_named: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr(confined, "run", again)
    monkeypatch.setattr(command, "upgrade", again)
    (given.data / LINKS_FILE).unlink()  # as when it was killed before they were written
    await stock.lay_out(given)
    await hall.seat(given)
    meetings, log = await rows(given.data)
    assert meetings == 1 and "version_approved" in log

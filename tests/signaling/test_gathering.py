"""Small writes share a commit, and one that is refused takes nothing along."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.db import Database, migrate
from meeting_app.errors import NotRecorded
from meeting_app.models import Unit
from signaling.database import open_database
from signaling.gathering import Gathering
from signaling.settings import Settings
from tests import postgres, tables
from tests.signaling.conftest import NOW


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    settings = Settings(data=tmp_path)
    await tables.lay_out_for(settings)
    opened = await open_database(settings)
    yield opened
    await opened.close()


async def test_all_but_the_refused_are_written(database: Database) -> None:
    gathering = Gathering(database)
    commits = 0

    def count(_connection: sa.Connection) -> None:
        nonlocal commits
        commits += 1

    sa.event.listen(database.engine.sync_engine, "commit", count)

    async def add(session: AsyncSession, number: int) -> None:
        name = str(number)
        session.add(Unit(id=name, path=f"/{name}/", level="commune", name="Xã", opened_at=NOW))
        await session.flush()
        if number % 10 == 0:
            raise ZeroDivisionError

    tasks = [gathering.write(lambda session, number=number: add(session, number)) for number in range(100)]
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [isinstance(one, ZeroDivisionError) for one in outcomes] == [number % 10 == 0 for number in range(100)]
    async with database.reading() as session:
        kept = set(await session.scalars(sa.select(Unit.id)))
    assert kept == {str(number) for number in range(100) if number % 10}
    assert commits < 10


async def test_a_database_that_does_not_answer_is_told_to_all(database: Database) -> None:
    gathering = Gathering(database)

    async def add(session: AsyncSession, number: int) -> None:
        session.add(Unit(id=str(number), path=f"/{number}/", level="commune", name="Xã", opened_at=NOW))
        if number == 1:
            raise OperationalError("INSERT", {}, OSError("disk I/O error"))

    tasks = [gathering.write(lambda session, number=number: add(session, number)) for number in range(3)]
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert NotRecorded in map(type, outcomes) and OperationalError not in map(type, outcomes)
    async with database.reading() as session:
        kept = set(await session.scalars(sa.select(Unit.id)))
    assert kept == {str(number) for number, outcome in enumerate(outcomes) if outcome is None}


async def test_a_text_that_postgresql_cannot_store_is_refused_alone() -> None:
    if reason := postgres.why_not():
        pytest.skip(reason)
    with postgres.cluster() as url:
        await migrate(url)
        database = Database(url)
        gathering = Gathering(database)

        async def add(session: AsyncSession, name: str) -> None:
            session.add(Unit(id=name, path=f"/{name}/", level="commune", name="Xã", opened_at=NOW))

        names = ["a", "b\0", "c", "d\0", "e"]
        tasks = [gathering.write(lambda session, name=name: add(session, name)) for name in names]
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        async with database.reading() as session:
            kept = set(await session.scalars(sa.select(Unit.id)))
        await database.close()
    assert kept == {"a", "c", "e"}
    assert [outcome is None for outcome in outcomes] == [name in kept for name in names]


async def test_what_comes_later_is_written_as_well(database: Database) -> None:
    gathering = Gathering(database)
    for number in range(3):

        async def add(session: AsyncSession, name: str = str(number)) -> None:
            session.add(Unit(id=name, path=f"/{name}/", level="commune", name="Xã", opened_at=NOW))

        await gathering.write(add)
    async with database.reading() as session:
        assert await session.scalar(sa.select(sa.func.count()).select_from(Unit)) == 3

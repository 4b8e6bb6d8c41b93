"""Every test that asks for `db` runs on SQLite and on PostgreSQL, on empty tables."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import sqlalchemy as sa

from meeting_app.db import Database, migrate
from meeting_app.models import Base
from tests import postgres
from tests.meeting_app.hall import Hall, convene

Rows = list[tuple[sa.Table, list[dict[str, Any]]]]
HERE = Path(__file__).parent
TABLES = Base.metadata.sorted_tables


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One event loop for all: connections, and the statements the engine has compiled, outlive a test."""
    for item in items:
        if HERE in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    if reason := postgres.why_not():
        pytest.skip(reason)
    with postgres.cluster() as url:
        yield url


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def db_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_url")
    return f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('rows') / 'meetings.sqlite'}"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def migrated(db_url: str) -> AsyncIterator[Database]:
    await migrate(db_url)
    database = Database(db_url)
    yield database
    await database.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def convened(migrated: Database) -> tuple[Hall, Rows]:
    """A hall, and the rows it is made of: to put them back is quicker than to convene again."""
    await empty(migrated)
    hall = await convene(migrated)
    async with migrated.reading() as session:
        kept = [(table, (await session.execute(sa.select(table))).mappings().all()) for table in TABLES]
    return hall, [(table, [dict(row) for row in rows]) for table, rows in kept if rows]


@pytest_asyncio.fixture(loop_scope="session")
async def db(migrated: Database) -> Database:
    await empty(migrated)
    return migrated


@pytest_asyncio.fixture(loop_scope="session")
async def hall(convened: tuple[Hall, Rows], db: Database) -> Hall:
    """A meeting in session: a chair, a secretary, three delegates and a big screen."""
    hall, kept = convened
    async with db.writing() as session:
        for table, rows in kept:
            await session.execute(sa.insert(table), rows)
    return dataclasses.replace(hall)


async def empty(database: Database) -> None:
    # Deleting is quicker than TRUNCATE for tables that hold a few rows.
    async with database.writing() as session:
        for table in reversed(TABLES):
            await session.execute(sa.delete(table))

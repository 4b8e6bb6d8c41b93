"""Transactions keep what they acknowledge, and the tables are those of the models."""

import asyncio
import contextlib
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import DBAPIError

from meeting_app import chat, meetings
from meeting_app.acting import lock
from meeting_app.db import Database, migrate, newest
from meeting_app.errors import NotRecorded
from meeting_app.models import Base, Unit
from tests import postgres
from tests.meeting_app.hall import START, Hall

WAIT_S = 0.2


@pytest_asyncio.fixture(loop_scope="session")
async def hasty(db_url: str) -> AsyncIterator[Database]:
    """Another process on the same database, that waits for nothing."""
    database = Database(db_url, wait_s=WAIT_S)
    yield database
    await database.close()


async def test_a_failed_block_leaves_nothing_behind(db: Database):
    with pytest.raises(ZeroDivisionError):
        async with db.writing() as session:
            session.add(Unit(id="u", path="/u/", level="commune", name="Xã Đông", opened_at=START))
            await session.flush()
            _ = 1 / 0
    async with db.reading() as session:
        assert await session.get(Unit, "u") is None


async def test_a_reader_sees_one_moment_while_others_write(hall: Hall):
    async with hall.db.reading() as session:
        before = await meetings.snapshot(session, hall.meeting, hall.now)
        await hall.does(chat.say, hall.an, "trong lúc đó")
        session.expire_all()
        assert await meetings.snapshot(session, hall.meeting, hall.now) == before
    async with hall.db.reading() as session:
        assert (await meetings.snapshot(session, hall.meeting, hall.now)).seq == before.seq + 1


async def test_who_waits_too_long_for_a_lock_is_told_that_nothing_was_recorded(hall: Hall, hasty: Database):
    async with hall.db.writing() as session:
        await lock(session, hall.meeting)
        with pytest.raises(NotRecorded):
            async with hasty.writing() as other:
                await chat.say(other, hall.an, "chờ", hall.now)
    async with hasty.writing() as other:
        await chat.say(other, hall.an, "được", hall.now)
    assert [line.text for line in (await hall.seen()).chat] == ["được"]


async def test_two_processes_number_one_meeting_together(hall: Hall, db_url: str):
    other = Database(db_url)

    async def write(database: Database) -> None:
        for n in range(10):
            async with database.writing() as session:
                await chat.say(session, hall.an, f"dòng {n}", hall.now)

    try:
        before = len(await hall.log())
        await asyncio.gather(write(hall.db), write(other))
    finally:
        await other.close()
    assert [event.seq for event in await hall.log()] == list(range(1, before + 21))


@pytest.mark.parametrize("url", ["postgresql+asyncpg://nobody@127.0.0.1:1/none", "sqlite+aiosqlite:////no/such/f"])
async def test_a_database_that_is_gone_is_not_recorded(url: str):
    database = Database(url, wait_s=WAIT_S)
    for transaction in (database.writing, database.reading):
        with pytest.raises(NotRecorded):
            async with transaction() as session:
                await session.execute(sa.text("SELECT 1"))
    await database.close()


@pytest.mark.parametrize(
    ("asked", "value"), [("text", "một\0hai"), ("text", "\udc80"), ("integer", 2**40), ("integer", "một")]
)
async def test_what_postgresql_cannot_store_is_no_weather(postgres_url: str, asked: str, value: object):
    database = Database(postgres_url)
    with pytest.raises(DBAPIError):
        async with database.writing() as session:
            await session.execute(sa.text(f"SELECT CAST(:value AS {asked})"), {"value": value})
    await database.close()


async def test_a_server_that_stands_still_is_not_waited_for_without_end(postgres_url: str):
    database = Database(postgres_url, wait_s=WAIT_S)

    async def ask() -> None:
        async with asyncio.timeout(20), database.writing() as session:
            await session.execute(sa.text("SELECT 1"))

    with contextlib.ExitStack() as until_it_goes_on:
        await asyncio.gather(ask(), ask())
        with pytest.raises(NotRecorded):
            async with asyncio.timeout(20), database.writing() as session:
                await session.execute(sa.text("SELECT 1"))
                until_it_goes_on.enter_context(postgres.standing_still(postgres_url))
                await session.execute(sa.text("SELECT 1"))
        for _ in range(2):  # on the connection that is left, and on a new one
            with pytest.raises(NotRecorded):
                await ask()
    await asyncio.gather(ask(), ask())
    await database.close()


@pytest.mark.parametrize("change", ["/postgres?>/no-such-base?", "postgres@>nobody@"])
async def test_a_way_in_that_the_operator_has_shut_is_weather(postgres_url: str, change: str):
    database = Database(postgres_url.replace(*change.split(">")))
    with pytest.raises(NotRecorded):
        async with database.writing() as session:
            await session.execute(sa.text("SELECT 1"))
    await database.close()


async def test_sqlite_keeps_what_it_acknowledged(tmp_path: Path):
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'rows.sqlite'}")
    async with database.writing() as session:

        async def pragma(name: str) -> object:
            return await session.scalar(sa.text(f"PRAGMA {name}"))

        assert await pragma("journal_mode") == "wal"
        assert await pragma("synchronous") == 2  # FULL
        assert await pragma("foreign_keys") == 1
        assert await pragma("busy_timeout") == 5000
    await database.close()


async def test_a_turn_that_does_not_come_is_not_waited_for_without_end(tmp_path: Path):
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'rows.sqlite'}", wait_s=0.05)
    async with database.writing():
        with pytest.raises(NotRecorded):
            async with database.writing():
                pytest.fail("two write at once")
    async with database.writing() as session:
        assert await session.scalar(sa.text("SELECT 1")) == 1
    await database.close()


async def test_migrating_twice_changes_nothing_and_loads_nothing(db_url: str, db: Database, monkeypatch):
    before = await described(db)
    monkeypatch.setitem(sys.modules, "alembic.config", None)  # to import it is an error
    await migrate(db_url)
    assert await described(db) == before
    async with db.engine.begin() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    try:
        with pytest.raises(ImportError):
            await migrate(db_url)
    finally:
        async with db.engine.begin() as connection:
            await connection.execute(sa.text("UPDATE alembic_version SET version_num = :newest"), {"newest": newest()})


async def test_migrations_and_models_agree(db: Database):
    def differences(connection: sa.Connection) -> list[object]:
        return compare_metadata(MigrationContext.configure(connection), Base.metadata)

    async with db.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_what_alembic_does_not_compare_agrees_as_well(db: Database, tmp_path: Path):
    """CHECK constraints, conditions of indexes and targets of foreign keys, as the database itself tells them."""
    if db.engine.dialect.name == "sqlite":
        made = Database(f"sqlite+aiosqlite:///{tmp_path / 'made.sqlite'}")
        async with made.engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        expected = await described(made)
        await made.close()
    else:
        async with db.engine.connect() as connection:
            await connection.execute(sa.text("CREATE SCHEMA made"))
            await connection.execute(sa.text("SET LOCAL search_path = made"))
            await connection.run_sync(Base.metadata.create_all)
            expected = await described_by_postgresql(connection, "made")
            await connection.rollback()
    assert await described(db) == expected


async def described(database: Database) -> set[str]:
    """Every table, constraint and index in the database's own words."""
    async with database.engine.connect() as connection:
        if database.engine.dialect.name == "postgresql":
            return await described_by_postgresql(connection, "public")
        statements = await connection.scalars(
            sa.text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name <> 'alembic_version'")
        )
        lines = (line.strip().rstrip(",") for statement in statements for line in statement.splitlines())
        # A table that was replaced to be changed has its name in quotes.
        return {re.sub(r'^CREATE TABLE "(\w+)"', r"CREATE TABLE \1", line) for line in lines}


async def described_by_postgresql(connection: sa.ext.asyncio.AsyncConnection, schema: str) -> set[str]:
    rows = await connection.execute(
        sa.text(
            """
            SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
              FROM pg_constraint WHERE connamespace = to_regnamespace(:schema)
            UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = :schema
            UNION ALL SELECT table_name, column_name, concat_ws(' ', data_type, character_maximum_length, is_nullable)
              FROM information_schema.columns WHERE table_schema = :schema
            """
        ),
        {"schema": schema},
    )
    told = {" ".join(row).replace(f"{schema}.", "") for row in rows}
    return {line for line in told if not line.startswith("alembic_version")}

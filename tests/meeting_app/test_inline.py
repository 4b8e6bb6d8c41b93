"""Statements run at once, and what may wait keeps nobody else waiting."""

import asyncio
import sqlite3
from pathlib import Path

import sqlalchemy as sa

from meeting_app.db import Database


async def test_who_waits_for_another_process_lets_the_loop_go_on(tmp_path: Path):
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'rows.sqlite'}")
    async with database.writing() as session:
        await session.execute(sa.text("CREATE TABLE one (n integer)"))
    other = sqlite3.connect(tmp_path / "rows.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with database.writing() as session:
            await session.execute(sa.text("INSERT INTO one VALUES (1)"))

    writing = asyncio.create_task(write())
    for _ in range(20):
        await asyncio.sleep(0.01)
        assert not writing.done()
    other.execute("ROLLBACK")
    await asyncio.wait_for(writing, 5)
    assert other.execute("SELECT n FROM one").fetchall() == [(1,)]
    other.close()
    await database.close()


async def test_a_long_transaction_lets_others_have_their_turn(tmp_path: Path):
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'rows.sqlite'}")
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    async with database.writing() as session:
        await session.execute(sa.text("CREATE TABLE one (n integer)"))
        beside = asyncio.create_task(others())
        for _ in range(20_000):
            await session.execute(sa.text("INSERT INTO one VALUES (1)"))
            if turns > 5:
                break
        beside.cancel()
    assert turns > 5
    await database.close()


async def test_a_cancelled_writer_leaves_nothing_and_blocks_nobody(tmp_path: Path):
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'rows.sqlite'}")
    async with database.writing() as session:
        await session.execute(sa.text("CREATE TABLE one (n integer)"))

    async def write() -> None:
        async with database.writing() as session:
            await session.execute(sa.text("INSERT INTO one VALUES (1)"))
            await asyncio.sleep(60)

    writing = asyncio.create_task(write())
    await asyncio.sleep(0.05)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    async with database.writing() as session:
        assert await session.scalar(sa.text("SELECT count(*) FROM one")) == 0
    await database.close()

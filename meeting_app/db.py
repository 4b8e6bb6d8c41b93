"""The database: one model, on SQLite or PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InternalError, NotSupportedError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from meeting_app import inline
from meeting_app.errors import NotRecorded

WAIT_S = 5  # for a lock, a connection, or the other side
POOL = 8

MIGRATIONS = Path(__file__).parent / "migrations"

# What the database refuses because we asked for something wrong; all its other errors are weather.
OUR_FAULT = (DataError, IntegrityError, InternalError, NotSupportedError, ProgrammingError)
# Most of PostgreSQL's errors arrive as a bare DBAPIError and are told apart by their SQLSTATE (appendix A of its
# manual): the connection, a standby, the way in, a rollback, resources, locks, the operator, the disk.
# Whatever else it refuses is the fault of the one statement, such as a NUL in a text.
WEATHER = ("08", "25006", "28", "3D", "40", "53", "55", "57", "58")


class Database:
    """Sessions to read and to write. Whoever opens it closes it."""

    def __init__(self, url: str, wait_s: float = WAIT_S) -> None:
        self.engine = _engine(url, wait_s)
        on_sqlite = self.engine.dialect.name == "sqlite"
        self._to_write = self.engine.execution_options(writing=True)
        # A snapshot and its event number are several SELECTs that must see one moment.
        self._to_read = (
            self.engine
            if on_sqlite
            else self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        )
        # SQLite has one writer and its waiters poll; ours queue, and come in order.
        self._turn = asyncio.Lock() if on_sqlite else None
        self._wait_s = wait_s

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A transaction that commits when the block ends and leaves nothing behind when it raises.

        Raises `NotRecorded` when the database does not answer: nothing was acknowledged, and to repeat the
        command with its key is safe.
        """
        with weather_is_told():
            async with (
                self._in_turn(),
                AsyncSession(self._to_write, expire_on_commit=False) as session,
                session.begin(),
            ):
                yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """One moment of the database, however many questions are asked. Raises `NotRecorded`."""
        with weather_is_told():
            async with AsyncSession(self._to_read, expire_on_commit=False) as session:
                yield session

    @asynccontextmanager
    async def _in_turn(self) -> AsyncIterator[None]:
        if self._turn is None:
            yield
            return
        async with asyncio.timeout(self._wait_s):
            await self._turn.acquire()
        try:
            yield
        finally:
            self._turn.release()

    async def close(self) -> None:
        await self.engine.dispose()


@contextmanager
def weather_is_told() -> Iterator[None]:
    """Raises `NotRecorded` where the database does not answer."""
    try:
        yield
    except (DBAPIError, PoolTimeout, OSError) as error:
        if is_our_fault(error):
            raise
        raise NotRecorded(f"the database did not answer: {error}", "database") from error


def is_our_fault(error: Exception) -> bool:
    """Whether the database answered, and refused what one statement asked for."""
    sqlstate = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    return isinstance(error, OUR_FAULT) if sqlstate is None else not sqlstate.startswith(WEATHER)


def _engine(url: str, wait_s: float) -> AsyncEngine:
    if sa.make_url(url).get_backend_name() == "postgresql":
        wait_ms = round(wait_s * 1000)
        limits = {"lock_timeout": f"{wait_ms}ms", "statement_timeout": f"{2 * wait_ms}ms"}
        return create_async_engine(
            url,
            pool_size=POOL,
            pool_timeout=wait_s,
            pool_pre_ping=True,
            # A server that is paused or out of reach keeps no limits: the driver waits a little longer than it would.
            connect_args={"timeout": wait_s, "command_timeout": 2 * wait_s + 1, "server_settings": limits},
        )
    engine = create_async_engine(
        url, pool_size=POOL, pool_timeout=wait_s, connect_args={"async_creator_fn": inline.connect}
    )

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver starts no transaction of its own; `begin` does
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {round(wait_s * 1000)}")
        # What is deleted is overwritten: sealed ballots leave no remains in free pages.
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # A deferred transaction that reads first cannot become a writer once another has written.
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def newest() -> str:
    """The revision that the migrations lead to; their files are named by their place in the line."""
    return max(path.name for path in (MIGRATIONS / "versions").glob("*.py"))[:4]


async def migrate(url: str) -> None:
    """Bring the tables to the newest form. Does nothing when they have it."""
    # Without the pragmas above: SQLite alters a table by replacing it, which foreign keys would forbid.
    on_sqlite = sa.make_url(url).get_backend_name() == "sqlite"
    engine = create_async_engine(url, connect_args={"async_creator_fn": inline.connect} if on_sqlite else {})
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


def _upgrade(connection: sa.Connection) -> None:
    if _revision(connection) == newest():
        return
    from alembic import command  # only who has tables to change pays for loading it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: sa.Connection) -> str | None:
    """What the tables were last brought to; None where there are none."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(sa.text("SELECT version_num FROM alembic_version"))

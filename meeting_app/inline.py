"""SQLite's statements run where they are asked for, without a thread between.

A statement of ours takes SQLite microseconds. Handing each of its steps to a thread and the answer back takes a
hundred times as long, and milliseconds while the event loop is busy, because both want the interpreter. What waits
for a disk or for another process (to begin writing, to commit, a pragma) still has the thread.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from typing import Any

from aiosqlite import Connection

# Then others have their turn, however many statements a transaction has.
SLICE_S = 0.003
MAY_WAIT = ("BEGIN IMMEDIATE", "PRAGMA")


class InlineConnection(Connection):
    """One connection, used by one task at a time."""

    _resumed = 0.0  # when others last had their turn

    async def _execute(self, fn: Callable[..., Any], *args: Any, **named: Any) -> Any:
        if not self._running or not self._connection:
            raise ValueError("Connection closed")
        if not _is_quick(fn, args):
            answer = await super()._execute(fn, *args, **named)
            self._resumed = time.monotonic()
            return answer
        if time.monotonic() - self._resumed > SLICE_S:
            await asyncio.sleep(0)
            self._resumed = time.monotonic()
        return fn(*args, **named)


def _is_quick(fn: Callable[..., Any], args: tuple[Any, ...]) -> bool:
    owner = getattr(fn, "__self__", None)
    if isinstance(owner, sqlite3.Cursor):
        return not (args and isinstance(args[0], str) and args[0].startswith(MAY_WAIT))
    return isinstance(owner, sqlite3.Connection) and fn.__name__ in ("cursor", "rollback")


def connect(database: str, **named: Any) -> InlineConnection:
    """As `aiosqlite.connect`; the thread must not keep the process alive."""
    # Never at once: whoever awaits the thread does nothing else with the connection.
    named["check_same_thread"] = False
    connection = InlineConnection(lambda: sqlite3.connect(database, **named), iter_chunk_size=64)
    connection._thread.daemon = True
    return connection

"""Small writes of many people, committed together.

A commit waits for the disk. A thousand answers to a survey within seconds would each wait for it; so whoever comes
while a transaction is being committed waits for the next one, and shares it with all who came meanwhile. One that is
refused is rolled back to its savepoint and takes nothing along; when the database does not answer, all of them are
told to try again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.db import Database, weather_is_told
from meeting_app.errors import NotRecorded

TOGETHER_AT_MOST = 64

Write = Callable[[AsyncSession], Awaitable[None]]


@dataclass(eq=False)
class Gathering:
    database: Database
    _waiting: list[tuple[Write, asyncio.Future[None]]] = field(default_factory=list)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def write(self, write: Write) -> None:
        """Return once it is committed. Raises what `write` raises, and `NotRecorded`."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((write, done))
        async with self._turn:
            if not done.done():
                await self._write_all()
        await done

    async def _write_all(self) -> None:
        batch, self._waiting = self._waiting[:TOGETHER_AT_MOST], self._waiting[TOGETHER_AT_MOST:]
        refused: dict[int, Exception] = {}
        try:
            async with self.database.writing() as session:
                for number, (write, _) in enumerate(batch):
                    try:
                        with weather_is_told():
                            async with session.begin_nested():
                                await write(session)
                    except NotRecorded:
                        raise  # nobody can say what has become of the transaction
                    except Exception as error:
                        # Told to whom it belongs, below; the others go on.
                        refused[number] = error
        except Exception as error:
            # Nothing was committed, for any of them.
            refused = dict.fromkeys(range(len(batch)), error)
        for number, (_, done) in enumerate(batch):
            if done.done():  # who asked has gone
                continue
            if number in refused:
                done.set_exception(refused[number])
            else:
                done.set_result(None)

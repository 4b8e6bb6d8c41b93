"""The service is killed again and again while people come, sit down and go; who was told to be present was present.

`python -m tests.faults.kill_attendance` prints a line a database and ends with status 1 when attendance was wrong. Real
processes and SIGKILL: some keep their page open and come back by themselves, some come and go, some scan the code of
the hall and repeat it under its key until it is acknowledged, and at moments drawn from the seed the service dies and
another takes its place. Afterwards the spans of presence are held against what each of them saw and against the log,
and the quorum of every second against a plain count over that log.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import aiohttp
from sqlalchemy import select

from meeting_app import audit, events
from meeting_app.db import Database
from meeting_app.models import AttendanceSpan
from meeting_app.quorum import quorum_at
from signaling.database import open_database
from signaling.settings import Settings
from tests.faults.command import on_each_database
from tests.faults.kill_votes import PATIENCE_S, RETRY_S, Person, convene
from tests.faults.served import Service
from tests.faults.told import Spans, is_covered, moments, told_by, told_quorum

STEADY, RESTLESS, SEATED = 5, 4, 4  # who stays, who comes and goes, who sits in the hall
GRACES = {"absence_grace_s": 0.3, "orphan_grace_s": 1.5}
LATEST_KILL_S = 0.6  # after a round began
LONGEST_VISIT_S = 0.4
GONE = (aiohttp.ClientError, OSError, TypeError)  # the last is what aiohttp raises for text when a socket closes
NOTHING_BEGINS_SO = "\0"
EVENTS_AT_MOST = 1_000_000


@dataclass
class Tally:
    kills: int = 0
    visits: int = 0  # acknowledged: by a welcome, or by the answer to a scan
    moments: int = 0  # at which the quorum was compared
    lost: int = 0  # visits in which, before any outage or in the hall at any time, somebody was not present
    doubled: int = 0  # spans that begin before the one before ends
    untold: int = 0  # people whose spans are not those that the log tells
    ghosts: int = 0  # who are present after they have gone
    wrong: int = 0  # moments with another quorum than the log tells

    @property
    def faults(self) -> int:
        return self.lost + self.doubled + self.untold + self.ghosts + self.wrong


@dataclass
class Visit:
    """Somebody was told that they are present, until they went or lost the service."""

    came: datetime
    gone: datetime | None = None
    is_seated: bool = False  # in the hall, where presence outlives the service

    def promised_until(self, kills: Sequence[datetime]) -> datetime:
        outages = (kill for kill in kills if kill > self.came and not self.is_seated)
        return min(self.gone, next(outages, self.gone))


class Page(Person):
    """A page that is open comes back by itself; who scans sends the code until there is an answer."""

    def __init__(self, service: Service, participant: str, cookie: str) -> None:
        super().__init__(service, participant, cookie)
        self.visits: list[Visit] = []
        self.is_here = asyncio.Event()
        self._staying: asyncio.Task[None] | None = None

    async def come(self) -> None:
        self._staying = asyncio.create_task(self._stay())
        await self.welcomed()

    async def welcomed(self) -> None:
        async with asyncio.timeout(PATIENCE_S):
            await self.is_here.wait()

    async def go(self) -> None:
        self.end_visit()
        self._staying.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._staying
        if self._socket is not None:
            await self._socket.close()
        self._socket = None

    async def sit_down(self, code: str, key: str) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                with contextlib.suppress(*GONE):
                    async with self._http.post("/api/check-in", json={"code": code, "key": key}) as answer:
                        if answer.status == 200:
                            self.visits.append(Visit(_now(), is_seated=True))
                            return
                        if answer.status < 500:
                            raise AssertionError(f"a scan was refused: {await answer.text()}")
                await asyncio.sleep(RETRY_S)

    async def code(self) -> str:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                with contextlib.suppress(*GONE):
                    async with self._http.get("/api/check-in/code") as answer:
                        if answer.status == 200:
                            return (await answer.json())["link"].rpartition("/")[2]
                await asyncio.sleep(RETRY_S)

    def end_visit(self) -> None:
        self.is_here.clear()
        if self.visits and self.visits[-1].gone is None:
            self.visits[-1].gone = _now()

    async def _stay(self) -> None:
        while True:
            try:
                await self._connect()
                self.visits.append(Visit(_now()))
                self.is_here.set()
                await self._until(NOTHING_BEGINS_SO)
            except GONE:
                self.end_visit()
                self._socket = None
            await asyncio.sleep(RETRY_S)


class Rounds:
    """One meeting, in which the service dies once a round."""

    def __init__(self, service: Service, everybody: Sequence[Page], seed: int) -> None:
        self.kills: list[datetime] = []
        self._service = service
        self._chair, *others = everybody
        self._steady = others[:STEADY]
        self._restless = others[STEADY : STEADY + RESTLESS]
        self._seated = others[STEADY + RESTLESS :]
        self._chance = random.Random(seed)

    async def begin(self) -> None:
        await asyncio.gather(*(page.come() for page in self._steady))

    async def hold(self, number: int) -> None:
        code = await self._chair.code()
        sits = self._seated[number % len(self._seated)]
        coming = asyncio.gather(
            *(self._visit(page) for page in self._restless), self._sit_down(sits, code, f"scan-{number:05}")
        )
        await asyncio.sleep(self._chance.random() * LATEST_KILL_S)
        await self._kill()
        await coming
        await asyncio.gather(*(page.welcomed() for page in self._steady))

    async def end(self) -> None:
        """All pages are closed, and the service dies before it has noticed."""
        await asyncio.gather(*(page.go() for page in self._steady))
        await self._kill()

    async def _kill(self) -> None:
        self.kills.append(_now())
        await self._service.die()
        self._service.start()

    async def _visit(self, page: Page) -> None:
        await asyncio.sleep(self._chance.random() * LATEST_KILL_S)
        await page.come()
        await asyncio.sleep(self._chance.random() * LONGEST_VISIT_S)
        await page.go()

    async def _sit_down(self, page: Page, code: str, key: str) -> None:
        await asyncio.sleep(self._chance.random() * LATEST_KILL_S)
        if page.visits:  # of an earlier round
            page.end_visit()
            answer = await self._chair.command("note_leaving", f"left-{key}", participant=page.participant)
            if not answer["ok"]:
                raise AssertionError(f"note_leaving was refused: {answer}")
        await page.sit_down(code, key)


async def compare(database: Database, meeting: str, pages: Sequence[Page], kills: Sequence[datetime]) -> Tally:
    tally = Tally(kills=len(kills))
    async with database.reading() as session:
        rows = await session.scalars(
            select(AttendanceSpan)
            .where(AttendanceSpan.meeting_id == meeting)
            .order_by(AttendanceSpan.came_at, AttendanceSpan.left_at.nulls_last())
        )
        stored: Spans = defaultdict(list)
        open_remotely = 0
        for row in rows:
            stored[row.participant_id].append((row.came_at, row.left_at))
            open_remotely += row.left_at is None and row.how == "remote"
        log = await events.since(session, meeting, 0, EVENTS_AT_MOST)
        told = told_by(log)
        tally.ghosts = open_remotely
        tally.untold = sum(stored[who] != told[who] for who in stored.keys() | told.keys())
        for spans in stored.values():
            tally.doubled += sum(left is None or came < left for (_, left), (came, _) in pairwise(spans))
        for page in pages:
            for visit in page.visits:
                tally.visits += 1
                tally.lost += not is_covered(stored[page.participant], visit.came, visit.promised_until(kills))
        for moment in moments(log):
            tally.moments += 1
            tally.wrong += await quorum_at(session, meeting, moment) != told_quorum(log, told, moment)
        broken = await audit.verify(session, meeting)
    if broken is not None:
        raise AssertionError(f"the log is not as it was written: {broken}")
    return tally


async def nobody_is_left(database: Database, meeting: str) -> None:
    """Waits until absence was noticed, or for a while."""
    asked = select(AttendanceSpan.id).where(
        AttendanceSpan.meeting_id == meeting, AttendanceSpan.left_at.is_(None), AttendanceSpan.how == "remote"
    )
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_S / 3):
            while True:
                async with database.reading() as session:
                    if await session.scalar(asked.limit(1)) is None:
                        return
                await asyncio.sleep(0.1)


async def run(settings: Settings, kills: int, seed: int) -> Tally:
    """So many kills in one meeting, the last of them in an empty hall.

    Raises AssertionError when the service refuses what it should do.
    """
    meeting, cookies = await convene(settings, STEADY + RESTLESS + SEATED)
    database = await open_database(settings)
    service = Service(settings)
    service.start()
    try:
        async with contextlib.AsyncExitStack() as stack:
            pages = [Page(service, participant, cookie) for participant, cookie in cookies.items()]
            for page in pages:
                await stack.enter_async_context(page)
            rounds = Rounds(service, pages, seed)
            await rounds.begin()
            for number in range(kills - 1):
                await rounds.hold(number)
            await rounds.end()
        await nobody_is_left(database, meeting)
        for page in pages:  # those in the hall sat there until now
            page.end_visit()
        return await compare(database, meeting, pages, rounds.kills)
    finally:
        await database.close()
        await service.die()


def _now() -> datetime:
    return datetime.now(UTC)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.kill_attendance", description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    on_each_database(parser, lambda settings, given: run(settings, given.kills, given.seed), **GRACES)


if __name__ == "__main__":
    main()

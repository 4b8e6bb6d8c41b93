"""Which halls are open."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import attendance, meetings
from meeting_app.acting import Actor
from meeting_app.db import Database
from meeting_app.errors import NotFound
from meeting_app.events import Event
from meeting_app.seal import open_seal
from meeting_app.views import Snapshot
from meeting_app.votes import VoteKeys
from signaling.clock import Clock
from signaling.database import open_database
from signaling.halls import Halls
from signaling.house import House
from signaling.lobby import Lobby
from signaling.media import Media
from signaling.push import Pushes
from signaling.seat import Waiter
from signaling.settings import Settings
from signaling.sockets import make_server
from tests.signaling.conftest import NOW, Province, PushedClock
from tests.signaling.waiting import PATIENCE_S


def halls_over(settings: Settings, clock: Clock, database: Database) -> Halls:
    pushes, keys = Pushes(make_server(settings)), VoteKeys(settings.vote_keys_folder)
    seal = open_seal(settings.data / "seal.key")
    return Halls(House(settings, clock, database, Media([], clock, 0), pushes, keys, seal))


async def test_no_clock_waits_for_a_hall_that_cannot_write(settings: Settings, province: Province) -> None:
    database, clock = await open_database(settings), PushedClock()
    halls = halls_over(settings, clock, database)
    writer = sqlite3.connect(settings.data / "meetings.sqlite", isolation_level=None)
    an = province.ids["an"]
    try:
        async with database.writing() as session:
            await attendance.check_in(session, Actor(province.meeting), an, clock.utc())
        hall = await halls.of(province.meeting)
        writer.execute("BEGIN IMMEDIATE")
        clock.push(settings.orphan_grace_s + 1)
        async with asyncio.timeout(1):  # the database is given five seconds
            for _ in range(3):
                await halls.tick()
                await asyncio.sleep(0.01)
        assert halls.opened(province.meeting) is hall and an in hall.standing.present
        writer.rollback()
        await hall.settle()
        assert an not in hall.standing.present
    finally:
        writer.close()
        await halls.close()
        await database.close()


async def test_nobody_in_an_open_hall_waits_for_another_to_open(
    settings: Settings, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, clock = await open_database(settings), Clock()
    halls = halls_over(settings, clock, database)
    hall, is_read, snapshot = await halls.of(province.meeting), asyncio.Event(), meetings.snapshot

    async def read_late(session: AsyncSession, meeting: str, now: datetime) -> Snapshot:
        await is_read.wait()
        return await snapshot(session, meeting, now)

    monkeypatch.setattr(meetings, "snapshot", read_late)
    opening = asyncio.create_task(halls.of("another"))
    try:
        await asyncio.sleep(0)
        async with asyncio.timeout(PATIENCE_S):
            assert await halls.of(province.meeting) is hall
        is_read.set()
        with pytest.raises(NotFound):
            await opening
    finally:
        await halls.close()
        await database.close()


async def test_an_empty_hall_stays_open_for_who_comes_to_its_door(
    settings: Settings, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, clock = await open_database(settings), Clock()
    halls, is_told = halls_over(settings, clock, database), asyncio.Event()

    async def tell_late(_: Lobby) -> None:
        await is_told.wait()

    monkeypatch.setattr(Lobby, "tell", tell_late)
    try:
        hall = await halls.of(province.meeting)
        await hall.tick(clock.seconds())
        await hall.settle()
        knocking = asyncio.create_task(hall.knocked())
        waiting = asyncio.create_task(hall.wait(Waiter("sid", "a session", "a knock", "vi", "127.0.0.1")))
        await asyncio.sleep(0)
        await halls.tick()
        is_told.set()
        await asyncio.gather(knocking, waiting)
        assert halls.opened(province.meeting) is hall
        assert "a session" in hall.lobby.waiters
    finally:
        await halls.close()
        await database.close()


async def test_an_empty_hall_stays_open_while_it_is_changed(settings: Settings, province: Province) -> None:
    database, clock = await open_database(settings), Clock()
    halls = halls_over(settings, clock, database)
    added: list[Event] = []

    async def invite(session: AsyncSession) -> tuple[None, list[Event]]:
        added.append(
            await meetings.add_participant(
                session, Actor(province.meeting), "delegate", NOW, name="Lò Thị Mới", unit="Xã A"
            )
        )
        await halls.tick()
        await halls.of(province.meeting)  # somebody comes meanwhile
        return None, added

    try:
        hall = await halls.of(province.meeting)
        await hall.tick(clock.seconds())
        await hall.settle()  # who waits was looked over, which is not due again during the change
        await hall.change(invite)
        hall = await halls.of(province.meeting)
        assert added[0].data["participant"]["id"] in hall.standing.roles
        await halls.tick()
        assert halls.opened(province.meeting) is None
    finally:
        await database.close()

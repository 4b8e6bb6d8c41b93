"""A meeting to test in, with its people and a clock that the test turns."""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import agenda, attendance, meetings, organization, votes
from meeting_app.acting import SYSTEM_OFFICER, Actor
from meeting_app.db import Database
from meeting_app.events import Event, since
from meeting_app.letters import Words
from meeting_app.seal import Seal
from meeting_app.views import MeetingView
from meeting_app.votes import VoteKeys

T = TypeVar("T")

_FOLDER = tempfile.TemporaryDirectory(prefix="vote-keys-")
KEYS = VoteKeys(Path(_FOLDER.name))
CODE = "23456789ABCDEFGH"
SEAL = Seal(b"A" * 43 + b"=")
WORDS = Words(
    number="5/GM-MTTQ-BTT",
    above="Ủy ban Trung ương MTTQ Việt Nam",
    body="Ủy ban MTTQ Việt Nam tỉnh Lam Sơn",
    town="Lam Sơn",
    dated=date(2026, 2, 5),
    note="",
    powers="TM. Ban Thường trực",
    signer_title="Chủ tịch",
    signer="Trần Thị Chủ",
)

START = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
TO_INVITED = ["submitted", "approved", "invited"]
TO_STATE = {
    "draft": [],
    "submitted": ["submitted"],
    "approved": ["submitted", "approved"],
    "invited": TO_INVITED,
    "check_in": [*TO_INVITED, "check_in"],
    "in_session": [*TO_INVITED, "check_in", "in_session"],
    "paused": [*TO_INVITED, "check_in", "in_session", "paused"],
    "closed": [*TO_INVITED, "check_in", "in_session", "closed"],
    "cancelled": ["cancelled"],
    "postponed": ["postponed"],
}


@dataclass
class Hall:
    db: Database
    meeting: str
    unit: str
    chair: Actor
    secretary: Actor
    an: Actor  # delegates
    binh: Actor
    chi: Actor
    wall: Actor
    items: tuple[str, ...]
    now: datetime = field(default=START)

    @property
    def system(self) -> Actor:
        return Actor(self.meeting)

    def later(self, seconds: float) -> Hall:
        self.now += timedelta(seconds=seconds)
        return self

    async def does(self, verb: Callable[..., Awaitable[T]], actor: Actor, *args: Any, **named: Any) -> T:
        """One verb in a transaction of its own, at this moment."""
        async with self.db.writing() as session:
            return await verb(session, actor, *args, now=self.now, **named)

    async def asks(self, question: Callable[..., Awaitable[T]], *args: Any) -> T:
        async with self.db.reading() as session:
            return await question(session, *args)

    async def opens_a_vote(self, *here: Actor, **how: Any) -> str:
        """These people come, the chair among them or not, and the chair puts a question to them; its id."""
        for actor in here:
            await self.does(attendance.check_in, actor, actor.participant)
        event = await self.does(votes.open_vote, self.chair, "Thông qua Báo cáo", **how)
        return event.data["vote"]["id"]

    async def more(self, count: int) -> list[Actor]:
        """So many more delegates."""
        added = [
            await self.does(meetings.add_participant, self.system, "delegate", name=f"Đại biểu {number}")
            for number in range(count)
        ]
        return [Actor(self.meeting, event.data["participant"]["id"]) for event in added]

    async def opens_a_secret_vote(self, **how: Any) -> tuple[str, list[Actor]]:
        """Five who may vote are here: its id and they."""
        voters = [self.chair, self.an, self.binh, self.chi, *await self.more(1)]
        return await self.opens_a_vote(*voters, kind="secret", keys=KEYS, **how), voters

    async def log(self) -> list[Event]:
        return await self.asks(since, self.meeting, 0)

    async def seen(self) -> MeetingView:
        return (await self.asks(meetings.snapshot, self.meeting, self.now)).meeting


def on_the_last(verb: Callable[..., Awaitable[T]]) -> Callable[..., Awaitable[T]]:
    """The verb of a vote, done to the last one."""

    async def do(session: AsyncSession, actor: Actor, *args: Any, now: datetime, **named: Any) -> T:
        last = await votes.last(session, actor.meeting)
        return await verb(session, actor, "none" if last is None else last.id, *args, now=now, **named)

    return do


async def convene(db: Database, state: str = "in_session") -> Hall:
    async with db.writing() as session:
        return await convene_within(session, db, state)


async def convene_within(session: AsyncSession, db: Database, state: str = "in_session") -> Hall:
    """The meeting inside a transaction that goes on."""
    unit = await organization.add_unit(session, SYSTEM_OFFICER, "Ủy ban MTTQ tỉnh", "province", None, START)
    created = await meetings.create(session, SYSTEM_OFFICER, "Hội nghị lần thứ năm", unit.id, START, START)
    system = Actor(created.meeting)

    async def invite(role: str, name: str) -> Actor:
        event = await meetings.add_participant(session, system, role, START, name=name, title="Ủy viên")
        return Actor(system.meeting, event.data["participant"]["id"])

    async def item(title: str) -> str:
        return (await agenda.add_item(session, system, title, START)).data["item"]["id"]

    hall = Hall(
        db=db,
        meeting=system.meeting,
        unit=unit.id,
        chair=await invite("chair", "Trần Thị Chủ"),
        secretary=await invite("secretary", "Lê Văn Thư"),
        an=await invite("delegate", "Nguyễn Văn An"),
        binh=await invite("delegate", "Phạm Thị Bình"),
        chi=await invite("delegate", "Đỗ Minh Chi"),
        wall=await invite("big_screen", "Màn hình hội trường"),
        items=(await item("Khai mạc"), await item("Báo cáo"), await item("Thảo luận")),
    )
    for step in TO_STATE[state]:
        await meetings.set_state(session, system, step, START)
    return hall

"""What many do at once goes out together, all else at once, always in the order of the log."""

from __future__ import annotations

import asyncio

import pytest

from meeting_app.events import Event
from signaling import views
from signaling.messages import AnyPush, MeetingEvents
from signaling.telling import GATHER_S, Telling
from tests.signaling.waiting import PATIENCE_S


class Group:
    """Keeps what it is told, by group."""

    def __init__(self) -> None:
        self.told: dict[str, list[list[tuple[int, str]]]] = {"m people": [], "m walls": []}
        self.was_told = asyncio.Event()

    def to_group(self, group: str, message: AnyPush) -> None:
        events = message.events if isinstance(message, MeetingEvents) else (message,)
        self.told[group].append([(event.seq, event.name) for event in events])
        self.was_told.set()

    async def until_told(self) -> None:
        self.was_told.clear()
        await asyncio.wait_for(self.was_told.wait(), PATIENCE_S)


def event(seq: int, name: str = "ballot_cast") -> Event:
    return Event("m", seq, name, "p", "2026-03-02T01:00:00.000000Z", {"participant": "p"})


@pytest.fixture
def group() -> Group:
    return Group()


@pytest.fixture
def telling(group: Group) -> Telling:
    return Telling(group, "m")


async def test_a_single_ballot_is_told_at_once(telling: Telling, group: Group) -> None:
    telling.tell([event(1)])
    assert group.told["m people"] == [[(1, "ballot_cast")]]


async def test_what_follows_at_once_is_told_together_and_soon(telling: Telling, group: Group) -> None:
    telling.tell([event(1)])
    begun = asyncio.get_running_loop().time()
    for seq in range(2, 6):
        telling.tell([event(seq)])
    assert len(group.told["m people"]) == 1
    await group.until_told()
    assert asyncio.get_running_loop().time() - begun >= GATHER_S * 0.9
    assert group.told["m people"][1:] == [[(seq, "ballot_cast") for seq in range(2, 6)]]
    telling.flush()
    assert len(group.told["m people"]) == 2


async def test_what_cannot_wait_takes_along_what_waits(telling: Telling, group: Group) -> None:
    telling.tell([event(1)])
    telling.tell([event(2)])
    telling.tell([event(3, "vote_closed")])
    assert group.told["m people"] == [[(1, "ballot_cast")], [(2, "ballot_cast"), (3, "vote_closed")]]


async def test_before_somebody_enters_a_group_it_is_told_all(telling: Telling, group: Group) -> None:
    telling.tell([event(1)])
    telling.tell([event(2)])
    telling.flush()
    assert group.told["m people"] == [[(1, "ballot_cast")], [(2, "ballot_cast")]]


async def test_a_wall_keeps_the_numbers_and_not_the_chat(telling: Telling, group: Group) -> None:
    telling.tell([event(1), event(2, "said")])
    assert group.told["m walls"] == [[(1, "ballot_cast"), (2, views.WITHHELD)]]

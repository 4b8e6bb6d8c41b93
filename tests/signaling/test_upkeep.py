"""What a hall does because it is time: one round after the other, each duty for itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
import structlog

from meeting_app.errors import NotRecorded
from signaling.upkeep import AGAIN_S, Duty, Upkeep


class Chores:
    """Duties by name, due while they are in `due`; `done` says in which order and turn, `failing` why not."""

    def __init__(self, *names: str) -> None:
        self.due: set[str] = set()
        self.done: list[str] = []
        self.failing: dict[str, Exception] = {}
        self.leads_to: dict[str, str] = {}
        self.may_do = asyncio.Event()
        self.may_do.set()
        self.upkeep = Upkeep("m", [self._duty(name) for name in names], self._turn)

    def _duty(self, name: str) -> Duty:
        async def do(_now: float) -> None:
            await self.may_do.wait()
            if name in self.failing:
                raise self.failing[name]
            self.done.append(name)
            self.due.remove(name)
            self.due |= {self.leads_to[name]} if name in self.leads_to else set()

        return Duty(lambda _now: name in self.due, do)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        self.done.append("(")
        yield
        self.done.append(")")

    async def at(self, now: float) -> list[str]:
        """What a tick at that time did."""
        self.done.clear()
        self.upkeep.tick(now)
        await self.upkeep.settle()
        return list(self.done)


async def test_what_is_due_is_done_in_order_each_in_its_own_turn() -> None:
    chores = Chores("catch up", "look over", "note")
    chores.due |= {"note", "catch up"}
    assert await chores.at(0) == ["(", "catch up", ")", "(", "note", ")"]
    assert await chores.at(0) == []


async def test_what_one_makes_due_of_those_behind_it_is_done_in_the_same_round() -> None:
    chores = Chores("first", "second")
    chores.leads_to["first"] = "second"
    chores.due.add("first")
    assert await chores.at(0) == ["(", "first", ")", "(", "second", ")"]


async def test_time_makes_due() -> None:
    done: list[float] = []

    async def do(now: float) -> None:
        done.append(now)

    upkeep = Upkeep("m", [Duty(lambda now: now >= 5, do)], Chores()._turn)
    for now in (4.9, 5.0):
        upkeep.tick(now)
        await upkeep.settle()
    assert done == [5.0]


async def test_one_that_fails_keeps_no_other_from_being_done_and_is_tried_again_later() -> None:
    chores = Chores("first", "second")
    chores.due |= {"first", "second"}
    chores.failing["first"] = RuntimeError("not yet")
    assert "second" in await chores.at(10)
    chores.failing.clear()
    assert await chores.at(10 + 0.9 * AGAIN_S) == []
    assert await chores.at(10 + AGAIN_S) == ["(", "first", ")"]


async def test_while_a_round_is_at_work_no_other_begins() -> None:
    chores = Chores("write")
    chores.due.add("write")
    chores.may_do.clear()
    chores.upkeep.tick(0)
    assert chores.upkeep.is_at_work  # at once: a hall that is empty meanwhile is not closed
    await asyncio.sleep(0)
    chores.upkeep.tick(100)
    chores.may_do.set()
    await chores.upkeep.settle()
    assert chores.done == ["(", "write", ")"] and not chores.upkeep.is_at_work


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (lambda: NotRecorded("the database did not answer", "database"), ("upkeep_put_off", "warning", False)),
        (lambda: RuntimeError("ours"), ("upkeep_failed", "error", True)),
    ],
)
async def test_weather_is_said_in_a_line_and_a_fault_of_ours_with_its_traceback(
    error: Callable[[], Exception], said: tuple[str, str, bool]
) -> None:
    chores = Chores("write")
    chores.due.add("write")
    chores.failing["write"] = error()
    with structlog.testing.capture_logs() as logs:
        await chores.at(0)
    assert [(one["event"], one["log_level"], "exc_info" in one) for one in logs] == [said]

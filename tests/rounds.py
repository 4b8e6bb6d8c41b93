"""Bounds in seconds, judged in rounds: browsers, service and worker share two cores with whatever else runs here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

GOOD, AT_MOST = 2, 6


async def holds(is_good: Callable[[], Awaitable[bool]]) -> bool:
    """Whether two rounds are good, of at most six."""
    rounds: list[bool] = []
    while rounds.count(True) < GOOD and len(rounds) < AT_MOST:
        rounds.append(await is_good())
    return rounds.count(True) == GOOD

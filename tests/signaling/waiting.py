"""Waiting for something that happens in another process or at the far end of a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

PATIENCE_S = 60.0  # spent only by a test that fails; a busy machine may need much of it


async def until(condition: Callable[[], bool]) -> None:
    """Return once it holds; raises TimeoutError when it does not soon."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110 - nothing here can set an event
            await asyncio.sleep(0.01)

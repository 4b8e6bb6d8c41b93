"""The wait until the service answers, with nothing but the standard library: who starts it must not load much."""

from __future__ import annotations

import asyncio
import contextlib
import urllib.request

LOOK_EVERY_S = 0.05
ANSWER_S = 5.0

# It is on this machine, whatever proxy the environment names.
_directly = urllib.request.build_opener(urllib.request.ProxyHandler({}))


async def until_answering(hall: str) -> None:
    """Until the service gives its pages at the address."""
    await _until_answered(f"{hall}/healthz")


async def until_ready(hall: str) -> None:
    """Until database and media workers answer at the address."""
    await _until_answered(f"{hall}/readyz")


async def until_seated(hall: str) -> None:
    """Until the conference of the demonstration is there."""
    await _until_answered(f"{hall}/api/demo")


async def _until_answered(url: str) -> None:
    while True:
        if await asyncio.to_thread(_is_ready, url):
            return
        await asyncio.sleep(LOOK_EVERY_S)


def _is_ready(url: str) -> bool:
    # A service that is not ready answers 503, which is an OSError here too.
    with contextlib.suppress(OSError), _directly.open(url, timeout=ANSWER_S):
        return True
    return False

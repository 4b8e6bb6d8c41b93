"""A program of `converter` run as a child that gets none of our settings and secrets."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys

from converter.control import UNCONFINED

_ENVIRONMENT = {name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ}


async def run(module: str, *arguments: str, limit_s: float, unconfined: bool) -> int | None:
    """Its exit code; None when it took longer than it may. Nothing of it is left running.

    `unconfined` lets it go on where the kernel cannot confine it.
    """
    said = (UNCONFINED,) if unconfined else ()
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *said, *arguments),
        env=_ENVIRONMENT,
        stdin=asyncio.subprocess.DEVNULL,
        start_new_session=True,  # LibreOffice has children of its own
    )
    try:
        async with asyncio.timeout(limit_s):
            return await child.wait()
    except TimeoutError:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError):  # it and all it started have ended
            os.killpg(child.pid, signal.SIGKILL)
        await child.wait()

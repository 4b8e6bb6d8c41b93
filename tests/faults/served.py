"""The service in a process that was forked from one with its modules read, so that its successor is there at once."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from multiprocessing.process import BaseProcess

import uvloop

from signaling import logs
from signaling.serving import serve
from signaling.settings import Settings


def run(settings: Settings) -> None:
    logs.configure(settings)
    uvloop.run(serve(settings))


class Service:
    """One process at a time."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([__name__])
        self._process: BaseProcess | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    def start(self) -> None:
        self._process = self._context.Process(target=run, args=(self.settings,), daemon=True)
        self._process.start()

    async def die(self) -> None:
        """As in a crash: nothing is told, nothing is finished."""
        assert self._process is not None and self._process.pid is not None
        os.kill(self._process.pid, signal.SIGKILL)
        await asyncio.to_thread(self._process.join)

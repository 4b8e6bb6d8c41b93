"""Settings → service → serve until told to stop."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Awaitable, Callable

import structlog
import uvloop
from aiohttp import web

from signaling import logs, settings
from signaling.app import create_app
from signaling.open_files import allow_open_files
from signaling.settings import Settings, SettingsError
from signaling.supervisor import stand_by

KEPT_S = 75.0  # a connection on which nothing is asked; aiohttp keeps it for an hour, and each counts as an open file

log = structlog.get_logger("signaling")

Step = Callable[[Settings], Awaitable[None]]


async def serve(given: Settings, first: Step | None = None, then: Step | None = None) -> None:
    """Serve until SIGINT or SIGTERM; what is to be done `first` is done before anybody is heard, the rest after."""
    if first is not None:
        await first(given)
    told_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told_to_stop.set)
    # Personal links are secrets and appear in addresses, so requests are not logged.
    runner = web.AppRunner(await create_app(given), access_log=None, keepalive_timeout=KEPT_S, shutdown_timeout=1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, given.host, given.port, backlog=1024)
        await site.start()
        if then is not None:
            await then(given)
        spare_the_loop()
        log.info("listening", address=site.name, port=runner.addresses[0][1], demo=given.demo)
        await told_to_stop.wait()
    finally:
        await runner.cleanup()


def spare_the_loop() -> None:
    """Keep the collector from stopping everything for a tenth of a second while a hall votes.

    What exists at the start (modules, mappings, compiled routes) stays for ever and need not be looked at again;
    and ballots leave more short-lived objects than the usual 700 between two looks. Of a hundred thousand objects two
    thousand are garbage by then: to find them would keep those who come back after a restart waiting.
    """
    gc.freeze()
    gc.set_threshold(10_000, 10, 20)
    gc.enable()


def main(first: Step | None = None, then: Step | None = None) -> None:
    """Serve with the settings of this process, when it is this process's turn."""
    if not stand_by():
        return
    try:
        given = settings.read()
    except SettingsError as error:
        sys.exit(f"signaling: {error}")
    logs.configure(given)
    allow_open_files(given)
    uvloop.run(serve(given, first, then))

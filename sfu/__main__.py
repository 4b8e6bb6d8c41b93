"""Run one worker until told to stop: `python -m sfu`, settings from `HOITRUONG_SFU_*`.

With `HOITRUONG_STANDBY` it is a spare: it begins when a line comes on its standard input, and ends if none will.
"""

import asyncio
import os
import signal
import sys

import uvloop

from sfu import logs
from sfu.listener import Listener
from sfu.settings import Settings, read


async def serve(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    listener = Listener(settings)
    try:
        await listener.start()
        await stop.wait()
    finally:
        await listener.close()


def main() -> None:
    if "HOITRUONG_STANDBY" in os.environ and not sys.stdin.readline():
        return
    try:
        settings = read()
    except ValueError as error:
        sys.exit(f"sfu: {error}")
    logs.configure(settings)
    uvloop.run(serve(settings))


if __name__ == "__main__":
    main()

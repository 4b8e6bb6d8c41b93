"""What the parts that a ballot needs cost alone: a message there and back, and a commit."""

import asyncio
import contextlib
import os
import sqlite3
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import asyncpg
import socketio
import uvloop
from aiohttp import web

from bench.fanout import WORKER_CPU

CONNECTING = 25  # at once
CONNECT_WITHIN_S = 30
MESSAGE = {"type": "cast_ballot", "key": "k" * 40, "vote": "v" * 36, "choice": "for"}


async def echo_ms(clients: int, calls: int, seconds: float) -> list[float]:
    """How long each call took, of clients that are all connected to a server that does nothing but answer."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.floors", stdout=asyncio.subprocess.PIPE)
    os.sched_setaffinity(process.pid, {WORKER_CPU})
    connected: list[socketio.AsyncClient] = []
    try:
        url = f"http://127.0.0.1:{int(await process.stdout.readline())}"
        turns = asyncio.Semaphore(CONNECTING)

        async def connect() -> None:
            client = socketio.AsyncClient(reconnection=False, handle_sigint=False)
            async with turns:
                await client.connect(url, transports=["websocket"], wait_timeout=CONNECT_WITHIN_S)
            connected.append(client)

        await asyncio.gather(*(connect() for _ in range(clients)))
        begun = time.monotonic() + 0.05
        return list(
            await asyncio.gather(
                *(_call(client, begun + number * seconds / calls) for number, client in enumerate(connected[:calls]))
            )
        )
    finally:
        await asyncio.gather(*(client.disconnect() for client in connected), return_exceptions=True)
        process.terminate()
        await process.wait()


async def _call(client: socketio.AsyncClient, at: float) -> float:
    await asyncio.sleep(at - time.monotonic())
    sent = time.monotonic()
    await client.call("command", MESSAGE)
    return (time.monotonic() - sent) * 1000


async def commit_ms(database_url: str, folder: Path, times: int) -> Sequence[float]:
    """How long each of so many inserts and their commits took, one after the other."""
    if not database_url:
        return await asyncio.to_thread(_commit_sqlite, folder / "floor.sqlite", times)
    connection = await asyncpg.connect(database_url.replace("+asyncpg", ""))
    try:
        await connection.execute("CREATE TABLE floor (n integer PRIMARY KEY, text text)")
        took = []
        for number in range(times):
            begun = time.monotonic()
            await connection.execute("INSERT INTO floor VALUES ($1, $2)", number, "for")
            took.append((time.monotonic() - begun) * 1000)
        return took
    finally:
        await connection.close()


def _commit_sqlite(file: Path, times: int) -> list[float]:
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as rows:
        rows.execute("PRAGMA journal_mode = WAL")
        rows.execute("PRAGMA synchronous = FULL")
        rows.execute("CREATE TABLE floor (n integer PRIMARY KEY, text text)")
        took = []
        for number in range(times):
            begun = time.monotonic()
            rows.execute("INSERT INTO floor VALUES (?, ?)", (number, "for"))
            took.append((time.monotonic() - begun) * 1000)
        return took


async def serve() -> None:
    server = socketio.AsyncServer(async_mode="aiohttp", async_handlers=False)
    server.on("command", lambda _sid, message: message)
    app = web.Application()
    server.attach(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(serve())

"""The service as a process of its own serves it."""

from __future__ import annotations

import asyncio
import contextlib
import socket

import msgspec

from signaling import serving
from signaling.settings import Settings
from tests.signaling.waiting import PATIENCE_S


async def test_a_connection_that_asks_nothing_more_is_not_kept_for_an_hour(monkeypatch, settings: Settings) -> None:
    monkeypatch.setattr(serving, "KEPT_S", 0.2)
    monkeypatch.setattr(serving, "spare_the_loop", lambda: None)
    listens = asyncio.Event()

    async def then(_given: Settings) -> None:
        listens.set()

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    service = asyncio.create_task(serving.serve(msgspec.structs.replace(settings, port=port), then=then))
    try:
        async with asyncio.timeout(PATIENCE_S):
            await listens.wait()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            answer = await reader.read()  # to its end
            assert b" 200 OK" in answer
            writer.close()
    finally:
        service.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await service

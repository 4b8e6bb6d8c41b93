"""Waiting for the service, with a service that takes its time."""

from __future__ import annotations

import asyncio

from aiohttp import web
from aiohttp.test_utils import TestServer

from demo.readiness import until_ready


async def test_it_waits_for_what_is_not_ready_and_asks_no_proxy(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    answers = [503, 503, 200]

    async def readyz(_: web.Request) -> web.Response:
        return web.Response(status=answers.pop(0))

    app = web.Application()
    app.router.add_get("/readyz", readyz)
    async with TestServer(app) as hall, asyncio.timeout(60):
        await until_ready(str(hall.make_url("")).rstrip("/"))
    assert not answers

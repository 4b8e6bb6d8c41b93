"""The links of the demonstration, for its start page."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
from aiohttp import web

from signaling.http.asking import as_json
from signaling.messages import DemoLinks
from signaling.settings import Settings

LINKS_FILE = "demo-links.json"
LOOK_EVERY_S = 0.05
LOOKS = 200


def keep(folder: Path, links: DemoLinks) -> None:
    """Leave the links where the service finds them: all or nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{LINKS_FILE}.new"
    unfinished.touch(0o600)
    unfinished.write_bytes(msgspec.json.encode(links))
    unfinished.rename(folder / LINKS_FILE)


def routes(settings: Settings) -> list[web.RouteDef]:
    """`GET /api/demo`; there is no such address outside of demonstration mode."""
    if not settings.demo:
        return []

    async def demo(_request: web.Request) -> web.Response:
        file = settings.data / LINKS_FILE
        for _ in range(LOOKS):  # the page may come before everybody is seated
            if file.exists():
                return as_json(msgspec.json.decode(file.read_bytes(), type=DemoLinks))
            await asyncio.sleep(LOOK_EVERY_S)
        raise web.HTTPServiceUnavailable

    return [web.get("/api/demo", demo)]

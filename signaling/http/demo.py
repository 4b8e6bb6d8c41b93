"""The links of the demonstration, for its start page."""

from __future__ import annotations

from pathlib import Path

import msgspec
from aiohttp import web

from signaling.http.asking import as_json
from signaling.messages import DemoLinks
from signaling.settings import Settings

LINKS_FILE = "demo-links.json"


def keep(folder: Path, links: DemoLinks) -> None:
    """Leave the links where the service finds them."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LINKS_FILE
    path.touch(0o600)
    path.write_bytes(msgspec.json.encode(links))


def routes(settings: Settings) -> list[web.RouteDef]:
    """`GET /api/demo`; there is no such address outside of demonstration mode."""
    if not settings.demo:
        return []

    async def demo(_request: web.Request) -> web.Response:
        return as_json(msgspec.json.decode((settings.data / LINKS_FILE).read_bytes(), type=DemoLinks))

    return [web.get("/api/demo", demo)]

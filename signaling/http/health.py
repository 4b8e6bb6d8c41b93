"""Whether this process lives, whether it can serve, and its figures."""

from __future__ import annotations

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import select

from meeting_app.errors import NotRecorded
from signaling.halls import Halls
from signaling.house import House
from signaling.http.asking import as_json
from signaling.metrics import HALLS, SEATS, WAITING, WORKERS


def routes(house: House, halls: Halls) -> list[web.RouteDef]:
    """`GET /healthz`: the process answers. `GET /readyz`: rows and a media worker do. `GET /metrics`."""

    async def alive(_request: web.Request) -> web.Response:
        return as_json({"alive": True})

    async def ready(_request: web.Request) -> web.Response:
        try:
            async with house.database.reading() as session:
                await session.execute(select(1))
            database = True
        except NotRecorded:
            database = False
        workers = house.media.workers_up
        is_ready = database and workers > 0
        return as_json({"ready": is_ready, "database": database, "workers": workers}, 200 if is_ready else 503)

    async def metrics(_request: web.Request) -> web.Response:
        for gauge, count in zip((HALLS, SEATS, WAITING), halls.counts, strict=True):
            gauge.set(count)
        WORKERS.set(house.media.workers_up)
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [web.get("/healthz", alive), web.get("/readyz", ready), web.get("/metrics", metrics)]

"""The sites of a meeting, and who is to sit at which."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import sites
from meeting_app.acting import Actor
from meeting_app.events import Event
from meeting_app.office.sessions import SignedIn
from signaling.http.asking import answering
from signaling.http.office.desk import NOWHERE, Desk, body_of
from signaling.http.office.meetings import prepared
from signaling.messages import CloseRequest, PlaceRequest, SiteRequest
from signaling.messages.office import Asked

Verb = Callable[[AsyncSession, Actor, datetime], Awaitable[Event]]


def routes(desk: Desk) -> list[web.RouteDef]:
    """Under `/api/office/meetings/{meeting}`: `sites`, `sites/{site}`, `sites/{site}/remove`, `placed`."""

    async def change(
        request: web.Request, action: str, asked: Asked, verb: Verb, where: Mapping[str, str] = NOWHERE
    ) -> web.Response:
        who = await desk.changer(request)
        meeting = request.match_info["meeting"]

        async def noted(session: AsyncSession, who: SignedIn, now: datetime) -> tuple[dict[str, Any], list[Event]]:
            return {}, [await verb(session, Actor(meeting, officer=who.officer), now)]

        await desk.change_meeting(who, action, meeting, asked, noted, where)
        return await prepared(desk, who, request)

    async def add(request: web.Request) -> web.Response:
        asked = await body_of(request, SiteRequest)
        how = {"unit": asked.unit, "capacity": asked.capacity}
        return await change(
            request,
            "add_site",
            asked,
            lambda session, actor, now: sites.add_site(session, actor, asked.name, now, **how),
        )

    async def write(request: web.Request) -> web.Response:
        asked = await body_of(request, SiteRequest)
        site, how = request.match_info["site"], {"unit": asked.unit, "capacity": asked.capacity}
        return await change(
            request,
            "change_site",
            asked,
            lambda session, actor, now: sites.change_site(session, actor, site, asked.name, now, **how),
            {"site": site},
        )

    async def remove(request: web.Request) -> web.Response:
        asked = await body_of(request, CloseRequest)
        site = request.match_info["site"]
        return await change(
            request,
            "remove_site",
            asked,
            lambda session, actor, now: sites.remove_site(session, actor, site, now),
            {"site": site},
        )

    async def place(request: web.Request) -> web.Response:
        asked = await body_of(request, PlaceRequest)
        return await change(
            request,
            "place",
            asked,
            lambda session, actor, now: sites.place(session, actor, asked.participants, asked.site, now),
        )

    return [
        web.post("/api/office/meetings/{meeting}/sites", answering(add)),
        web.post("/api/office/meetings/{meeting}/sites/{site}", answering(write)),
        web.post("/api/office/meetings/{meeting}/sites/{site}/remove", answering(remove)),
        web.post("/api/office/meetings/{meeting}/placed", answering(place)),
    ]

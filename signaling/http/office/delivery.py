"""Where invitations are sent, sending them again, and another time for the meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import delivery, letters, rescheduling
from meeting_app.acting import Actor
from meeting_app.events import Event
from meeting_app.office.sessions import SignedIn
from signaling.http.asking import answering
from signaling.http.office.desk import Desk, body_of
from signaling.http.office.meetings import prepared
from signaling.messages import AddressRequest, RescheduleRequest, ResendRequest


def routes(desk: Desk) -> list[web.RouteDef]:
    """Under `/api/office/meetings/{meeting}`: `address`, `resent`, `time`."""
    house = desk.house

    async def address(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, AddressRequest)
        meeting = request.match_info["meeting"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            actor = Actor(meeting, officer=who.officer)
            await letters.set_address(session, actor, asked.participant, asked.email, now)
            return {}

        await desk.change(who, "set_address", asked, verb, {"meeting": meeting})
        return await prepared(desk, who, request)

    async def resend(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, ResendRequest)
        meeting = request.match_info["meeting"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> tuple[dict[str, Any], Iterable[Event]]:
            actor = Actor(meeting, officer=who.officer)
            return {}, [await delivery.resend(session, actor, asked.participants, house.seal, now)]

        await desk.change_meeting(who, "resend", meeting, asked, verb)
        return await prepared(desk, who, request)

    async def reschedule(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, RescheduleRequest)
        meeting = request.match_info["meeting"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> tuple[dict[str, Any], Iterable[Event]]:
            actor, told = Actor(meeting, officer=who.officer), (asked.before, asked.starts_at, asked.place)
            return {}, [await rescheduling.reschedule(session, actor, *told, house.seal, now)]

        await desk.change_meeting(who, "reschedule", meeting, asked, verb)
        return await prepared(desk, who, request)

    return [
        web.post("/api/office/meetings/{meeting}/address", answering(address)),
        web.post("/api/office/meetings/{meeting}/resent", answering(resend)),
        web.post("/api/office/meetings/{meeting}/time", answering(reschedule)),
    ]

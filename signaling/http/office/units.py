"""The tree of units in one's reach."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import organization
from meeting_app.models import Unit
from meeting_app.office.sessions import SignedIn
from signaling.http.asking import answering, as_json
from signaling.http.office.desk import Desk, body_of
from signaling.messages import ChangeUnitRequest, CloseRequest, NewUnitRequest, OfficeUnit, OfficeUnits


def routes(desk: Desk) -> list[web.RouteDef]:
    """Under `/api/office/units`: see, add, rename and move, close."""
    house = desk.house

    async def see(request: web.Request) -> web.Response:
        return await shown(await desk.who(request))

    async def add(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, NewUnitRequest)

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            unit = await organization.add_unit(session, who.officer, asked.name, asked.level, asked.parent, now)
            return {"unit": unit.id}

        await desk.change(who, "add_unit", asked, verb)
        return await shown(who)

    async def change(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, ChangeUnitRequest)
        unit = request.match_info["unit"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            changed = await organization.rename_unit(session, who.officer, unit, asked.name, asked.revision)
            if changed.parent_id != asked.parent:
                await organization.move_unit(session, who.officer, unit, asked.parent)
            return {}

        await desk.change(who, "change_unit", asked, verb, {"unit": unit})
        return await shown(who)

    async def close(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, CloseRequest)
        unit = request.match_info["unit"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            await organization.close_unit(session, who.officer, unit, now)
            return {}

        await desk.change(who, "close_unit", asked, verb, {"unit": unit})
        return await shown(who)

    async def shown(who: SignedIn) -> web.Response:
        async with house.database.reading() as session:
            found = await organization.units_within(session, *who.officer.reach("see_meeting"))
        return as_json(OfficeUnits(units=tuple(unit_shown(unit) for unit in found)))

    return [
        web.get("/api/office/units", answering(see)),
        web.post("/api/office/units", answering(add)),
        web.post("/api/office/units/{unit}", answering(change)),
        web.post("/api/office/units/{unit}/close", answering(close)),
    ]


def unit_shown(unit: Unit) -> OfficeUnit:
    return OfficeUnit(
        id=unit.id,
        parent=unit.parent_id,
        level=unit.level,
        name=unit.name,
        is_closed=unit.closed_at is not None,
        revision=unit.revision,
    )

"""Units and people in one's reach."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import organization
from meeting_app.office import people
from meeting_app.office.sessions import SignedIn
from signaling.http.asking import as_json
from signaling.http.office.desk import Desk, answering, body_of
from signaling.messages import NewPerson, NewPersonRequest, OfficePeople, OfficePerson, OfficeUnit, OfficeUnits


def routes(desk: Desk) -> list[web.RouteDef]:
    """`GET /api/office/units`, `GET /api/office/people`, `POST /api/office/people`."""
    house = desk.house

    async def units(request: web.Request) -> web.Response:
        who = await desk.who(request)
        async with house.database.reading() as session:
            found = await organization.units_within(session, who.officer.reach("see_meeting"))
        shown = (
            OfficeUnit(
                id=unit.id,
                parent=unit.parent_id,
                level=unit.level,
                name=unit.name,
                is_closed=unit.closed_at is not None,
            )
            for unit in found
        )
        return as_json(OfficeUnits(units=tuple(shown)))

    async def search(request: web.Request) -> web.Response:
        who = await desk.who(request)
        query, unit = request.query.get("q", ""), request.query.get("unit")
        async with house.database.reading() as session:
            found = await people.search(session, who.officer, query, unit)
        shown = tuple(OfficePerson(**vars(person)) for person in found)
        return as_json(OfficePeople(people=shown, more=len(shown) == people.MOST))

    async def add(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, NewPersonRequest)

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            person = await organization.add_person(session, who.officer, asked.name, asked.title, asked.unit, now)
            return {"person": person.id}

        return as_json(NewPerson(**await desk.change(who, "add_person", asked, verb)))

    return [
        web.get("/api/office/units", answering(units)),
        web.get("/api/office/people", answering(search)),
        web.post("/api/office/people", answering(add)),
    ]

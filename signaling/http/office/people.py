"""Units and people in one's reach: seen, added, changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import organization
from meeting_app.errors import NotAllowed
from meeting_app.office import accounts, people, roles
from meeting_app.office.sessions import SignedIn
from signaling.http.asking import answering, as_json
from signaling.http.office.accounts import shown_account
from signaling.http.office.desk import Desk, body_of
from signaling.messages import (
    ChangePersonRequest,
    NewPerson,
    NewPersonRequest,
    OfficePeople,
    OfficePerson,
    OfficePersonCard,
)


def routes(desk: Desk) -> list[web.RouteDef]:
    """Under `/api/office/people`: search, add, see, change."""
    house = desk.house

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

    async def see(request: web.Request) -> web.Response:
        return await card(await desk.who(request), request.match_info["person"])

    async def change(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, ChangePersonRequest)
        person = request.match_info["person"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            await organization.change_person(
                session, who.officer, person, asked.name, asked.title, asked.unit, asked.revision
            )
            return {}

        await desk.change(who, "change_person", asked, verb, {"person": person})
        return await card(who, person)

    async def card(who: SignedIn, person: str) -> web.Response:
        async with house.database.reading() as session:
            found = await people.one(session, who.officer, person)
            unit = await organization.find_unit(session, found.unit)
            try:
                who.officer.check("change_accounts", unit.path)
                opened = await accounts.of_person(session, person)
                to_give = organization.roles_to_give(who.officer)
                elsewhere = await roles.of_accounts(session, [one.id for one in opened])
            except NotAllowed:
                opened, to_give, elsewhere = [], (), {}
        shown = tuple(shown_account(one, elsewhere.get(one.id, ())) for one in opened)
        return as_json(OfficePersonCard(person=OfficePerson(**vars(found)), accounts=shown, roles=to_give))

    return [
        web.get("/api/office/people", answering(search)),
        web.post("/api/office/people", answering(add)),
        web.get("/api/office/people/{person}", answering(see)),
        web.post("/api/office/people/{person}", answering(change)),
    ]

"""Bodies that meet, and their members."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import bodies
from meeting_app.models import Body, Unit
from meeting_app.office.sessions import SignedIn
from meeting_app.statutes import STATUTES
from signaling.http.asking import answering, as_json
from signaling.http.office.desk import Desk, body_of
from signaling.messages import (
    ChangeBodyRequest,
    CloseRequest,
    EndMembershipRequest,
    NewBodyRequest,
    NewMembersRequest,
    OfficeBodies,
    OfficeBody,
    OfficeBodyCard,
    OfficeMember,
)


def routes(desk: Desk) -> list[web.RouteDef]:
    """Under `/api/office/bodies`: list, add, see, change, close, take in and let go members."""
    house = desk.house

    async def listed(request: web.Request) -> web.Response:
        who = await desk.who(request)
        async with house.database.reading() as session:
            reach = who.officer.reach("see_meeting")
            found = await bodies.bodies_within(session, reach, bodies.day_of(house.clock.utc()))
        return as_json(OfficeBodies(bodies=tuple(_shown(*one) for one in found)))

    async def add(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, NewBodyRequest)

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            made = await bodies.add_body(session, who.officer, asked.unit, asked.kind, asked.name, now, term=asked.term)
            return {"body": made.id}

        return await card(who, (await desk.change(who, "add_body", asked, verb))["body"])

    async def see(request: web.Request) -> web.Response:
        return await card(await desk.who(request), request.match_info["body"])

    async def change(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, ChangeBodyRequest)
        body = request.match_info["body"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            rules = bodies.Rules(asked.quorum, asked.rule, asked.base, asked.basis)
            await bodies.change_body(session, who.officer, body, asked.revision, asked.name, asked.term, rules)
            return {}

        await desk.change(who, "change_body", asked, verb, {"body": body})
        return await card(who, body)

    async def close(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, CloseRequest)
        body = request.match_info["body"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            await bodies.close_body(session, who.officer, body, now)
            return {}

        await desk.change(who, "close_body", asked, verb, {"body": body})
        return await card(who, body)

    async def take_in(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, NewMembersRequest)
        body = request.match_info["body"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            for person in asked.people:
                await bodies.add_member(session, who.officer, body, person, asked.position, asked.joined_on, now)
            return {}

        await desk.change(who, "add_members", asked, verb, {"body": body})
        return await card(who, body)

    async def end(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, EndMembershipRequest)
        body, member = request.match_info["body"], request.match_info["member"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            await bodies.end_membership(session, who.officer, member, asked.left_on)
            return {}

        await desk.change(who, "end_membership", asked, verb, {"member": member})
        return await card(who, body)

    async def card(who: SignedIn, body: str) -> web.Response:
        today = bodies.day_of(house.clock.utc())
        async with house.database.reading() as session:
            found, unit = await bodies.find_body(session, who.officer, body)
            members = await bodies.members_of(session, found.id, today)
        shown = (
            OfficeMember(
                id=member.id,
                person=person.id,
                name=person.name,
                title=person.title,
                position=member.position,
                joined_on=member.joined_on.isoformat(),
            )
            for member, person in members
        )
        return as_json(OfficeBodyCard(body=_shown(found, unit, len(members)), members=tuple(shown)))

    return [
        web.get("/api/office/bodies", answering(listed)),
        web.post("/api/office/bodies", answering(add)),
        web.get("/api/office/bodies/{body}", answering(see)),
        web.post("/api/office/bodies/{body}", answering(change)),
        web.post("/api/office/bodies/{body}/close", answering(close)),
        web.post("/api/office/bodies/{body}/members", answering(take_in)),
        web.post("/api/office/bodies/{body}/members/{member}/end", answering(end)),
    ]


def _shown(body: Body, unit: Unit, members: int) -> OfficeBody:
    return OfficeBody(
        id=body.id,
        unit=unit.id,
        unit_name=unit.name,
        kind=body.kind,
        name=body.name,
        term=body.term,
        quorum=body.quorum,
        rule=body.rule,
        base=body.base,
        basis=body.basis,
        source=STATUTES[body.kind].source,
        members=members,
        is_closed=body.closed_at is not None,
        revision=body.revision,
    )

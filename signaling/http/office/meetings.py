"""The meetings of one's units: the list, a new one, and who is invited."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

import msgspec
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import convening
from meeting_app import meetings as rules
from meeting_app.acting import Actor
from meeting_app.events import Event
from meeting_app.office import meetings, repeating
from meeting_app.office.sessions import SignedIn
from signaling.http.asking import answering, as_json, home_of
from signaling.http.office.desk import Desk, body_of
from signaling.messages import (
    ConveneRequest,
    InviteRequest,
    IssuedLink,
    IssuedLinks,
    LinksRequest,
    NewMeeting,
    NewMeetingRequest,
    OfficeMeeting,
    OfficeMeetingLine,
    OfficeMeetings,
    RepeatRequest,
    SignOutRequest,
    UninviteRequest,
)


def routes(desk: Desk) -> list[web.RouteDef]:
    """Under `/api/office/meetings`: the list, a new one, who is invited, and their links."""
    house = desk.house

    async def listed(request: web.Request) -> web.Response:
        who = await desk.who(request)
        before = request.query.get("before")
        after = (moment_of(before), request.query.get("id", "")) if before else None
        async with house.database.reading() as session:
            lines = await meetings.listed(session, who.officer, after)
        shown = tuple(OfficeMeetingLine(**vars(line)) for line in lines)
        return as_json(OfficeMeetings(meetings=shown, more=len(shown) == meetings.PAGE))

    async def create(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, NewMeetingRequest)

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            made = await rules.create(
                session,
                who.officer,
                asked.title,
                asked.unit,
                asked.starts_at,
                now,
                kind=asked.kind,
                place=asked.place,
                body=asked.body,
            )
            if asked.body is not None:
                await convening.convene(session, Actor(made.meeting, officer=who.officer), now)
            return {"meeting": made.meeting}

        return as_json(NewMeeting(**await desk.change(who, "create_meeting", asked, verb)))

    async def again(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, RepeatRequest)
        meeting = request.match_info["meeting"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            new = (asked.title, asked.starts_at, asked.place)
            return {"meeting": (await repeating.repeat(session, who.officer, meeting, *new, now)).meeting}

        return as_json(NewMeeting(**await desk.change(who, "repeat_meeting", asked, verb, {"meeting": meeting})))

    async def see(request: web.Request) -> web.Response:
        return await prepared(desk, await desk.who(request), request)

    async def invite(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, InviteRequest)
        meeting = request.match_info["meeting"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> tuple[dict[str, Any], Iterable[Event]]:
            return {}, await meetings.invite(session, who.officer, meeting, asked.role, asked.people, now)

        await desk.change_meeting(who, "invite", meeting, asked, verb)
        return await prepared(desk, who, request)

    async def convene(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, ConveneRequest)
        meeting = request.match_info["meeting"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> tuple[dict[str, Any], Iterable[Event]]:
            return {}, await convening.convene(session, Actor(meeting, officer=who.officer), now)

        await desk.change_meeting(who, "convene", meeting, asked, verb)
        return await prepared(desk, who, request)

    async def uninvite(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, UninviteRequest)
        meeting = request.match_info["meeting"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> tuple[dict[str, Any], Iterable[Event]]:
            actor = Actor(meeting, officer=who.officer)
            return {}, [await rules.remove_participant(session, actor, asked.participant, now)]

        await desk.change_meeting(who, "uninvite", meeting, asked, verb)
        return await prepared(desk, who, request)

    async def sign_out(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, SignOutRequest)
        meeting = request.match_info["meeting"]

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            return {"session": await meetings.sign_out(session, who.officer, meeting, asked.participant, now)}

        done = await desk.change(who, "sign_out_of_hall", asked, verb, {"meeting": meeting})
        hall = desk.halls.opened(meeting)
        if hall is not None:
            await hall.end_session(done["session"], "revoked")
        return await prepared(desk, who, request)

    async def links(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, LinksRequest)
        meeting, home = request.match_info["meeting"], home_of(request, house.settings)

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            tokens = await meetings.issue_links(session, who.officer, meeting, asked.participants, now)
            # For who did not get the answer: kept as a link in a mail that waits is.
            return {"sealed": {one: house.seal.close(token) for one, token in tokens.items()}}

        done = await desk.change(who, "issue_links", asked, verb, {"meeting": meeting})
        issued = (
            IssuedLink(participant=one, url=f"{home}/v/{house.seal.open(sealed)}")
            for one, sealed in done["sealed"].items()
        )
        return as_json(IssuedLinks(links=tuple(issued)))

    return [
        web.get("/api/office/meetings", answering(listed)),
        web.post("/api/office/meetings", answering(create)),
        web.get("/api/office/meetings/{meeting}", answering(see)),
        web.post("/api/office/meetings/{meeting}/again", answering(again)),
        web.post("/api/office/meetings/{meeting}/invited", answering(invite)),
        web.post("/api/office/meetings/{meeting}/convened", answering(convene)),
        web.post("/api/office/meetings/{meeting}/uninvited", answering(uninvite)),
        web.post("/api/office/meetings/{meeting}/signed-out", answering(sign_out)),
        web.post("/api/office/meetings/{meeting}/links", answering(links)),
    ]


async def prepared(desk: Desk, who: SignedIn, request: web.Request) -> web.Response:
    """The meeting that the address names, as its preparation shows it."""
    async with desk.house.database.reading() as session:
        found = await meetings.prepared(session, who.officer, request.match_info["meeting"], desk.house.clock.utc())
    sends_mail = bool(desk.house.settings.smtp_url)
    return as_json(msgspec.convert({**vars(found), "sends_mail": sends_mail}, OfficeMeeting, from_attributes=True))


def moment_of(text: str) -> datetime:
    """Raises `ValidationError` for what is no moment with a zone."""
    return msgspec.convert(text, Annotated[datetime, msgspec.Meta(tz=True)])

"""Coming in: a personal link or a knock becomes a session cookie; the cookie says who asks.

While the doors are closed a personal link shows the invitation and is not used up, but for those of screens.
"""

from __future__ import annotations

import msgspec
import structlog
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import answers, delivery, invitations, lobby, meetings, sessions, views
from meeting_app.answers import InvitedView
from meeting_app.errors import MeetingError, NotFound, NotRecorded
from meeting_app.invitations import Entry
from meeting_app.lobby import AWAY_AT_MOST
from meeting_app.sessions import Visitor
from meeting_app.states import OVER
from signaling.errors import Refusal
from signaling.halls import Halls
from signaling.house import House
from signaling.http import asking
from signaling.http.asking import (
    COOKIE,
    Handler,
    address_of,
    as_json,
    body_of,
    check_origin,
    cookie_of,
    note_seen,
    set_cookie,
    take_token,
)
from signaling.limits import Buckets
from signaling.messages import Brief, Entered, EnterRequest, Followed, Invitation, KnockRequest
from signaling.metrics import ENTRIES
from signaling.views import WALL

log = structlog.get_logger("signaling.door")


def routes(house: House, halls: Halls, entries: Buckets, visits: Buckets) -> list[web.RouteDef]:
    """`POST /api/link`, `/api/enter`, `/api/knock`, `/api/logout`, `GET /api/me`, `/api/meetings/{meeting}`."""
    # A knock whose device stays away is dropped within a minute, so that no address fills the lobby.
    knocks = Buckets(house.settings.knocks / AWAY_AT_MOST.total_seconds(), house.settings.knocks)

    async def follow(request: web.Request) -> web.Response:
        check_origin(request, house.settings)
        take_token(request, house, visits)
        asked, now = await body_of(request, EnterRequest), house.clock.utc()
        async with house.database.reading() as session:
            view = await answers.invited(session, asked.token)
        if view.leads_in:
            take_token(request, house, entries)
            async with house.database.writing() as session:
                entry = await invitations.use_link(session, asked.token, now, cookie_of(request), device=asked.device)
                if not view.was_opened:
                    await delivery.note_opened(session, view.meeting, view.participant, now)
            return await came_in(entry, Followed(entered=entered(entry.visitor)))
        if not view.was_opened:
            try:
                async with house.database.writing() as session:
                    await delivery.note_opened(session, view.meeting, view.participant, now)
            except NotRecorded as error:  # the page is shown all the same, and the next look notes it
                log.warning("look_not_noted", cause=str(error))
        return as_json(Followed(invitation=shown(view)))

    async def enter(request: web.Request) -> web.Response:
        check_origin(request, house.settings)
        take_token(request, house, entries)
        asked = await body_of(request, EnterRequest)
        async with house.database.reading() as session:
            await invitations.meeting_of_link(session, asked.token)
        now, cookie = house.clock.utc(), cookie_of(request)
        async with house.database.writing() as session:
            entry = await invitations.use_link(session, asked.token, now, cookie, device=asked.device)
        return await came_in(entry, entered(entry.visitor))

    async def knock(request: web.Request) -> web.Response:
        check_origin(request, house.settings)
        take_token(request, house, entries)
        take_token(request, house, knocks)
        asked = await body_of(request, KnockRequest)
        now, cookie = house.clock.utc(), cookie_of(request)
        async with house.database.reading() as session:
            meeting = await meeting_of(session, asked)
            waits = await sessions.find(session, cookie) if cookie is not None else None
        hall = halls.opened(meeting)
        if hall is not None:
            hall.lobby.check_room(waits and waits.session, address_of(request, house.settings))
        async with house.database.writing() as session:
            if hall is not None:  # connected, whatever the clock says: it may just have been set
                await lobby.still_here(session, hall.lobby.waiters, now)
            if asked.token is not None:
                entry = await lobby.knock_with_link(session, asked.token, now, cookie, device=asked.device)
            else:
                said = (asked.name, asked.unit, now, cookie)
                entry = await lobby.knock(session, meeting, *said, device=asked.device)
        if hall is not None and entry.visitor.knock is None:
            await hall.knocked()  # others, who were away too long, may have been dropped
        return await came_in(entry, entered(entry.visitor))

    async def came_in(entry: Entry, said: Entered | Followed) -> web.Response:
        hall = halls.opened(entry.visitor.meeting)
        if hall is not None and entry.replaced is not None:
            await hall.end_session(entry.replaced, "replaced")
        if hall is not None and entry.visitor.knock is not None:
            await hall.knocked()
        response = as_json(said)
        if entry.cookie is not None:
            set_cookie(response, house.settings, entry.cookie)
        ENTRIES.labels(entered(entry.visitor).place).inc()
        return response

    async def me(request: web.Request) -> web.Response:
        take_token(request, house, visits)
        return as_json(entered(await visitor_of(request)))

    async def logout(request: web.Request) -> web.Response:
        check_origin(request, house.settings)
        take_token(request, house, visits)
        visitor = await visitor_of(request)
        async with house.database.writing() as session:
            await sessions.close(session, visitor.session, house.clock.utc())
        hall = halls.opened(visitor.meeting)
        if hall is not None:
            await hall.end_session(visitor.session, "revoked")
        response = web.Response(status=204)
        response.del_cookie(COOKIE)
        return response

    async def meeting(request: web.Request) -> web.Response:
        take_token(request, house, visits)
        async with house.database.reading() as session:
            brief = await brief_of(session, request.match_info["meeting"])
        return as_json(Brief(title=brief.title, unit=brief.unit, state=brief.state))

    async def visitor_of(request: web.Request) -> Visitor:
        token = cookie_of(request)
        visitor = None
        now = house.clock.utc()
        if token is not None:
            async with house.database.reading() as session:
                visitor = await sessions.find(session, token)
        if visitor is not None:
            await note_seen(house, visitor, sessions.seen, now)
        if visitor is None or (visitor.participant is None and visitor.knock is None):
            raise Refusal("no_session")
        if visitor.state in OVER:
            raise Refusal("closed")
        return visitor

    return [
        web.post("/api/link", answering(follow)),
        web.post("/api/enter", answering(enter)),
        web.post("/api/knock", answering(knock)),
        web.get("/api/me", answering(me)),
        web.post("/api/logout", answering(logout)),
        web.get("/api/meetings/{meeting}", answering(meeting)),
    ]


async def meeting_of(session: AsyncSession, asked: KnockRequest) -> str:
    """At whose door this knocks. Raises `Refusal`, `LinkUnknown`."""
    if asked.token is not None:
        return await invitations.meeting_of_link(session, asked.token)
    if asked.meeting is None:
        raise Refusal("no_meeting")
    if not asked.name.strip():
        raise Refusal("name_needed")
    return (await brief_of(session, asked.meeting)).id


async def brief_of(session: AsyncSession, meeting: str) -> views.Brief:
    try:
        return await meetings.brief(session, meeting)
    except NotFound as error:
        raise Refusal("no_meeting") from error


def entered(visitor: Visitor) -> Entered:
    """Where this visitor belongs."""
    place = "lobby" if visitor.participant is None else "wall" if visitor.role == WALL else "hall"
    whose = {"meeting": visitor.meeting, "title": visitor.title, "name": visitor.name, "role": visitor.role}
    return Entered(place=place, session=visitor.session, **whose)


def shown(view: InvitedView) -> Invitation:
    """The invitation as its owner sees it."""
    return msgspec.convert(view, Invitation, from_attributes=True)


def answering(handler: Handler) -> Handler:
    """Of the door: its refusals are counted."""
    return asking.answering(handler, _count)


def _count(error: Exception) -> None:
    if isinstance(error, MeetingError | Refusal):
        ENTRIES.labels(error.code).inc()

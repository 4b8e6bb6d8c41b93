"""The reading room: papers and one's own notes, after the meeting or on a device that will be without a line."""

from __future__ import annotations

from datetime import datetime

import msgspec
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import invitations, meetings
from meeting_app.acting import Actor
from meeting_app.events import Event
from meeting_app.sessions import Visitor
from signaling import own_papers, verbs, views
from signaling.errors import Refusal
from signaling.halls import Halls
from signaling.house import House
from signaling.http.asking import answering, as_json, body_of, check_origin, cookie_of, set_cookie, take_token
from signaling.http.reader import visitor_of
from signaling.limits import Buckets
from signaling.messages import EnterRequest, ReadingRoom, RecallDocument


def routes(house: House, halls: Halls, entries: Buckets) -> list[web.RouteDef]:
    """`/api/room`."""

    async def room(request: web.Request) -> web.Response:
        visitor = await visitor_of(house, request, reads=True)
        async with house.database.reading() as session:
            return as_json(await room_of(session, visitor, house.clock.utc()))

    async def enter(request: web.Request) -> web.Response:
        """With a personal link; the device that used it before needs none."""
        check_origin(request, house.settings)
        take_token(request, house, entries)
        asked = await body_of(request, EnterRequest)
        async with house.database.reading() as session:
            await invitations.meeting_of_link(session, asked.token)
        now, cookie = house.clock.utc(), cookie_of(request)
        async with house.database.writing() as session:
            device = asked.device
            entry = await invitations.use_link(session, asked.token, now, cookie, device=device, to_read=True)
            if entry.visitor.state != "closed":
                raise Refusal("wrong_state")  # the hall is the place then
        async with house.database.reading() as session:
            response = as_json(await room_of(session, entry.visitor, now))
        if entry.cookie is not None:
            set_cookie(response, house.settings, entry.cookie)
        return response

    async def recall(request: web.Request) -> web.Response:
        """Take a paper away also after the meeting, when there is no hall to say it in."""
        check_origin(request, house.settings)
        visitor = await visitor_of(house, request, reads=True)
        asked, now = await body_of(request, RecallDocument), house.clock.utc()
        actor = Actor(visitor.meeting, visitor.participant)

        async def once(session: AsyncSession) -> tuple[None, tuple[Event, ...]]:
            answer = await verbs.once(session, actor, asked, now, house.vote_keys, house.seal)
            return None, answer.outcome.events if answer.outcome is not None else ()

        hall = await halls.of(visitor.meeting)
        await hall.change(once)
        return web.Response(status=204)

    return [
        web.get("/api/room", answering(room)),
        web.post("/api/room", answering(enter)),
        web.post("/api/room/recall", answering(recall)),
    ]


async def room_of(session: AsyncSession, visitor: Visitor, now: datetime) -> ReadingRoom:
    snapshot = await meetings.snapshot(session, visitor.meeting, now)
    whole = views.meeting(snapshot.meeting, visitor.role)
    themselves = tuple(person for person in whole.participants if person.id == visitor.participant)
    named = await own_papers.named_papers(session, visitor.meeting)
    reader = named.readers.get(visitor.participant)
    own = views.own_papers(named.papers, None, reader) if reader is not None else None
    if own is not None:
        whole = msgspec.structs.replace(whole, documents=(*whole.documents, *own.documents))
    meeting = msgspec.structs.replace(
        whole, participants=themselves, chat=(), vote=None, shown=None, shown_to_others=False
    )
    return ReadingRoom(me=visitor.participant, role=visitor.role, meeting=meeting)

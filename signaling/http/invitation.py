"""What the owner of a personal link does before coming in: answer, name a substitute, keep the letter.

The link itself says who asks. Nothing here uses it up: it is one's own on the telephone and on the desk alike.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import msgspec
from aiohttp import hdrs, web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import answers, commands, letters, votes
from meeting_app.acting import Actor
from meeting_app.answers import InvitedView
from meeting_app.events import Event
from meeting_app.letters import Paper
from signaling.halls import Halls
from signaling.house import House
from signaling.http.asking import as_json, body_of, check_origin, home_of, take_token
from signaling.http.door import answering, shown
from signaling.letter import calendar, set_letter
from signaling.limits import Buckets
from signaling.messages import (
    AnswerRequest,
    FormAnswerRequest,
    InvitationRequest,
    SubstituteNamed,
    SubstituteRequest,
)


def routes(house: House, halls: Halls, visits: Buckets) -> list[web.RouteDef]:
    """`POST /api/invitation/…`: what follows from looking at the invitation."""
    presses = asyncio.Semaphore(1)  # each takes a core for a moment; the meeting needs the others

    async def asked(request: web.Request, kind: type) -> tuple[msgspec.Struct, InvitedView]:
        check_origin(request, house.settings)
        take_token(request, house, visits)
        body = await body_of(request, kind)
        return body, await invited(body.token)

    async def invited(token: str) -> InvitedView:
        async with house.database.reading() as session:
            return await answers.invited(session, token)

    async def change(
        view: InvitedView,
        body: AnswerRequest | FormAnswerRequest | SubstituteRequest,
        verb: Callable[[AsyncSession, Actor], Awaitable[Event]],
    ) -> None:
        actor = Actor(view.meeting, view.participant)
        payload = {name: value for name, value in msgspec.to_builtins(body).items() if name != "token"}

        async def write(session: AsyncSession) -> tuple[None, list[Event]]:
            done = await commands.once(
                session, actor, body.key, payload, lambda: verb(session, actor), house.clock.utc()
            )
            return None, [] if done.outcome is None else [done.outcome]

        await (await halls.of(view.meeting)).change(write)

    async def answer(request: web.Request) -> web.Response:
        body, view = await asked(request, AnswerRequest)

        async def verb(session: AsyncSession, actor: Actor) -> Event:
            now = house.clock.utc()
            return await answers.answer(session, actor, view.participant, body.answer, now, reason=body.reason)

        await change(view, body, verb)
        return as_json(shown(await invited(body.token)))

    async def opinion(request: web.Request) -> web.Response:
        body, view = await asked(request, FormAnswerRequest)

        async def verb(session: AsyncSession, actor: Actor) -> Event:
            return await votes.cast(session, actor, body.vote, body.choice, house.clock.utc(), text=body.text)

        await change(view, body, verb)
        return as_json(shown(await invited(body.token)))

    async def substitute(request: web.Request) -> web.Response:
        body, view = await asked(request, SubstituteRequest)

        async def verb(session: AsyncSession, actor: Actor) -> Event:
            named = {"name": body.name, "title": body.title, "email": body.email}
            now = house.clock.utc()
            replaced = await answers.name_substitute(session, actor, view.participant, house.seal, now, **named)
            return replaced.event

        if view.substitute is None:
            await change(view, body, verb)
        async with house.database.reading() as session:
            name, token, email = await answers.link_of_substitute(session, view.participant, house.seal)
        link = f"{home_of(request, house.settings)}/v/{token}" if token else ""
        return as_json(SubstituteNamed(name=name, link=link, is_mailed=bool(email and house.settings.smtp_url)))

    async def paper_of(view: InvitedView, token: str) -> Paper:
        async with house.database.reading() as session:
            return replace(await letters.paper_for(session, view.participant, house.seal), link=token)

    async def letter(request: web.Request) -> web.Response:
        body, view = await asked(request, InvitationRequest)
        paper = await paper_of(view, body.token)
        async with presses:
            pdf = await set_letter(paper, home_of(request, house.settings))
        return as_file(pdf, "application/pdf", "Giay-moi.pdf")

    async def diary(request: web.Request) -> web.Response:
        body, view = await asked(request, InvitationRequest)
        ics = calendar(await paper_of(view, body.token), home_of(request, house.settings), house.clock.utc())
        return as_file(ics, "text/calendar", "Lich-hop.ics")

    return [
        web.post("/api/invitation/answer", answering(answer)),
        web.post("/api/invitation/opinion", answering(opinion)),
        web.post("/api/invitation/substitute", answering(substitute)),
        web.post("/api/invitation/letter", answering(letter)),
        web.post("/api/invitation/calendar", answering(diary)),
    ]


def as_file(body: bytes, kind: str, name: str) -> web.Response:
    return web.Response(
        body=body,
        content_type=kind,
        headers={hdrs.CACHE_CONTROL: "no-store", hdrs.CONTENT_DISPOSITION: f'attachment; filename="{name}"'},
    )

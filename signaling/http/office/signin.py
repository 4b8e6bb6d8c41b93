"""Signing in to the office and out of it."""

from __future__ import annotations

from aiohttp import hdrs, web

from meeting_app import organization
from meeting_app.office import sessions
from meeting_app.office.sessions import SignedIn
from signaling.http.asking import answering, as_json, check_origin, take_token
from signaling.http.office.desk import COOKIE, Desk, body_of, set_cookie
from signaling.limits import Buckets
from signaling.messages import OfficeMe, SignInRequest


def routes(desk: Desk) -> list[web.RouteDef]:
    """`POST /api/office/sign-in`, `POST /api/office/sign-out`, `GET /api/office/me`."""
    house = desk.house
    # By address and not by login: otherwise anybody could keep an officer out by guessing.
    attempts = Buckets(house.settings.sign_ins_per_s, house.settings.sign_ins_burst)

    async def sign_in(request: web.Request) -> web.Response:
        check_origin(request, house.settings)
        take_token(request, house, attempts)
        asked = await body_of(request, SignInRequest)
        async with house.database.reading() as session:
            claimed = await organization.claim(session, asked.login)
        account = await organization.prove(claimed, asked.password)
        now = house.clock.utc()
        async with house.database.writing() as session:
            await organization.confirm(session, claimed)
            token = await sessions.open_session(session, account, request.headers.get(hdrs.USER_AGENT, ""), now)
            who = await sessions.find(session, token, now)
        assert who is not None, "an account that has just signed in"
        response = as_json(shown(who))
        set_cookie(response, house.settings, token)
        return response

    async def sign_out(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        async with house.database.writing() as session:
            await sessions.close(session, who.account, who.session, house.clock.utc())
        response = web.Response(status=204)
        response.del_cookie(COOKIE, path="/")
        return response

    async def me(request: web.Request) -> web.Response:
        return as_json(shown(await desk.who(request)))

    return [
        web.post("/api/office/sign-in", answering(sign_in)),
        web.post("/api/office/sign-out", answering(sign_out)),
        web.get("/api/office/me", answering(me)),
    ]


def shown(who: SignedIn) -> OfficeMe:
    return OfficeMe(
        account=who.account,
        login=who.login,
        name=who.name,
        role=who.officer.role,
        unit=who.unit,
        unit_name=who.unit_name,
        may=who.officer.actions,
    )

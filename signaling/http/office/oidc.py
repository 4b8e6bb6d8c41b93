"""Signing in to the office with the organisation's own provider."""

from __future__ import annotations

import base64
import hmac

import msgspec
from aiohttp import hdrs, web

from meeting_app.errors import MeetingError
from meeting_app.office import identities, sessions
from meeting_app.sessions import new_token
from signaling.errors import Refusal
from signaling.http.asking import answering, as_json, home_of, take_token
from signaling.http.office.desk import Desk, set_cookie
from signaling.limits import Buckets
from signaling.messages import OfficeWays
from signaling.oidc import Pending, provider_of

PENDING_COOKIE = "hoitruong-oidc"
PENDING_S = 600
BACK = "/api/office/oidc/back"


def routes(desk: Desk) -> list[web.RouteDef]:
    """`GET /api/office/ways`, `GET /api/office/oidc`, `GET /api/office/oidc/back`."""
    house = desk.house
    settings = house.settings
    provider = provider_of(settings)
    attempts = Buckets(settings.sign_ins_per_s, settings.sign_ins_burst)

    async def ways(request: web.Request) -> web.Response:
        take_token(request, house, desk.visits)
        return as_json(OfficeWays(oidc=(settings.oidc_name or "OpenID Connect") if provider else None))

    async def begin(request: web.Request) -> web.Response:
        take_token(request, house, attempts)
        if provider is None:
            raise Refusal("not_found")
        pending = Pending(state=new_token(), nonce=new_token(), verifier=new_token() + new_token())
        response = moved(await provider.address(home_of(request, settings) + BACK, pending))
        # Lax: the provider sends the browser back, and Strict would keep the cookie from that one request.
        response.set_cookie(
            PENDING_COOKIE,
            base64.urlsafe_b64encode(msgspec.json.encode(pending)).decode(),
            max_age=PENDING_S,
            httponly=True,
            samesite="Lax",
            secure=settings.is_https,
            path=BACK,
        )
        return response

    async def back(request: web.Request) -> web.Response:
        try:
            response = await signed_in(request)
        except (Refusal, MeetingError) as error:
            # The browser is on its way; the page of the sign-in says why it ends there.
            response = moved(f"/dang-nhap?loi={error.code}")
        response.del_cookie(PENDING_COOKIE, path=BACK)
        return response

    async def signed_in(request: web.Request) -> web.Response:
        take_token(request, house, attempts)
        code, pending = request.query.get("code"), pending_of(request)
        if provider is None or code is None or pending is None:
            raise Refusal("oidc_failed")
        if not hmac.compare_digest(request.query.get("state", "").encode(), pending.state.encode()):
            raise Refusal("oidc_failed")
        now = house.clock.utc()
        who = await provider.identity(code, home_of(request, settings) + BACK, pending, now)
        async with house.database.writing() as session:
            account = await identities.account_of(session, who.issuer, who.subject, who.email, now)
            token = await sessions.open_session(session, account, request.headers.get(hdrs.USER_AGENT, ""), now)
        response = moved("/vp")
        set_cookie(response, settings, token)
        return response

    return [
        web.get("/api/office/ways", answering(ways)),
        web.get("/api/office/oidc", answering(begin)),
        web.get("/api/office/oidc/back", answering(back)),
    ]


def pending_of(request: web.Request) -> Pending | None:
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(request.cookies.get(PENDING_COOKIE, "")), type=Pending)
    except (ValueError, msgspec.MsgspecError):
        return None


def moved(address: str) -> web.Response:
    headers = {hdrs.LOCATION: address, hdrs.CACHE_CONTROL: "no-store"}
    return web.Response(status=303, headers=headers)

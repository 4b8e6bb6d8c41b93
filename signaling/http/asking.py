"""What every request needs: who asks, by cookie, language and address, and an answer in words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import TypeVar

import msgspec
import structlog
from aiohttp import hdrs, web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.errors import NotRecorded
from meeting_app.sessions import Seen
from signaling.errors import Refusal
from signaling.house import House
from signaling.limits import Buckets
from signaling.messages import Problem
from signaling.problems import EXPECTED, problem_of, status_of
from signaling.settings import Settings
from signaling.texts import Language, language_of

log = structlog.get_logger("signaling.http")

T = TypeVar("T")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Note = Callable[[AsyncSession, str, datetime], Awaitable[None]]

COOKIE = "hoitruong"
LANGUAGE_COOKIE = "lang"
COOKIE_LIFETIME_S = 30 * 24 * 3600
HOME_BITS = 64  # RFC 4291 2.5.1: of an IPv6 address, what names the network
BODY_BYTES = 4096  # of a body, where nothing else is said; links and names are short


def cookie_of(request: web.Request) -> str | None:
    return request.cookies.get(COOKIE)


def set_cookie(response: web.Response, settings: Settings, token: str) -> None:
    # Strict: the first page of a link from elsewhere needs no cookie; what it fetches afterwards sends it.
    response.set_cookie(
        COOKIE, token, max_age=COOKIE_LIFETIME_S, httponly=True, samesite="Strict", secure=settings.is_https
    )


def language_of_request(request: web.Request) -> Language:
    return language_of(request.cookies.get(LANGUAGE_COOKIE), request.headers.get(hdrs.ACCEPT_LANGUAGE))


def address_of(request: web.Request, settings: Settings) -> str:
    """Whose limit it counts against; behind a proxy the address that the proxy itself saw, which is the last.

    Of IPv6 the network: a single household has 2**64 addresses.
    """
    address = request.remote or ""
    if settings.behind_proxy and (forwarded := request.headers.get("X-Forwarded-For")):
        address = forwarded.rsplit(",", 1)[-1].strip()
    try:
        known = ip_address(address)
    except ValueError:
        return address  # a Unix socket has none
    if not isinstance(known, IPv6Address):
        return address
    return str(known.ipv4_mapped or IPv6Network((int(known), HOME_BITS), strict=False))


def take_token(request: web.Request, house: House, limits: Buckets) -> None:
    """Raises `Refusal` when the asking address has none left."""
    if not limits.take(address_of(request, house.settings), house.clock.seconds()):
        raise Refusal("too_many")


async def note_seen(house: House, who: Seen, note: Note, now: datetime) -> None:
    """Note now and then that a browser was here; where nothing can be written, who only looks does so all the same."""
    if not who.is_to_be_seen(now):
        return
    try:
        async with house.database.writing() as session:
            await note(session, who.session, now)
    except NotRecorded as error:
        log.warning("visit_not_noted", cause=str(error))


def home_of(request: web.Request, settings: Settings) -> str:
    """The address of this installation as the asking browser knows it."""
    return settings.address if settings.public_url else f"{request.scheme}://{request.host}"


def check_origin(request: web.Request, settings: Settings) -> None:
    """Raises `Refusal` for a change asked for by a page from elsewhere."""
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is None:
        return  # no browser, or one that keeps the cookie to itself by SameSite
    if origin != home_of(request, settings):
        raise Refusal("wrong_origin")


async def body_of(request: web.Request, kind: type[T], most: int = BODY_BYTES) -> T:
    """The body as a message. Raises `Refusal` for one that is too large, `ValidationError` for another shape."""
    body = await bytes_of(request, most)
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refusal("malformed", detail="JSON") from error


async def bytes_of(request: web.Request, most: int) -> bytes:
    """The body. Raises `Refusal` for one that is larger."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > most:
            raise Refusal("too_large")
    return bytes(body)


def as_json(message: object, status: int = 200) -> web.Response:
    return web.Response(
        body=msgspec.json.encode(message),
        status=status,
        content_type="application/json",
        headers={hdrs.CACHE_CONTROL: "no-store"},
    )


def refuse(error: Exception, language: Language) -> web.Response:
    """The problem as a response."""
    problem: Problem = problem_of(error, language)
    return as_json(problem, status_of(problem.code))


@web.middleware
async def without_nul(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Nothing has a NUL in its address: neither PostgreSQL nor a file system would look for it."""
    if "%00" in request.raw_path:
        return refuse(Refusal("not_found"), language_of_request(request))
    return await handler(request)


def answering(handler: Handler, refused: Callable[[Exception], None] = lambda error: None) -> Handler:
    """The handler, with what it refuses said in the language of who asks; `refused` is told of it."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except EXPECTED as error:
            refused(error)
            return refuse(error, language_of_request(request))
        except web.HTTPException:
            raise
        except Exception as error:
            # Whoever asks reads a sentence, never a bare page of an error; the log has the rest.
            log.exception("request_failed", path=request.rel_url.path)
            return refuse(error, language_of_request(request))

    return handle

"""Who asks for a paper, and whether they may read it."""

from __future__ import annotations

from aiohttp import hdrs, web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import documents, sessions
from meeting_app.acting import Actor
from meeting_app.documents import Readable, Reader
from meeting_app.errors import NotFound
from meeting_app.permissions import may
from meeting_app.sessions import Visitor
from meeting_app.states import OVER
from signaling.errors import Refusal
from signaling.house import House
from signaling.http.asking import cookie_of, take_token
from signaling.limits import Buckets

# A version never changes, so that asking again is cheap; it is asked each time, because a right may be lost.
KEPT = "private, no-cache"
NOT_KEPT = "no-store"  # of what is confidential


async def visitor_of(house: House, request: web.Request, *, reads: bool = False) -> Visitor:
    """Who asks, of those who take part, or took part: a meeting that was held is read on. Raises `Refusal`."""
    token, visitor = cookie_of(request), None
    if token is not None:
        async with house.database.reading() as session:
            visitor = await sessions.find(session, token)
    if visitor is None or visitor.participant is None:
        raise Refusal("no_session")
    if visitor.state in OVER and not (reads and visitor.state == "closed"):
        raise Refusal("closed")
    return visitor


async def leader_of(house: House, visits: Buckets, request: web.Request) -> Visitor:
    """Who asks, of those who invite and look after the list, whatever the meeting's state. Raises `Refusal`."""
    take_token(request, house, visits)
    token, visitor = cookie_of(request), None
    if token is not None:
        async with house.database.reading() as session:
            visitor = await sessions.find(session, token)
    if visitor is None or visitor.role is None:
        raise Refusal("no_session")
    if not may(visitor.role, "invite", own=False):
        raise Refusal("not_allowed")
    return visitor


async def readable(house: House, request: web.Request) -> Readable:
    """The version that the address names, for who asks. Raises `Refusal`."""
    visitor = await visitor_of(house, request, reads=True)
    async with house.database.reading() as session:
        return await to_read(session, visitor, request.match_info["version"])


async def to_read(session: AsyncSession, visitor: Visitor, version: str) -> Readable:
    try:
        return await documents.readable(session, visitor.meeting, await reader_of(session, visitor), version)
    except NotFound as error:
        raise Refusal("no_paper") from error


async def reader_of(session: AsyncSession, visitor: Visitor) -> Reader:
    return await documents.reader_of(session, visitor.participant)


def page_of(request: web.Request) -> int:
    """The page that the address names. Raises `Refusal` for what is no number."""
    page = request.match_info["page"]
    if not (page.isascii() and page.isdigit() and len(page) < 6):
        raise Refusal("not_found")
    return int(page)


def actor_of(visitor: Visitor) -> Actor:
    return Actor(visitor.meeting, visitor.participant)


def headers_for(found: Readable) -> dict[str, str]:
    return {hdrs.CACHE_CONTROL: NOT_KEPT if found.document.confidential else KEPT}

"""Checking in by the code of the hall: showing it, and taking it from the device of who scanned it."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import attendance, checkin, commands, sessions
from meeting_app.acting import Actor
from meeting_app.errors import AlreadyHere, WrongState
from meeting_app.events import Event
from meeting_app.models import Participant, Site
from meeting_app.permissions import may
from meeting_app.sessions import Visitor
from meeting_app.states import check_possible
from meeting_app.times import iso
from signaling.errors import Refusal
from signaling.halls import Halls
from signaling.house import House
from signaling.http.asking import answering, as_json, body_of, check_origin, cookie_of, home_of, take_token
from signaling.limits import Buckets
from signaling.messages import CheckedIn, CheckInRequest, HallCode
from signaling.views import WALL


def routes(house: House, halls: Halls, visits: Buckets) -> list[web.RouteDef]:
    """`GET /api/check-in/code`, `POST /api/check-in`."""

    async def visitor_of(request: web.Request) -> Visitor:
        """Who asks, with a seat of their own. Raises `Refusal`."""
        take_token(request, house, visits)
        token = cookie_of(request)
        async with house.database.reading() as session:
            visitor = await sessions.find(session, token) if token is not None else None
            gave_away = visitor is None and token is not None and await checkin.gave_seat_away(session, token)
        if gave_away:
            raise Refusal("seat_given_away")
        if visitor is None:
            raise Refusal("no_session")
        if visitor.participant is None:
            raise Refusal("not_admitted")
        return visitor

    async def code(request: web.Request) -> web.Response:
        visitor = await visitor_of(request)
        if visitor.role != WALL and not may(visitor.role, "check_in_at_hall", own=False):
            raise Refusal("not_allowed")
        _check_open(visitor.state)
        async with house.database.reading() as session:
            site = await _site_shown(session, visitor, request.query.get("site"))
        text, left_s = checkin.code_at(house.seal, visitor.meeting, site and site.id, house.clock.utc())
        link = f"{home_of(request, house.settings)}/c/{text}"
        return as_json(HallCode(link=link, site=site and site.name, left_s=left_s))

    async def check_in(request: web.Request) -> web.Response:
        check_origin(request, house.settings)
        visitor = await visitor_of(request)
        asked = await body_of(request, CheckInRequest)
        now = house.clock.utc()
        read = checkin.read_code(house.seal, asked.code, now)
        if read.meeting != visitor.meeting:
            raise Refusal("other_meeting")
        _check_open(visitor.state)
        actor = Actor(visitor.meeting, visitor.participant)

        async def write(session: AsyncSession) -> tuple[None, list[Event]]:
            done = await commands.once(
                session,
                actor,
                asked.key,
                {"site": read.site},
                lambda: attendance.check_in_by_code(session, actor, read.site, now),
                now,
            )
            return None, [] if done.outcome is None else [done.outcome]

        again = False
        try:
            await (await halls.of(visitor.meeting)).change(write)
        except AlreadyHere:
            again = True
        except WrongState as error:  # the doors were closed since we looked
            raise Refusal("check_in_closed") from error
        async with house.database.reading() as session:
            sits = await _sits(session, visitor.participant)
        return as_json(
            CheckedIn(meeting=visitor.meeting, title=visitor.title, name=visitor.name, again=again, **vars(sits))
        )

    return [web.get("/api/check-in/code", answering(code)), web.post("/api/check-in", answering(check_in))]


@dataclass(frozen=True)
class _Sits:
    site: str | None  # name
    at: str


async def _sits(session: AsyncSession, participant: str) -> _Sits:
    span = await attendance.open_span(session, participant)
    if span is None:  # taken off again in the same moment
        raise Refusal("failed")
    site = await session.get(Site, span.site_id) if span.site_id else None
    return _Sits(site.name if site else None, iso(span.came_at))


async def _site_shown(session: AsyncSession, visitor: Visitor, asked: str | None) -> Site | None:
    """A room's screen shows its own site's code, who leads any one's. Raises `Refusal`."""
    who = await session.get_one(Participant, visitor.participant)
    wanted = who.site_id if visitor.role in (WALL, "site_operator") else asked
    site = await session.get(Site, wanted) if wanted else None
    if wanted and (site is None or site.meeting_id != visitor.meeting or site.removed_at is not None):
        raise Refusal("not_found")
    return site


def _check_open(state: str) -> None:
    try:
        check_possible("check_in", state)
    except WrongState as error:
        raise Refusal("check_in_closed") from error

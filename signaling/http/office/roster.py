"""People, members of a body or delegates of a meeting from an Excel sheet: a look at what would happen, then the taking
in.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from aiohttp import hdrs, web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import organization
from meeting_app.errors import BadInput, SheetColumns
from meeting_app.events import Event
from meeting_app.office import memberships, roster, seating, sheets
from meeting_app.office.roster import Judged
from meeting_app.office.sessions import SignedIn
from meeting_app.office.sheets import Line
from signaling.errors import Refusal
from signaling.http.asking import answering, as_json, bytes_of, language_of_request
from signaling.http.office.desk import Desk
from signaling.messages import RosterLine, RosterReport, TakeRoster
from signaling.texts import LANGUAGES, ROSTER_REASONS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def routes(desk: Desk) -> list[web.RouteDef]:
    """`GET /api/office/roster`: an empty sheet. `POST /api/office/roster/check`, `/rejected`, `/take`."""
    house = desk.house

    async def template(request: web.Request) -> web.Response:
        who = await desk.who(request)
        async with house.database.reading() as session:
            units = await organization.units_within(session, *who.officer.reach("change_people"))
        names = sorted(unit.name for unit in units if unit.closed_at is None)
        content = await asyncio.to_thread(sheets.template, names, column_of(request))
        return sheet(content, "nhan-su.xlsx")

    async def check(request: web.Request) -> web.Response:
        _, judged = await looked_at(request)
        return as_json(shown(judged))

    async def rejected(request: web.Request) -> web.Response:
        _, judged = await looked_at(request)
        say = LANGUAGES.index(language_of_request(request))
        lines = [(one.line, ROSTER_REASONS[one.reason][say]) for one in judged if one.outcome == "rejected"]
        content = await asyncio.to_thread(sheets.report, lines, column_of(request))
        return sheet(content, "dong-bi-loai.xlsx")

    async def take(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        content = await bytes_of(request, sheets.FILE_BYTES)
        asked = TakeRoster(key=request.query.get("key", ""), sha256=hashlib.sha256(content).hexdigest())
        asked = msgspec.convert(msgspec.to_builtins(asked), TakeRoster)  # a key from an address is checked as well
        lines, aim = await read(content), aim_of(request)
        if isinstance(aim, Delegates):
            meeting, makes_sites = aim.meeting, aim.makes_sites

            async def seat(session: AsyncSession, who: SignedIn, now: datetime) -> tuple[dict[str, Any], list[Event]]:
                said = (who.officer, meeting, lines, now)
                judged, happened = await seating.take(session, *said, makes_sites=makes_sites)
                return msgspec.to_builtins(shown(judged)), happened

            where = {"makes_sites": str(makes_sites)}
            done = await desk.change_meeting(who, "take_roster", meeting, asked, seat, where)
            return as_json(msgspec.convert(done, RosterReport))

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            if aim is None:
                judged = await roster.take(session, who.officer, lines, now)
            else:
                judged = await memberships.take(session, who.officer, aim.body, lines, aim.joined_on, now)
            return msgspec.to_builtins(shown(judged))

        where = {} if aim is None else {"body": aim.body, "joined_on": aim.joined_on.isoformat()}
        return as_json(msgspec.convert(await desk.change(who, "take_roster", asked, verb, where), RosterReport))

    async def looked_at(request: web.Request) -> tuple[SignedIn, list[Judged]]:
        who = await desk.changer(request)
        lines, aim = await read(await bytes_of(request, sheets.FILE_BYTES)), aim_of(request)
        async with house.database.reading() as session:
            match aim:
                case None:
                    return who, await roster.judge(session, who.officer, lines)
                case Members():
                    said = (aim.body, lines, aim.joined_on)
                    return who, await memberships.judge(session, who.officer, *said)
                case Delegates():
                    said = (aim.meeting, lines, house.clock.utc())
                    return who, await seating.judge(session, who.officer, *said, makes_sites=aim.makes_sites)

    return [
        web.get("/api/office/roster", answering(template)),
        web.post("/api/office/roster/check", answering(check)),
        web.post("/api/office/roster/rejected", answering(rejected)),
        web.post("/api/office/roster/take", answering(take)),
    ]


@dataclass(frozen=True)
class Members:
    """Of which body the people are to be members, and from which day."""

    body: str
    joined_on: date


@dataclass(frozen=True)
class Delegates:
    """To which meeting the people are invited, and whether sites that it does not have are made."""

    meeting: str
    makes_sites: bool


def aim_of(request: web.Request) -> Members | Delegates | None:
    """None: the people are only to be there. Raises `BadInput` for no day."""
    body, meeting = request.query.get("body"), request.query.get("meeting")
    if meeting is not None:
        return Delegates(meeting, request.query.get("makes_sites") == "true")
    if body is None:
        return None
    try:
        return Members(body, date.fromisoformat(request.query.get("joined_on", "")))
    except ValueError as error:
        raise BadInput("this is no day", "joined_on") from error


def column_of(request: web.Request) -> str | None:
    """What the sheet has besides name, position and unit."""
    if "meeting" in request.query:
        return sheets.SITE
    return sheets.POSITION if "body" in request.query else None


async def read(content: bytes) -> list[Line]:
    """The lines. Raises `Refusal` that names the columns, `SheetUnreadable`, `SheetTooLong`."""
    try:
        return await asyncio.to_thread(sheets.read, content)
    except SheetColumns as error:
        seen = ", ".join(error.seen[:12]) or "—"
        raise Refusal("sheet_columns", missing=", ".join(error.missing), seen=seen) from error


def shown(judged: Sequence[Judged]) -> RosterReport:
    """Counts, and the lines that are not taken."""
    count = {outcome: sum(one.outcome == outcome for one in judged) for outcome in ("new", "known", "rejected")}
    lines = (
        RosterLine(
            number=one.line.number,
            name=one.line.name[:200],
            unit=one.line.unit[:200],
            reason=one.reason,
        )
        for one in judged
        if one.outcome == "rejected"
    )
    return RosterReport(new=count["new"], known=count["known"], rejected=tuple(lines))


def sheet(content: bytes, name: str) -> web.Response:
    return web.Response(
        body=content,
        content_type=XLSX,
        headers={hdrs.CONTENT_DISPOSITION: f'attachment; filename="{name}"', hdrs.CACHE_CONTROL: "no-store"},
    )

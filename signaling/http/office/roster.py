"""People from an Excel sheet: a look at what would happen, then the taking in."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from aiohttp import hdrs, web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import organization
from meeting_app.errors import SheetColumns
from meeting_app.office import roster, sheets
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
        return sheet(await asyncio.to_thread(sheets.template, names), "nhan-su.xlsx")

    async def check(request: web.Request) -> web.Response:
        _, judged = await looked_at(request)
        return as_json(shown(judged))

    async def rejected(request: web.Request) -> web.Response:
        _, judged = await looked_at(request)
        say = LANGUAGES.index(language_of_request(request))
        lines = [(one.line, ROSTER_REASONS[one.reason][say]) for one in judged if one.outcome == "rejected"]
        return sheet(await asyncio.to_thread(sheets.report, lines), "dong-bi-loai.xlsx")

    async def take(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        content = await bytes_of(request, sheets.FILE_BYTES)
        asked = TakeRoster(key=request.query.get("key", ""), sha256=hashlib.sha256(content).hexdigest())
        asked = msgspec.convert(msgspec.to_builtins(asked), TakeRoster)  # a key from an address is checked as well
        lines = await read(content)

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            return msgspec.to_builtins(shown(await roster.take(session, who.officer, lines, now)))

        return as_json(msgspec.convert(await desk.change(who, "take_roster", asked, verb), RosterReport))

    async def looked_at(request: web.Request) -> tuple[SignedIn, list[Judged]]:
        who = await desk.changer(request)
        lines = await read(await bytes_of(request, sheets.FILE_BYTES))
        async with house.database.reading() as session:
            return who, await roster.judge(session, who.officer, lines)

    return [
        web.get("/api/office/roster", answering(template)),
        web.post("/api/office/roster/check", answering(check)),
        web.post("/api/office/roster/rejected", answering(rejected)),
        web.post("/api/office/roster/take", answering(take)),
    ]


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

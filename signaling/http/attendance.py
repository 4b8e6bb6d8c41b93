"""The attendance sheet, on the screen and as an Excel file."""

from __future__ import annotations

import asyncio

import msgspec
from aiohttp import web

from meeting_app import attendance_sheet
from meeting_app.attendance_sheet import Sheet
from meeting_app.sessions import Visitor
from signaling.attendance_file import workbook_of
from signaling.house import House
from signaling.http.asking import answering, as_json
from signaling.http.invitation import as_file
from signaling.http.reader import leader_of
from signaling.limits import Buckets
from signaling.messages import AttendanceSheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def routes(house: House, visits: Buckets) -> list[web.RouteDef]:
    """`GET /api/attendance`, `GET /api/attendance.xlsx`; for those who lead the meeting."""

    async def asked(request: web.Request) -> tuple[Visitor, Sheet]:
        visitor = await leader_of(house, visits, request)
        async with house.database.reading() as session:
            return visitor, await attendance_sheet.sheet_of(session, visitor.meeting, house.clock.utc())

    async def shown(request: web.Request) -> web.Response:
        _, sheet = await asked(request)
        quorum = sheet.quorum
        counts = {"convened": quorum.convened, "present": quorum.present, "needed": quorum.needed}
        parts = {"lines": sheet.lines, "units": sheet.units, "sites": sheet.sites}
        return as_json(msgspec.convert({**counts, **parts}, AttendanceSheet, from_attributes=True))

    async def written(request: web.Request) -> web.Response:
        visitor, sheet = await asked(request)
        content = await asyncio.to_thread(workbook_of, visitor.title, sheet, house.clock.utc())
        return as_file(content, XLSX, "Diem-danh.xlsx")

    return [
        web.get("/api/attendance", answering(shown)),
        web.get("/api/attendance.xlsx", answering(written)),
    ]

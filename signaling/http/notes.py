"""What a reader writes beside the pages, for nobody else."""

from __future__ import annotations

from aiohttp import web

from meeting_app import documents
from meeting_app.permissions import may
from meeting_app.sessions import Visitor
from signaling.errors import Refusal
from signaling.house import House
from signaling.http.asking import answering, as_json, body_of, check_origin
from signaling.http.reader import actor_of, page_of, to_read, visitor_of
from signaling.limits import Buckets
from signaling.messages import NoteRequest, PageInk, PageNote, PageNotes, Stroke, StrokeRequest

# Of one person: fast writing, and what was written while there was no line.
NOTES_PER_S, NOTES_BURST = 1, 60
STROKES_PER_S, STROKES_BURST = 10, 200


def routes(house: House) -> list[web.RouteDef]:
    """`/api/notes` in words, `/api/ink` in strokes."""
    noted = Buckets(NOTES_PER_S, NOTES_BURST)
    drawn = Buckets(STROKES_PER_S, STROKES_BURST)

    async def notes(request: web.Request) -> web.Response:
        visitor = await visitor_of(house, request, reads=True)
        async with house.database.reading() as session:
            found = await to_read(session, visitor, request.match_info["version"])
            kept = await documents.notes_on(session, visitor.participant or "", found.version.id)
        return as_json(PageNotes(notes=tuple(PageNote(page=page, text=text) for page, text in kept.items())))

    async def keep_note(request: web.Request) -> web.Response:
        check_origin(request, house.settings)
        visitor = await writer_of(request, noted)
        asked, page = await body_of(request, NoteRequest), page_of(request)
        version, now = request.match_info["version"], house.clock.utc()
        async with house.database.writing() as session:
            await documents.keep_note(session, actor_of(visitor), version, page, asked.text, now)
        return web.Response(status=204)

    async def ink(request: web.Request) -> web.Response:
        visitor, page = await visitor_of(house, request, reads=True), page_of(request)
        async with house.database.reading() as session:
            found = await to_read(session, visitor, request.match_info["version"])
            kept = await documents.ink_on(session, visitor.participant or "", found.version.id, page)
        return as_json(PageInk(strokes=tuple(Stroke(id=one.id, tool=one.tool, points=one.points) for one in kept)))

    async def draw(request: web.Request) -> web.Response:
        check_origin(request, house.settings)
        visitor = await writer_of(request, drawn)
        asked, page = await body_of(request, StrokeRequest), page_of(request)
        stroke = documents.Stroke(stroke_of(request), asked.tool, asked.points)
        version, now = request.match_info["version"], house.clock.utc()
        async with house.database.writing() as session:
            await documents.draw(session, actor_of(visitor), version, page, stroke, now)
        return web.Response(status=204)

    async def rub_out(request: web.Request) -> web.Response:
        check_origin(request, house.settings)
        visitor, stroke = await writer_of(request, drawn), stroke_of(request)
        async with house.database.reading() as session:
            is_there = await documents.has_drawn(session, visitor.participant or "", stroke)
        if is_there:
            async with house.database.writing() as session:
                await documents.rub_out(session, actor_of(visitor), stroke)
        return web.Response(status=204)

    async def writer_of(request: web.Request, limits: Buckets) -> Visitor:
        """Who writes, when they may: known before anybody waits for the one who writes the rows."""
        visitor = await visitor_of(house, request)
        if not limits.take(visitor.participant or "", house.clock.seconds()):
            raise Refusal("too_many")
        if not may(visitor.role or "", "keep_note", own=True):
            raise Refusal("not_allowed")
        return visitor

    return [
        web.get("/api/notes/{version}", answering(notes)),
        web.put("/api/notes/{version}/{page}", answering(keep_note)),
        web.get("/api/ink/{version}/{page}", answering(ink)),
        web.put("/api/ink/{version}/{page}/{stroke}", answering(draw)),
        web.delete("/api/ink/{version}/{page}/{stroke}", answering(rub_out)),
    ]


def stroke_of(request: web.Request) -> str:
    """Raises `Refusal` for what is no id."""
    stroke = request.match_info["stroke"]
    if not (stroke.isascii() and 8 <= len(stroke) <= 64):
        raise Refusal("not_found")
    return stroke

"""What a reader writes beside the pages, for nobody else."""

from __future__ import annotations

from aiohttp import web

from meeting_app import documents
from signaling.house import House
from signaling.http.asking import answering, as_json, body_of, check_origin
from signaling.http.reader import actor_of, page_of, to_read, visitor_of
from signaling.messages import NoteRequest, PageNote, PageNotes


def routes(house: House) -> list[web.RouteDef]:
    """`/api/notes`."""

    async def notes(request: web.Request) -> web.Response:
        visitor = await visitor_of(house, request)
        async with house.database.reading() as session:
            found = await to_read(session, visitor, request.match_info["version"])
            kept = await documents.notes_on(session, visitor.participant or "", found.version.id)
        return as_json(PageNotes(notes=tuple(PageNote(page=page, text=text) for page, text in kept.items())))

    async def keep_note(request: web.Request) -> web.Response:
        check_origin(request, house.settings)
        visitor = await visitor_of(house, request)
        asked, page = await body_of(request, NoteRequest), page_of(request)
        version, now = request.match_info["version"], house.clock.utc()
        async with house.database.writing() as session:
            await documents.keep_note(session, actor_of(visitor), version, page, asked.text, now)
        return web.Response(status=204)

    return [
        web.get("/api/notes/{version}", answering(notes)),
        web.put("/api/notes/{version}/{page}", answering(keep_note)),
    ]

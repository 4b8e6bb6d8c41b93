"""Papers: files come in piece by piece, pages and their text go out to who may read them."""

from __future__ import annotations

import asyncio

import msgspec
from aiohttp import hdrs, web
from sqlalchemy.ext.asyncio import AsyncSession

from converter.control import ANSWER, CLEAN, Answer, Converted
from meeting_app import agenda, documents, sessions
from meeting_app.acting import Actor
from meeting_app.documents import Plan, Readable
from meeting_app.documents.search import find, words_of
from meeting_app.errors import NotFound
from meeting_app.events import Event
from meeting_app.models import Upload
from meeting_app.sessions import Visitor
from meeting_app.states import OVER
from signaling.conversion import Conversion
from signaling.errors import Refusal
from signaling.files import Files
from signaling.halls import Halls
from signaling.house import House
from signaling.http.asking import answering, as_json, body_of, check_origin, cookie_of, language_of_request
from signaling.limits import Buckets
from signaling.messages import (
    NoteRequest,
    PageNote,
    PageNotes,
    PageSize,
    PaperHit,
    PaperHits,
    PaperPages,
    UploadRequest,
    UploadStanding,
)
from signaling.packs import Packs
from signaling.paper_index import PaperIndex

PIECE_BYTES = 2**20  # at most, of a file at once; proxies let that through
# A version never changes, so that asking again is cheap; it is asked each time, because a right may be lost.
KEPT = "private, no-cache"
NOT_KEPT = "no-store"  # of what is confidential
# Of one person: who types is asked for at each letter.
SEARCHES_PER_S, SEARCHES_BURST = 2, 20
LONGEST_QUERY = 200
MOST_HITS = 100
WHOLE_MEETING = {"vi": "Tài liệu chung", "en": "For the whole meeting"}
SIZES = {"": "webp", "small": "small.webp"}


def routes(house: House, halls: Halls, files: Files, conversion: Conversion) -> list[web.RouteDef]:
    """`/api/uploads` to send a file, `/api/papers` to read one."""
    index = PaperIndex(files)
    packs = Packs(files)
    searches = Buckets(SEARCHES_PER_S, SEARCHES_BURST)
    busy: set[str] = set()  # uploads that take in a piece at this moment

    async def announce(request: web.Request) -> web.Response:
        check_origin(request, house.settings)
        visitor = await visitor_of(request)
        asked = await body_of(request, UploadRequest)
        if asked.size > house.settings.document_bytes:
            raise Refusal("file_too_large", most=house.settings.document_bytes // 2**20)
        plan = Plan(asked.size, asked.document, asked.item, asked.title, asked.audience, asked.confidential)
        async with house.database.writing() as session:
            upload = await documents.begin_upload(session, actor_of(visitor), asked.key, plan, house.clock.utc())
        return standing(upload)

    async def ask(request: web.Request) -> web.Response:
        return standing(await upload_of(request, await visitor_of(request)))

    async def take_in(request: web.Request) -> web.Response:
        check_origin(request, house.settings)
        visitor = await visitor_of(request)
        upload = await upload_of(request, visitor)
        if upload.version_id is not None:
            return standing(upload)
        if upload.id in busy:
            raise Refusal("wrong_offset")
        busy.add(upload.id)
        try:
            await take_piece(request, upload)
            if files.received(upload.id) == upload.size:
                await finish(visitor, upload)
        finally:
            busy.discard(upload.id)
        return standing(upload)

    async def take_piece(request: web.Request, upload: Upload) -> None:
        offset = request.query.get("offset", "")
        if offset != str(files.received(upload.id)):
            raise Refusal("wrong_offset")
        room = min(PIECE_BYTES, upload.size - int(offset))
        # What has come of a piece whose line broke is kept: the page asks how much that was.
        async for piece in request.content.iter_chunked(64 * 1024):
            room -= len(piece)
            if room < 0:
                raise Refusal("too_large")
            await asyncio.to_thread(files.append, upload.id, piece)

    async def finish(visitor: Visitor, upload: Upload) -> None:
        file = await asyncio.to_thread(files.keep, upload.id)
        hall = await halls.of(visitor.meeting)

        async def become(session: AsyncSession) -> tuple[str, list[Event]]:
            version, event = await documents.finish_upload(
                session, actor_of(visitor), upload.id, file, house.clock.utc()
            )
            return version, [event] if event is not None else []

        upload.version_id = await hall.change(become)
        await asyncio.to_thread(files.drop, upload.id)
        conversion.wake()

    async def pages(request: web.Request) -> web.Response:
        found = await readable(request)
        answer = await asyncio.to_thread((files.pages(found.file_hash) / ANSWER).read_bytes)
        converted = msgspec.json.decode(answer, type=Answer)
        assert isinstance(converted, Converted)  # a version is ready only then
        response = as_json(PaperPages(pages=tuple(PageSize(page.width, page.height) for page in converted.pages)))
        response.headers.update(headers_for(found))
        return response

    async def image(request: web.Request) -> web.StreamResponse:
        size = SIZES.get(request.query.get("size", ""))
        if size is None:
            raise Refusal("not_found")
        return await page_file(request, size, "image/webp")

    async def text(request: web.Request) -> web.StreamResponse:
        return await page_file(request, "json", "application/json")

    async def whole(request: web.Request) -> web.StreamResponse:
        found = await readable(request)
        if not documents.may_take((await visitor_of(request, reads=True)).role or "", found.document):
            raise Refusal("no_paper")
        headers = headers_for(found) | {
            hdrs.CONTENT_TYPE: "application/pdf",
            hdrs.CONTENT_DISPOSITION: "attachment; filename=tai-lieu.pdf",
        }
        return web.FileResponse(files.pages(found.file_hash) / CLEAN, headers=headers)

    async def pack(request: web.Request) -> web.StreamResponse:
        visitor = await visitor_of(request)
        async with house.database.reading() as session:
            papers = await documents.all_readable(session, visitor.meeting, visitor.role or "")
            items = await agenda.items(session, visitor.meeting)
        path = await packs.of(papers, items, WHOLE_MEETING[language_of_request(request)])
        headers = {
            hdrs.CACHE_CONTROL: NOT_KEPT,
            hdrs.CONTENT_TYPE: "application/pdf",
            hdrs.CONTENT_DISPOSITION: "attachment; filename=tai-lieu-hop.pdf",
        }
        return web.FileResponse(path, headers=headers)

    async def page_file(request: web.Request, ending: str, kind: str) -> web.StreamResponse:
        found = await readable(request)
        page = request.match_info["page"]
        if not (page.isascii() and page.isdigit() and len(page) < 6 and 1 <= int(page) <= (found.version.pages or 0)):
            raise Refusal("not_found")
        path = files.pages(found.file_hash) / f"{int(page)}.{ending}"
        return web.FileResponse(path, headers=headers_for(found) | {hdrs.CONTENT_TYPE: kind})

    async def notes(request: web.Request) -> web.Response:
        visitor = await visitor_of(request)
        async with house.database.reading() as session:
            found = await to_read(session, visitor, request.match_info["version"])
            kept = await documents.notes_on(session, visitor.participant or "", found.version.id)
        return as_json(PageNotes(notes=tuple(PageNote(page=page, text=text) for page, text in kept.items())))

    async def keep_note(request: web.Request) -> web.Response:
        check_origin(request, house.settings)
        visitor = await visitor_of(request)
        asked, page = await body_of(request, NoteRequest), request.match_info["page"]
        if not (page.isascii() and page.isdigit() and len(page) < 6):
            raise Refusal("not_found")
        version, now = request.match_info["version"], house.clock.utc()
        async with house.database.writing() as session:
            await documents.keep_note(session, actor_of(visitor), version, int(page), asked.text, now)
        return web.Response(status=204)

    async def look_for(request: web.Request) -> web.Response:
        visitor = await visitor_of(request)
        if not searches.take(visitor.participant or "", house.clock.seconds()):
            raise Refusal("too_many")
        query = words_of(request.query.get("q", "")[:LONGEST_QUERY])
        version = request.query.get("version")
        async with house.database.reading() as session:
            if version is None:
                papers = await documents.all_readable(session, visitor.meeting, visitor.role or "")
            else:
                papers = [await to_read(session, visitor, version)]
        return as_json(await asyncio.to_thread(hits_in, papers, query))

    def hits_in(papers: list[Readable], query: list[str]) -> PaperHits:
        found = [
            (paper.version.id, hit)
            for paper in papers
            for hit in find(index.pages(paper.file_hash, paper.version.pages or 0), query)
        ]
        found.sort(key=lambda pair: not pair[1].exact)
        return PaperHits(
            hits=tuple(
                PaperHit(version=version, page=hit.page, before=hit.before, match=hit.match, after=hit.after)
                for version, hit in found[:MOST_HITS]
            ),
            more=len(found) > MOST_HITS,
        )

    async def readable(request: web.Request) -> Readable:
        visitor = await visitor_of(request, reads=True)
        async with house.database.reading() as session:
            return await to_read(session, visitor, request.match_info["version"])

    async def to_read(session: AsyncSession, visitor: Visitor, version: str) -> Readable:
        try:
            return await documents.readable(session, visitor.meeting, visitor.role or "", version)
        except NotFound as error:
            raise Refusal("no_paper") from error

    async def upload_of(request: web.Request, visitor: Visitor) -> Upload:
        async with house.database.reading() as session:
            return await documents.find_upload(session, actor_of(visitor), request.match_info["upload"])

    async def visitor_of(request: web.Request, *, reads: bool = False) -> Visitor:
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

    def standing(upload: Upload) -> web.Response:
        done = upload.version_id is not None
        offset = upload.size if done else files.received(upload.id)
        return as_json(UploadStanding(upload=upload.id, offset=offset, size=upload.size, version=upload.version_id))

    return [
        web.post("/api/uploads", answering(announce)),
        web.get("/api/uploads/{upload}", answering(ask)),
        web.patch("/api/uploads/{upload}", answering(take_in)),
        web.get("/api/notes/{version}", answering(notes)),
        web.put("/api/notes/{version}/{page}", answering(keep_note)),
        web.get("/api/search", answering(look_for)),
        web.get("/api/pack", answering(pack)),
        web.get("/api/papers/{version}", answering(pages)),
        web.get("/api/papers/{version}/pages/{page}", answering(image)),
        web.get("/api/papers/{version}/text/{page}", answering(text)),
        web.get("/api/papers/{version}/file", answering(whole)),
    ]


def actor_of(visitor: Visitor) -> Actor:
    return Actor(visitor.meeting, visitor.participant)


def headers_for(found: Readable) -> dict[str, str]:
    return {hdrs.CACHE_CONTROL: NOT_KEPT if found.document.confidential else KEPT}

"""Papers to read: their pages, their text, words in them, all of them as one file."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
from aiohttp import hdrs, web

from converter.control import ANSWER, CLEAN, Answer, Converted
from meeting_app import agenda, documents
from meeting_app.documents import Readable
from meeting_app.documents.search import find, words_of
from meeting_app.sessions import Visitor
from signaling.changes import Changes
from signaling.errors import Refusal
from signaling.files import Files, there
from signaling.house import House
from signaling.http.asking import answering, as_json, language_of_request
from signaling.http.file import FileAnswer
from signaling.http.reader import NOT_KEPT, headers_for, page_of, readable, reader_of, to_read, visitor_of
from signaling.limits import Buckets
from signaling.mark import Marks, words_for
from signaling.marked import MarkedFiles
from signaling.messages import PageSize, PaperChanges, PaperHit, PaperHits, PaperPages
from signaling.packs import Packs
from signaling.paper_index import PaperIndex

# Of one person: who types is asked for at each letter.
SEARCHES_PER_S, SEARCHES_BURST = 2, 20
# Of one person: each file that bears a name is made anew in the minute that it names.
TAKEN_PER_S, TAKEN_BURST = 1 / 10, 6
LONGEST_QUERY = 200
MOST_HITS = 100
WHOLE_MEETING = {"vi": "Tài liệu chung", "en": "For the whole meeting"}
SIZES = {"": ("webp",), "small": ("small.webp",), "first": ("preview.webp", "webp")}  # the first that is there


def routes(house: House, files: Files) -> list[web.RouteDef]:
    """`/api/papers`, `/api/search` in them, `/api/pack` of them all."""
    index = PaperIndex(files)
    packs = Packs(files, house.settings.convert_unconfined)
    comparing = Changes(files)
    marks = Marks()
    marked = MarkedFiles(files, house.settings.convert_unconfined)
    takings = Buckets(TAKEN_PER_S, TAKEN_BURST)
    searches = Buckets(SEARCHES_PER_S, SEARCHES_BURST)

    async def pages(request: web.Request) -> web.Response:
        found = await readable(house, request)
        answer = await asyncio.to_thread(there(files.pages(found.file_hash) / ANSWER).read_bytes)
        converted = msgspec.json.decode(answer, type=Answer)
        assert isinstance(converted, Converted)  # a version is ready only then
        response = as_json(PaperPages(pages=tuple(PageSize(page.width, page.height) for page in converted.pages)))
        response.headers.update(headers_for(found))
        return response

    async def image(request: web.Request) -> web.StreamResponse:
        sizes = SIZES.get(request.query.get("size", ""))
        if sizes is None:
            raise Refusal("not_found")
        found = await readable(house, request)
        has = [one for one in sizes if (files.pages(found.file_hash) / f"{page_of(request)}.{one}").exists()]
        size = has[0] if has else sizes[-1]
        if not found.document.confidential:
            return page_file(request, found, size, "image/webp")
        visitor = await visitor_of(house, request, reads=True)
        words = words_for(visitor.name, house.clock.utc())
        body = await marks.of(page_path(request, found, size), words)
        return web.Response(body=body, content_type="image/webp", headers=headers_for(found))

    async def text(request: web.Request) -> web.StreamResponse:
        return page_file(request, await readable(house, request), "json", "application/json")

    async def whole(request: web.Request) -> web.StreamResponse:
        visitor = await visitor_of(house, request, reads=True)
        async with house.database.reading() as session:
            found = await to_read(session, visitor, request.match_info["version"])
        if not documents.may_take(visitor.role or "", found.document):
            raise Refusal("no_paper")
        path = there(files.pages(found.file_hash) / CLEAN)
        if found.document.confidential:
            check_taking(visitor)
            path = await marked.of(path, words_for(visitor.name, house.clock.utc()))
        headers = headers_for(found) | {
            hdrs.CONTENT_TYPE: "application/pdf",
            hdrs.CONTENT_DISPOSITION: "attachment; filename=tai-lieu.pdf",
        }
        return FileAnswer(path, headers=headers)

    async def changes(request: web.Request) -> web.Response:
        """Of the version in the address since an older one of the same paper."""
        visitor = await visitor_of(house, request, reads=True)
        async with house.database.reading() as session:
            newer = await to_read(session, visitor, request.match_info["version"])
            older = await to_read(session, visitor, request.query.get("since", ""))
        if older.document.id != newer.document.id or older.version.number >= newer.version.number:
            raise Refusal("not_found")
        found = await comparing.between(older, newer)
        return as_json(msgspec.convert(found, PaperChanges, from_attributes=True))

    async def pack(request: web.Request) -> web.StreamResponse:
        visitor = await visitor_of(house, request, reads=True)
        async with house.database.reading() as session:
            papers = await documents.all_readable(session, visitor.meeting, await reader_of(session, visitor))
            items = await agenda.items(session, visitor.meeting)
        # Who reads a restricted paper page by page takes the others.
        papers = [paper for paper in papers if documents.may_take(visitor.role or "", paper.document)]
        if any(paper.document.confidential for paper in papers):
            check_taking(visitor)
        words = words_for(visitor.name, house.clock.utc())
        path = await packs.of(papers, items, WHOLE_MEETING[language_of_request(request)], words)
        headers = {
            hdrs.CACHE_CONTROL: NOT_KEPT,
            hdrs.CONTENT_TYPE: "application/pdf",
            hdrs.CONTENT_DISPOSITION: "attachment; filename=tai-lieu-hop.pdf",
        }
        return FileAnswer(path, headers=headers)

    def check_taking(visitor: Visitor) -> None:
        if not takings.take(visitor.participant or "", house.clock.seconds()):
            raise Refusal("too_many")

    def page_file(request: web.Request, found: Readable, ending: str, kind: str) -> web.StreamResponse:
        headers = headers_for(found) | {hdrs.CONTENT_TYPE: kind}
        return FileAnswer(page_path(request, found, ending), headers=headers)

    def page_path(request: web.Request, found: Readable, ending: str) -> Path:
        page = page_of(request)
        if not 1 <= page <= (found.version.pages or 0):
            raise Refusal("not_found")
        return there(files.pages(found.file_hash) / f"{page}.{ending}")

    async def look_for(request: web.Request) -> web.Response:
        visitor = await visitor_of(house, request, reads=True)
        if not searches.take(visitor.participant or "", house.clock.seconds()):
            raise Refusal("too_many")
        query = words_of(request.query.get("q", "")[:LONGEST_QUERY])
        version = request.query.get("version")
        async with house.database.reading() as session:
            if version is None:
                papers = await documents.all_readable(session, visitor.meeting, await reader_of(session, visitor))
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

    return [
        web.get("/api/search", answering(look_for)),
        web.get("/api/pack", answering(pack)),
        web.get("/api/papers/{version}", answering(pages)),
        web.get("/api/papers/{version}/changes", answering(changes)),
        web.get("/api/papers/{version}/pages/{page}", answering(image)),
        web.get("/api/papers/{version}/text/{page}", answering(text)),
        web.get("/api/papers/{version}/file", answering(whole)),
    ]

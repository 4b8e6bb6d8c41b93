"""Files on their way to become papers: announced, then sent piece by piece."""

from __future__ import annotations

import asyncio

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import documents
from meeting_app.documents import Plan
from meeting_app.events import Event
from meeting_app.models import Upload
from meeting_app.permissions import may
from meeting_app.sessions import Visitor
from signaling.conversion import Conversion
from signaling.errors import Refusal
from signaling.files import Files
from signaling.halls import Halls
from signaling.house import House
from signaling.http.asking import answering, as_json, body_of, check_origin
from signaling.http.reader import actor_of, visitor_of
from signaling.limits import Buckets
from signaling.messages import UploadRequest, UploadStanding
from signaling.verbs import readers_of

PIECE_BYTES = 2**20  # at most, of a file at once; proxies let that through
# Of one person: a folder of papers is announced together, and their pieces come as fast as the line is.
ANNOUNCED_PER_S, ANNOUNCED_BURST = 1, 60
PIECES_PER_S, PIECES_BURST = 20, 200


def routes(house: House, halls: Halls, files: Files, conversion: Conversion) -> list[web.RouteDef]:
    """`/api/uploads`."""
    busy: set[str] = set()  # uploads that take in a piece at this moment
    announced = Buckets(ANNOUNCED_PER_S, ANNOUNCED_BURST)
    pieces = Buckets(PIECES_PER_S, PIECES_BURST)

    async def announce(request: web.Request) -> web.Response:
        check_origin(request, house.settings)
        visitor = await sender_of(request, announced)
        asked = await body_of(request, UploadRequest)
        if asked.size > house.settings.document_bytes:
            raise Refusal("file_too_large", most=house.settings.document_bytes // 2**20)
        await asyncio.to_thread(files.check_room, asked.size)
        named = readers_of(asked.readers)
        plan = Plan(asked.size, asked.document, asked.item, asked.title, asked.audience, asked.confidential, named)
        async with house.database.writing() as session:
            upload = await documents.begin_upload(session, actor_of(visitor), asked.key, plan, house.clock.utc())
        return standing(upload)

    async def ask(request: web.Request) -> web.Response:
        return standing(await upload_of(request, await visitor_of(house, request)))

    async def take_in(request: web.Request) -> web.Response:
        check_origin(request, house.settings)
        visitor = await sender_of(request, pieces)
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

    async def sender_of(request: web.Request, limits: Buckets) -> Visitor:
        """Who sends, when they may: known before anybody waits for the one who writes the rows."""
        visitor = await visitor_of(house, request)
        if not limits.take(visitor.participant or "", house.clock.seconds()):
            raise Refusal("too_many")
        if not may(visitor.role or "", "add_document", own=False):
            raise Refusal("not_allowed")
        return visitor

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

    async def upload_of(request: web.Request, visitor: Visitor) -> Upload:
        async with house.database.reading() as session:
            return await documents.find_upload(session, actor_of(visitor), request.match_info["upload"])

    def standing(upload: Upload) -> web.Response:
        done = upload.version_id is not None
        offset = upload.size if done else files.received(upload.id)
        return as_json(UploadStanding(upload=upload.id, offset=offset, size=upload.size, version=upload.version_id))

    return [
        web.post("/api/uploads", answering(announce)),
        web.get("/api/uploads/{upload}", answering(ask)),
        web.patch("/api/uploads/{upload}", answering(take_in)),
    ]

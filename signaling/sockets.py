"""Socket.IO in: who a connection is, and each message parsed, limited, answered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import msgspec
import socketio
import structlog
from aiohttp import web

from meeting_app import sessions
from meeting_app.sessions import Visitor
from meeting_app.states import OVER
from signaling import frames
from signaling.codec import MessageJson
from signaling.errors import Refusal
from signaling.gate import TextPacket
from signaling.halls import Halls
from signaling.house import House
from signaling.http.asking import address_of, cookie_of, language_of_request
from signaling.limits import Bucket
from signaling.meeting import Hall
from signaling.messages import AnyCommand, AnyMedia, Ended, MediaOffer, Result
from signaling.metrics import MESSAGES
from signaling.problems import EXPECTED, problem_of
from signaling.seat import Seat, Waiter
from signaling.settings import Settings
from signaling.texts import Language

log = structlog.get_logger("signaling.sockets")


def make_server(settings: Settings) -> socketio.AsyncServer:
    """The Socket.IO server. Messages of one connection are handled in order, one at a time."""
    server = socketio.AsyncServer(
        async_mode="aiohttp",
        json=MessageJson,
        serializer=TextPacket,
        async_handlers=False,
        max_http_buffer_size=settings.message_bytes,
        # None: the Origin must be the address that was asked.
        cors_allowed_origins=[settings.address] if settings.public_url else None,
        ping_interval=5,
        ping_timeout=5,
    )
    frames.use(server)
    return server


@dataclass(slots=True)
class _Connection:
    messages: Bucket
    offers: Bucket
    language: Language
    hall: Hall
    arriving: asyncio.Task[None]  # ends when it has a seat, or waits in the lobby


class Sockets:
    """The handlers of one server."""

    def __init__(self, server: socketio.AsyncServer, house: House, halls: Halls) -> None:
        self._server = server
        self._house = house
        self._halls = halls
        self._connections: dict[str, _Connection] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        server.on("connect", self._connect)
        server.on("disconnect", self._disconnect)
        server.on("command", self._command)
        server.on("media", self._media)
        server.on("*", self._unknown)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # Connections --------------------------------------------------------------------------------------

    async def _connect(self, sid: str, environ: dict[str, Any], auth: object = None) -> None:
        request: web.Request = environ["aiohttp.request"]
        language = language_of_request(request)
        try:
            visitor = await self._visitor(request)
            if not _is_of(auth, visitor):
                raise Refusal("other_session")
            hall = await self._halls.of(visitor.meeting)
            if visitor.participant is not None:
                hall.check_room(visitor.participant, visitor.role)
        except Exception as error:
            # Whatever it was, the browser is told in words; what we did not expect is logged.
            if not isinstance(error, EXPECTED):
                log.exception("connect_failed")
            problem = problem_of(error, language)
            raise socketio.exceptions.ConnectionRefusedError(problem.message, msgspec.to_builtins(problem)) from error
        settings, now = self._house.settings, self._house.clock.seconds()
        messages = Bucket(settings.messages_per_s, settings.messages_burst, now)
        offers = Bucket(settings.offers_per_s, settings.offers_burst, now)
        task = asyncio.create_task(self._arrive(sid, request, visitor, auth))
        self._connections[sid] = _Connection(messages, offers, language, hall, task)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _visitor(self, request: web.Request) -> Visitor:
        """Who the cookie says. Raises `Refusal`."""
        token = cookie_of(request)
        if token is None:
            raise Refusal("no_session")
        async with self._house.database.reading() as session:
            visitor = await sessions.find(session, token)
        if visitor is None or (visitor.participant is None and visitor.knock is None):
            raise Refusal("no_session")
        if visitor.state in OVER:
            raise Refusal("closed")
        return visitor

    async def _arrive(self, sid: str, request: web.Request, visitor: Visitor, auth: object) -> None:
        # The library tells the browser that it is connected once the handler has returned.
        await asyncio.sleep(0)
        connection = self._connections.get(sid)
        if connection is None:
            return
        if not self._house.pushes.reaches(sid):
            # It ended while it was asked who it is, and of that the library tells nobody.
            await self._server.disconnect(sid)
            return
        language, address = connection.language, address_of(request, self._house.settings)
        try:
            # Asked again, because a hall in which nobody sits is closed between two ticks.
            hall = connection.hall = await self._halls.of(visitor.meeting)
            if visitor.participant is None:
                await hall.wait(Waiter(sid, visitor.session, visitor.knock, language, address))
                # The door may have been opened between the look at the cookie and now.
                visitor = await self._visitor(request)
                if visitor.participant is None or not hall.call_in(visitor.session):
                    return
            seat = Seat(sid, visitor.session, visitor.participant, visitor.role, language, _last_seq(auth))
            seat.is_companion = _said(auth, "companion") is True
            if sid in self._connections:
                await hall.sit(seat)
        except Refusal as refusal:
            reason = refusal.code if refusal.code in ("lobby_full", "closed") else "revoked"
            await self._house.pushes.end(sid, Ended(reason=reason))
        except Exception:
            # Nobody awaits this task; the browser comes back by itself after the disconnect.
            log.exception("arrival_failed", meeting=visitor.meeting)
            await self._house.pushes.cut(sid)

    async def _disconnect(self, sid: str, *_reason: object) -> None:
        connection = self._connections.pop(sid, None)
        if connection is not None:
            connection.hall.drop(sid)

    # Messages -----------------------------------------------------------------------------------------

    async def _command(self, sid: str, *data: object) -> object:
        async def carry_out(connection: _Connection, seat: Seat) -> Result:
            return await connection.hall.command(seat, msgspec.convert(_only(data), AnyCommand))

        return await self._answer(sid, "command", carry_out)

    async def _media(self, sid: str, *data: object) -> object:
        async def carry_out(connection: _Connection, seat: Seat) -> Result:
            message = msgspec.convert(_only(data), AnyMedia)
            if isinstance(message, MediaOffer) and not connection.offers.take(self._house.clock.seconds()):
                raise Refusal("too_many")
            return await connection.hall.room.handle(seat, message)

        return await self._answer(sid, "media", carry_out)

    async def _unknown(self, _event: str, sid: str, *_data: object) -> object:
        async def refuse(_connection: _Connection, _seat: Seat) -> Result:
            raise Refusal("malformed")

        return await self._answer(sid, "unknown", refuse)

    async def _answer(self, sid: str, kind: str, carry_out: Callable[[_Connection, Seat], Awaitable[Result]]) -> object:
        connection = self._connections.get(sid)
        if connection is None:
            return None
        try:
            if not connection.messages.take(self._house.clock.seconds()):
                raise Refusal("too_many")
            # What a browser kept while it was away comes before its seat is taken.
            await asyncio.wait({connection.arriving})
            seat = connection.hall.seat_of(sid)
            if seat is None:
                raise Refusal("not_admitted")
            result = await carry_out(connection, seat)
        except EXPECTED as error:
            result = Result(ok=False, problem=problem_of(error, connection.language))
        except Exception as error:
            # The fault is ours: logged with its traceback, and the person is told that nothing was done.
            log.exception("message_failed", kind=kind)
            result = Result(ok=False, problem=problem_of(error, connection.language))
        MESSAGES.labels(kind, "ok" if result.ok else result.problem.code).inc()
        return result


def _only(data: tuple[object, ...]) -> object:
    if len(data) != 1:
        raise Refusal("malformed")
    return data[0]


def _said(auth: object, name: str) -> object:
    """What a page says of itself when it connects; None where it says nothing."""
    return auth.get(name) if isinstance(auth, dict) else None


def _is_of(auth: object, visitor: Visitor) -> bool:
    """Whether the page is of whom its cookie opens now; another link may have been opened in the same browser since."""
    me, session = _said(auth, "me"), _said(auth, "session")
    if me is None and session is None:
        return True
    return session == visitor.session or (me is not None and me == visitor.participant)


def _last_seq(auth: object) -> int | None:
    """The event number the browser has; anything else than a number means that it has none."""
    seq = _said(auth, "seq")
    return seq if isinstance(seq, int) and not isinstance(seq, bool) else None

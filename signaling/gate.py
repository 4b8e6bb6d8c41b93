"""What stands before Socket.IO: each frame of a browser is looked at here first.

A page opens a connection, says once who it is (CONNECT), then sends events as text. The library would forgive far
more: it keeps the announced attachments of a binary message until the last has come, answers a frame that is none
with a traceback, and lets a connection that never says who it is stay for ever. Here each of these ends the
connection, and a new one costs a token of its address.
"""

from __future__ import annotations

import functools
from collections import deque
from dataclasses import dataclass
from typing import Any

import socketio
import structlog
from aiohttp import web
from engineio import packet as engine
from engineio.async_socket import AsyncSocket
from engineio.exceptions import SocketIsClosedError
from socketio import packet

from signaling.errors import Refusal
from signaling.frames import websocket_of
from signaling.house import House
from signaling.http.asking import address_of, language_of_request, refuse, take_token
from signaling.limits import Buckets
from signaling.metrics import MESSAGES
from signaling.push import abort, break_off

NAMELESS_AT_MOST_S = 10.0  # a connection that has not said who it is, or was shown out and stays
HUNG_AT_MOST_S = 10.0  # until what was still to be said to one that ended is given up
PATH = "/socket.io/"
_ENGINE_KINDS = {engine.PONG, engine.UPGRADE, engine.CLOSE}  # besides messages, all that a browser sends
_KINDS = {packet.CONNECT, packet.DISCONNECT, packet.EVENT}  # acknowledgements are never asked for
_OURS = {"connect", "disconnect"}  # the library calls its own handlers so

log = structlog.get_logger("signaling.gate")


class BadFrame(ValueError):
    """Nothing that a page of ours sends."""


class TextPacket(packet.Packet):
    """A Socket.IO packet without attachments, in the one namespace there is."""

    def decode(self, encoded_packet: str) -> int:
        try:
            super().decode(encoded_packet)
        except ValueError as error:
            raise BadFrame(str(error)) from error
        if self.packet_type not in _KINDS or self.namespace not in (None, "/"):
            raise BadFrame("neither CONNECT, DISCONNECT nor a text event of the namespace /")
        if self.packet_type == packet.EVENT:
            name = self.data[0] if isinstance(self.data, list) and self.data else None
            if not isinstance(name, str) or name in _OURS:
                raise BadFrame("an event without a name of its own")
        return 0


@dataclass(slots=True)
class _Line:
    """One connection, whether anybody has said who it is or not."""

    socket: AsyncSocket
    request: web.Request  # what opened it
    nameless_since: float
    said_who: bool = False


class Gate:
    """Between the Engine.IO and the Socket.IO of one server."""

    def __init__(self, server: socketio.AsyncServer, house: House, visits: Buckets) -> None:
        self._server = server
        self._house = house
        self._visits = visits
        self._lines: dict[str, _Line] = {}
        self._ended: deque[tuple[float, AsyncSocket]] = deque()  # when, and which: it may hang unread
        self._opened, self._handle = server.eio.handlers["connect"], server.eio.handlers["message"]
        self._closed = server.eio.handlers["disconnect"]
        server.eio.on("connect", self._open)
        server.eio.on("disconnect", self._close)

    def routes(self) -> list[web.RouteDef]:
        return [web.route(method, PATH, self._serve) for method in ("GET", "POST", "OPTIONS")]

    async def tick(self) -> None:
        """End the connections that nobody speaks for, and those that nobody reads."""
        now = self._house.clock.seconds()
        while self._ended and now - self._ended[0][0] > HUNG_AT_MOST_S:
            abort(self._ended.popleft()[1])
        for sid, line in list(self._lines.items()):
            if line.socket.queue.qsize() > self._house.settings.backlog_messages:
                # Kept, it would fill our memory; cut off, a page asks for what it missed when it can.
                log.warning("browser_does_not_read", address=address_of(line.request, self._house.settings))
                await break_off(line.socket)
            elif self._server.manager.sid_from_eio_sid(sid, "/") is not None:
                line.nameless_since = now
            elif now - line.nameless_since > NAMELESS_AT_MOST_S:
                await _end(line.socket)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        try:
            if "sid" not in request.query:
                take_token(request, self._house, self._visits)
        except Refusal as error:
            return refuse(error, language_of_request(request))
        try:
            return await self._server.handle_request(request)
        except ValueError:
            # Not even a frame of Engine.IO. The WebSocket is open, so there is no answer to give.
            MESSAGES.labels("frame", "malformed").inc()
            for line in [line for line in self._lines.values() if websocket_of(line.socket) is request]:
                await _end(line.socket)
            if request.transport is not None:
                request.transport.abort()
            return web.Response()

    async def _open(self, sid: str, environ: dict[str, Any]) -> None:
        socket = self._server.eio.sockets[sid]
        line = self._lines[sid] = _Line(socket, environ["aiohttp.request"], self._house.clock.seconds())
        socket.receive = functools.partial(self._receive, line, socket.receive)
        socket.handle_post_request = functools.partial(self._post, line, socket.handle_post_request)
        await self._opened(sid, environ)

    async def _close(self, sid: str, reason: str) -> None:
        line = self._lines.pop(sid, None)
        if line is not None:
            self._ended.append((self._house.clock.seconds(), line.socket))
        await self._closed(sid, reason)

    async def _post(self, line: _Line, handle: Any, environ: dict[str, Any]) -> None:
        """Frames by polling. Raises `SocketIsClosedError`, by which the library answers 400."""
        try:
            await handle(environ)
        except (ValueError, LookupError) as error:
            MESSAGES.labels("frame", "malformed").inc()
            await _end(line.socket)
            raise SocketIsClosedError from error
        except SocketIsClosedError:
            await _end(line.socket)  # before the library does, which would wait for the browser to fetch all
            raise

    async def _receive(self, line: _Line, receive: Any, frame: engine.Packet) -> None:
        """Raises `SocketIsClosedError`, by which the library closes the connection."""
        try:
            if line.socket.closed:
                raise BadFrame("after the end")
            if frame.packet_type in _ENGINE_KINDS:
                await receive(frame)
            elif frame.packet_type == engine.MESSAGE:
                self._check(line, frame.data)
                await self._handle(line.socket.sid, frame.data)
            else:
                raise BadFrame("no kind of frame that a browser sends")
        except BadFrame as error:
            MESSAGES.labels("frame", "malformed").inc()
            raise SocketIsClosedError from error

    def _check(self, line: _Line, data: object) -> None:
        if not isinstance(data, str) or not data:
            raise BadFrame("no text")
        # Each CONNECT asks the database, so one is all that a connection has.
        if data.startswith(str(packet.CONNECT)) == line.said_who:
            raise BadFrame("CONNECT comes first and once")
        line.said_who = True


async def _end(socket: AsyncSocket) -> None:
    await socket.close(wait=False)
    await socket.queue.put(None)  # the library's writer ends, and closes what is below

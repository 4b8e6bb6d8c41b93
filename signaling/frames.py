"""A push to five hundred screens: made into a frame once, written five hundred times.

The library would queue, encode and compress it for each connection anew. Here a text that many get is compressed
when the first of them needs it, and its frame's payload is the same bytes for all. For that no message may refer to
one before it, so connections give up the context that they could keep between messages (RFC 7692 7.1.1.1 allows a
server to do so unasked).
"""

from __future__ import annotations

import asyncio
import zlib
from functools import partial
from typing import Any

import socketio
from aiohttp import WSMsgType, web
from engineio.async_drivers.aiohttp import WebSocket
from engineio.async_socket import AsyncSocket
from engineio.packet import Packet

SMALL = 64  # octets, below which compression gains nothing
# RFC 7692 6: the bit of the frame's first octet that marks a compressed message. The writer takes what is no plain
# text or binary as it is.
COMPRESSED_TEXT = 0x40 | WSMsgType.TEXT
TAIL = b"\x00\x00\xff\xff"  # of each flush; not sent


class SharedText(str):
    """A text for many connections."""

    _octets: bytes | None = None
    _compressed: dict[int, bytes] | None = None

    def octets(self) -> bytes:
        if self._octets is None:
            self._octets = self.encode()
        return self._octets

    def compressed(self, window_bits: int) -> bytes:
        """The payload of a frame for a connection with a window of 2 ** `window_bits` octets."""
        if self._compressed is None:
            self._compressed = {}
        if window_bits not in self._compressed:
            deflate = zlib.compressobj(wbits=-window_bits)
            payload = deflate.compress(self.octets()) + deflate.flush(zlib.Z_SYNC_FLUSH)
            self._compressed[window_bits] = payload.removesuffix(TAIL)
        return self._compressed[window_bits]


class Line(WebSocket):
    """The WebSocket below one connection, as Engine.IO uses it."""

    async def __call__(self, environ: dict[str, Any]) -> web.WebSocketResponse:
        request = environ["aiohttp.request"]
        self._sock = web.WebSocketResponse(max_msg_size=self.server.max_http_buffer_size)
        await self._sock.prepare(request)
        self._sock._writer.notakeover = True
        connection = self.handler.__self__
        if connection.upgrading or connection.upgraded:
            return self._sock  # a second one, which the library would read beside the first
        connection.websocket = request
        if not connection.connected:  # else it began by polling, whose requests wait with a limit
            connection.poll = partial(_all_that_waits, connection.queue)
        self.environ = environ
        await self.handler(self)
        return self._sock

    async def send(self, message: str | bytes) -> None:
        if not isinstance(message, SharedText):
            await super().send(message)
            return
        writer = self._sock._writer
        if writer.compress and len(message) >= SMALL:
            await writer.send_frame(message.compressed(writer.compress), COMPRESSED_TEXT)
        else:
            await writer.send_frame(message.octets(), WSMsgType.TEXT)


def websocket_of(connection: AsyncSocket) -> web.Request | None:
    """What a connection's WebSocket was opened with; None: it only polls."""
    return getattr(connection, "websocket", None)


async def _all_that_waits(queue: asyncio.Queue[Packet | None]) -> list[Packet]:
    """What is to be written next; nothing when the connection ends. The library's own makes a task each time."""
    packets = [await queue.get()]
    queue.task_done()
    while packets[-1] is not None and not queue.empty():
        packets.append(queue.get_nowait())
        queue.task_done()
    if packets[-1] is None and len(packets) > 1:
        queue.put_nowait(packets.pop())  # first what came before the end
    return [] if packets == [None] else packets


def use(server: socketio.AsyncServer) -> None:
    """Have the server's connections write shared texts so."""
    server.eio._async = {**server.eio._async, "websocket": Line}

"""A file as an answer, sent by `signaling.sending`."""

from __future__ import annotations

import asyncio
from typing import IO, Any

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter

from signaling.sending import Sending

SENDING = web.AppKey("sending", Sending)
FLUSHED_EVERY_S = 0.01


class FileAnswer(web.FileResponse):
    """Ranges, conditions and headers are the library's. Its own way to send goes through the event loop (uvloop has no
    `sendfile`), piece by piece."""

    async def _sendfile(self, request: web.BaseRequest, fobj: IO[Any], offset: int, count: int) -> AbstractStreamWriter:
        writer = await web.StreamResponse.prepare(self, request)
        assert writer is not None and isinstance(request, web.Request)
        transport = request.transport
        if transport is None:
            raise ConnectionResetError("the reader has gone")
        await asyncio.sleep(0)  # the headers come before the file; uvloop writes them at the end of its turn
        while transport.get_write_buffer_size() and not transport.is_closing():  # noqa: ASYNC110 - nobody says so
            await asyncio.sleep(FLUSHED_EVERY_S)
        if transport.is_closing():
            raise ConnectionResetError("the reader has gone")
        connection = transport.get_extra_info("socket").fileno()
        await request.config_dict[SENDING].send(connection, fobj.fileno(), offset, count)
        await web.StreamResponse.write_eof(self)
        return writer

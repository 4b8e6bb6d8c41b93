"""The control socket: directors speak `sfu.control` over a WebSocket; health and metrics beside it.

`GET /control` is the WebSocket, `GET /healthz` says that the process answers, `GET /metrics` is Prometheus' text.
A Unix socket is guarded by its file mode, a TCP address by the token in `Authorization: Bearer …`.
Every director gets every event. A director that does not read is cut off, so that it can't hold the worker's memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import os

import msgspec
import structlog
from aiohttp import WSMsgType, web

from sfu import control, stats
from sfu.settings import Settings
from sfu.worker import Worker

WAITING_EVENTS = 10_000
LONGEST_REQUEST = 256 * 1024

log = structlog.get_logger()


class Listener:
    """Owns the worker, its control socket and the queue of each director."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._queues: set[asyncio.Queue[bytes | None]] = set()
        self._directors: set[web.WebSocketResponse] = set()
        self.worker = Worker(settings, self._publish)
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/control", self._direct)
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/metrics", self._metrics)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        where = self._settings.control
        if where.startswith("/") or ":" not in where:
            os.makedirs(os.path.dirname(where) or ".", mode=0o700, exist_ok=True)
            with contextlib.suppress(FileNotFoundError):
                os.unlink(where)
            before = os.umask(0o177)
            try:
                await web.UnixSite(self._runner, where).start()
            finally:
                os.umask(before)
        else:
            host, _, port = where.rpartition(":")
            await web.TCPSite(self._runner, host, int(port)).start()
        port, out = self.worker.port, self.worker.port.out
        log.info("sfu worker ready", control=where, udp=port.address, gso=out.gso, compiled=out.fanout.rows.compiled)

    async def close(self) -> None:
        """May be called twice."""
        for director in list(self._directors):
            await director.close()
        if self._runner is not None:
            await self._runner.cleanup()
        await self.worker.close()

    def _publish(self, event: control.Message) -> None:
        encoded = control.encode(event)
        for queue in list(self._queues):
            if queue.full():
                self._queues.discard(queue)
                queue.get_nowait()
                queue.put_nowait(None)  # ends the director's connection
            else:
                queue.put_nowait(encoded)

    async def _direct(self, request: web.Request) -> web.StreamResponse:
        if not self._admitted(request):
            raise web.HTTPUnauthorized
        director = web.WebSocketResponse(max_msg_size=LONGEST_REQUEST, heartbeat=10)
        await director.prepare(request)
        queue: asyncio.Queue[bytes | None] = asyncio.Queue(WAITING_EVENTS)
        for event in self.worker.greeting():
            queue.put_nowait(control.encode(event))
        self._queues.add(queue)
        self._directors.add(director)
        sending = asyncio.ensure_future(self._send(director, queue))
        try:
            async for message in director:
                if message.type is not WSMsgType.TEXT:
                    continue
                try:
                    wanted = control.decode_request(message.data)
                except msgspec.DecodeError as error:
                    log.warning("request not understood", error=str(error))
                    continue
                reply = control.encode(await self.worker.obey(wanted))
                if queue in self._queues:
                    queue.put_nowait(reply)
        except asyncio.QueueFull:
            log.warning("a director does not read; cutting it off")
        finally:
            self._queues.discard(queue)
            self._directors.discard(director)
            sending.cancel()
        return director

    async def _send(self, director: web.WebSocketResponse, queue: asyncio.Queue[bytes | None]) -> None:
        while (encoded := await queue.get()) is not None:
            await director.send_str(encoded.decode())
        await director.close(message=b"events were not read")

    def _admitted(self, request: web.Request) -> bool:
        if not self._settings.token:
            return True
        claimed = request.headers.get("Authorization", "")
        return hmac.compare_digest(claimed.encode(), f"Bearer {self._settings.token}".encode())

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.json_response({"worker": self.worker.identity})

    async def _metrics(self, request: web.Request) -> web.Response:
        if not self._admitted(request):
            raise web.HTTPUnauthorized
        return web.Response(body=stats.exposition(self.worker), headers={"Content-Type": stats.CONTENT_TYPE})

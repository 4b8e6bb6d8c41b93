"""The control connection to one media worker: requests with their replies, events in order, again after a drop.

States: *searching* (nobody answers at the socket) ⇄ *talking*. A drop alone does not prove that the worker died,
so the link tries again at once and says `Down` only when nobody answers; the worker's name in `Ready` tells
whether it is still the same process. Nor does a late reply: a busy worker obeys in order, so that request fails
alone; one that hangs misses a heartbeat, and that ends the connection. Replies never wait behind events: the reader
hands events to a queue that a second task empties, so that whoever handles an event may ask the worker something.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import msgspec
import structlog

from sfu import control
from signaling.errors import Refusal, WorkerGone

REPLY_WITHIN_S = 5.0
HEARTBEAT_S = 10.0  # of silence, then as long as half of it for the answer; the worker keeps the same
GREETING_WITHIN_S = 5.0
SEARCH_EVERY_S = 0.1
LONGEST_PAUSE_S = 2.0  # between greetings of which nothing comes; each pause is twice the one before
# A full queue means that we are hopelessly behind: the connection is dropped, and `Describe` reconciles.
EVENTS_WAITING = 10_000
CLOSING = aiohttp.ClientWSTimeout(ws_close=0.5)
MESSAGE_BYTES = 8 * 1024 * 1024  # a Describe of a full worker is the largest

log = structlog.get_logger("signaling.link")


class Down(msgspec.Struct, frozen=True):
    """The worker stopped answering at its socket."""


Tell = Callable[["Link", control.AnyEvent | Down], Awaitable[None]]


class Link:
    """One worker behind one Unix socket. `worker` is its name while talking, else None."""

    def __init__(self, path: Path, tell: Tell) -> None:
        self.path = path
        self.worker: str | None = None
        self._tell = tell
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[control.Reply]] = {}
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._is_greeted = False  # what its `Ready` asks for has been done

    async def run(self) -> None:
        """Talk to the worker until cancelled."""
        was_up, pause_s = False, SEARCH_EVERY_S
        async with aiohttp.ClientSession(connector=aiohttp.UnixConnector(str(self.path))) as http:
            while True:
                try:
                    async with await self._open(http) as socket:
                        async with asyncio.timeout(GREETING_WITHIN_S):
                            ready = control.decode_event(await socket.receive_str())
                        if not isinstance(ready, control.Ready):
                            raise WorkerGone(f"{self.path}: expected ready, got {type(ready).__name__}")
                        was_up = True
                        await self._converse(socket, ready)
                        if self._is_greeted:
                            pause_s = SEARCH_EVERY_S
                            continue
                        pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
                except (aiohttp.ClientError, OSError, TypeError, WorkerGone, msgspec.MsgspecError) as error:
                    # TypeError is what aiohttp raises when the socket closes instead of saying the text.
                    if was_up:
                        log.warning("worker_down", socket=str(self.path), cause=str(error))
                        await self._pass_on(Down())
                    was_up, pause_s = False, SEARCH_EVERY_S
                await asyncio.sleep(pause_s)

    async def _open(self, http: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
        # A process that hangs still accepts: the kernel does it.
        async with asyncio.timeout(GREETING_WITHIN_S):
            return await http.ws_connect(
                "http://worker/control", max_msg_size=MESSAGE_BYTES, timeout=CLOSING, heartbeat=HEARTBEAT_S
            )

    async def ask(self, request: type[control.Request], **fields: Any) -> control.Reply:
        """Send a request and await its reply; raises `Refusal` with the worker's code, or `WorkerGone`."""
        socket = self._socket
        if socket is None:
            raise WorkerGone(str(self.path))
        number = next(self._ids)
        future = self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(REPLY_WITHIN_S):
                await socket.send_str(control.encode(request(id=number, **fields)).decode())
                reply = await future
        except TimeoutError as error:
            log.error("worker_late", socket=str(self.path), request=request.__name__)
            raise WorkerGone(f"{self.path}: no reply within {REPLY_WITHIN_S} s") from error
        except (OSError, aiohttp.ClientError) as error:
            raise WorkerGone(f"{self.path}: {error!r}") from error
        finally:
            del self._waiting[number]
        if reply.error is not None:
            log.info("worker_refused", request=request.__name__, error=reply.error, why=reply.message)
            raise Refusal(reply.error)
        return reply

    async def _converse(self, socket: aiohttp.ClientWebSocketResponse, ready: control.Ready) -> None:
        events: asyncio.Queue[control.AnyEvent] = asyncio.Queue(EVENTS_WAITING)
        self._socket, self.worker, self._is_greeted = socket, ready.worker, False
        log.info("worker_up", socket=str(self.path), worker=ready.worker, udp_port=ready.udp_port)
        events.put_nowait(ready)
        teller = asyncio.create_task(self._tell_each(events))
        try:
            async for frame in socket:
                if frame.type is not aiohttp.WSMsgType.TEXT:
                    continue
                message = control.decode_event(frame.data)
                if not isinstance(message, control.Reply):
                    events.put_nowait(message)
                elif (future := self._waiting.get(message.id)) is not None and not future.done():
                    future.set_result(message)
        except asyncio.QueueFull:
            log.error("too_many_events", socket=str(self.path))
        finally:
            self._socket = self.worker = None
            for future in self._waiting.values():
                if not future.done():
                    future.set_exception(WorkerGone(str(self.path)))
            teller.cancel()
            await asyncio.gather(teller, return_exceptions=True)

    async def _tell_each(self, events: asyncio.Queue[control.AnyEvent]) -> None:
        while True:
            await self._pass_on(await events.get())

    async def _pass_on(self, event: control.AnyEvent | Down) -> None:
        try:
            await self._tell(self, event)
            self._is_greeted |= isinstance(event, control.Ready)
        except Exception:
            # One event that we cannot use must not end the conversation.
            log.exception("event_failed", what=type(event).__name__)
            if isinstance(event, control.Ready) and self._socket is not None:
                await self._socket.close()  # what could not be reconciled would never be used: it greets anew

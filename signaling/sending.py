"""Files on their way to those who read them, in a thread of their own.

Three hundred people open a paper of 40 MB when its item is called. The event loop, which has votes to acknowledge,
would spend seconds on moving it. Here the kernel does (sendfile(2), from the disk's cache to the socket), as much as
each reader takes at a time; the thread only goes from one to the next, and gives way to the loop's.

The loop must have written what comes before the file and writes nothing until it was sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import selectors
import threading
import time
from collections import deque
from dataclasses import dataclass, field

AT_ONCE = 512 * 1024
LOOK_EVERY_S = 5.0
STALLED_S = 60.0  # a reader who takes nothing for so long has gone
NICER = 5  # than the event loop, where both want the processor


@dataclass(eq=False)
class _Errand:
    """A stretch of a file for one reader. Both descriptors are its own."""

    connection: int
    file: int
    offset: int
    left: int
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[None]
    moved_at: float = field(default_factory=time.monotonic)
    is_dropped: bool = False  # nobody waits for it any more


class Sending:
    """Works from its first errand to `close`."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._woken, self._wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._new: deque[_Errand] = deque()
        self._running: set[_Errand] = set()
        self._thread: threading.Thread | None = None
        self._is_closing = False

    async def send(self, connection: int, file: int, offset: int, count: int) -> None:
        """Send `count` octets of the file from `offset`; the descriptors stay the caller's.

        Raises `ConnectionError` when the reader has gone.
        """
        if self._is_closing:
            raise ConnectionAbortedError("the service ends")
        loop = asyncio.get_running_loop()
        errand = _Errand(os.dup(connection), os.dup(file), offset, count, loop, loop.create_future())
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="sending", daemon=True)
            self._thread.start()
        self._new.append(errand)
        self._look()
        try:
            await errand.done
        except asyncio.CancelledError:
            errand.is_dropped = True
            if not self._is_closing:
                self._look()
            raise

    async def close(self) -> None:
        """Whoever is not done is cut off."""
        if self._is_closing:
            return
        self._is_closing = True
        if self._thread is not None:
            self._look()
            await asyncio.to_thread(self._thread.join)
        for errand in [*self._running, *self._new]:
            self._end(errand, ConnectionAbortedError("the service ends"))
        self._selector.close()
        os.close(self._woken)
        os.close(self._wake)

    def _look(self) -> None:
        with contextlib.suppress(BlockingIOError):  # it has been told often enough
            os.write(self._wake, b"\0")

    # In the thread ------------------------------------------------------------------------------------

    def _run(self) -> None:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICER)
        look_at = time.monotonic() + LOOK_EVERY_S
        while not self._is_closing:
            for key, _ in self._selector.select(LOOK_EVERY_S):
                if key.data is None:
                    self._take_in()
                else:
                    self._go_on(key.data)
            if (now := time.monotonic()) >= look_at:
                look_at = now + LOOK_EVERY_S
                for errand in [one for one in self._running if one.moved_at + STALLED_S < now]:
                    self._end(errand, ConnectionAbortedError("the reader takes nothing"))

    def _take_in(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self._woken, 4096)
        while self._new:
            errand = self._new.popleft()
            self._running.add(errand)
            self._selector.register(errand.connection, selectors.EVENT_WRITE, errand)
        for errand in [one for one in self._running if one.is_dropped]:
            self._end(errand, None)

    def _go_on(self, errand: _Errand) -> None:
        if errand not in self._running:  # ended since it was selected
            return
        try:
            sent = os.sendfile(errand.connection, errand.file, errand.offset, min(errand.left, AT_ONCE))
        except BlockingIOError:
            return
        except OSError as error:
            self._end(errand, error)
            return
        if sent == 0:
            self._end(errand, ConnectionAbortedError("the file has become shorter"))
            return
        errand.offset += sent
        errand.left -= sent
        errand.moved_at = time.monotonic()
        if errand.left == 0:
            self._end(errand, None)

    def _end(self, errand: _Errand, error: OSError | None) -> None:
        if errand in self._running:
            self._running.discard(errand)
            self._selector.unregister(errand.connection)
        os.close(errand.connection)
        os.close(errand.file)
        errand.loop.call_soon_threadsafe(_settle, errand.done, error)


def _settle(done: asyncio.Future[None], error: OSError | None) -> None:
    if done.done():
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)

"""One person's thin line: their pages, their socket and their media queue behind each other in two `Link`s.

Browsers take the proxy's port for the service's. What they send over TCP goes in pieces of a packet's size, each of
them on the way only when the one before has arrived; a lost piece goes again, as TCP would send it.
"""

from __future__ import annotations

import asyncio
import contextlib

from tests.network import Link
from tests.relay import Relay, now_us

PIECE = 1400
AGAIN_S = 0.1


class ThinLine:
    """Passes TCP to `target`, a port of this machine; the media of who comes to `relay` from now on go there too."""

    def __init__(self, target: int, relay: Relay, **quality) -> None:
        self.up, self.down = Link(1, **quality), Link(2, **quality)
        relay.share(self.up, self.down)
        self._target = target
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task] = set()

    async def open(self) -> int:
        """The port that stands for the service's from now on."""
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self._pump = asyncio.ensure_future(self._deliver())
        return self._server.sockets[0].getsockname()[1]

    async def cut(self, seconds: float) -> None:
        """Nothing passes for a while, as in a tunnel."""
        self.up.loss = self.down.loss = 1.0
        await asyncio.sleep(seconds)
        self.up.loss = self.down.loss = 0.0

    async def close(self) -> None:
        self._server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        for task in (self._pump, *self._tasks):
            task.cancel()
        await asyncio.gather(self._pump, *self._tasks, return_exceptions=True)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        for link, source, sink in ((self.up, reader, far_writer), (self.down, far_reader, writer)):
            self._writers.add(sink)
            task = asyncio.ensure_future(self._carry(link, source, sink))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _carry(self, link: Link, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while piece := await source.read(PIECE):
                await self._pass(link, len(piece))
                sink.write(piece)
                await sink.drain()
        except ConnectionError:
            pass  # an end went away, and the other one is told below
        finally:
            self._writers.discard(sink)
            sink.close()

    async def _pass(self, link: Link, size: int) -> None:
        """Until a piece of that size has come through."""
        while True:
            arrived = asyncio.Event()
            gone = link.lost + link.dropped
            link.send(arrived.set, size, now_us())
            if link.lost + link.dropped == gone:
                await arrived.wait()
                return
            await asyncio.sleep(AGAIN_S)

    async def _deliver(self) -> None:
        """What arrives while no media flow; the relay takes from the links too."""
        while True:
            for link in (self.up, self.down):
                for deliver in link.arrived(now_us()):
                    with contextlib.suppress(BlockingIOError, ConnectionError):
                        deliver()
            await asyncio.sleep(0.002)

"""A bad line between browsers and a worker: a UDP relay over two seeded `Link`s a client.

Browsers are told the relay's address. For each of them the relay has a socket of its own towards the worker;
`move` gives every client a new one, as a phone does that goes from Wi-Fi to 4G.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from dataclasses import dataclass
from functools import partial

from tests.network import Link

Address = tuple[str, int]
STEP_S = 0.002


@dataclass
class Line:
    """One client's way: its socket towards the worker, and a link each way."""

    client: Address
    outside: socket.socket
    up: Link
    down: Link


class Relay:
    """Forwards between clients at `address` and the worker at `target`."""

    def __init__(self, target: Address, host: str = "127.0.0.1") -> None:
        self.target = target
        self._quality: dict = {"delay_us": 0}
        self._lines: dict[Address, Line] = {}
        self._inside = _udp(host)
        self.address: Address = self._inside.getsockname()
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._inside, self._from_clients)
        self._pump = asyncio.ensure_future(self._deliver())
        self._shared: tuple[Link, Link] | None = None
        self.cut = False

    def set(self, **quality) -> None:
        """What the line is like from now on; the arguments are `Link`'s."""
        self._quality = {"delay_us": 0, **quality}
        for number, line in enumerate(self._lines.values()):
            line.up, line.down = self._links(number)

    def share(self, up: Link, down: Link) -> None:
        """Who comes from now on goes through these two, beside whatever else is sent there."""
        self._shared = up, down

    def move(self) -> None:
        """Every client gets a new address towards the worker; the old ones are gone."""
        for line in self._lines.values():
            self._loop.remove_reader(line.outside)
            line.outside.close()
            line.outside = self._open(line)

    async def close(self) -> None:
        self._pump.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._pump
        for end in (self._inside, *(line.outside for line in self._lines.values())):
            self._loop.remove_reader(end)
            end.close()

    def _links(self, number: int) -> tuple[Link, Link]:
        return self._shared or (Link(2 * number, **self._quality), Link(2 * number + 1, **self._quality))

    def _open(self, line: Line) -> socket.socket:
        outside = _udp("127.0.0.1")
        self._loop.add_reader(outside, self._from_worker, line, outside)
        return outside

    def _from_clients(self) -> None:
        with contextlib.suppress(BlockingIOError, ConnectionError):
            while True:
                data, client = self._inside.recvfrom(2048)
                line = self._lines.get(client)
                if line is None:
                    line = Line(client, self._inside, *self._links(len(self._lines)))
                    line.outside = self._open(line)
                    self._lines[client] = line
                if not self.cut:
                    line.up.send(partial(self._to_worker, line, data), len(data), now_us())

    def _from_worker(self, line: Line, outside: socket.socket) -> None:
        with contextlib.suppress(BlockingIOError, ConnectionError):
            while True:
                data = outside.recv(2048)
                if not self.cut:
                    line.down.send(partial(self._to_client, line, data), len(data), now_us())

    def _to_worker(self, line: Line, data: bytes) -> None:
        line.outside.sendto(data, self.target)

    def _to_client(self, line: Line, data: bytes) -> None:
        self._inside.sendto(data, line.client)

    async def _deliver(self) -> None:
        while True:
            now = now_us()
            for line in list(self._lines.values()):
                for deliver in (*line.up.arrived(now), *line.down.arrived(now)):
                    with contextlib.suppress(BlockingIOError, ConnectionError):
                        deliver()
            await asyncio.sleep(STEP_S)


def _udp(host: str) -> socket.socket:
    end = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    end.setblocking(False)
    end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    end.bind((host, 0))
    return end


def now_us() -> int:
    return time.monotonic_ns() // 1000

"""A real worker behind its control socket, who directs it, and peers that connect over UDP."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict

import aiohttp

from sfu import control
from sfu.client import Connection, Received
from sfu.control import Wish
from sfu.listener import Listener
from sfu.settings import Settings
from sfu.wire import rtcp
from tests.sfu.pictures import Encoding

PATIENCE_S = 60.0


async def until(condition, every_s=0.005):
    """What `condition` returns once that is true."""
    async with asyncio.timeout(PATIENCE_S):
        while not (found := condition()):  # noqa: ASYNC110
            await asyncio.sleep(every_s)
    return found


class Director:
    """One control connection; everything the worker tells is kept in `events`."""

    def __init__(self, session, socket) -> None:
        self._session, self.socket = session, socket
        self.events: list[control.Message] = []
        self._replies: dict[int, asyncio.Future] = {}
        self._asked = 0
        self._reading = asyncio.ensure_future(self._read())

    @classmethod
    async def connect(cls, path: str) -> Director:
        session = aiohttp.ClientSession(connector=aiohttp.UnixConnector(path))
        return cls(session, await session.ws_connect("http://worker/control"))

    async def _read(self) -> None:
        async for message in self.socket:
            told = control.decode_event(message.data)
            if isinstance(told, control.Reply):
                self._replies.pop(told.id).set_result(told)
            else:
                self.events.append(told)

    async def ask(self, request, **fields) -> control.Reply:
        self._asked += 1
        reply = self._replies[self._asked] = asyncio.get_running_loop().create_future()
        await self.socket.send_str(control.encode(request(id=self._asked, **fields)).decode())
        return await asyncio.wait_for(reply, PATIENCE_S)

    def told(self, kind, **fields) -> list:
        """Events of one kind with these fields, so far."""
        return [e for e in self.events if isinstance(e, kind) and all(getattr(e, k) == v for k, v in fields.items())]

    async def hears_of(self, kind, **fields):
        """The last such event, once there is one."""
        return (await until(lambda: self.told(kind, **fields)))[-1]

    async def close(self) -> None:
        self._reading.cancel()
        await self.socket.close()
        await self._session.close()


class Peer:
    """Somebody in a room: joins through a director, keeps what arrives."""

    def __init__(self, director, name, room="room", **offer) -> None:
        self.director, self.name, self.room = director, name, room
        self.connection = Connection(**offer)
        self.connection.on_rtp, self.connection.on_rtcp = self._on_rtp, self._on_rtcp
        self.got: defaultdict[str, list[Received]] = defaultdict(list)  # by mid
        self.rtcp: list[rtcp.Packet] = []
        self.encodings: defaultdict[tuple, Encoding] = defaultdict(lambda: Encoding(sequence=10))
        self._said = 0

    def _on_rtp(self, packet) -> None:
        self.got[packet.mid].append(packet)

    def _on_rtcp(self, packets) -> None:
        self.rtcp += packets

    async def asks_to_join(self, **fields) -> control.Reply:
        join = {"room": self.room, "peer": self.name, "offer": self.connection.offer, **fields}
        return await self.director.ask(control.Join, **join)

    async def joins(self, **fields) -> Peer:
        reply = await self.asks_to_join(**fields)
        assert reply.error is None, reply
        await self.connection.connect(reply.answer)
        await self.director.hears_of(control.PeerConnected, room=self.room, peer=self.name)
        return self

    async def watches(self, *sources) -> None:
        wishes = tuple(Wish(mid, source) for mid, source in zip(self.connection.picture_mids, sources, strict=False))
        reply = await self.director.ask(control.Watch, room=self.room, peer=self.name, wishes=wishes)
        assert reply.error is None

    def shows(self, kind="camera", layer="f", packets=1, keyframe=True, lost=()) -> list:
        """Send the next picture; returns its packets (number, timestamp, marker, payload)."""
        made = self.encodings[kind, layer].frame(packets, keyframe)
        for at, packet in enumerate(made):
            if at not in lost:
                self.connection.send_rtp(kind, *packet, layer if kind == "camera" else None)
        return made

    def says(self, level=-20) -> bytes:
        self._said += 1
        payload = f"{self.name} {self._said}".encode()
        self.connection.send_rtp("microphone", self._said, self._said * 960, False, payload, level=level, voice=True)
        return payload

    def sees(self, at=0) -> list[bytes]:
        """The payloads in a picture slot, so far."""
        return [packet.payload for packet in self.got[self.connection.picture_mids[at]]]

    def hears(self) -> set[bytes]:
        """The payloads in all voice slots, so far."""
        return {packet.payload for mid in self.connection.voice_mids for packet in self.got[mid]}

    def told(self, kind) -> list:
        return [packet for packet in self.rtcp if isinstance(packet, kind)]

    async def close(self) -> None:
        await self.connection.close()


class Worker:
    """A worker on loopback, with all who direct it and all who joined; closes them in the end."""

    def __init__(self, path, **settings) -> None:
        self.path = str(path)
        self.listener = Listener(Settings(control=self.path, port=0, **settings))
        self._stack = contextlib.AsyncExitStack()

    async def __aenter__(self) -> Worker:
        await self.listener.start()
        self._stack.push_async_callback(self.listener.close)
        return self

    async def __aexit__(self, *_) -> None:
        await self._stack.aclose()

    async def director(self) -> Director:
        made = await Director.connect(self.path)
        self._stack.push_async_callback(made.close)
        return made

    def peer(self, director, name, **offer) -> Peer:
        made = Peer(director, name, **offer)
        self._stack.push_async_callback(made.close)
        return made

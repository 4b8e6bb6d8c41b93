"""One process, one port, many rooms: control in, rooms driven, events out.

All timers are one wheel: every `TICK_US` it does what is due, for everybody, so that three hundred peers cost
no more timers than one.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from collections.abc import Callable

import structlog

from sfu import control
from sfu.clock import monotonic_us
from sfu.control import Reply, SlotOffer
from sfu.dtls import fingerprint, make_certificate
from sfu.errors import NoSuchPeer, RoomFull, SfuError, WorkerFull
from sfu.negotiation import read_offer, write_answer
from sfu.peer import Peer
from sfu.port import Port
from sfu.room import Room
from sfu.settings import Settings

TICK_US = 20_000
# Every how many ticks
SETTLE, FOLLOW, REPORT = 5, 10, 50
HANDSHAKES = 64  # at once; the rest wait, and browsers repeat their hello

log = structlog.get_logger()


class Worker:
    """Obeys requests, tells events through `emit`. Lives in a running event loop."""

    def __init__(self, settings: Settings, emit: Callable[[control.Message], None]) -> None:
        self.settings, self._emit = settings, emit
        self.identity = secrets.token_hex(8)
        self.port = Port(settings.host, settings.port, settings.gso, settings.compiled)
        self.rooms: dict[str, Room] = {}
        self.events: Counter[str] = Counter()
        self.counters: Counter[str] = Counter()  # of packets: resent, and what peers that left had dropped
        self._certificate = make_certificate()
        self._fingerprint = fingerprint(self._certificate)
        self._handshakes = asyncio.Semaphore(HANDSHAKES)
        self._loop = asyncio.get_running_loop()
        self._ticks = 0
        self._timer = self._loop.call_later(TICK_US / 1e6, self._tick)
        self.port.after_batch(self._flush_overdue)

    @property
    def ready(self) -> control.Ready:
        host, port = self.port.address
        return control.Ready(worker=self.identity, udp_address=host, udp_port=port)

    def greeting(self) -> list[control.Message]:
        """What a director is told first: what it would else learn only from the next change."""
        return [self.ready, *(room.told_voices for room in self.rooms.values())]

    async def close(self) -> None:
        """Everybody out; may be called twice."""
        self._timer.cancel()
        for name in list(self.rooms):
            await self._close_room(name)
        self.port.close()

    # Requests -----------------------------------------------------------------------------------------

    async def obey(self, request: control.Request) -> Reply:
        """Do what a request says; refusals come back as a reply with a code."""
        now = monotonic_us()
        try:
            match request:
                case control.Join():
                    return self._join(request, now)
                case control.Offer():
                    return self._renew(request, now)
                case control.Leave():
                    room = self.rooms.get(request.room)
                    if room is not None and request.peer in room.peers:
                        room.remove(room.peers[request.peer], now)
                        self._drop_if_empty(room)
                case control.Permit():
                    room, peer = self._find(request.room, request.peer)
                    room.permit(peer, request.publish, now)
                case control.Watch():
                    room, peer = self._find(request.room, request.peer)
                    room.watch(peer, request.wishes, now, request.again)
                case control.Hold():
                    self._room(request.room).hold(request.peers, now)
                case control.CloseRoom():
                    await self._close_room(request.room)
                case control.Describe():
                    return Reply(id=request.id, rooms=tuple(room.describe() for room in self.rooms.values()))
        except SfuError as error:
            return Reply(id=request.id, error=error.code, message=str(error))
        return Reply(id=request.id)

    def _join(self, request: control.Join, now: int) -> Reply:
        offer = read_offer(request.offer)
        existing = self.rooms.get(request.room)
        replaces = existing is not None and request.peer in existing.peers
        if existing is not None and len(existing.peers) - replaces >= self.settings.peers_per_room:
            raise RoomFull(f"room {request.room} has its {self.settings.peers_per_room} peers")
        if sum(len(r.peers) for r in self.rooms.values()) - replaces >= self.settings.peers:
            raise WorkerFull(f"this worker has its {self.settings.peers} peers")
        room = self._room(request.room)
        peer = Peer(request.peer, room, self.port, offer, request.publish, request.id, now)
        room.add(peer, now)
        return self._answer(request.id, peer, offer)

    def _renew(self, request: control.Offer, now: int) -> Reply:
        room, peer = self._find(request.room, request.peer)
        offer = read_offer(request.offer, peer.sections)
        peer.renew(offer, now)
        if peer.connected:
            room.connected(peer, now)
        return self._answer(request.id, peer, offer)

    def _answer(self, ident: int, peer: Peer, offer) -> Reply:
        candidates = [(host, at or self.port.address[1]) for host, at in self.settings.candidates]
        answer = write_answer(offer, peer.ufrag, peer.password.decode(), self._fingerprint, candidates)
        slots = tuple(SlotOffer(s.mid, "voice" if s.kind == "audio" else "picture") for s in offer.slots)
        return Reply(id=ident, answer=answer, slots=slots)

    def _room(self, name: str) -> Room:
        room = self.rooms.get(name)
        if room is None:
            room = self.rooms[name] = Room(
                name, self.port.out.fanout.send, self._tell, self._certificate, self._handshakes, self.counters
            )
        return room

    def _find(self, room: str, peer: str) -> tuple[Room, Peer]:
        found = self.rooms.get(room)
        if found is None or peer not in found.peers:
            raise NoSuchPeer(f"no peer {peer} in room {room}")
        return found, found.peers[peer]

    def _drop_if_empty(self, room: Room) -> None:
        if not room.peers and self.rooms.get(room.name) is room:
            del self.rooms[room.name]

    async def _close_room(self, name: str) -> None:
        room = self.rooms.pop(name, None)
        if room is not None:
            await room.close(monotonic_us())

    def _tell(self, event: control.Message) -> None:
        self.events[type(event).__name__] += 1
        self._emit(event)

    # Time ---------------------------------------------------------------------------------------------

    def _flush_overdue(self, now: int) -> None:
        for room in self.rooms.values():
            if room.open_layers:
                room.flush_overdue(now)

    def _tick(self) -> None:
        self._timer = self._loop.call_later(TICK_US / 1e6, self._tick)
        self._ticks += 1
        now = monotonic_us()
        for room in list(self.rooms.values()):
            try:
                self._do_what_is_due(room, now)
            except Exception:
                # One room's bug must not stop the wheel for all others; it is told, and the wheel turns on.
                log.exception("a tick failed", room=room.name)

    def _do_what_is_due(self, room: Room, now: int) -> None:
        ticks = self._ticks
        room.flush_overdue(now)
        for peer in list(room.publishers):
            peer.ask_again(now)
        # Spread over the second, so that three hundred reports are not one burst.
        peers = list(room.peers.values())
        for peer in peers[ticks % REPORT :: REPORT]:
            if peer.connected:
                peer.report(now)
                peer.measure(now)
                room.allocate(peer, now)
        for peer in peers[ticks % FOLLOW :: FOLLOW]:
            if (lost := peer.lost_for(now)) is not None:
                room.lose(peer, lost, now)
        if ticks % SETTLE == 0:
            room.settle_voices(now)
        if ticks % FOLLOW == 0:
            room.follow_flows(now)
            room.tell_demands(now)
        self._drop_if_empty(room)

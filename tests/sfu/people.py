"""A room with people whose keys are there at once and whose time is passed: no sockets, no handshakes."""

from __future__ import annotations

import asyncio
from collections import Counter

from sfu import peer as peers
from sfu.client import Connection
from sfu.control import SlotChanged, Wish
from sfu.negotiation import read_offer
from sfu.peer import Peer
from sfu.room import Room
from sfu.wire import rtcp
from sfu.wire.srtp import Buffer
from tests.sfu.keys import contexts
from tests.sfu.pictures import Encoding, Screen

MS, S = 1000, 1_000_000


class NoHandshake:
    """Stands where DTLS would; both sides have their keys at once."""

    def __init__(self, certificate, role, send, ended) -> None:
        self.person_outbound, self.inbound = contexts(secret=1)
        self.outbound, self.person_inbound = contexts(secret=2)

    async def run(self, fingerprints) -> None:
        pass

    async def close(self) -> None:
        pass


class Letterbox:
    """What peers need of a port; keeps what they send."""

    def __init__(self) -> None:
        self.out = self  # and its sender
        self.expected: dict[str, Peer] = {}
        self.sent: dict[tuple, list[bytes]] = {}  # by address

    def expect(self, ufrag, password, peer) -> None:
        self.expected[ufrag] = peer

    def forget(self, ufrag) -> None:
        self.expected.pop(ufrag, None)

    def forget_addresses(self, peer) -> None:
        peer.addresses.clear()

    def destination(self, address):
        return [address]

    def redirect(self, destination, address):
        destination[:] = [address]

    def send(self, datagram, address) -> None:
        self.sent.setdefault(address, []).append(datagram)


class Conference:
    """One room, everything it tells in `events`, and what time it is."""

    def __init__(self, monkeypatch) -> None:
        monkeypatch.setattr(peers, "Handshake", NoHandshake)
        monkeypatch.setattr(peers, "monotonic_us", lambda: self.now)
        self.now = 100 * S
        self.port, self.screen, self.events = Letterbox(), Screen(), []
        self.room = Room("room", self.screen.forward, self.events.append, None, asyncio.Semaphore(64), Counter())

    async def joins(self, name, **offer) -> Person:
        person = Person(self, name, **offer)
        await person.arrives()
        return person

    def passes(self, us: int) -> None:
        """What the worker's wheel does, in steps of 200 ms."""
        until = self.now + us
        while self.now < until:
            self.now = min(until, self.now + 200 * MS)
            self.room.flush_overdue(self.now)
            for peer in list(self.room.peers.values()):
                if peer.connected:
                    peer.ask_again(self.now)
            self.room.settle_voices(self.now)
            self.room.follow_flows(self.now)
            self.room.tell_demands(self.now)

    def told(self, kind) -> list:
        """The events of one kind since the last time it was asked for."""
        found = [event for event in self.events if isinstance(event, kind)]
        self.events[:] = [event for event in self.events if not isinstance(event, kind)]
        return found


class Person:
    """A peer and its far end."""

    def __init__(self, conference, name, permitted=("microphone", "camera", "screen"), **offer) -> None:
        self.conference, self.name = conference, name
        self.connection = Connection(**offer)
        self.connection.socket.close()
        self.encodings: dict = {}
        self.offer = read_offer(self.connection.offer)
        self.peer = Peer(name, conference.room, conference.port, self.offer, permitted, 1, conference.now)
        conference.room.add(self.peer, conference.now)
        self.address = (name, 1)
        self._buffer = Buffer(2048)

    async def arrives(self) -> None:
        self.peer.addresses.append(self.address)
        self.peer.moved(self.address, self.conference.now)
        await self.peer._shaking
        handshake = self.peer._handshake
        self.connection.outbound, self.connection.inbound = handshake.person_outbound, handshake.person_inbound

    def goes(self) -> None:
        self.conference.room.remove(self.peer, self.conference.now)

    # Out ----------------------------------------------------------------------------------------------

    def sends(self, kind, sequence, timestamp, marker, payload, layer=None, **level) -> None:
        packet = self.connection.packet(kind, sequence, timestamp, marker, payload, layer, **level)
        self.delivers(self.connection.outbound.protect(packet))

    def delivers(self, datagram) -> None:
        """Hand the worker a datagram of media."""
        self._buffer.bytes[: len(datagram)] = datagram
        take = self.peer.on_rtcp if 192 <= datagram[1] < 224 else self.peer.on_rtp
        take(self._buffer, len(datagram), self.conference.now)

    def shows(self, layer="f", kind="camera", packets=1, keyframe=True, lost=()) -> list:
        """Send the next picture; returns the packets that got lost."""
        encoding = self.encodings.setdefault((kind, layer), Encoding(sequence=10))
        name = None if kind == "screen" else layer
        made = encoding.frame(packets, keyframe)
        for at, packet in enumerate(made):
            if at not in lost:
                self.sends(kind, *packet, name)
        return [packet for at, packet in enumerate(made) if at in lost]

    def says(self, sequence=0, level=-20) -> None:
        self.sends("microphone", sequence, sequence * 960, False, b"%d" % sequence, level=level, voice=True)

    def reports(self, packet) -> None:
        """Send RTCP."""
        self.delivers(self.connection.outbound.protect_rtcp(packet))

    def watches(self, *wishes, again=False) -> None:
        """(slot's place, source, largest layer) each."""
        self.conference.room.watch(
            self.peer,
            [Wish(self.connection.picture_mids[at], source, layer) for at, source, layer in wishes],
            self.conference.now,
            again,
        )

    # In -----------------------------------------------------------------------------------------------

    def slot(self, at=0):
        return self.peer.pictures[self.connection.picture_mids[at]]

    def sees(self, at=0) -> list[bytes]:
        """The payloads shown in a picture slot."""
        return [packet.payload for packet in self.conference.screen.of(self.slot(at))]

    def hears(self, at=0) -> list[bytes]:
        shown = self.conference.screen.shown
        return [packet.payload for packet in shown.get(self.peer.voices[at].outlet.ssrc, [])]

    def rtcp(self, kind) -> list:
        """The feedback of one kind that came since the last time any was asked for."""
        found = []
        for datagram in self.conference.port.sent.pop(self.address, []):
            if 192 <= datagram[1] < 224:
                self._buffer.bytes[: len(datagram)] = datagram
                size = self.connection.inbound.unprotect_rtcp(self._buffer, len(datagram))
                assert size > 0
                found += rtcp.parse(bytes(self._buffer.bytes[:size]))
        return [packet for packet in found if isinstance(packet, kind)]

    def told_slots(self) -> list[tuple]:
        """(place, source, layer, cause) of each SlotChanged."""
        mids = self.connection.picture_mids
        return [
            (mids.index(event.slot), event.source, event.layer, event.cause)
            for event in self.conference.told(SlotChanged)
            if event.peer == self.name
        ]

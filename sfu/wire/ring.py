"""The last packets of one published stream, found by number."""

from __future__ import annotations

RING_SIZE = 1024  # 6 s of 720p at 1.5 Mbit/s; a power of two


class Packet:
    """One RTP packet as its publisher sent it, without header. Shared by all receivers and never changed."""

    __slots__ = ("arrival_us", "keyframe", "marker", "number", "payload", "picture_id", "timestamp", "tl0")

    def __init__(
        self,
        number: int,  # position in the stream without probes; grows by one a packet, never wraps
        timestamp: int,  # as sent, 32 bits
        marker: bool,
        payload: bytes,
        arrival_us: int = 0,
        keyframe: bool = False,  # the first packet of one
        picture_id: int = -1,  # 15 bits; -1 where the descriptor has none that can be rewritten
        tl0: int = -1,  # 8 bits; -1 where there is none
    ) -> None:
        self.number = number
        self.timestamp = timestamp
        self.marker = marker
        self.payload = payload
        self.arrival_us = arrival_us
        self.keyframe = keyframe
        self.picture_id = picture_id
        self.tl0 = tl0


class Ring:
    """A window of `RING_SIZE` numbers; what falls out is gone."""

    __slots__ = ("_places",)

    def __init__(self) -> None:
        self._places: list[Packet | None] = [None] * RING_SIZE

    def put(self, packet: Packet) -> None:
        self._places[packet.number & (RING_SIZE - 1)] = packet

    def get(self, number: int) -> Packet | None:
        packet = self._places[number & (RING_SIZE - 1)]
        return packet if packet is not None and packet.number == number else None

    def clear(self) -> None:
        self._places = [None] * RING_SIZE

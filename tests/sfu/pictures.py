"""Pictures as a publisher sends them, and a viewer that checks what it gets."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from sfu.layer import Layer
from sfu.negotiation import SlotSection
from sfu.slot import PictureSlot
from sfu.wire.outlet import rewritten
from sfu.wire.payload import parse_vp8

FRAME_US = 33_000
FRAME_UNITS = 3000


def vp8(picture_id: int, tl0: int | None, keyframe: bool, starts: bool, body: bytes = b"") -> bytes:
    """A VP8 payload with picture id and, unless None, TL0PICIDX; of a keyframe it holds the size 640 × 360 as well."""
    first, number = 0x90 if starts else 0x80, 0x8000 | picture_id & 0x7FFF
    if tl0 is None:
        descriptor = struct.pack("!BBH", first, 0x80, number)
    else:
        descriptor = struct.pack("!BBHBB", first, 0xE0, number, tl0 & 0xFF, 0)
    head = b"\x10\0\0\x9d\x01\x2a" + struct.pack("<HH", 640, 360) if keyframe and starts else b"\x11"
    return descriptor + head + body


@dataclass
class Encoding:
    """The numbers of one published encoding, which begin anywhere."""

    sequence: int = 65_530
    timestamp: int = 2**32 - 10_000
    picture_id: int = 0x7FF0
    tl0: int | None = 250

    def frame(self, packets: int = 1, keyframe: bool = False) -> list[tuple[int, int, bool, bytes]]:
        """Sequence number, timestamp, marker and payload of each packet of the next picture."""
        made = []
        for at in range(packets):
            body = b"%d/%d." % (self.sequence, self.picture_id) * 9
            payload = vp8(self.picture_id, self.tl0, keyframe, at == 0, body)
            made.append((self.sequence & 0xFFFF, self.timestamp & 0xFFFFFFFF, at == packets - 1, payload))
            self.sequence += 1
        self.timestamp += FRAME_UNITS
        self.picture_id += 1
        if self.tl0 is not None:
            self.tl0 += 1
        return made

    def probe(self) -> tuple[int, int, bool, bytes]:
        self.sequence += 1
        return (self.sequence - 1) & 0xFFFF, (self.timestamp - FRAME_UNITS) & 0xFFFFFFFF, False, b""


@dataclass(frozen=True)
class Shown:
    number: int  # outgoing, as 16 bits
    timestamp: int
    marker: bool
    payload: bytes


@dataclass
class Screen:
    """What left for each outlet, as the fan-out would have numbered it; `runs` counts system calls."""

    shown: dict[int, list[Shown]] = field(default_factory=dict)  # by SSRC
    runs: int = 0

    def forward(self, run, outlets, now) -> None:
        self.runs += 1
        for outlet in outlets:
            for packet in run:
                self.shown.setdefault(outlet.ssrc, []).append(Shown(
                    packet.number + outlet.number_offset & 0xFFFF,
                    packet.timestamp + outlet.timestamp_offset & 0xFFFFFFFF,
                    packet.marker,
                    rewritten(packet, outlet),
                ))  # fmt: skip

    def of(self, slot: PictureSlot) -> list[Shown]:
        return self.shown.get(slot.ssrc, [])


def a_slot(ssrc: int = 1000) -> PictureSlot:
    return PictureSlot(SlotSection(str(ssrc), "video", 96, 97, 2, ssrc, ssrc + 1), lambda slot: None)


def a_layer(screen: Screen, name: str = "f") -> tuple[Layer, list[int]]:
    """A layer, and the list that grows with each keyframe it asks for."""
    asked: list[int] = []
    return Layer(name, 1, screen.forward, lambda: asked.append(1)), asked


def give(layer: Layer, packets, now: int) -> None:
    for packet in packets:
        layer.receive(*packet, now)


def picture_id(payload: bytes) -> int:
    return parse_vp8(payload, 0, len(payload)).picture_id


def tl0(payload: bytes) -> int:
    return parse_vp8(payload, 0, len(payload)).tl0

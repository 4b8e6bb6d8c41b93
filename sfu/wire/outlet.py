"""One receive stream of one peer: where its packets go and how they are numbered.

What a receiver sees is the source's own numbering plus constants that change only when its slot switches:

    sequence number = packet number + number_offset        timestamp = packet timestamp + timestamp_offset
    VP8 picture id  = picture id + picture_offset          TL0PICIDX = TL0PICIDX + tl0_offset  (RFC 7741 4.2)

so nothing is kept per packet and receiver, and a retransmission is made again from the ring.

Every packet carries one header extension, abs-send-time, which receivers need for their REMB estimate; it is
the same number for everybody who gets a run.
"""

from __future__ import annotations

import struct

from sfu.wire.ring import Packet
from sfu.wire.srtp import Context

HEADER_SIZE = 20  # 12 fixed, 8 for one-byte extensions with abs-send-time

# The beginning of a VP8 payload whose descriptor has a picture id of 15 bits: two octets that stay, the picture id with
# its M bit, and one octet that is TL0PICIDX where there is one, else stays.
DESCRIPTOR = struct.Struct("!2sHB")


class Outlet:
    """Its numbering may change between two audiences that hold it, never under one."""

    __slots__ = (
        "address",
        "context",
        "destination",
        "extension",
        "number_offset",
        "payload_type",
        "picture_offset",
        "ssrc",
        "timestamp_offset",
        "tl0_offset",
    )

    def __init__(self, ssrc: int, payload_type: int, extension_id: int) -> None:
        """`extension_id` is the receiver's number for abs-send-time, 1 to 14."""
        self.ssrc = ssrc
        self.payload_type = payload_type
        self.extension = 0xBEDE0001 << 32 | extension_id << 28 | 2 << 24
        self.address: tuple | None = None  # None until the peer is connected
        self.context: Context | None = None
        self.destination: object = None  # `address` as the outbox takes it; the same object wherever the peer moves
        self.number_offset = self.timestamp_offset = self.picture_offset = self.tl0_offset = 0

    def connect(self, address: tuple, context: Context, destination: object) -> None:
        self.address, self.context, self.destination = address, context, destination


def abs_send_time(now_us: int) -> int:
    """24 bits, 6.18 fixed point seconds (webrtc.org abs-send-time)."""
    return (now_us << 18) // 1_000_000 & 0xFFFFFF


def rewritten(packet: Packet, outlet: Outlet) -> bytes:
    """The payload as this outlet's receiver got it, for a retransmission."""
    if packet.picture_id < 0 or not (outlet.picture_offset or outlet.tl0_offset):
        return packet.payload
    return (
        DESCRIPTOR.pack(
            packet.payload[:2],
            packet.picture_id + outlet.picture_offset & 0x7FFF | 0x8000,
            packet.tl0 + outlet.tl0_offset & 0xFF if packet.tl0 >= 0 else packet.payload[4],
        )
        + packet.payload[5:]
    )

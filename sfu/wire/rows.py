"""The packets of one run written for many receivers, a row each, and encrypted where they lie.

Here is what the two forms share: `sfu.wire.plain` is the one to read, `sfu.wire.compiled` has the same in C, and the
same tests hold both.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Protocol

from sfu.wire.outlet import HEADER_SIZE, Outlet
from sfu.wire.ring import Packet
from sfu.wire.srtp import GCM_TAG

MOST_PACKETS = 16  # of one receiver in one message
BATCH = 32  # rows at once; docs/decisions/0003 has what others cost
LONE_BATCH = 256  # the same of one packet each
MOST_RIDER = 256  # bytes of a voice packet behind a picture; of Opus at 64 kbit/s it is 200
MOST_PAYLOAD = 1300  # browsers keep to 1,200; pylibsrtp protects a repair up to 1,356 with its header
ROW_STEP = 1024  # rows are multiples of this, so that they are seldom of a length not seen before
# The longest row
REGION = -(-(MOST_PACKETS * (HEADER_SIZE + MOST_PAYLOAD + GCM_TAG) + MOST_RIDER) // ROW_STEP) * ROW_STEP

# V=2 and X=1 in the first byte, P=1 in addition where the packet is padded.
PLAIN, PADDED = 0x90, 0xB0
# Where in a packet (RFC 3550 5.1, 5.3.1; RFC 7741 4.2 with a picture id of 15 bits).
PAYLOAD_TYPE, NUMBER, TIMESTAMP, EXTENSION, PICTURE_ID, TL0PICIDX = 1, 2, 4, 12, HEADER_SIZE + 2, HEADER_SIZE + 4
_BEGINNING = struct.Struct(f"!BBHI{HEADER_SIZE - 8}x")


class Part:
    """Packets that all receivers get in one message, and its sizes in bytes.

    Each packet is as long as the longest, through padding, and only the last may be shorter. Where the last is not,
    another part of one packet may ride: it begins `at` bytes behind the beginning of each row.
    `model` is the message as for a receiver without payload type, SSRC, extension and offsets.
    """

    __slots__ = ("at", "count", "last", "model", "octets", "packets", "row", "size", "stamp", "stride", "tag", "width")

    def __init__(
        self, packets: Sequence[Packet], tag: int, stamp: int, full: bool = False, behind: Part | None = None
    ) -> None:
        """`tag` is what protection adds to a packet, in bytes; `stamp` the abs-send-time of all of them.

        Of a `full` part the last packet is as long as the others. `behind` is the part whose rows this one, a lone
        packet, rides in.
        """
        self.packets, self.tag, self.stamp, self.count = packets, tag, stamp, len(packets)
        self.octets = sum(len(packet.payload) for packet in packets)
        self.width = width = max(len(packet.payload) for packet in packets)
        self.last = width if full else len(packets[-1].payload)
        self.stride = HEADER_SIZE + width + tag
        self.size = self.stride * (self.count - 1) + HEADER_SIZE + self.last + tag
        room = MOST_RIDER if self.count > 1 else 0
        self.at, self.row = (behind.size, behind.row) if behind else (0, -(-(self.size + room) // ROW_STEP) * ROW_STEP)
        paddings = [width - len(packet.payload) for packet in packets]
        paddings[-1] = self.last - len(packets[-1].payload)
        pieces = []
        for packet, padding in zip(packets, paddings, strict=True):
            first = PADDED if padding else PLAIN
            pieces.append(_BEGINNING.pack(first, packet.marker << 7, packet.number & 0xFFFF, packets[0].timestamp))
            pieces.append(packet.payload)
            pieces.append(bytes(padding - 1) + bytes((padding,)) if padding else b"")
            pieces.append(bytes(tag))
        self.model = b"".join(pieces)


class Rows(Protocol):
    """Writes parts into a buffer, for many receivers, `part.row` bytes each."""

    compiled: bool

    def columns(self, outlets: Sequence[Outlet]) -> object:
        """What is kept of outlets whose payload type, extension and tag are the same.

        At most `BATCH`, or `LONE_BATCH` that get parts of one packet only.
        """

    def begin(self, part: Part) -> object:
        """What is kept of `part` while it is written; its `stamp` may change meanwhile."""

    def write(self, begun: object, columns: object) -> list[int]:
        """Write one row for each of the outlets of `columns`; the rows that could not be encrypted.

        libsrtp won't number too far back; what it left unencrypted must not leave.
        """

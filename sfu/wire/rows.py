"""The packets of one run written for many receivers, a row each, and encrypted where they lie.

`PlainRows` is the form to read; `sfu.wire.compiled` has the same in C, and the same tests hold both.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat
from typing import Protocol

from sfu.wire.outlet import HEADER_SIZE, Outlet
from sfu.wire.ring import Packet
from sfu.wire.srtp import GCM_TAG, ROW, Buffer, Lengths, protect_in_place

MOST_PACKETS = ROW
BATCH = 32  # rows at once; docs/decisions/0003 has what others cost
MOST_PAYLOAD = 1300  # browsers keep to 1,200; pylibsrtp protects a repair up to 1,356 with its header
ROW_STEP = 1024  # rows are multiples of this, so that they are seldom of a length not seen before
REGION = -(-MOST_PACKETS * (HEADER_SIZE + MOST_PAYLOAD + GCM_TAG) // ROW_STEP) * ROW_STEP  # the longest row

# V=2 and X=1 in the first byte, P=1 in addition where the packet is padded.
PLAIN, PADDED = 0x9000, 0xB000


class Part:
    """Packets that all receivers get in one message, and its sizes in bytes.

    Each packet is as long as the longest, through padding, and only the last may be shorter.
    """

    __slots__ = ("bodies", "count", "last", "leads", "octets", "packets", "row", "size", "stamp", "stride", "width")

    def __init__(self, packets: Sequence[Packet], tag: int, stamp: int) -> None:
        """`tag` is what protection adds to a packet, in bytes; `stamp` the abs-send-time of all of them."""
        last = packets[-1]
        self.packets, self.stamp, self.count = packets, stamp, len(packets)
        self.octets = sum(len(packet.payload) for packet in packets)
        self.width = width = max(len(packet.payload) for packet in packets)
        self.last = len(last.payload)
        self.stride = HEADER_SIZE + width + tag
        self.size = self.stride * (self.count - 1) + HEADER_SIZE + self.last + tag
        self.row = -(-self.size // ROW_STEP) * ROW_STEP
        self.leads, self.bodies = [], []  # the first two bytes without payload type; the payload with its padding
        for packet in packets[:-1]:
            padding = width - len(packet.payload)
            self.leads.append((PADDED if padding else PLAIN) | packet.marker << 7)
            self.bodies.append(packet.payload + bytes(padding - 1) + bytes((padding,)) if padding else packet.payload)
        self.leads.append(PLAIN | last.marker << 7)
        self.bodies.append(last.payload)


class Rows(Protocol):
    """Writes `part` after `part` for many receivers, `part.row` bytes each."""

    compiled: bool

    def columns(self, outlets: Sequence[Outlet]) -> object:
        """What is kept of at most `BATCH` outlets, whose payload type, extension and tag are the same."""

    def begin(self, part: Part, buffer: Buffer) -> None:
        """What is written until the next call, and where."""

    def write(self, columns: object) -> list[int]:
        """Write one row for each of the outlets of `columns`; the rows that could not be encrypted.

        libsrtp won't number too far back; what it left unencrypted must not leave.
        """


class Columns:
    """What differs from receiver to receiver, in the order of their rows."""

    __slots__ = ("contexts", "extension", "handles", "numbers", "payload_type", "pictures", "renumbered", "ssrcs",
                 "timestamps", "tl0s")  # fmt: skip

    def __init__(self, outlets: Sequence[Outlet]) -> None:
        self.payload_type, self.extension = outlets[0].payload_type, outlets[0].extension
        self.contexts = [outlet.context for outlet in outlets]  # kept, as `handles` point into them
        self.handles = [context.handle for context in self.contexts]
        self.ssrcs = [outlet.ssrc for outlet in outlets]
        self.numbers = [outlet.number_offset for outlet in outlets]
        self.timestamps = [outlet.timestamp_offset for outlet in outlets]
        self.pictures = [outlet.picture_offset for outlet in outlets]
        self.tl0s = [outlet.tl0_offset for outlet in outlets]
        self.renumbered = any(self.pictures) or any(self.tl0s)


class PlainRows:
    """In Python: one `pack_into` for all rows, then libsrtp on each packet."""

    compiled = False

    def __init__(self) -> None:
        self._lengths = Lengths(BATCH)

    def columns(self, outlets: Sequence[Outlet]) -> Columns:
        return Columns(outlets)

    def begin(self, part: Part, buffer: Buffer) -> None:
        first = part.packets[0]
        self._part, self._buffer = part, buffer
        self._steps = [packet.number - first.number for packet in part.packets]
        self._pattern = self._lengths.pattern([HEADER_SIZE + len(body) for body in part.bodies])
        self._pointers = buffer.rows(part.row, part.stride, BATCH)

    def write(self, columns: Columns) -> list[int]:
        self._fill(columns)
        lengths, count, protect = self._lengths, self._part.count, protect_in_place
        lengths.fill(self._pattern)
        if count == 1:
            return [
                at
                for at, handle in enumerate(columns.handles)
                if protect(handle, self._pointers[at][0], lengths.rows[at][0])
            ]
        return [
            at
            for at, (handle, pointers, sizes) in enumerate(
                zip(columns.handles, self._pointers, lengths.rows, strict=False)
            )
            if any(map(protect, repeat(handle, count), pointers, sizes))
        ]

    def _fill(self, columns: Columns) -> None:
        """Put the packets, plain, where they belong.

        One call for all rows: a call for each of three hundred receivers is paid for each.
        """
        part, steps, count, receivers = self._part, self._steps, self._part.count, len(columns.handles)
        first = part.packets[0]
        renumbered = columns.renumbered and first.picture_id >= 0
        fields = 8 if renumbered else 5
        values: list = [0] * (fields * count * receivers)
        base, timestamp = first.number, first.timestamp
        streams = [
            (timestamp + offset & 0xFFFFFFFF) << 32 | ssrc
            for offset, ssrc in zip(columns.timestamps, columns.ssrcs, strict=True)
        ]
        values[0::fields] = [lead | columns.payload_type for lead in part.leads] * receivers
        values[1::fields] = [base + offset + step & 0xFFFF for offset in columns.numbers for step in steps]
        values[2::fields] = streams if count == 1 else [stream for stream in streams for _ in steps]
        values[3::fields] = [columns.extension | part.stamp] * (count * receivers)
        if renumbered:
            pictures = [first.picture_id + offset & 0x7FFF | 0x8000 for offset in columns.pictures]
            values[4::8] = [body[:2] for body in part.bodies] * receivers
            values[5::8] = [picture for picture in pictures for _ in steps]
            if first.tl0 >= 0:
                values[6::8] = [first.tl0 + offset & 0xFF for offset in columns.tl0s for _ in steps]
            else:
                values[6::8] = [body[4] for body in part.bodies] * receivers
            values[7::8] = [body[5:] for body in part.bodies] * receivers
        else:
            values[4::5] = part.bodies * receivers
        tag = part.stride - HEADER_SIZE - part.width
        form = _layout(receivers, part.row, count, part.width, part.last, tag, renumbered)
        form.pack_into(self._buffer.bytes, 0, *values)


@lru_cache(maxsize=256)
def _layout(receivers: int, row: int, count: int, width: int, last: int, tag: int, renumbered: bool) -> struct.Struct:
    """Headers and payloads of `count` packets of `width` payload bytes, the last of `last`, in rows of `row` bytes."""
    body = "HHQQ2sHB{}s{}x" if renumbered else "HHQQ{}s{}x"
    spare = 5 if renumbered else 0
    formats = [body.format(width - spare, tag)] * (count - 1) + [body.format(last - spare, tag)]
    used = (HEADER_SIZE + width + tag) * (count - 1) + HEADER_SIZE + last + tag
    return struct.Struct("!" + "".join([*formats, f"{row - used}x"]) * receivers)

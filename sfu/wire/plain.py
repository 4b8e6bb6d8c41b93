"""Rows written in Python: the fields of all of them at once with numpy, then libsrtp on each packet.

Sums are of unsigned numbers as wide as their fields, so they wrap as those of RTP do.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import DTypeLike

from sfu.wire.outlet import HEADER_SIZE, Outlet
from sfu.wire.rows import (
    BATCH,
    EXTENSION,
    LONE_BATCH,
    MOST_PACKETS,
    NUMBER,
    PAYLOAD_TYPE,
    PICTURE_ID,
    TIMESTAMP,
    TL0PICIDX,
    Part,
)
from sfu.wire.srtp import Buffer, Lengths, protect_in_place

KEPT_LAYOUTS = 64


class Columns:
    """What differs from receiver to receiver, in the order of their rows."""

    __slots__ = ("contexts", "extension", "handles", "numbers", "payload_type", "pictures", "renumbered", "streams",
                 "tl0s")  # fmt: skip

    def __init__(self, outlets: Sequence[Outlet]) -> None:
        self.payload_type, self.extension = outlets[0].payload_type, outlets[0].extension
        self.contexts = [outlet.context for outlet in outlets]  # kept, as `handles` point into them
        self.handles = [context.handle for context in self.contexts]
        self.numbers = _column([outlet.number_offset & 0xFFFF for outlet in outlets], np.uint16)
        streams = [(outlet.timestamp_offset & 0xFFFFFFFF) << 32 | outlet.ssrc for outlet in outlets]
        self.streams = _column(streams, np.uint64)  # timestamp and SSRC are neighbours
        self.pictures = _column([outlet.picture_offset & 0x7FFF for outlet in outlets], np.uint16)
        self.tl0s = _column([outlet.tl0_offset & 0xFF for outlet in outlets], np.uint8)
        self.renumbered = bool(self.pictures.any() or self.tl0s.any())


def _column(values: list[int], kind: DTypeLike) -> np.ndarray:
    return np.array(values, kind)[:, np.newaxis]


class Layout:
    """Where the fields of all rows lie for parts of one shape; making it takes longer than writing a voice."""

    __slots__ = ("numbers", "pictures", "places", "rows", "sizes", "streams", "tl0s")

    def __init__(self, buffer: Buffer, part: Part) -> None:
        rows, count = LONE_BATCH if part.count == 1 and not part.at else BATCH, part.count

        def fields(kind: DTypeLike, at: int) -> np.ndarray:
            """What lies `at` bytes behind the beginning of each packet, one row for each receiver."""
            return np.ndarray((rows, count), kind, buffer.bytes, part.at + at, (part.row, part.stride))

        self.rows = np.ndarray((rows, part.size), np.uint8, buffer.bytes, part.at, (part.row, 1))
        self.numbers, self.streams = fields(">u2", NUMBER), fields(">u8", TIMESTAMP)
        self.pictures, self.tl0s = fields(">u2", PICTURE_ID), fields(np.uint8, TL0PICIDX)
        first = buffer.pointer + part.at
        self.places = [first + (at * part.row + i * part.stride) for at in range(rows) for i in range(count)]
        sizes = [HEADER_SIZE + part.width] * (count - 1) + [HEADER_SIZE + part.last]
        self.sizes = Lengths.pattern(sizes, rows)


class Begun:
    """A part, and where its packets and what is alike in all rows lie."""

    __slots__ = ("layout", "like", "made", "part", "steps", "timestamp")

    def __init__(self, part: Part, layout: Layout) -> None:
        self.part, self.layout = part, layout
        self.like: tuple[int, int] | None = None  # payload type and extension of `made`
        self.made: np.ndarray | None = None
        self.steps = np.array([packet.number & 0xFFFF for packet in part.packets], np.uint16)
        self.timestamp = np.uint64(part.packets[0].timestamp << 32)

    def model(self, payload_type: int, extension: int) -> np.ndarray:
        """The message as for a receiver without offsets; kept, as nearly always all batches are alike in these two."""
        if self.like != (payload_type, extension):
            part, model = self.part, bytearray(self.part.model)
            for start in range(0, part.size, part.stride):
                model[start + PAYLOAD_TYPE] |= payload_type
                model[start + EXTENSION : start + EXTENSION + 8] = extension.to_bytes(8, "big")
            self.like, self.made = (payload_type, extension), np.frombuffer(model, np.uint8)
        return self.made


class PlainRows:
    """See `sfu.wire.rows.Rows`."""

    compiled = False

    def __init__(self, buffer: Buffer) -> None:
        self._buffer, self._lengths = buffer, Lengths(BATCH * MOST_PACKETS)
        self._layouts: dict[tuple[int, ...], Layout] = {}

    def columns(self, outlets: Sequence[Outlet]) -> Columns:
        return Columns(outlets)

    def begin(self, part: Part) -> Begun:
        shape = part.size, part.stride, part.width, part.at, part.row
        if shape not in self._layouts:
            if len(self._layouts) >= KEPT_LAYOUTS:
                self._layouts.clear()
            self._layouts[shape] = Layout(self._buffer, part)
        return Begun(part, self._layouts[shape])

    def write(self, begun: Begun, columns: Columns) -> list[int]:
        _fill(begun, columns)
        layout, lengths, count = begun.layout, self._lengths, begun.part.count
        lengths.fill(layout.sizes)
        handles = chain.from_iterable(zip(*[columns.handles] * count, strict=True))  # each as often as it has packets
        failures = list(map(protect_in_place, handles, layout.places, lengths.places))
        return sorted({at // count for at, failure in enumerate(failures) if failure}) if any(failures) else []


def _fill(begun: Begun, columns: Columns) -> None:
    """Put the packets, plain, where they belong."""
    layout, part = begun.layout, begun.part
    receivers, first = len(columns.handles), part.packets[0]
    layout.rows[:receivers] = begun.model(columns.payload_type, columns.extension | part.stamp)
    np.add(begun.steps, columns.numbers, out=layout.numbers[:receivers])
    np.add(begun.timestamp, columns.streams, out=layout.streams[:receivers])
    if columns.renumbered and first.picture_id >= 0:
        pictures = columns.pictures + np.uint16(first.picture_id)
        layout.pictures[:receivers] = pictures | np.uint16(0x8000)
        if first.tl0 >= 0:
            layout.tl0s[:receivers] = columns.tl0s + np.uint8(first.tl0)

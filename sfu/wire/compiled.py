"""Rows written and encrypted in C: `rows.c`, the twin of `sfu.wire.plain`."""

from __future__ import annotations

from collections.abc import Sequence

from cffi import FFI

from sfu.wire import compiling
from sfu.wire.outlet import Outlet
from sfu.wire.rows import LONE_BATCH, Part, Rows
from sfu.wire.srtp import PROTECT, Buffer

_ffi = FFI()
_ffi.cdef("""
    struct part {
        const uint8_t *model;
        int count, size, stride, row, tag;
        int picture_id, tl0;
    };
    struct column {
        void *context;
        uint32_t ssrc, timestamp_offset;
        uint16_t number_offset, picture_offset;
        uint8_t tl0_offset;
    };
    int write_rows(void *protect, uint8_t *rows, const struct part *part, const struct column *columns, int receivers,
                   uint8_t payload_type, uint64_t extension, int *refused);
""")


def rows(buffer: Buffer, wanted: bool = True) -> Rows:
    """For rows of `buffer`: in C where it is `wanted`, was compiled and loads, else in Python.

    `compiled` of the result says which.
    """
    library = _library() if wanted else None
    if library is not None:
        return CompiledRows(library, buffer)
    from sfu.wire.plain import PlainRows  # brings numpy, 10 MB that C does without

    return PlainRows(buffer)


def _library() -> object | None:
    path = compiling.library()
    try:
        return _ffi.dlopen(str(path)) if path.exists() else None
    except OSError:  # on a file system that nothing may be executed from, say
        return None


class Columns:
    """What differs from receiver to receiver, in the order of their rows."""

    __slots__ = ("contexts", "count", "extension", "payload_type", "table")

    def __init__(self, outlets: Sequence[Outlet]) -> None:
        self.payload_type, self.extension, self.count = outlets[0].payload_type, outlets[0].extension, len(outlets)
        self.contexts = [outlet.context for outlet in outlets]  # kept, as `table` points into them
        self.table = _ffi.new("struct column[]", self.count)
        for column, outlet in zip(self.table, outlets, strict=True):
            column.context = _ffi.cast("void *", outlet.context.place)
            column.ssrc, column.timestamp_offset = outlet.ssrc, outlet.timestamp_offset & 0xFFFFFFFF
            column.number_offset = outlet.number_offset & 0xFFFF
            column.picture_offset, column.tl0_offset = outlet.picture_offset & 0x7FFF, outlet.tl0_offset & 0xFF


class Begun:
    """A part as C reads it, and where its rows begin."""

    __slots__ = ("_model", "given", "part", "rows")

    def __init__(self, part: Part, buffer: Buffer) -> None:
        first, given = part.packets[0], _ffi.new("struct part *")
        self.part, self.given = part, given
        self.rows = _ffi.cast("uint8_t *", buffer.place + part.at)
        self._model = given.model = _ffi.from_buffer("uint8_t[]", part.model)  # kept, as `model` points there
        given.count, given.size, given.stride, given.row, given.tag = (
            part.count, part.size, part.stride, part.row, part.tag,
        )  # fmt: skip
        given.picture_id, given.tl0 = first.picture_id, first.tl0


class CompiledRows:
    """One call for all rows of a batch."""

    compiled = True

    def __init__(self, library: object, buffer: Buffer) -> None:
        self._buffer = buffer
        self._write, self._protect = library.write_rows, _ffi.cast("void *", PROTECT)
        self._refused = _ffi.new("int[]", LONE_BATCH)

    def columns(self, outlets: Sequence[Outlet]) -> Columns:
        return Columns(outlets)

    def begin(self, part: Part) -> Begun:
        return Begun(part, self._buffer)

    def write(self, begun: Begun, columns: Columns) -> list[int]:
        failures = self._write(
            self._protect,
            begun.rows,
            begun.given,
            columns.table,
            columns.count,
            columns.payload_type,
            columns.extension | begun.part.stamp,
            self._refused,
        )
        return list(self._refused[0:failures])

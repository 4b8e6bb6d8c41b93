"""The RTP header (RFC 3550 5.1) with its extensions (RFC 8285).

Functions take a reused buffer and the packet's `size` in it, so that nothing is copied to be looked at.
They raise ValueError for a packet that is not what it says.
"""

import struct
from collections.abc import Iterator

# Version, padding, extension and CSRC count; marker and payload type; sequence number; timestamp; SSRC.
HEADER = struct.Struct("!BBHII")
PADDING = 0x20
EXTENSION = 0x10

ONE_BYTE_PROFILE = 0xBEDE
TWO_BYTE_PROFILE = 0x1000  # the low four bits are the application's


def payload_start(data: bytes | bytearray | memoryview, size: int) -> int:
    """Where the payload begins, behind contributing sources and header extension."""
    if size < HEADER.size:
        raise ValueError("RTP packet is shorter than its header")
    first = data[0]
    if first >> 6 != 2:
        raise ValueError("RTP version is not 2")
    start = HEADER.size + 4 * (first & 15)
    if first & EXTENSION:
        if start + 4 > size:
            raise ValueError("RTP header extension runs past the packet")
        start += 4 + 4 * (data[start + 2] << 8 | data[start + 3])
        if start > size:
            raise ValueError("RTP header extension runs past the packet")
    elif start > size:
        raise ValueError("RTP contributing sources run past the packet")
    return start


def payload_end(data: bytes | bytearray | memoryview, size: int) -> int:
    """Where the payload ends, before the padding; equal to its start for a packet that only probes."""
    start = payload_start(data, size)
    if not data[0] & PADDING:
        return size
    padding = data[size - 1]
    if padding == 0:
        raise ValueError("RTP padding length is zero")
    if padding > size - start:
        raise ValueError("RTP padding length runs past the payload")
    return size - padding


def extensions(
    data: bytes | bytearray | memoryview, size: int
) -> tuple[dict[int, bytes | bytearray | memoryview], int]:
    """The header extension's values by identifier, and where the payload starts."""
    start = payload_start(data, size)
    return {ident: data[at : at + length] for ident, at, length in _elements(data, start)}, start


def find_extension(data: bytes | bytearray | memoryview, size: int, wanted_id: int) -> int:
    """Where the value of one extension begins, or -1 when it is absent or empty."""
    for ident, at, length in _elements(data, payload_start(data, size)):
        if ident == wanted_id:
            return at if length else -1
    return -1


def audio_level(value: int) -> tuple[bool, int]:
    """Whether the sender hears a voice, and how loud it is: 0 dBov the loudest, -127 silence (RFC 6464)."""
    return value >= 0x80, -(value & 0x7F)


def _elements(data: bytes | bytearray | memoryview, end: int) -> Iterator[tuple[int, int, int]]:
    """Identifier, offset and length of each element of an extension that ends where the payload starts."""
    if not data[0] & EXTENSION:
        return
    at = HEADER.size + 4 * (data[0] & 15)
    profile = data[at] << 8 | data[at + 1]
    at += 4
    if profile == ONE_BYTE_PROFILE:
        while at < end:
            ident, length = data[at] >> 4, (data[at] & 15) + 1
            if ident == 15:  # RFC 8285 4.2: what follows is not to be read
                return
            at += 1
            if ident == 0:  # padding
                continue
            if at + length > end:
                raise ValueError("RTP header extension element runs past the extension")
            yield ident, at, length
            at += length
    elif profile & 0xFFF0 == TWO_BYTE_PROFILE:
        while at < end:
            ident = data[at]
            at += 1
            if ident == 0:  # padding
                continue
            if at == end:
                raise ValueError("RTP header extension element has no length")
            length = data[at]
            at += 1
            if at + length > end:
                raise ValueError("RTP header extension element runs past the extension")
            yield ident, at, length
            at += length

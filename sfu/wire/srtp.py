"""SRTP in place, on buffers that are used again and again.

`pylibsrtp.Session.protect` copies a packet in and out (1.45 µs for 1,150 bytes under AES-GCM); calling libsrtp
on the packet where it lies takes 0.64 µs. The binding's names are pylibsrtp's own, so they are used only here,
and `tests/sfu/wire/test_srtp.py` says when a new release changes them.
"""

from __future__ import annotations

from array import array

from pylibsrtp import Session
from pylibsrtp._binding import ffi, lib

GCM_TAG = 16
CM_TAG = 10  # AES-CM with an 80-bit HMAC-SHA1

protect_in_place = lib.srtp_protect  # (context, pointer, length) -> 0 when done
PROTECT = int(ffi.cast("uintptr_t", ffi.addressof(lib, "srtp_protect")))  # where it lies, for compiled code
length = ffi.new("int *")  # both an argument and a result of libsrtp


class Buffer:
    """Memory that Python sees as bytes and libsrtp as a pointer."""

    __slots__ = ("bytes", "place", "pointer", "view")

    def __init__(self, size: int) -> None:
        self.bytes = bytearray(size)
        self.view = memoryview(self.bytes)
        self.pointer = ffi.from_buffer("char[]", self.bytes)
        self.place = int(ffi.cast("uintptr_t", self.pointer))


class Lengths:
    """The sizes of `count` packets, which libsrtp reads and changes, all set in one copy."""

    __slots__ = ("_bytes", "_integers", "places")

    def __init__(self, count: int) -> None:
        self._integers = ffi.new("int[]", count)
        self._bytes = ffi.buffer(self._integers)
        self.places = [self._integers + at for at in range(count)]

    @staticmethod
    def pattern(sizes: list[int], times: int) -> bytes:
        """What `fill` takes: `sizes` in bytes, `times` over."""
        return array("i", sizes).tobytes() * times

    def fill(self, pattern: bytes) -> None:
        self._bytes[: len(pattern)] = pattern


class Context:
    """One direction of one peer's SRTP; `tag` is what protection adds to an RTP packet, in bytes."""

    __slots__ = ("_session", "handle", "place", "tag")

    def __init__(self, session: Session, tag: int) -> None:
        self._session = session  # owns what `handle` points to
        self.handle = session._srtp[0]
        self.place = int(ffi.cast("uintptr_t", self.handle))
        self.tag = tag

    def unprotect(self, buffer: Buffer, size: int) -> int:
        """Decrypt the RTP packet of `size` bytes in place; the plain size, or -1 when it is not authentic."""
        length[0] = size
        return length[0] if lib.srtp_unprotect(self.handle, buffer.pointer, length) == 0 else -1

    def unprotect_rtcp(self, buffer: Buffer, size: int) -> int:
        length[0] = size
        return length[0] if lib.srtp_unprotect_rtcp(self.handle, buffer.pointer, length) == 0 else -1

    def protect(self, packet: bytes) -> bytes:
        """One RTP packet, copied; for what is not at packet rate."""
        return self._session.protect(packet)

    def protect_rtcp(self, packet: bytes) -> bytes:
        return self._session.protect_rtcp(packet)

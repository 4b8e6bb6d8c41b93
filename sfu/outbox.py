"""The runs of several receivers, handed to the kernel in one call.

The fan-out writes run after run into a buffer that never moves; `deliver` gives them to `sendmmsg`. Against a `sendto`
each that saves reading each address anew, and more: interpreter and network stack no longer push each other out
of the processor's caches. Measured with 300 receivers: 20 instead of 28 µs for a run of six, 8 instead of 11 for one.
"""

from __future__ import annotations

import os
import socket
import struct
from array import array
from collections.abc import Sequence

from cffi import FFI

from sfu.wire.rows import BATCH, LONE_BATCH, REGION
from sfu.wire.srtp import Buffer

# Structures of Linux on 64 bits (recvmsg(2), sendmmsg(2)).
_ffi = FFI()
_ffi.cdef("""
    struct iovec { void *iov_base; size_t iov_len; };
    struct msghdr {
        void *msg_name; unsigned int msg_namelen; struct iovec *msg_iov; size_t msg_iovlen;
        void *msg_control; size_t msg_controllen; int msg_flags;
    };
    struct mmsghdr { struct msghdr msg_hdr; unsigned int msg_len; };
    int sendmmsg(int socket, struct mmsghdr *messages, unsigned int count, int flags);
""")
_libc = _ffi.dlopen(None)


class Outbox:
    """`LONE_BATCH` messages in `buffer`, or fewer of up to `REGION` bytes; `messages` says who they go to."""

    def __init__(self, sender: socket.socket) -> None:
        self._fd, self._family = sender.fileno(), sender.family
        self.buffer = Buffer(BATCH * REGION)
        self._parts = _ffi.new("struct iovec[]", LONE_BATCH)
        self._table = memoryview(_ffi.buffer(self._parts)).cast("B").cast("Q")  # address and length in turn
        self._starts: dict[int, array] = {}  # length of a row → the address of each

    def destination(self, address: tuple) -> object:
        """The address (host, port) as the kernel reads it; lives as long as the result is kept."""
        return _ffi.new("char[]", self._packed(address))

    def redirect(self, destination: object, address: tuple) -> None:
        """What goes to `destination` goes to `address` from now on."""
        packed = self._packed(address)
        _ffi.memmove(destination, packed, len(packed))

    def messages(self, destinations: Sequence[object]) -> object:
        """One message for each row in turn, to a destination each, which must be kept while these are used."""
        messages = _ffi.new("struct mmsghdr[]", len(destinations))
        for k, destination in enumerate(destinations):
            header = messages[k].msg_hdr
            header.msg_iov, header.msg_iovlen = self._parts + k, 1
            header.msg_name, header.msg_namelen = destination, 28 if self._family == socket.AF_INET6 else 16
        return messages

    def shape(self, row: int, size: int) -> None:
        """The messages to come are of `size` bytes and lie `row` bytes apart, a multiple of `ROW_STEP`."""
        if row not in self._starts:
            start = self.buffer.place
            self._starts[row] = array("Q", range(start, start + LONE_BATCH * row, row))
        self._table[0::2] = self._starts[row]
        self._table[1::2] = array("Q", (size,)) * LONE_BATCH

    def deliver(self, messages: object, first: int, end: int) -> tuple[int, OSError | None]:
        """Send `first` to `end` - 1 of `messages`: how many the kernel took, and why not the first that it did not."""
        taken = _libc.sendmmsg(self._fd, messages + first, end - first, 0)
        if taken < 0:
            return 0, OSError(_ffi.errno, os.strerror(_ffi.errno))
        return taken, None

    def _packed(self, address: tuple) -> bytes:
        packed = struct.pack("=H", self._family) + struct.pack("!H", address[1])
        if self._family == socket.AF_INET6:
            scope = address[3] if len(address) > 3 else 0
            return packed + bytes(4) + socket.inet_pton(socket.AF_INET6, address[0]) + struct.pack("=I", scope)
        return packed + socket.inet_aton(address[0]) + bytes(8)

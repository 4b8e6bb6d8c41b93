"""What leaves by the socket: in order, cut by the kernel where it will, kept while there is no room."""

from __future__ import annotations

import asyncio
import errno
import socket
import struct
from collections import Counter, deque
from collections.abc import Callable

import structlog

from sfu.outbox import Outbox
from sfu.wire.compiled import rows
from sfu.wire.fanout import Fanout

SOL_UDP, UDP_SEGMENT = 17, 103  # linux/udp.h
# Runs and lone packets kept while the socket's buffer is full. Beyond them the oldest of a picture is dropped; a voice,
# the picture's message it rides with, or an answer only when nothing else waits.
WAITING_SENDS = 256
MOST_UNSEGMENTED = 8  # destinations at once; with more it is the system that can't segment
UNSEGMENTED = (errno.EIO, errno.EINVAL, errno.ENOPROTOOPT, errno.EMSGSIZE)  # what a run may be refused with

Address = tuple[str, int]
log = structlog.get_logger()


class Sender:
    """The sending side of a UDP socket; `fanout` writes the runs of many receivers.

    What is lost here is counted in `drops`, cause by cause. `meanwhile` is asked in the middle of long pictures.
    """

    def __init__(
        self,
        sender: socket.socket,
        gso: bool,
        compiled: bool,
        drops: Counter[str],
        meanwhile: Callable[[], int | None] | None = None,
    ) -> None:
        self.socket, self.gso, self.drops = sender, gso, drops
        self._stride = 0  # as the socket is told now
        self._unsegmented: set[Address] = set()  # where runs are refused that go in pieces
        self._waiting: deque[tuple[bytes, int, Address, bool]] = deque()  # with stride, and whether it is urgent
        self._loop = asyncio.get_running_loop()
        self.outbox = Outbox(sender)
        self.fanout = Fanout(
            InTurn(self.outbox, self.is_blocked),
            rows(self.outbox.buffer, compiled),
            self._send_in_turn,
            self._segment,
            self._refused,
            meanwhile,
        )

    def close(self) -> None:
        self._loop.remove_writer(self.socket)

    def forget(self, address: Address) -> None:
        """Nothing is known of `address` any more."""
        self._unsegmented.discard(address)

    def destination(self, address: Address) -> object:
        """An address as the outbox takes it."""
        return self.outbox.destination(address)

    def redirect(self, destination: object, address: Address) -> None:
        """Who was at `destination` is at `address` now."""
        self.outbox.redirect(destination, address)

    def send(self, data: bytes, address: Address) -> None:
        """One datagram; waits for room in the socket's buffer if there is none."""
        try:
            self._send_in_turn(data, address)
        except OSError as error:
            self._refused(error, memoryview(data), 0, address, True)

    def is_blocked(self) -> bool:
        """Whether something still waits, once it was tried again."""
        return bool(self._waiting) and not self._send_waiting()

    def _send_in_turn(self, data: bytes | memoryview, address: Address) -> int:
        if self.is_blocked():
            raise BlockingIOError
        return self.socket.sendto(data, address)

    def _segment(self, stride: int) -> bool:
        """Let the kernel cut what is sent from now on; False when it can't."""
        if not self.gso and stride:
            return False
        try:
            self._cut_at(stride)
        except OSError as error:
            self._give_up_gso(error)
            return False
        return True

    def _cut_at(self, stride: int) -> None:
        self.socket.setsockopt(SOL_UDP, UDP_SEGMENT, stride)
        self._stride = stride

    def _refused(self, error: OSError, data: memoryview, stride: int, address: Address, urgent: bool) -> None:
        """The socket did not take it: wait, or cut it here where the kernel won't."""
        if _is_full(error):
            self._wait(bytes(data), stride, address, urgent)
        elif stride and error.errno in UNSEGMENTED:
            # The same errors speak of a destination as such, of the route to it, or of the whole system.
            goes = self._send_in_pieces(data, stride, address, urgent)
            if goes and error.errno != errno.EMSGSIZE:
                self._unsegmented.add(address)
                if len(self._unsegmented) >= MOST_UNSEGMENTED:
                    self._give_up_gso(error)
        else:
            self.drops["unreachable"] += 1

    def _send_in_pieces(self, data: memoryview, stride: int, address: Address, urgent: bool) -> bool:
        """Whether they went; with the option set, some devices refuse even what needs no cutting."""
        standing = self._stride
        if standing:
            self._cut_at(0)
        try:
            for piece in _pieces(data, stride):
                try:
                    self._send_in_turn(piece, address)
                except OSError as error:
                    if not _is_full(error):
                        self.drops["unreachable"] += 1
                        return False
                    self._wait(piece, 0, address, urgent)
        finally:
            if standing:  # until the end of the run, whatever was found out
                self._cut_at(standing)
        return True

    def _wait(self, data: bytes, stride: int, address: Address, urgent: bool) -> None:
        if not self._waiting:
            self._loop.add_writer(self.socket, self._send_waiting)
        self._waiting.append((data, stride, address, urgent))
        if len(self._waiting) > WAITING_SENDS:
            del self._waiting[next((at for at, (*_, urgent) in enumerate(self._waiting) if not urgent), 0)]
            self.drops["send buffer full"] += 1

    def _give_up_gso(self, error: OSError) -> None:
        if self.gso:
            self.gso = False
            log.warning("udp segmentation offload refused, sending packets one by one", error=str(error))

    def _send_waiting(self) -> bool:
        """Send what waits, in order; whether all of it is gone."""
        while self._waiting:
            data, stride, address, _ = self._waiting[0]
            if stride and (not self.gso or address in self._unsegmented):
                self._cut_waiting()
                continue
            try:
                if stride or self._stride:  # in the middle of a run the socket cuts unless told otherwise
                    self.socket.sendmsg([data], [(SOL_UDP, UDP_SEGMENT, struct.pack("=H", stride))], 0, address)
                else:
                    self.socket.sendto(data, address)
            except OSError as error:
                if _is_full(error):
                    return False
                if stride and error.errno in UNSEGMENTED:
                    self._cut_waiting()
                    continue
                self.drops["unreachable"] += 1
            self._waiting.popleft()
        self._loop.remove_writer(self.socket)
        return True

    def _cut_waiting(self) -> None:
        """What waits first goes in pieces."""
        data, stride, address, urgent = self._waiting.popleft()
        self._waiting.extendleft((piece, 0, address, urgent) for piece in reversed(_pieces(data, stride)))


class InTurn:
    """An outbox that nothing leaves while something older is `blocked`; see `sfu.wire.audience.Outbox`."""

    def __init__(self, outbox: Outbox, is_blocked: Callable[[], bool]) -> None:
        self.buffer, self.messages, self.shape = outbox.buffer, outbox.messages, outbox.shape
        self._deliver, self._is_blocked = outbox.deliver, is_blocked

    def deliver(self, messages: object, first: int, end: int) -> tuple[int, OSError | None]:
        return (0, BlockingIOError()) if self._is_blocked() else self._deliver(messages, first, end)


def _is_full(error: OSError) -> bool:
    return isinstance(error, BlockingIOError) or error.errno == errno.ENOBUFS


def _pieces(data: bytes | memoryview, stride: int) -> list[bytes]:
    return [bytes(data[start : start + stride]) for start in range(0, len(data), stride)]

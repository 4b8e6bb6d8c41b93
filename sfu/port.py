"""The one UDP port: who a datagram belongs to, batches in, GSO out and its fallback.

The first byte says what a datagram is (RFC 7983), the source address whose. An unknown address may only speak STUN,
with the name of a peer that is expected here and proof of its password; everything else is counted and dropped
before anything is kept. An answer never exceeds what it answers by more than its own integrity and address.
"""

from __future__ import annotations

import asyncio
import errno
import socket
import struct
from collections import Counter, deque
from collections.abc import Callable
from typing import Protocol

import structlog

from sfu.clock import monotonic_us
from sfu.outbox import Outbox
from sfu.wire import stun
from sfu.wire.compiled import rows
from sfu.wire.fanout import Fanout
from sfu.wire.srtp import Buffer

SOL_UDP, UDP_SEGMENT = 17, 103  # linux/udp.h
BATCH = 256  # datagrams a turn of the event loop
LONGEST = 2048
# Runs and lone packets kept while the socket's buffer is full. Beyond them the oldest run is dropped, which is a
# picture; a voice or an answer only when no run waits.
WAITING_SENDS = 256
ADDRESSES_PER_PEER = 8
MOST_UNSEGMENTED = 8  # destinations at once; with more it is the system that can't segment
SOCKET_BUFFER = 8 * 1024 * 1024
UNSEGMENTED = (errno.EIO, errno.EINVAL, errno.ENOPROTOOPT, errno.EMSGSIZE)  # what a run may be refused with

Address = tuple[str, int]
log = structlog.get_logger()


class Receiver(Protocol):
    """A peer, as the port knows it."""

    addresses: list[Address]  # validated, the one in use first

    def heard(self, now: int) -> None: ...
    def moved(self, address: Address, now: int) -> None: ...
    def on_dtls(self, datagram: bytes) -> None: ...
    def on_rtp(self, buffer: Buffer, size: int, now: int) -> None: ...
    def on_rtcp(self, buffer: Buffer, size: int, now: int) -> None: ...


class Port:
    """The socket and the table of who is behind which address."""

    def __init__(self, host: str, port: int, gso: bool, compiled: bool = True) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self._ask_for_buffers()
        self.socket.bind((host, port))
        self.address: Address = self.socket.getsockname()[:2]
        self.gso = gso
        self._stride = 0  # as the socket is told now
        self._unsegmented: set[Address] = set()  # where runs are refused that go in pieces
        self.drops: Counter[str] = Counter()  # cause → datagrams
        self.received = 0
        self._buffer = Buffer(LONGEST)
        self._expected: dict[str, tuple[Receiver, bytes]] = {}  # local ICE user name → peer, password
        self._known: dict[Address, Receiver] = {}
        self._waiting: deque[tuple[bytes, int, Address]] = deque()
        self._loop = asyncio.get_running_loop()
        self._batch_done: list = []
        self.outbox = Outbox(self.socket)
        self.fanout = Fanout(
            InTurn(self.outbox, self.is_blocked),
            rows(compiled),
            self._send_in_turn,
            self._segment,
            self._refused,
        )
        self._loop.add_reader(self.socket, self._readable)

    def _ask_for_buffers(self) -> None:
        granted = []
        for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
            self.socket.setsockopt(socket.SOL_SOCKET, option, SOCKET_BUFFER)
            granted.append(self.socket.getsockopt(socket.SOL_SOCKET, option) // 2)  # socket(7): told doubled
        if min(granted) < SOCKET_BUFFER // 4:
            log.warning(
                "socket buffers are small",
                asked=SOCKET_BUFFER, receive=granted[0], send=granted[1], limits="net.core.rmem_max, net.core.wmem_max",
            )  # fmt: skip

    def close(self) -> None:
        if self.socket.fileno() >= 0:
            self._loop.remove_reader(self.socket)
            self._loop.remove_writer(self.socket)
            self.socket.close()

    def after_batch(self, call) -> None:
        """`call(now)` runs whenever the socket has been emptied."""
        self._batch_done.append(call)

    # Who is who ---------------------------------------------------------------------------------------

    def expect(self, ufrag: str, password: bytes, peer: Receiver) -> None:
        """Whoever proves `password` under the name `ufrag` is `peer`."""
        self._expected[ufrag] = peer, password

    def forget(self, ufrag: str) -> None:
        self._expected.pop(ufrag, None)

    def forget_addresses(self, peer: Receiver) -> None:
        for address in peer.addresses:
            if self._known.get(address) is peer:
                self._forget_address(address)
        peer.addresses.clear()

    def _forget_address(self, address: Address) -> None:
        del self._known[address]
        self._unsegmented.discard(address)

    # In -----------------------------------------------------------------------------------------------

    def _readable(self) -> None:
        receive, data, drops = self.socket.recvfrom_into, self._buffer.bytes, self.drops
        now = monotonic_us()
        for _ in range(BATCH):
            try:
                size, address = receive(data)
            except BlockingIOError:
                break
            except ConnectionError:
                continue  # an ICMP answer to something sent earlier
            self.received += 1
            try:
                self._hand_on(size, address, now)
            except Exception:
                # A bug that one peer's datagram can reach must not cost the others theirs.
                if not drops["failed in here"]:
                    log.exception("a datagram failed", first=data[0], size=size)
                drops["failed in here"] += 1
        for call in self._batch_done:
            call(now)

    def _hand_on(self, size: int, address: Address, now: int) -> None:
        buffer, drops = self._buffer, self.drops
        data = buffer.bytes
        first = data[0] if size else 0xFF
        peer = self._known.get(address)
        if 128 <= first < 192:
            if peer is None:
                drops["media from an unknown address"] += 1
            elif size < 12:
                drops["media too short"] += 1
            elif 192 <= data[1] < 224:
                peer.on_rtcp(buffer, size, now)
            else:
                peer.on_rtp(buffer, size, now)
        elif first < 4:
            self._on_stun(bytes(buffer.view[:size]), address, now)
        elif 20 <= first < 64:
            if peer is None:
                drops["dtls from an unknown address"] += 1
            else:
                peer.heard(now)
                peer.on_dtls(bytes(buffer.view[:size]))
        else:
            drops["neither stun, dtls nor rtp"] += 1

    def _on_stun(self, data: bytes, address: Address, now: int) -> None:
        message = stun.parse(data)
        if message is None or message.kind != stun.REQUEST or message.method != stun.BINDING:
            self.drops["not a stun binding request"] += 1
            return
        expected = self._expected.get((message.username or "").partition(":")[0])
        if expected is None:
            self.drops["stun for nobody here"] += 1
            return
        peer, password = expected
        if not stun.check_integrity(data, message, password):
            self.drops["stun without the password"] += 1
            return
        source = (address[0], address[1])
        self.send(stun.binding_response(message.transaction_id, source, password), address)
        peer.heard(now)
        unknown = self._known.get(address) is not peer
        if unknown:
            self._learn(peer, address)
        if message.use_candidate and peer.addresses[0] != address:
            peer.addresses.remove(address)
            peer.addresses.insert(0, address)
            peer.moved(address, now)
        elif unknown and peer.addresses[0] == address:
            peer.moved(address, now)

    def _learn(self, peer: Receiver, address: Address) -> None:
        earlier = self._known.get(address)
        if earlier is not None:
            earlier.addresses.remove(address)
        if len(peer.addresses) >= ADDRESSES_PER_PEER:
            self._forget_address(peer.addresses.pop())
        self._known[address] = peer
        peer.addresses.append(address)

    # Out ----------------------------------------------------------------------------------------------

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
            self._refused(error, memoryview(data), 0, address)

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

    def _refused(self, error: OSError, data: memoryview, stride: int, address: Address) -> None:
        """The socket did not take it: wait, or cut it here where the kernel won't."""
        if _is_full(error):
            self._wait(bytes(data), stride, address)
        elif stride and error.errno in UNSEGMENTED:
            # The same errors speak of a destination as such, of the route to it, or of the whole system.
            goes = self._send_in_pieces(data, stride, address)
            if goes and error.errno != errno.EMSGSIZE:
                self._unsegmented.add(address)
                if len(self._unsegmented) >= MOST_UNSEGMENTED:
                    self._give_up_gso(error)
        else:
            self.drops["unreachable"] += 1

    def _send_in_pieces(self, data: memoryview, stride: int, address: Address) -> bool:
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
                    self._wait(piece, 0, address)
        finally:
            if standing:  # until the end of the run, whatever was found out
                self._cut_at(standing)
        return True

    def _wait(self, data: bytes, stride: int, address: Address) -> None:
        if not self._waiting:
            self._loop.add_writer(self.socket, self._send_waiting)
        self._waiting.append((data, stride, address))
        if len(self._waiting) > WAITING_SENDS:
            del self._waiting[next((at for at, (_, stride, _) in enumerate(self._waiting) if stride), 0)]
            self.drops["send buffer full"] += 1

    def _give_up_gso(self, error: OSError) -> None:
        if self.gso:
            self.gso = False
            log.warning("udp segmentation offload refused, sending packets one by one", error=str(error))

    def _send_waiting(self) -> bool:
        """Send what waits, in order; whether all of it is gone."""
        while self._waiting:
            data, stride, address = self._waiting[0]
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
        data, stride, address = self._waiting.popleft()
        self._waiting.extendleft((piece, 0, address) for piece in reversed(_pieces(data, stride)))


class InTurn:
    """An outbox that nothing leaves while something older is `blocked`; see `sfu.wire.fanout.Outbox`."""

    def __init__(self, outbox: Outbox, is_blocked: Callable[[], bool]) -> None:
        self.buffer, self.messages, self.shape = outbox.buffer, outbox.messages, outbox.shape
        self._deliver, self._is_blocked = outbox.deliver, is_blocked

    def deliver(self, messages: object, first: int, end: int) -> tuple[int, OSError | None]:
        return (0, BlockingIOError()) if self._is_blocked() else self._deliver(messages, first, end)


def _is_full(error: OSError) -> bool:
    return isinstance(error, BlockingIOError) or error.errno == errno.ENOBUFS


def _pieces(data: bytes | memoryview, stride: int) -> list[bytes]:
    return [bytes(data[start : start + stride]) for start in range(0, len(data), stride)]

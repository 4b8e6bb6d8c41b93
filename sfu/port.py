"""The one UDP port: who a datagram belongs to.

The first byte says what a datagram is (RFC 7983), the source address whose. An unknown address may only speak STUN,
with the name of a peer that is expected here and proof of its password; everything else is counted and dropped
before anything is kept. An answer never exceeds what it answers by more than its own integrity and address.

Datagrams are handled as they come, but for one thing: a voice that comes while a picture is being sent to many is
handled at once, in the middle of it (see `sfu.wire.fanout`).
"""

from __future__ import annotations

import asyncio
import socket
from collections import Counter, deque
from typing import Protocol

import structlog

from sfu.clock import monotonic_us
from sfu.sending import Address, Sender
from sfu.wire import stun
from sfu.wire.srtp import Buffer

BATCH = 256  # datagrams a turn of the event loop
TURN_US = 10_000  # and how long it takes, so that timers and requests have theirs when there is more than can be done
OVERTAKING = 32  # datagrams looked at between two batches of a picture
LONGEST = 2048
ADDRESSES_PER_PEER = 8
QUIET_US = 3_000_000  # a path in use is checked more often than this by browsers that nominate with each check
SOCKET_BUFFER = 8 * 1024 * 1024

log = structlog.get_logger()


class Receiver(Protocol):
    """A peer, as the port knows it."""

    addresses: list[Address]  # validated, the one in use first
    in_use_us: int  # when something authentic came from there

    def heard(self, now: int) -> None: ...
    def moved(self, address: Address, now: int) -> None: ...
    def is_voice(self, data: bytearray) -> bool: ...
    def on_dtls(self, datagram: bytes) -> None: ...
    def on_rtp(self, buffer: Buffer, size: int, now: int) -> bool: ...  # whether it was authentic
    def on_rtcp(self, buffer: Buffer, size: int, now: int) -> bool: ...


class Port:
    """The socket and the table of who is behind which address."""

    def __init__(self, host: str, port: int, gso: bool, compiled: bool = True) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self._ask_for_buffers()
        self.socket.bind((host, port))
        self.address: Address = self.socket.getsockname()[:2]
        self.drops: Counter[str] = Counter()  # cause → datagrams
        self.received = 0
        self._buffer = Buffer(LONGEST)
        self._expected: dict[str, tuple[Receiver, bytes]] = {}  # local ICE user name → peer, password
        self._known: dict[Address, Receiver] = {}
        self._loop = asyncio.get_running_loop()
        self._batch_done: list = []
        self._left = 0  # datagrams that this turn may read; 0 between two turns
        self._overtaking = Buffer(LONGEST)
        self._overtaken: deque[tuple[bytes, Address]] = deque()
        self._again: asyncio.Handle | None = None  # the turn for what was overtaken
        self.out = Sender(self.socket, gso, compiled, self.drops, self._let_voices_overtake)
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
            if self._again is not None:
                self._again.cancel()
            self.out.close()
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
        self.out.forget(address)

    # In -----------------------------------------------------------------------------------------------

    def _readable(self) -> None:
        if self._again is None:  # else a turn is about to come anyway
            self._take_turn()

    def _take_turn(self) -> None:
        """Handle what was overtaken in the last turn, then what has come."""
        data, self._left, now = self._buffer.bytes, BATCH, monotonic_us()
        until, self._again = now + TURN_US, None
        try:
            while now < until:
                if self._overtaken:
                    datagram, address = self._overtaken.popleft()
                    size = len(datagram)
                    data[:size] = datagram
                elif (read := self._read(self._buffer)) is not None:
                    size, address = read
                else:
                    break
                self._take(self._buffer, size, address, now)
                now = monotonic_us()
        finally:
            self._left = 0
        if self._overtaken:
            self._again = self._loop.call_soon(self._take_turn)
        elif now < until:
            for call in self._batch_done:
                call(now)

    def _read(self, buffer: Buffer) -> tuple[int, Address] | None:
        """One datagram: its size and where from; None when there is none, or this turn has read its share."""
        while self._left:
            self._left -= 1
            try:
                size, address = self.socket.recvfrom_into(buffer.bytes)
            except BlockingIOError:
                return None
            except ConnectionError:
                continue  # an ICMP answer to something sent earlier
            self.received += 1
            return size, address
        return None

    def _let_voices_overtake(self) -> int | None:
        """Handle voices that have come since the datagram in hand; the time, if there were any.

        The rest waits for that datagram's end: of pictures as much as a turn reads, of all as much again.
        Whoever floods the port makes voices wait for their turn as well.
        """
        buffer, heard_us = self._overtaking, None
        for _ in range(OVERTAKING):
            if (read := self._read(buffer)) is None:
                break
            size, address = read
            peer = self._known.get(address)
            if peer is None and size and buffer.bytes[0] >= 4:
                self._take(buffer, size, address, monotonic_us())  # a stranger's: counted and dropped
            elif peer is not None and size >= 12 and _is_rtp(buffer.bytes) and peer.is_voice(buffer.bytes):
                heard_us = monotonic_us()
                self._take(buffer, size, address, heard_us)
            elif len(self._overtaken) < (BATCH if _is_rtp(buffer.bytes) else 2 * BATCH):
                self._overtaken.append((bytes(buffer.view[:size]), address))
            else:
                self.drops["more than can be sent on"] += 1
        return heard_us

    def _take(self, buffer: Buffer, size: int, address: Address, now: int) -> None:
        try:
            self._hand_on(buffer, size, address, now)
        except Exception:
            # A bug that one peer's datagram can reach must not cost the others theirs.
            if not self.drops["failed in here"]:
                log.exception("a datagram failed", first=buffer.bytes[0], size=size)
            self.drops["failed in here"] += 1

    def _hand_on(self, buffer: Buffer, size: int, address: Address, now: int) -> None:
        data, drops = buffer.bytes, self.drops
        first = data[0] if size else 0xFF
        peer = self._known.get(address)
        if 128 <= first < 192:
            if peer is None:
                drops["media from an unknown address"] += 1
            elif size < 12:
                drops["media too short"] += 1
            elif (peer.on_rtp if _is_rtp(data) else peer.on_rtcp)(buffer, size, now):
                self._came_from(peer, address, now)
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
        self.out.send(stun.binding_response(message.transaction_id, source, password), address)
        peer.heard(now)
        if self._known.get(address) is not peer:
            self._learn(peer, address, now)
        if message.use_candidate and peer.addresses[0] != address:
            self._use(peer, address, now)
        else:
            self._came_from(peer, address, now)

    def _learn(self, peer: Receiver, address: Address, now: int) -> None:
        earlier = self._known.get(address)
        if earlier is not None:
            was_used = earlier.addresses[0] == address
            earlier.addresses.remove(address)
            if was_used and earlier.addresses:
                self._use(earlier, earlier.addresses[0], now)
        if len(peer.addresses) >= ADDRESSES_PER_PEER:
            self._forget_address(peer.addresses.pop())
        self._known[address] = peer
        peer.addresses.append(address)
        if len(peer.addresses) == 1:
            self._use(peer, address, now)

    def _came_from(self, peer: Receiver, address: Address, now: int) -> None:
        """Something authentic did; where the path in use is quiet, the peer is there now.

        Chromium nominates the path it uses with every check, but Firefox only once: a NAT that has given it another
        address since would else keep its media for ever.
        """
        if peer.addresses[0] == address:
            peer.in_use_us = now
        elif now - peer.in_use_us > QUIET_US:
            self._use(peer, address, now)

    def _use(self, peer: Receiver, address: Address, now: int) -> None:
        peer.addresses.remove(address)
        peer.addresses.insert(0, address)
        peer.in_use_us = now
        peer.moved(address, now)


def _is_rtp(data: bytearray) -> bool:
    """Whether it is RTP, and neither RTCP nor another protocol (RFC 7983 section 7, RFC 5761 section 4)."""
    return 128 <= data[0] < 192 and not 192 <= data[1] < 224

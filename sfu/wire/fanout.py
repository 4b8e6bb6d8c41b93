"""One run of packets to many receivers: number, protect and send, one message a receiver.

A run is the packets of one picture (or one voice packet) in order of number. All receivers share its payloads;
each gets its own header. The shorter packets are padded to the longest (RFC 3550 5.1), so that the run is one
contiguous buffer of equal segments that the kernel cuts (UDP_SEGMENT); only the last may be shorter. The messages of
`BATCH` receivers go to the kernel together.

What a receiver sees is the source's own numbering plus constants that change only when its slot switches:

    sequence number = packet number + number_offset        timestamp = packet timestamp + timestamp_offset
    VP8 picture id  = picture id + picture_offset          TL0PICIDX = TL0PICIDX + tl0_offset  (RFC 7741 4.2)

so nothing is kept per packet and receiver, and a retransmission is made again from the ring.

Every packet carries one header extension, abs-send-time, which receivers need for their REMB estimate; it is
the same number for everybody who gets this run.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, repeat
from typing import Protocol

from sfu.wire.ring import Packet
from sfu.wire.srtp import ROW, Buffer, Context, Lengths, protect_in_place

HEADER_SIZE = 20  # 12 fixed, 8 for one-byte extensions with abs-send-time
MOST_PACKETS = ROW
BATCH = 32  # messages a system call: their bytes stay in the processor's second cache
MOST_PADDING = 32  # beyond this it is cheaper to split the run
MOST_PAYLOAD = 1300  # browsers keep to 1,200; pylibsrtp protects a repair up to 1,356 with its header

REGION = MOST_PACKETS * (HEADER_SIZE + MOST_PAYLOAD + 16)  # of one receiver's message
PLACES = tuple(range(0, BATCH * REGION, REGION))

# V=2 and X=1 in the first byte, P=1 in addition where the packet is padded.
PLAIN, PADDED = 0x9000, 0xB000

# The beginning of a VP8 payload whose descriptor has a picture id of 15 bits: two octets that stay, the picture id with
# its M bit, and one octet that is TL0PICIDX where there is one, else stays.
DESCRIPTOR = struct.Struct("!2sHB")


class Outlet:
    """One receive stream of one peer: where its packets go and how they are numbered."""

    __slots__ = (
        "address",
        "context",
        "destination",
        "extension",
        "number_offset",
        "payload_type",
        "picture_offset",
        "ssrc",
        "timestamp_offset",
        "tl0_offset",
    )

    def __init__(self, ssrc: int, payload_type: int, extension_id: int) -> None:
        """`extension_id` is the receiver's number for abs-send-time, 1 to 14."""
        self.ssrc = ssrc
        self.payload_type = payload_type
        self.extension = 0xBEDE0001 << 32 | extension_id << 28 | 2 << 24
        self.address: tuple | None = None  # None until the peer is connected
        self.context: Context | None = None
        self.destination: object = None  # `address` as the outbox takes it; the same object wherever the peer moves
        self.number_offset = self.timestamp_offset = self.picture_offset = self.tl0_offset = 0

    def connect(self, address: tuple, context: Context, destination: object) -> None:
        self.address, self.context, self.destination = address, context, destination


class Batch:
    """Receivers whose messages go to the kernel in one call."""

    __slots__ = ("_destinations", "handles", "messages", "outlets")

    def __init__(self, outlets: Sequence[Outlet], outbox: Outbox) -> None:
        self.outlets = outlets
        self.handles = [outlet.context.handle for outlet in outlets]
        self._destinations = [outlet.destination for outlet in outlets]  # kept, as `messages` points there
        self.messages = outbox.messages(self._destinations)


class Audience:
    """Outlets that get the same runs; made anew when somebody comes or goes.

    All of them must be connected when the first run leaves: what is said of them to the kernel is prepared then.
    """

    __slots__ = ("_batches", "_outlets")

    def __init__(self, outlets: Iterable[Outlet] = ()) -> None:
        self._outlets = tuple(outlets)
        self._batches: list[tuple[int, list[Batch]]] | None = None

    def __len__(self) -> int:
        return len(self._outlets)

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self._outlets)

    def batches(self, outbox: Outbox) -> list[tuple[int, list[Batch]]]:
        """By what protection adds to a packet, since all segments of a message are equal."""
        if self._batches is None:
            by_tag: dict[int, list[Outlet]] = {}
            for outlet in self._outlets:
                by_tag.setdefault(outlet.context.tag, []).append(outlet)
            self._batches = [
                (tag, [Batch(outlets[at : at + BATCH], outbox) for at in range(0, len(outlets), BATCH)])
                for tag, outlets in by_tag.items()
            ]
        return self._batches


def abs_send_time(now_us: int) -> int:
    """24 bits, 6.18 fixed point seconds (webrtc.org abs-send-time)."""
    return (now_us << 18) // 1_000_000 & 0xFFFFFF


def split(run: Sequence[Packet]) -> list[list[Packet]]:
    """Cut where padding would exceed `MOST_PADDING`; the last packet of a part may be shorter at no cost.

    A part is rewritten as one, so it is also cut where the descriptors differ, as a probe's does.
    """
    parts: list[list[Packet]] = []
    part: list[Packet] = []
    narrowest = widest = 0
    picture = (-1, -1)
    for packet in run:
        size = len(packet.payload)
        cut = size > narrowest + MOST_PADDING or narrowest < widest - MOST_PADDING or len(part) == MOST_PACKETS
        if not part or cut or (packet.picture_id, packet.tl0) != picture:
            picture = packet.picture_id, packet.tl0
            part = []
            parts.append(part)
            narrowest = widest = size
        part.append(packet)
        narrowest, widest = min(narrowest, size), max(widest, size)
    return parts


@lru_cache(maxsize=4096)
def layout(count: int, width: int, last: int, tag: int, renumbered: bool) -> struct.Struct:
    """Headers and payloads of a part: `count` packets of `width` payload bytes, the last of `last`."""
    body = "HHQQ2sHB{}s{}x" if renumbered else "HHQQ{}s{}x"
    spare = 5 if renumbered else 0
    formats = [body.format(width - spare, tag)] * (count - 1) + [body.format(last - spare, tag)]
    return struct.Struct("!" + "".join(formats))


class Outbox(Protocol):
    """Where messages are written and from where they are sent; see `sfu.outbox`."""

    buffer: Buffer  # BATCH places of REGION bytes

    def messages(self, destinations: Sequence[object]) -> object: ...
    def shape(self, size: int) -> None: ...
    def deliver(self, messages: object, first: int, end: int) -> tuple[int, OSError | None]: ...


class Fanout:
    """Writes messages into the outbox and has them delivered, after `segment(stride)` has told the kernel how to cut.

    `segment` says whether it will; if not, packets go one by one through `sendto(bytes, address)`. 0 ends the cutting.

    `refused(error, bytes, stride, address)` takes what the socket would not; the buffer is used again as soon as
    it returns. Packets and octets of payload are counted in `packets` and `octets`, messages in `messages`, and in
    `unprotected` how often a receiver was passed over because its packets could not be encrypted.
    """

    def __init__(
        self,
        outbox: Outbox,
        sendto: Callable[[memoryview, tuple], int],
        segment: Callable[[int], bool],
        refused: Callable[[OSError, memoryview, int, tuple], None],
    ) -> None:
        self.outbox, self.sendto, self.segment, self.refused = outbox, sendto, segment, refused
        self._lengths = Lengths(BATCH)
        self.packets = self.octets = self.messages = self.unprotected = 0

    def send(self, run: Sequence[Packet], audience: Audience, now_us: int) -> None:
        """Send `run` to everybody in `audience`."""
        stamp = abs_send_time(now_us)
        batches = audience.batches(self.outbox)
        for part in split(run) if len(run) > 1 else (run,):
            for tag, some in batches:
                self._send_part(part, some, tag, stamp)

    def _send_part(self, part: Sequence[Packet], batches: Sequence[Batch], tag: int, stamp: int) -> None:
        count = len(part)
        shape = _Shape(part, tag)
        whole = count == 1 or self.segment(shape.stride)
        self.outbox.shape(shape.size)
        buffer, lengths = self.outbox.buffer, self._lengths
        pattern = lengths.pattern(shape.plain_sizes)
        rows = buffer.rows(REGION, shape.stride, len(batches[0].outlets))
        write, protect = shape.writer(buffer.bytes, stamp), protect_in_place
        receivers = failed = 0
        for batch in batches:
            ends = [-1]  # places of messages that must not leave, and the end
            lengths.fill(pattern)
            for place, outlet, handle, pointers, sizes in zip(
                PLACES, batch.outlets, batch.handles, rows, lengths.rows, strict=False
            ):
                write(place, outlet)
                if count == 1:
                    refused = protect(handle, pointers[0], sizes[0])
                else:
                    refused = any(map(protect, repeat(handle, count), pointers, sizes))
                if refused:  # libsrtp won't number so far back; what it left unencrypted must not leave
                    ends.append(place // REGION)
            failed += len(ends) - 1
            receivers += len(batch.outlets)
            ends.append(len(batch.outlets))
            for before, end in pairwise(ends):
                self._deliver(before + 1, end, batch, shape, whole)
        if whole and count > 1:
            self.segment(0)
        receivers -= failed
        self.messages += receivers * (1 if whole else count)
        self.packets += count * receivers
        self.octets += sum(len(packet.payload) for packet in part) * receivers
        self.unprotected += failed

    def _deliver(self, first: int, end: int, batch: Batch, shape: _Shape, whole: bool) -> None:
        """Send the messages `first` to `end` - 1 of `batch`."""
        view, size, stride = self.outbox.buffer.view, shape.size, shape.stride
        if not whole:
            for at in range(first, end):
                for start in range(0, size, stride):
                    piece = view[at * REGION + start : at * REGION + min(start + stride, size)]
                    try:
                        self.sendto(piece, batch.outlets[at].address)
                    except OSError as error:
                        self.refused(error, piece, 0, batch.outlets[at].address)
            return
        while first < end:
            delivered, error = self.outbox.deliver(batch.messages, first, end)
            first += delivered
            if error is not None:
                message = view[first * REGION : first * REGION + size]
                self.refused(error, message, stride if size > stride else 0, batch.outlets[first].address)
                first += 1


class _Shape:
    """One part as all its receivers get it: the sizes, and how a receiver's numbers go between the payloads."""

    __slots__ = ("_bodies", "_firsts", "_part", "_tag", "plain_sizes", "size", "stride")

    def __init__(self, part: Sequence[Packet], tag: int) -> None:
        count = len(part)
        width = max(len(packet.payload) for packet in part)
        last = len(part[-1].payload)
        self._part, self._tag = part, tag
        self._bodies, self._firsts = [], []
        for packet in part[:-1]:
            padding = width - len(packet.payload)
            self._bodies.append(packet.payload + bytes(padding - 1) + bytes((padding,)) if padding else packet.payload)
            self._firsts.append((PADDED if padding else PLAIN) | packet.marker << 7)
        self._bodies.append(part[-1].payload)
        self._firsts.append(PLAIN | part[-1].marker << 7)
        self.stride = HEADER_SIZE + width + tag
        self.size = self.stride * (count - 1) + HEADER_SIZE + last + tag
        self.plain_sizes = [HEADER_SIZE + width] * (count - 1) + [HEADER_SIZE + last]

    def writer(self, buffer: bytearray, stamp: int) -> Callable[[int, Outlet], None]:
        """`write(place, outlet)` puts one receiver's packets, plain, into `buffer` from `place` on.

        Closures, because a name that is looked up for each of three hundred receivers is paid for each.
        """
        part, firsts, bodies = self._part, self._firsts, self._bodies
        count, first = len(part), part[0]
        base, timestamp = first.number, first.timestamp
        pack = self._layout(False).pack_into
        if count == 1 and first.picture_id < 0:
            (leading,), (body,) = firsts, bodies

            def write_one(place: int, outlet: Outlet) -> None:
                stream = (timestamp + outlet.timestamp_offset & 0xFFFFFFFF) << 32 | outlet.ssrc
                number = base + outlet.number_offset & 0xFFFF
                pack(buffer, place, leading | outlet.payload_type, number, stream, outlet.extension | stamp, body)

            return write_one

        gaps = None if part[-1].number - base == count - 1 else [packet.number - base for packet in part]
        values: list = [0, 0, 0, 0, b""] * count
        values[4::5] = bodies
        payload_type = extension = -1  # what `values` holds now
        write_renumbered: Callable[[int, Outlet], None] | None = None  # made when the first outlet needs it

        def write(place: int, outlet: Outlet) -> None:
            nonlocal payload_type, extension, write_renumbered
            if first.picture_id >= 0 and (outlet.picture_offset or outlet.tl0_offset):
                if write_renumbered is None:
                    write_renumbered = self._renumbering_writer(buffer, stamp, gaps)
                write_renumbered(place, outlet)
                return
            if outlet.payload_type != payload_type or outlet.extension != extension:
                payload_type, extension = outlet.payload_type, outlet.extension
                values[0::5] = [leading | payload_type for leading in firsts]
                values[3::5] = [extension | stamp] * count
            values[1::5] = _numbers(base + outlet.number_offset & 0xFFFF, count, gaps)
            values[2::5] = ((timestamp + outlet.timestamp_offset & 0xFFFFFFFF) << 32 | outlet.ssrc,) * count
            pack(buffer, place, *values)

        return write

    def _renumbering_writer(
        self, buffer: bytearray, stamp: int, gaps: Sequence[int] | None
    ) -> Callable[[int, Outlet], None]:
        """The same where VP8 descriptors are rewritten, so that the payloads come in parts."""
        firsts, bodies, first, count = self._firsts, self._bodies, self._part[0], len(self._part)
        base, timestamp, picture_id, tl0 = first.number, first.timestamp, first.picture_id, first.tl0
        pack = self._layout(True).pack_into
        values: list = [0, 0, 0, 0, b"", 0, 0, b""] * count
        values[4::8] = [body[:2] for body in bodies]
        values[6::8] = [body[4] for body in bodies]
        values[7::8] = [body[5:] for body in bodies]
        payload_type = extension = -1

        def write(place: int, outlet: Outlet) -> None:
            nonlocal payload_type, extension
            if outlet.payload_type != payload_type or outlet.extension != extension:
                payload_type, extension = outlet.payload_type, outlet.extension
                values[0::8] = [leading | payload_type for leading in firsts]
                values[3::8] = [extension | stamp] * count
            values[1::8] = _numbers(base + outlet.number_offset & 0xFFFF, count, gaps)
            values[2::8] = ((timestamp + outlet.timestamp_offset & 0xFFFFFFFF) << 32 | outlet.ssrc,) * count
            values[5::8] = (picture_id + outlet.picture_offset & 0x7FFF | 0x8000,) * count
            if tl0 >= 0:
                values[6::8] = (tl0 + outlet.tl0_offset & 0xFF,) * count
            pack(buffer, place, *values)

        return write

    def _layout(self, renumbered: bool) -> struct.Struct:
        return layout(len(self._bodies), len(self._bodies[0]), len(self._bodies[-1]), self._tag, renumbered)


def _numbers(first: int, count: int, gaps: Sequence[int] | None) -> Sequence[int]:
    """Sequence numbers from `first` on, 16 bits; `gaps` are the distances to it where packets are missing."""
    if gaps is None and first + count <= 0x10000:
        return range(first, first + count)
    return [first + gap & 0xFFFF for gap in (gaps or range(count))]


def rewritten(packet: Packet, outlet: Outlet) -> bytes:
    """The payload as this outlet's receiver got it, for a retransmission."""
    if packet.picture_id < 0 or not (outlet.picture_offset or outlet.tl0_offset):
        return packet.payload
    return (
        DESCRIPTOR.pack(
            packet.payload[:2],
            packet.picture_id + outlet.picture_offset & 0x7FFF | 0x8000,
            packet.tl0 + outlet.tl0_offset & 0xFF if packet.tl0 >= 0 else packet.payload[4],
        )
        + packet.payload[5:]
    )

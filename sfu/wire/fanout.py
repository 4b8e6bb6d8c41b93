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
from itertools import count as count_up
from itertools import groupby, pairwise, repeat
from typing import Protocol

from sfu.wire.ring import Packet
from sfu.wire.srtp import ROW, Buffer, Context, Lengths, protect_in_place

HEADER_SIZE = 20  # 12 fixed, 8 for one-byte extensions with abs-send-time
MOST_PACKETS = ROW
BATCH = 32  # messages a system call: their bytes stay in the processor's second cache
MOST_PADDING = 32  # beyond this it is cheaper to split the run
MOST_PAYLOAD = 1300  # browsers keep to 1,200; pylibsrtp protects a repair up to 1,356 with its header

ROW_STEP = 1024  # rows are multiples of this, so that they are seldom of a length not seen before
REGION = -(-MOST_PACKETS * (HEADER_SIZE + MOST_PAYLOAD + 16) // ROW_STEP) * ROW_STEP  # the longest row

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
    """Receivers whose messages are written together and go to the kernel in one call.

    Their payload type, extension and tag are the same.
    """

    __slots__ = ("_destinations", "handles", "messages", "outlets", "tag")

    def __init__(self, outlets: Sequence[Outlet], outbox: Outbox) -> None:
        self.outlets, self.tag = outlets, outlets[0].context.tag
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
        self._batches: list[Batch] | None = None

    def __len__(self) -> int:
        return len(self._outlets)

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self._outlets)

    def batches(self, outbox: Outbox) -> list[Batch]:
        if self._batches is None:
            alike: dict[tuple, list[Outlet]] = {}
            for outlet in self._outlets:
                alike.setdefault((outlet.context.tag, outlet.payload_type, outlet.extension), []).append(outlet)
            self._batches = [
                Batch(outlets[at : at + BATCH], outbox)
                for outlets in alike.values()
                for at in range(0, len(outlets), BATCH)
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


@lru_cache(maxsize=256)
def layout(receivers: int, row: int, count: int, width: int, last: int, tag: int, renumbered: bool) -> struct.Struct:
    """Headers and payloads of `count` packets of `width` payload bytes, the last of `last`, in rows of `row` bytes."""
    body = "HHQQ2sHB{}s{}x" if renumbered else "HHQQ{}s{}x"
    spare = 5 if renumbered else 0
    formats = [body.format(width - spare, tag)] * (count - 1) + [body.format(last - spare, tag)]
    used = (HEADER_SIZE + width + tag) * (count - 1) + HEADER_SIZE + last + tag
    return struct.Struct("!" + "".join([*formats, f"{row - used}x"]) * receivers)


class Outbox(Protocol):
    """Where messages are written and from where they are sent; see `sfu.outbox`."""

    buffer: Buffer  # of BATCH * REGION bytes

    def messages(self, destinations: Sequence[object]) -> object: ...
    def shape(self, row: int, size: int) -> None: ...
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
            for tag, some in groupby(batches, lambda batch: batch.tag):
                self._send_part(_Part(part, tag, stamp), list(some))

    def _send_part(self, part: _Part, batches: Sequence[Batch]) -> None:
        count, row = part.count, part.row
        whole = count == 1 or self.segment(part.stride)
        self.outbox.shape(row, part.size)
        buffer, lengths, protect = self.outbox.buffer, self._lengths, protect_in_place
        pattern = lengths.pattern(part.plain_sizes)
        rows = buffer.rows(row, part.stride, max(len(batch.outlets) for batch in batches))
        receivers = failed = 0
        for batch in batches:
            part.write(buffer.bytes, batch.outlets)
            lengths.fill(pattern)
            ends = [-1]  # messages that must not leave, and the end
            for at, handle, pointers, sizes in zip(count_up(), batch.handles, rows, lengths.rows, strict=False):
                if count == 1:
                    refused = protect(handle, pointers[0], sizes[0])
                else:
                    refused = any(map(protect, repeat(handle, count), pointers, sizes))
                if refused:  # libsrtp won't number so far back; what it left unencrypted must not leave
                    ends.append(at)
            failed += len(ends) - 1
            receivers += len(batch.outlets)
            ends.append(len(batch.outlets))
            for before, end in pairwise(ends):
                self._deliver(before + 1, end, batch, part, whole)
        if whole and count > 1:
            self.segment(0)
        receivers -= failed
        self.messages += receivers * (1 if whole else count)
        self.packets += count * receivers
        self.octets += part.octets * receivers
        self.unprotected += failed

    def _deliver(self, first: int, end: int, batch: Batch, part: _Part, whole: bool) -> None:
        """Send the messages `first` to `end` - 1 of `batch`."""
        view, size, stride, row = self.outbox.buffer.view, part.size, part.stride, part.row
        if not whole:
            for at in range(first, end):
                for start in range(0, size, stride):
                    piece = view[at * row + start : at * row + min(start + stride, size)]
                    try:
                        self.sendto(piece, batch.outlets[at].address)
                    except OSError as error:
                        self.refused(error, piece, 0, batch.outlets[at].address)
            return
        while first < end:
            delivered, error = self.outbox.deliver(batch.messages, first, end)
            first += delivered
            if error is not None:
                message = view[first * row : first * row + size]
                self.refused(error, message, stride if size > stride else 0, batch.outlets[first].address)
                first += 1


class _Part:
    """Packets that all receivers get in one message: its sizes, and how a receiver's numbers go between the payloads.

    Messages lie in rows of `row` bytes, one a receiver.
    """

    def __init__(self, packets: Sequence[Packet], tag: int, stamp: int) -> None:
        first, last = packets[0], packets[-1]
        width = max(len(packet.payload) for packet in packets)
        self.count = count = len(packets)
        self.octets = sum(len(packet.payload) for packet in packets)
        self.stride = HEADER_SIZE + width + tag
        self.size = self.stride * (count - 1) + HEADER_SIZE + len(last.payload) + tag
        self.row = -(-self.size // ROW_STEP) * ROW_STEP
        self.plain_sizes = [HEADER_SIZE + width] * (count - 1) + [HEADER_SIZE + len(last.payload)]
        self._layout = self.row, count, width, len(last.payload), tag
        self._first, self._stamp = first, stamp
        self._steps = [packet.number - first.number for packet in packets]
        self._leads, self._bodies = [], []
        for packet in packets[:-1]:
            padding = width - len(packet.payload)
            self._leads.append((PADDED if padding else PLAIN) | packet.marker << 7)
            self._bodies.append(packet.payload + bytes(padding - 1) + bytes((padding,)) if padding else packet.payload)
        self._leads.append(PLAIN | last.marker << 7)
        self._bodies.append(last.payload)

    def write(self, buffer: bytearray, outlets: Sequence[Outlet]) -> None:
        """Put the packets for each of `outlets`, plain, into `buffer`; these are alike, as in a `Batch`.

        One call for all of them: a call for each of three hundred receivers is paid for each.
        """
        first, steps, count, receivers = self._first, self._steps, self.count, len(outlets)
        renumbered = first.picture_id >= 0 and any(outlet.picture_offset or outlet.tl0_offset for outlet in outlets)
        fields = 8 if renumbered else 5
        values: list = [0] * (fields * count * receivers)
        base, timestamp = first.number, first.timestamp
        values[0::fields] = [lead | outlets[0].payload_type for lead in self._leads] * receivers
        values[1::fields] = [base + outlet.number_offset + step & 0xFFFF for outlet in outlets for step in steps]
        values[2::fields] = [
            stream
            for outlet in outlets
            for stream in repeat((timestamp + outlet.timestamp_offset & 0xFFFFFFFF) << 32 | outlet.ssrc, count)
        ]
        values[3::fields] = [outlets[0].extension | self._stamp] * (count * receivers)
        if renumbered:
            pictures = [first.picture_id + outlet.picture_offset & 0x7FFF | 0x8000 for outlet in outlets]
            values[4::8] = [body[:2] for body in self._bodies] * receivers
            values[5::8] = [picture for picture in pictures for _ in steps]
            if first.tl0 >= 0:
                values[6::8] = [first.tl0 + outlet.tl0_offset & 0xFF for outlet in outlets for _ in steps]
            else:
                values[6::8] = [body[4] for body in self._bodies] * receivers
            values[7::8] = [body[5:] for body in self._bodies] * receivers
        else:
            values[4::5] = self._bodies * receivers
        layout(receivers, *self._layout, renumbered).pack_into(buffer, 0, *values)


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

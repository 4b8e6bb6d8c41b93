"""One run of packets to many receivers: number, protect and send, one system call a receiver.

A run is the packets of one picture (or one voice packet) in order of number. All receivers share its payloads;
each gets its own header. The shorter packets are padded to the longest (RFC 3550 5.1), so that the run is one
contiguous buffer of equal segments that the kernel cuts (UDP_SEGMENT); only the last may be shorter.

What a receiver sees is the source's own numbering plus constants that change only when its slot switches:

    sequence number = packet number + number_offset        timestamp = packet timestamp + timestamp_offset
    VP8 picture id  = picture id + picture_offset          TL0PICIDX = TL0PICIDX + tl0_offset  (RFC 7741 4.2)

so nothing is kept per packet and receiver, and a retransmission is made again from the ring.

Every packet carries one header extension, abs-send-time, which receivers need for their REMB estimate; it is
the same number for everybody who gets this run.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from functools import lru_cache

from sfu.wire.ring import Packet
from sfu.wire.srtp import Buffer, Context, length, protect_in_place

HEADER_SIZE = 20  # 12 fixed, 8 for one-byte extensions with abs-send-time
MOST_PACKETS = 16
MOST_PADDING = 32  # beyond this it is cheaper to split the run
MOST_PAYLOAD = 1300  # browsers keep to 1,200; pylibsrtp protects a repair up to 1,356 with its header

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
        self.number_offset = self.timestamp_offset = self.picture_offset = self.tl0_offset = 0

    def connect(self, address: tuple, context: Context) -> None:
        self.address, self.context = address, context


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


class Fanout:
    """Sends runs through `sendto(bytes, address)` after `segment(stride)` has told the socket how to cut them.

    `segment` says whether the socket will; if not, packets are sent one by one. 0 ends the cutting.

    `refused(error, bytes, stride, address)` takes what the socket would not; the buffer is used again as soon as
    it returns. Packets and octets of payload are counted in `packets` and `octets`, system calls in `calls`, and in
    `unprotected` how often a receiver was passed over because its packets could not be encrypted.
    """

    def __init__(
        self,
        sendto: Callable[[memoryview, tuple], int],
        segment: Callable[[int], bool],
        refused: Callable[[OSError, memoryview, int, tuple], None],
    ) -> None:
        self.sendto, self.segment, self.refused = sendto, segment, refused
        self.buffer = Buffer(MOST_PACKETS * (HEADER_SIZE + MOST_PAYLOAD + 16) + 64)
        self.packets = self.octets = self.calls = self.unprotected = 0

    def send(self, run: Sequence[Packet], outlets: Sequence[Outlet], now_us: int) -> None:
        """Send `run` to every outlet; all of them must have an address and a context."""
        stamp = abs_send_time(now_us)
        tags = {outlet.context.tag for outlet in outlets}
        for part in split(run) if len(run) > 1 else (run,):
            for tag in tags:
                some = outlets if len(tags) == 1 else [o for o in outlets if o.context.tag == tag]
                self._send_part(part, some, tag, stamp)

    def _send_part(self, part: Sequence[Packet], outlets: Sequence[Outlet], tag: int, stamp: int) -> None:
        count = len(part)
        width = max(len(packet.payload) for packet in part)
        last = len(part[-1].payload)
        bodies, firsts = [], []
        for packet in part[:-1]:
            padding = width - len(packet.payload)
            bodies.append(packet.payload + bytes(padding - 1) + bytes((padding,)) if padding else packet.payload)
            firsts.append((PADDED if padding else PLAIN) | packet.marker << 7)
        bodies.append(part[-1].payload)
        firsts.append(PLAIN | part[-1].marker << 7)

        base, timestamp = part[0].number, part[0].timestamp
        gaps = None if part[-1].number - base == count - 1 else [packet.number - base for packet in part]
        picture_id, tl0 = part[0].picture_id, part[0].tl0

        stride = HEADER_SIZE + width + tag
        plain_size = HEADER_SIZE + width
        sizes = [plain_size] * (count - 1) + [HEADER_SIZE + last]
        places = list(zip(self.buffer.pointers(stride, count), sizes, strict=True))
        out = self.buffer.view[: stride * (count - 1) + HEADER_SIZE + last + tag]
        pack = layout(count, width, last, tag, False).pack_into
        values: list = [0, 0, 0, 0, b""] * count
        values[4::5] = bodies
        parted, parted_values = None, []  # made when the first outlet needs them
        buffer, sendto, protect, size = self.buffer.bytes, self.sendto, protect_in_place, length
        payload_type = extension = -1  # what `values` holds now
        parted_type = parted_extension = -1
        failed = 0

        whole = count == 1 or self.segment(stride)
        pieces = [out] if whole else [out[at : at + stride] for at in range(0, len(out), stride)]
        for outlet in outlets:
            first_number = base + outlet.number_offset & 0xFFFF
            if gaps is None and first_number + count <= 0x10000:
                numbers: Sequence[int] = range(first_number, first_number + count)
            else:
                numbers = [first_number + gap & 0xFFFF for gap in (gaps or range(count))]
            stream = (timestamp + outlet.timestamp_offset & 0xFFFFFFFF) << 32 | outlet.ssrc
            if picture_id < 0 or not (outlet.picture_offset or outlet.tl0_offset):
                if outlet.payload_type != payload_type:
                    payload_type = outlet.payload_type
                    values[0::5] = [first | payload_type for first in firsts]
                if outlet.extension != extension:
                    extension = outlet.extension
                    values[3::5] = [extension | stamp] * count
                values[1::5] = numbers
                values[2::5] = [stream] * count
                pack(buffer, 0, *values)
            else:
                if parted is None:
                    parted = layout(count, width, last, tag, True).pack_into
                    parted_values = [0, 0, 0, 0, b"", 0, 0, b""] * count
                    parted_values[4::8] = [body[:2] for body in bodies]
                    parted_values[6::8] = [body[4] for body in bodies]
                    parted_values[7::8] = [body[5:] for body in bodies]
                if outlet.payload_type != parted_type:
                    parted_type = outlet.payload_type
                    parted_values[0::8] = [first | parted_type for first in firsts]
                if outlet.extension != parted_extension:
                    parted_extension = outlet.extension
                    parted_values[3::8] = [parted_extension | stamp] * count
                parted_values[1::8] = numbers
                parted_values[2::8] = [stream] * count
                parted_values[5::8] = [picture_id + outlet.picture_offset & 0x7FFF | 0x8000] * count
                if tl0 >= 0:
                    parted_values[6::8] = [tl0 + outlet.tl0_offset & 0xFF] * count
                parted(buffer, 0, *parted_values)
            handle = outlet.context.handle
            refused = 0
            for place, plain in places:
                size[0] = plain
                refused |= protect(handle, place, size)
            if refused:  # libsrtp won't number so far back; what it left unencrypted must not leave
                failed += 1
                continue
            for piece in pieces:
                try:
                    sendto(piece, outlet.address)
                except OSError as error:
                    self.refused(error, piece, stride if whole and count > 1 else 0, outlet.address)
        if whole and count > 1:
            self.segment(0)
        receivers = len(outlets) - failed
        self.calls += receivers * len(pieces)
        self.packets += count * receivers
        self.octets += sum(len(packet.payload) for packet in part) * receivers
        self.unprotected += failed


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

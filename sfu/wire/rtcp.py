"""RTCP packets (RFC 3550 6, RFC 4585, RFC 5104, REMB, transport-wide feedback).

`parse` reads a compound packet, or one that is reduced in size (RFC 5506), into named tuples.
Builders return one packet each; a compound packet is their concatenation.
"""

import struct
from collections.abc import Sequence
from typing import NamedTuple

SR, RR, SDES, RTPFB, PSFB = 200, 201, 202, 205, 206
NACK_FORMAT, TRANSPORT_FORMAT = 1, 15  # of RTPFB
PLI_FORMAT, FIR_FORMAT, APPLICATION_FORMAT = 1, 4, 15  # of PSFB
CNAME = 1

# RFC 4585 6.2.1: one entry names a packet and a bitmask of the 16 after it.
NACK_SPAN = 17
NACK_LIMIT = 250  # packets of one: at four bytes each, their worst, it fits any path's datagram

# draft-holmer-rmcat-transport-wide-cc-extensions-01, 3.1
TICK_US = 250
REFERENCE_US = 64_000
SMALL_DELTA_TICKS = 0xFF
NOT_RECEIVED, SMALL_DELTA, LARGE_DELTA = range(3)
RUN_LIMIT = 0x1FFF
STATUS_LIMIT = 0xFFFF
RECEIVED_LIMIT = 180  # of one feedback: at six bytes each, their worst, it fits any path's datagram

NTP_EPOCH_S = 2_208_988_800  # from 1900 to 1970

REMB_MARK = b"REMB"
MANTISSA_BITS = 18


class ReportBlock(NamedTuple):
    ssrc: int
    fraction_lost: int  # of 256, since the last report
    cumulative: int  # packets lost since the beginning; negative when duplicates came
    highest: int  # extended highest sequence number
    jitter: int  # in units of the timestamp
    lsr: int  # the middle 32 bits of the last sender report's NTP time; 0 before the first
    dlsr: int  # how long ago that was, in 1/65536 s


class SenderReport(NamedTuple):
    ssrc: int
    ntp: int  # 32.32 fixed point, since 1900
    rtp_timestamp: int
    packets: int
    octets: int
    reports: tuple[ReportBlock, ...] = ()


class ReceiverReport(NamedTuple):
    ssrc: int
    reports: tuple[ReportBlock, ...] = ()


class Nack(NamedTuple):
    sender: int
    media: int
    lost: tuple[int, ...]  # sequence numbers


class Pli(NamedTuple):
    sender: int
    media: int


class Fir(NamedTuple):
    sender: int
    requests: tuple[tuple[int, int], ...]  # SSRC and command number


class Remb(NamedTuple):
    sender: int
    bitrate_bps: int
    ssrcs: tuple[int, ...]


class TransportFeedback(NamedTuple):
    """What arrived of the transport-wide numbers from `base_seq` on, and when."""

    sender: int
    media: int
    base_seq: int
    reference_time: int  # in units of 64 ms, 24 bits
    count: int  # of this feedback, 8 bits
    arrivals_us: tuple[int | None, ...]  # since the reference time; None for what did not arrive


Packet = SenderReport | ReceiverReport | Nack | Pli | Fir | Remb | TransportFeedback


def parse(data: bytes | bytearray | memoryview) -> list[Packet]:
    """Read a whole datagram; packets of other types are skipped.

    Raises ValueError that names what is wrong; nothing of such a datagram is to be believed.
    """
    if not data:
        raise ValueError("RTCP packet is empty")
    packets, at, size = [], 0, len(data)
    while at < size:
        if size - at < 4:
            raise ValueError("RTCP packet is shorter than its header")
        first, kind, words = struct.unpack_from("!BBH", data, at)
        if first >> 6 != 2:
            raise ValueError("RTCP version is not 2")
        body, end = at + 4, at + 4 + 4 * words
        if end > size:
            raise ValueError("RTCP length runs past the packet")
        at = end
        if first & 0x20:
            # RFC 3550 6.4.1: only the last packet of a compound may be padded.
            if end != size:
                raise ValueError("RTCP padding is not in the last packet")
            padding = data[end - 1]
            # RFC 3550 wants a multiple of four; transport feedback pads by one to three.
            if padding == 0 or padding > end - body:
                raise ValueError("RTCP padding length is not possible")
            end -= padding
        packet = _read(kind, first & 31, bytes(data[body:end]))
        if packet:
            packets.append(packet)
    return packets


def sender_report(
    ssrc: int, ntp: int, rtp_timestamp: int, packets: int, octets: int, reports: Sequence[ReportBlock] = ()
) -> bytes:
    body = struct.pack("!IQIII", ssrc, ntp, rtp_timestamp, packets & 0xFFFFFFFF, octets & 0xFFFFFFFF)
    return _packet(SR, len(reports), body + _pack_reports(reports))


def receiver_report(ssrc: int, reports: Sequence[ReportBlock] = ()) -> bytes:
    """At most 31 reports fit."""
    return _packet(RR, len(reports), struct.pack("!I", ssrc) + _pack_reports(reports))


def sdes_cname(ssrc: int, cname: str) -> bytes:
    name = cname.encode()
    chunk = struct.pack("!IBB", ssrc, CNAME, len(name)) + name
    return _packet(SDES, 1, chunk + bytes(4 - len(chunk) % 4))  # at least one zero ends the list


def nack(sender: int, media: int, numbers: Sequence[int]) -> bytes:
    """Ask for `numbers` again; they come in the order of the stream, which may wrap."""
    entries: list[list[int]] = []
    for number in numbers:
        ahead = (number - entries[-1][0]) & 0xFFFF if entries else NACK_SPAN
        if 0 < ahead < NACK_SPAN:
            entries[-1][1] |= 1 << ahead - 1
        elif ahead:
            entries.append([number & 0xFFFF, 0])
    return _packet(
        RTPFB,
        NACK_FORMAT,
        struct.pack("!II", sender, media) + b"".join(struct.pack("!HH", *e) for e in entries),
    )


def pli(sender: int, media: int) -> bytes:
    return _packet(PSFB, PLI_FORMAT, struct.pack("!II", sender, media))


def fir(sender: int, requests: Sequence[tuple[int, int]]) -> bytes:
    body = b"".join(struct.pack("!IBxxx", ssrc, number & 0xFF) for ssrc, number in requests)
    return _packet(PSFB, FIR_FORMAT, struct.pack("!II", sender, 0) + body)


def remb(sender: int, bitrate_bps: int, ssrcs: Sequence[int]) -> bytes:
    """Tell a sender what may come in all on `ssrcs` (draft-alvestrand-rmcat-remb-03)."""
    exponent = max(0, bitrate_bps.bit_length() - MANTISSA_BITS)
    packed = len(ssrcs) << 24 | exponent << MANTISSA_BITS | bitrate_bps >> exponent
    return _packet(
        PSFB,
        APPLICATION_FORMAT,
        struct.pack(f"!II4sI{len(ssrcs)}I", sender, 0, REMB_MARK, packed, *ssrcs),
    )


def transport_feedback(
    sender: int, media: int, base_seq: int, count: int, arrivals_us: Sequence[int | None]
) -> list[bytes]:
    """Say when the transport-wide numbers `base_seq`, `base_seq` + 1, … arrived, None for not yet.

    The first and the last of `arrivals_us` are times. Usually one packet; more, numbered from `count` on, where
    more than `RECEIVED_LIMIT` arrived and where two neighbours arrived more than 8 s apart.
    """
    packets, first = [], 0
    while first < len(arrivals_us):
        packet, covered = _feedback(
            sender, media, base_seq + first, count + len(packets), arrivals_us[first : first + STATUS_LIMIT]
        )
        packets.append(packet)
        first += covered
        while first < len(arrivals_us) and arrivals_us[first] is None:
            first += 1
    return packets


def ntp_from_us(unix_us: int) -> int:
    """NTP time (32.32 fixed point, since 1900) of a Unix time in µs."""
    seconds, us = divmod(unix_us, 1_000_000)
    return (seconds + NTP_EPOCH_S) << 32 | (us << 32) // 1_000_000


def us_from_ntp(ntp: int) -> int:
    """Unix time in µs, rounded to the nearest."""
    return ((ntp >> 32) - NTP_EPOCH_S) * 1_000_000 + ((ntp & 0xFFFFFFFF) * 1_000_000 + (1 << 31) >> 32)


def middle32(ntp: int) -> int:
    """The form in which report blocks name a sender report: 1/65536 s."""
    return ntp >> 16 & 0xFFFFFFFF


def _packet(kind: int, count: int, body: bytes) -> bytes:
    if not 0 <= count <= 31:
        raise ValueError("RTCP count does not fit in five bits")
    return struct.pack("!BBH", 0x80 | count, kind, len(body) // 4) + body


def _pack_reports(reports: Sequence[ReportBlock]) -> bytes:
    return b"".join(
        struct.pack(
            "!IIIIII",
            report.ssrc,
            report.fraction_lost << 24 | max(-0x800000, min(0x7FFFFF, report.cumulative)) & 0xFFFFFF,
            report.highest,
            report.jitter,
            report.lsr,
            report.dlsr,
        )
        for report in reports
    )


def _read(kind: int, count: int, body: bytes) -> Packet | None:
    if kind == SR:
        _need(body, 24 + 24 * count, "sender report")
        return SenderReport(*struct.unpack_from("!IQIII", body), _read_reports(body, 24, count))
    if kind == RR:
        _need(body, 4 + 24 * count, "receiver report")
        return ReceiverReport(*struct.unpack_from("!I", body), _read_reports(body, 4, count))
    if kind not in (RTPFB, PSFB):
        return None
    _need(body, 8, "feedback")
    sender, media = struct.unpack_from("!II", body)
    if kind == RTPFB and count == NACK_FORMAT:
        if len(body) % 4:
            raise ValueError("RTCP NACK has half an entry")
        entries = struct.iter_unpack("!HH", body[8:])
        return Nack(sender, media, tuple(number for entry in entries for number in _named(*entry)))
    if kind == RTPFB and count == TRANSPORT_FORMAT:
        return _read_feedback(sender, media, body)
    if kind == PSFB and count == PLI_FORMAT:
        return Pli(sender, media)
    if kind == PSFB and count == FIR_FORMAT:
        if len(body) % 8:
            raise ValueError("RTCP full intra request has half an entry")
        return Fir(sender, tuple(struct.iter_unpack("!IBxxx", body[8:])))
    if kind == PSFB and count == APPLICATION_FORMAT and body[8:12] == REMB_MARK:
        _need(body, 16, "REMB")
        ssrcs, packed = body[12], int.from_bytes(body[13:16], "big")
        _need(body, 16 + 4 * ssrcs, "REMB")
        bitrate_bps = (packed & (1 << MANTISSA_BITS) - 1) << (packed >> MANTISSA_BITS)
        return Remb(sender, bitrate_bps, struct.unpack_from(f"!{ssrcs}I", body, 16))
    return None


def _need(body: bytes, size: int, what: str) -> None:
    if len(body) < size:
        raise ValueError(f"RTCP {what} is cut short")


def _read_reports(body: bytes, at: int, count: int) -> tuple[ReportBlock, ...]:
    reports = []
    for ssrc, lost, *rest in struct.iter_unpack("!6I", body[at : at + 24 * count]):
        cumulative = ((lost & 0xFFFFFF) ^ 0x800000) - 0x800000
        reports.append(ReportBlock(ssrc, lost >> 24, cumulative, *rest))
    return tuple(reports)


def _named(number: int, mask: int) -> list[int]:
    return [number, *((number + 1 + bit) & 0xFFFF for bit in range(16) if mask >> bit & 1)]


def _read_feedback(sender: int, media: int, body: bytes) -> TransportFeedback:
    _need(body, 16, "transport feedback")
    base_seq, statuses, time_and_count = struct.unpack_from("!HHI", body, 8)
    symbols, at = [], 16
    while len(symbols) < statuses:
        _need(body, at + 2, "transport feedback chunk")
        chunk = body[at] << 8 | body[at + 1]
        at += 2
        if not chunk & 0x8000:
            symbols += [chunk >> 13] * min(chunk & RUN_LIMIT, statuses - len(symbols))
            if not chunk & RUN_LIMIT:
                raise ValueError("RTCP transport feedback run is empty")
        elif chunk & 0x4000:
            symbols += [chunk >> shift & 3 for shift in range(12, -1, -2)]
        else:
            symbols += [chunk >> shift & 1 for shift in range(13, -1, -1)]
    arrivals, ticks = [], 0
    for symbol in symbols[:statuses]:
        if symbol == NOT_RECEIVED:
            arrivals.append(None)
            continue
        if symbol == SMALL_DELTA:
            _need(body, at + 1, "transport feedback delta")
            ticks += body[at]
            at += 1
        elif symbol == LARGE_DELTA:
            _need(body, at + 2, "transport feedback delta")
            ticks += int.from_bytes(body[at : at + 2], "big", signed=True)
            at += 2
        else:
            raise ValueError("RTCP transport feedback has a reserved symbol")
        arrivals.append(ticks * TICK_US)
    return TransportFeedback(sender, media, base_seq, time_and_count >> 8, time_and_count & 0xFF, tuple(arrivals))


def _feedback(
    sender: int, media: int, base_seq: int, count: int, arrivals_us: Sequence[int | None]
) -> tuple[bytes, int]:
    """One packet, and how many of `arrivals_us` it covers."""
    reference = arrivals_us[0] // REFERENCE_US
    last_ticks = reference * (REFERENCE_US // TICK_US)
    symbols, deltas, covered, received = [], bytearray(), 0, 0
    for index, arrival_us in enumerate(arrivals_us):
        if arrival_us is None:
            symbols.append(NOT_RECEIVED)
            continue
        received += 1
        if received > RECEIVED_LIMIT:
            break
        delta = arrival_us // TICK_US - last_ticks
        if 0 <= delta <= SMALL_DELTA_TICKS:
            symbols.append(SMALL_DELTA)
            deltas.append(delta)
        elif -0x8000 <= delta <= 0x7FFF:
            symbols.append(LARGE_DELTA)
            deltas += delta.to_bytes(2, "big", signed=True)
        else:
            break
        last_ticks += delta
        covered = index + 1
    body = struct.pack("!IIHHI", sender, media, base_seq & 0xFFFF, covered, (reference & 0xFFFFFF) << 8 | count & 0xFF)
    body += _chunks(symbols[:covered]) + deltas
    padding = -len(body) % 4
    if not padding:
        return _packet(RTPFB, TRANSPORT_FORMAT, body), covered
    packet = bytearray(_packet(RTPFB, TRANSPORT_FORMAT, body + bytes(padding - 1) + bytes([padding])))
    packet[0] |= 0x20
    return bytes(packet), covered


def _chunks(symbols: list[int]) -> bytes:
    """Statuses as runs of one symbol, or vectors of fourteen bits or seven pairs, whichever holds more."""
    packed, at = bytearray(), 0
    while at < len(symbols):
        run = at
        while run < len(symbols) and symbols[run] == symbols[at] and run - at < RUN_LIMIT:
            run += 1
        ahead = symbols[at : at + 14]
        bits = LARGE_DELTA not in ahead
        if run - at >= (14 if bits else 7) or run == len(symbols):
            chunk = symbols[at] << 13 | run - at
            at = run
        elif bits:
            chunk = 0x8000 | sum(symbol << 13 - i for i, symbol in enumerate(ahead))
            at += 14
        else:
            chunk = 0xC000 | sum(symbol << 12 - 2 * i for i, symbol in enumerate(ahead[:7]))
            at += 7
        packed += chunk.to_bytes(2, "big")
    return bytes(packed)

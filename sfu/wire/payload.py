"""The VP8 payload descriptor (RFC 7741 4.2) with as much of the picture's header as a forwarder needs."""

from typing import NamedTuple


class Vp8(NamedTuple):
    """What one packet says of its picture; offsets count from the descriptor's first byte."""

    header_size: int  # bytes of the descriptor; the VP8 data follows
    starts_frame: bool  # the first packet of a picture
    keyframe: bool  # known, and true, only at the start of a keyframe
    picture_id: int  # -1 when absent
    picture_id_bits: int  # 15, 7, or 0 when absent
    picture_id_at: int  # -1 when absent
    tl0: int  # running index of temporal layer 0; -1 when absent
    tl0_at: int  # -1 when absent
    tid: int  # temporal layer; 0 when absent
    layer_sync: bool  # depends on temporal layer 0 alone: a viewer may go up here
    width: int  # 0 unless at the start of a keyframe
    height: int


def parse_vp8(payload: bytes | bytearray | memoryview, offset: int, end: int) -> Vp8 | None:
    """Read the descriptor of the RTP payload in payload[offset:end]; None when it is cut short or empty."""
    at = offset
    if at >= end:
        return None
    first = payload[at]
    at += 1
    picture_id, picture_id_bits, picture_id_at = -1, 0, -1
    tl0, tl0_at, tid, layer_sync = -1, -1, 0, False
    if first & 0x80:
        if at >= end:
            return None
        present = payload[at]
        at += 1
        if present & 0x80:
            if at >= end:
                return None
            picture_id_at = at - offset
            picture_id, picture_id_bits = payload[at], 7
            at += 1
            if picture_id & 0x80:
                if at >= end:
                    return None
                picture_id, picture_id_bits = (picture_id & 0x7F) << 8 | payload[at], 15
                at += 1
        if present & 0x40:
            if at >= end:
                return None
            tl0, tl0_at = payload[at], at - offset
            at += 1
        if present & 0x30:
            if at >= end:
                return None
            if present & 0x20:
                tid, layer_sync = payload[at] >> 6, bool(payload[at] & 0x20)
            at += 1
    if at >= end:
        return None
    starts_frame = first & 0x17 == 0x10  # S set, partition index 0
    # RFC 6386 9.1: the lowest bit is 0 for a keyframe, whose ten bytes hold the size.
    keyframe = starts_frame and not payload[at] & 1
    width = height = 0
    if keyframe:
        if at + 10 > end:
            return None
        width = (payload[at + 7] << 8 | payload[at + 6]) & 0x3FFF
        height = (payload[at + 9] << 8 | payload[at + 8]) & 0x3FFF
    return Vp8(
        at - offset,
        starts_frame,
        keyframe,
        picture_id,
        picture_id_bits,
        picture_id_at,
        tl0,
        tl0_at,
        tid,
        layer_sync,
        width,
        height,
    )


def rewrite_vp8(payload: bytes, vp8: Vp8, picture_id: int, tl0: int) -> bytes:
    """The payload with another picture id and TL0 index, each as wide as it was; what is absent stays so."""
    changed = bytearray(payload)
    if vp8.picture_id_bits == 15:
        changed[vp8.picture_id_at] = 0x80 | picture_id >> 8 & 0x7F
        changed[vp8.picture_id_at + 1] = picture_id & 0xFF
    elif vp8.picture_id_bits == 7:
        changed[vp8.picture_id_at] = picture_id & 0x7F
    if vp8.tl0_at >= 0:
        changed[vp8.tl0_at] = tl0 & 0xFF
    return bytes(changed)

"""The VP8 payload descriptor (RFC 7741 4.2), with as much of the picture's header as a forwarder needs."""

from typing import NamedTuple


class Vp8(NamedTuple):
    """What one packet says of its picture."""

    header_size: int  # bytes of the descriptor; the VP8 data follows
    starts_frame: bool  # the first packet of a picture
    keyframe: bool  # known, and true, only at the start of a keyframe
    picture_id: int  # -1 when absent
    picture_id_bits: int  # 15, 7, or 0 when absent
    tl0: int  # running index of temporal layer 0; -1 when absent


def parse_vp8(payload: bytes | bytearray | memoryview, offset: int, end: int) -> Vp8 | None:
    """Read the descriptor of the RTP payload in payload[offset:end]; None when it is cut short or empty."""
    at = offset
    if at >= end:
        return None
    first = payload[at]
    at += 1
    picture_id, picture_id_bits, tl0 = -1, 0, -1
    if first & 0x80:
        if at >= end:
            return None
        present = payload[at]
        at += 1
        if present & 0x80:
            if at >= end:
                return None
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
            tl0 = payload[at]
            at += 1
        if present & 0x30:  # temporal layer, key index
            at += 1
    if at >= end:
        return None
    starts_frame = first & 0x17 == 0x10  # S set, partition index 0
    # RFC 6386 9.1: the lowest bit is 0 for a keyframe.
    keyframe = starts_frame and not payload[at] & 1
    return Vp8(at - offset, starts_frame, keyframe, picture_id, picture_id_bits, tl0)

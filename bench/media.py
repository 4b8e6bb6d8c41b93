"""The stream that every bench forwards: one picture of 1.5 Mbit/s, one voice.

Each packet carries when it was made and a filler, so that a receiver can tell its delay and that it is whole.
"""

import ctypes
import struct
import time

PICTURES_PER_S = 30
SHORT_PICTURE, LONG_PICTURE = 5, 6  # packets, in turn
PICTURE_PAYLOAD = 1150
VOICES_PER_S = 50
VOICE_PAYLOAD = 100

PICTURE_CLOCK, VOICE_CLOCK = 90_000, 48_000
STAMP = struct.Struct("!q")
FILLER = bytes(range(256)) * 5
# RFC 7741 4.2: extended, begin of partition 0 or not; picture id of 15 bits, TL0PICIDX, temporal layer.
BEGINS, CONTINUES, EXTENSIONS = 0x90, 0x80, 0xE0
DESCRIPTOR_SIZE = 6
VP8_HEADER = 10  # RFC 6386 9.1, of a keyframe
KEYFRAME = bytes([0x10, 0, 0, 0x9D, 0x01, 0x2A]) + struct.pack("<HH", 1280, 720)
DELTA = bytes([0x11]) + bytes(9)


class Pattern(ctypes.Structure):
    """The same for bench/floor.c."""

    _fields_ = [
        (name, ctypes.c_int)
        for name in (
            "pictures_per_s",
            "short_picture",
            "long_picture",
            "picture_payload",
            "voices_per_s",
            "voice_payload",
        )
    ]


PATTERN = Pattern(PICTURES_PER_S, SHORT_PICTURE, LONG_PICTURE, PICTURE_PAYLOAD, VOICES_PER_S, VOICE_PAYLOAD)


def now_ns() -> int:
    """Unix time, which the kernel stamps arrivals with."""
    return time.time_ns()


def picture_packets(index: int) -> int:
    """Of how many packets picture `index` is."""
    return LONG_PICTURE if index % 2 else SHORT_PICTURE


def picture_payload(index: int, packet: int, keyframe: bool) -> bytes:
    """Packet `packet` of picture `index`, made now."""
    descriptor = struct.pack(
        "!BBHBB", CONTINUES if packet else BEGINS, EXTENSIONS, 0x8000 | index & 0x7FFF, index & 0xFF, 0
    )
    body = (KEYFRAME if keyframe else DELTA) + STAMP.pack(now_ns())
    return descriptor + body + FILLER[: PICTURE_PAYLOAD - len(descriptor) - len(body)]


def voice_payload() -> bytes:
    return STAMP.pack(now_ns()) + FILLER[: VOICE_PAYLOAD - STAMP.size]


def is_voice(payload: bytes) -> bool:
    return len(payload) == VOICE_PAYLOAD


def made_ns(payload: bytes) -> int | None:
    """When a payload was made (Unix time, ns), or None when it is not as it was sent."""
    at = 0 if is_voice(payload) else DESCRIPTOR_SIZE + VP8_HEADER
    whole = len(payload) in (VOICE_PAYLOAD, PICTURE_PAYLOAD)
    if not whole or payload[at + STAMP.size :] != FILLER[: len(payload) - at - STAMP.size]:
        return None
    return STAMP.unpack_from(payload, at)[0]

"""A clip on its way out: which frame of a layer is next, cut into RTP payloads.

A layer may begin anywhere and may be asked for a keyframe at any time; because every reference of the clip is
renewed by its keyframes, jumping to one is all it takes, and what jumps is a head by a few pixels.
"""

from __future__ import annotations

from collections.abc import Sequence

from demo.media import FRAME_RATE, KEYFRAME_EVERY

CLOCK_RATE = 90_000
STEP = CLOCK_RATE // FRAME_RATE  # of the RTP timestamp from frame to frame
PAYLOAD_MAX = 1100
PICTURE_IDS = 1 << 15


class Reel:
    """One layer of one person; its picture ids go on without a gap, whatever run they come from."""

    def __init__(self, listening: Sequence[bytes], speaking: Sequence[bytes]) -> None:
        self._runs = {False: listening, True: speaking}
        self._speaking = False
        self._next = 0
        self._picture_id = 0

    def rewind(self) -> None:
        """Let the next frame be a keyframe."""
        self._next -= self._next % KEYFRAME_EVERY

    def frame(self, speaking: bool) -> list[bytes]:
        """The RTP payloads of the next frame; who begins or ceases to speak does so at the next keyframe."""
        if speaking != self._speaking and self._next % KEYFRAME_EVERY == 0:
            self._speaking, self._next = speaking, 0
        run = self._runs[self._speaking]
        payloads = packetize(run[self._next], self._picture_id)
        self._next = (self._next + 1) % len(run)
        self._picture_id = (self._picture_id + 1) % PICTURE_IDS
        return payloads


def packetize(frame: bytes, picture_id: int) -> list[bytes]:
    """A VP8 frame as payloads of about equal size, each behind a descriptor with a picture id of 15 bits.

    RFC 7741 4.2: X and, on the first, S; then I; then the picture id with its M bit.
    """
    count = -(-len(frame) // PAYLOAD_MAX)
    size = -(-len(frame) // count)
    tail = bytes((0x80, 0x80 | picture_id >> 8, picture_id & 0xFF))
    return [
        (b"\x90" if begin == 0 else b"\x80") + tail + frame[begin : begin + size]
        for begin in range(0, len(frame), size)
    ]

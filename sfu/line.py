"""The line to one peer: how far away it is and what it carries, as reports in both directions tell."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from sfu.control import Quality
from sfu.flow.bandwidth import Downlink
from sfu.flow.nack import Resends
from sfu.wire.rtcp import ReportBlock, middle32

QUALITY_US = 2_000_000  # between two that are told
REPORTS_KEPT = 8  # of each stream: about as many seconds may a round trip take to be known


class Line:
    def __init__(self, room: str, peer: str) -> None:
        self._room, self._peer = room, peer
        self.downlink = Downlink()
        self.resends = Resends(self.downlink.estimate_bps)
        self.round_trip_us: int | None = None
        self._reports_sent: dict[int, tuple[tuple[int, int], ...]] = {}  # SSRC → the last: middle of NTP, when
        self._octets_before = 0
        self._sent_bps: deque[int] = deque(maxlen=3)
        self._quality: tuple | None = None
        self._quality_us = 0

    def sent_report(self, ssrc: int, ntp: int, now: int) -> None:
        """A sender report went out; what comes back about it tells the round trip."""
        self._reports_sent[ssrc] = (middle32(ntp), now), *self._reports_sent.get(ssrc, ())[: REPORTS_KEPT - 1]

    def reported(self, blocks: Sequence[ReportBlock], now: int) -> None:
        """What the peer says of what it gets."""
        for block in blocks:
            for middle, sent_us in self._reports_sent.get(block.ssrc, ()):
                if block.lsr == middle:
                    trip = now - sent_us - block.dlsr * 1_000_000 // 65536
                    self.round_trip_us = self.resends.rtt_us = max(1000, trip)
                    self.downlink.round_trip(self.round_trip_us, sent_us, now)
        self.downlink.report(blocks, now)

    def measure(self, octets: int, loss: int, now: int) -> Quality | None:
        """Once a second, with all octets sent so far and the loss of what the peer sends, in percent.

        What the line does, if that has changed.
        """
        # The least of three seconds: a browser's own estimate follows a step up by a second or two.
        self._sent_bps.append((octets - self._octets_before) * 8)
        self.downlink.sent_bps = min(self._sent_bps)
        self._octets_before = octets
        self.resends.rate_bps = self.downlink.estimate_bps
        down = round(self.downlink.loss * 100)
        level = self.downlink.level if loss < 5 else "fair" if loss < 15 and self.downlink.level == "good" else "poor"
        trip_ms = None if self.round_trip_us is None else self.round_trip_us // 1000
        # By powers of two: the estimates of a whole hall grow by a few percent a second, and nobody waits for that.
        estimate, trip = self.downlink.estimate_bps.bit_length(), ((trip_ms or 0) // 100).bit_length()
        rough = (level, loss // 5, down // 5, estimate, trip)
        if rough == self._quality or now - self._quality_us < QUALITY_US:
            return None
        self._quality, self._quality_us = rough, now
        return Quality(
            room=self._room, peer=self._peer, level=level, uplink_loss=loss, downlink_loss=down,
            downlink_bps=self.downlink.estimate_bps, round_trip_ms=trip_ms,
        )  # fmt: skip

    def tell_again(self) -> None:
        """Whoever was told may have missed it."""
        self._quality = None

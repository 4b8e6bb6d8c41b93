"""What is told to a sender about its stream, kept as the packets come."""

from __future__ import annotations


class Reception:
    """What a report block says of one incoming stream (RFC 3550 6.4.1, appendix A.8), kept at packet rate."""

    __slots__ = ("_clock_rate", "_expected_before", "_last_transit", "_received_before", "first", "highest", "jitter",
                 "loss_percent", "lsr", "lsr_arrival_us", "received")  # fmt: skip

    def __init__(self, clock_rate: int) -> None:
        self._clock_rate = clock_rate
        self.first = self.highest = -1
        self.received = self._expected_before = self._received_before = 0
        self.jitter = 0.0
        self._last_transit: int | None = None
        self.lsr = self.lsr_arrival_us = 0
        self.loss_percent = 0

    def count(self, index: int, timestamp: int, now: int) -> None:
        if self.first < 0:
            self.first = index
        self.received += 1
        if index > self.highest:
            self.highest = index
            transit = now * self._clock_rate // 1_000_000 - timestamp & 0xFFFFFFFF
            if self._last_transit is not None:
                difference = transit - self._last_transit & 0xFFFFFFFF
                self.jitter += (min(difference, 0x100000000 - difference) - self.jitter) / 16
            self._last_transit = transit

    def report(self, now: int) -> tuple[int, int, int, int, int, int]:
        """Fraction lost of 256, cumulative loss, highest, jitter, LSR and DLSR since the last call."""
        expected = self.highest - self.first + 1
        lost_now = (expected - self._expected_before) - (self.received - self._received_before)
        expected_now = expected - self._expected_before
        self._expected_before, self._received_before = expected, self.received
        fraction = max(0, min(255, (lost_now << 8) // expected_now)) if expected_now > 0 else 0
        self.loss_percent = fraction * 100 >> 8
        lsr, delay = self.lsr, (now - self.lsr_arrival_us) * 65536 // 1_000_000
        if not lsr or delay > 0xFFFFFFFF:
            lsr = delay = 0  # none, or 18 hours ago
        lost = max(-0x800000, min(0x7FFFFF, expected - self.received))
        return fraction, lost, self.highest & 0xFFFFFFFF, int(self.jitter), lsr, delay

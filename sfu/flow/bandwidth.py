"""What a receiver's line carries, estimated from what the receiver reports.

Two sources. REMB is the browser's own estimate from the delay it sees; but it never exceeds 1.5 times what
came in, so a REMB near that is no ceiling: the line was simply not filled. It binds only while it is not much
more than what was sent. Receiver reports tell of loss: below 2 % the estimate grows, above 10 % it shrinks
(the rule of mediasoup and Galène). Only reports of this receiver count; what was lost on the way up has been
asked for again before it got here.

Not covered: send-side estimation from transport-wide feedback, which would see a queue grow earlier.
"""

from collections.abc import Sequence
from typing import Literal

from sfu.wire.rtcp import ReportBlock

START_BPS = 2_500_000
FLOOR_BPS = 30_000
CEILING_BPS = 50_000_000
BINDING_RATIO = 1.25  # REMB stays above it on a line that is not filled
REMB_LIFETIME_US = 5_000_000

LOW_LOSS, HIGH_LOSS = 0.02, 0.10
GROWTH_PER_S = 0.08
UNTRIED_RATIO = 2  # nothing is known of a line beyond twice what it ever got
SHRINK_INTERVAL_US = 1_000_000  # one loss is punished once, though each slot reports it
LOSS_SMOOTHING = 0.4

Level = Literal["good", "fair", "poor"]
LEVELS: tuple[Level, ...] = ("poor", "fair", "good")
POOR_LOSS, POOR_BPS = 0.10, 150_000
FAIR_LOSS, FAIR_BPS = 0.03, 500_000
BETTER_AFTER_US = 4_000_000


class Downlink:
    """The line to one receiver. `sent_bps` is what went to it of late; whoever counts sets it."""

    __slots__ = (
        "_better_since",
        "_estimate",
        "_highest",
        "_remb",
        "_remb_at",
        "_reported_at",
        "_shrunk_at",
        "level",
        "loss",
        "sent_bps",
    )

    def __init__(self, start_bps: int = START_BPS) -> None:
        self.sent_bps = 0
        self.loss = 0.0  # share of packets, smoothed
        self.level: Level = "good"
        self._estimate = float(start_bps)
        self._remb: int | None = None  # None before the first
        self._remb_at = 0
        self._reported_at: int | None = None  # None before the first report
        self._shrunk_at: int | None = None  # None before the first shrinking
        self._highest: dict[int, tuple[int, int]] = {}  # SSRC -> highest, cumulative of its last report
        self._better_since: int | None = None  # None unless the line does better than `level`

    @property
    def estimate_bps(self) -> int:
        return int(self._estimate)

    def remb(self, bitrate_bps: int, now: int) -> None:
        self._remb, self._remb_at = bitrate_bps, now
        if self._binds(bitrate_bps) or bitrate_bps > self._estimate:
            self._set(bitrate_bps)
        self._grade(now)

    def report(self, blocks: Sequence[ReportBlock], now: int) -> None:
        """The blocks of one receiver report."""
        lost = expected = 0
        for block in blocks:
            before = self._highest.get(block.ssrc)
            self._highest[block.ssrc] = block.highest, block.cumulative
            if before:
                expected += max(0, block.highest - before[0])
                lost += block.cumulative - before[1]
        elapsed_us = 0 if self._reported_at is None else min(now - self._reported_at, SHRINK_INTERVAL_US)
        self._reported_at = now
        if expected:
            share = min(1.0, max(0, lost) / expected)
            self.loss += LOSS_SMOOTHING * (share - self.loss)
            self._answer_loss(share, elapsed_us, now)
        self._grade(now)

    def forget(self, ssrc: int) -> None:
        """A stream ended or began anew."""
        self._highest.pop(ssrc, None)

    def _answer_loss(self, share: float, elapsed_us: int, now: int) -> None:
        if share > HIGH_LOSS:
            if self._shrunk_at is None or now - self._shrunk_at >= SHRINK_INTERVAL_US:
                self._shrunk_at = now
                carried = min(self._estimate, self.sent_bps) if self.sent_bps else self._estimate
                self._set(carried * (1 - share / 2))
        elif share < LOW_LOSS:
            remb_is_young = self._remb is not None and now - self._remb_at < REMB_LIFETIME_US
            if not (remb_is_young and self._binds(self._remb)):
                grown = self._estimate * (1 + GROWTH_PER_S * elapsed_us / 1_000_000)
                tried = max(START_BPS, self.sent_bps * UNTRIED_RATIO)
                self._set(max(self._estimate, min(grown, tried)))

    def _binds(self, remb_bps: int) -> bool:
        return remb_bps < self.sent_bps * BINDING_RATIO

    def _set(self, bitrate_bps: float) -> None:
        self._estimate = min(max(bitrate_bps, FLOOR_BPS), CEILING_BPS)

    def _grade(self, now: int) -> None:
        """Worse at once, better after it has lasted."""
        if self.loss >= POOR_LOSS or self._estimate < POOR_BPS:
            grade: Level = "poor"
        elif self.loss >= FAIR_LOSS or self._estimate < FAIR_BPS:
            grade = "fair"
        else:
            grade = "good"
        if LEVELS.index(grade) <= LEVELS.index(self.level):
            self.level = grade
            self._better_since = None
        elif self._better_since is None:
            self._better_since = now
        elif now - self._better_since >= BETTER_AFTER_US:
            self.level = grade
            self._better_since = None

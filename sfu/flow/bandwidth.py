"""What a receiver's line carries, estimated from what the receiver reports.

Three signs. REMB is the browser's own estimate from the delay it sees, but not a ceiling: Chromium lets it climb by a
few kbit/s a second from the first rate that came in, so on a line that was never filled it lies anywhere; measured
with Chromium 156: 250 kbit/s while 650 came in without delay. Only its fall says something, since it falls by overuse
alone. Round trips that grow say that a queue stands on the way. Loss says that it is full: below 2 % the estimate
grows, above 10 % it shrinks (the rule of mediasoup and Galène), counted over a hundred packets or three seconds,
because a small picture is twenty packets a second. Only reports of this receiver count; what was lost on the way up
has been asked for again before it got here.

Pictures are given up only to a queue that stands, to losses above 20 % that last, or to losses above 35 % of the
smallest: a radio line that loses at random still carries it, and the voice is not to wait for a mean while a queue that
was full from the first second drops every other packet of it. A line that fails again and again is tried less and less
often, since each try costs the voice some seconds.

Not covered: send-side estimation from transport-wide feedback, which would see a queue grow earlier.
"""

from collections.abc import Sequence
from typing import Literal

from sfu.wire.rtcp import ReportBlock

START_BPS = 2_500_000
FLOOR_BPS = 30_000
CEILING_BPS = 50_000_000
FALL = 0.97  # a REMB below this share of the last has fallen; overuse takes 0.85
OVERUSE_US = 5_000_000  # the estimate does not grow this long after a sign of overuse
LONGEST_OVERUSE_US = 60_000_000  # it waits twice as long after each try in vain, up to this

STANDING_QUEUE_US = 250_000  # round trips longer than the shortest by this
QUEUE_US = 500_000  # between two that took so long: all reports that leave together share one stall
QUEUE_SHARE = 0.8  # of what was carried, when a queue stands
BASE_LIFETIME_US = 60_000_000  # the shortest round trip is looked for anew after this

LOW_LOSS, HIGH_LOSS, HOPELESS_LOSS = 0.02, 0.10, 0.20
DROWNING_LOSS = 0.35  # of one window, when no more is sent than `KEEP_BPS`
LOSS_WINDOW_US = 1_000_000
ENOUGH_PACKETS = 100  # for a share of losses to say something; a window with fewer waits
LONGEST_WINDOW_US = 3_000_000
GROWTH_PER_S = 0.08
LEAST_GROWTH_BPS = 25_000  # a second, so that a line given up comes back in some seconds
KEEP_BPS = 180_000  # carries the smallest layer and a voice
# A line that has failed is tried again one layer higher, which is three to four times as much; for what gets nothing,
# that is the smallest layer.
UNTRIED_RATIO = 4
UNTRIED_BPS = 250_000
LOSS_SMOOTHING = 0.4

Level = Literal["good", "fair", "poor"]
LEVELS: tuple[Level, ...] = ("poor", "fair", "good")
POOR_LOSS, POOR_BPS = 0.10, 150_000
FAIR_LOSS, FAIR_BPS = 0.03, 500_000
BETTER_AFTER_US = 4_000_000


class Downlink:
    """The line to one receiver. `sent_bps` is what went to it of late; whoever counts sets it."""

    __slots__ = (
        "_base_at",
        "_base_us",
        "_better_since",
        "_estimate",
        "_expected",
        "_highest",
        "_judged_sent",
        "_long_since",
        "_lost",
        "_overused_at",
        "_remb",
        "_rest_us",
        "_window_from",
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
        self._base_us: int | None = None  # the shortest round trip; None before the first
        self._base_at = 0
        self._judged_sent = 0  # when what was judged last left
        self._long_since: int | None = None  # when what took so long first left; None unless the last did
        self._overused_at: int | None = None  # None before the first sign
        self._rest_us = OVERUSE_US  # without growth, after the last sign
        self._window_from: int | None = None  # None before the first report
        self._expected = self._lost = 0  # packets in the window
        self._highest: dict[int, tuple[int, int]] = {}  # SSRC -> highest, cumulative of its last report
        self._better_since: int | None = None  # None unless the line does better than `level`

    @property
    def estimate_bps(self) -> int:
        return int(self._estimate)

    def remb(self, bitrate_bps: int, now: int) -> None:
        before, self._remb = self._remb, bitrate_bps
        if before is not None and bitrate_bps < before * FALL:
            self._overused(now)
            self._set(min(self._estimate, max(bitrate_bps, KEEP_BPS)))
        self._grade(now)

    def round_trip(self, us: int, sent: int, now: int) -> None:
        """One round trip as a receiver report tells it, of what left at `sent`; about once a second for each stream.

        The reports of all streams leave together and are answered one after the other, so that the time of the answer
        says nothing of how long a queue stood. What left before the newest judged is ignored: a stream that gets
        nothing any more goes on naming its last report.
        """
        if sent < self._judged_sent:
            return
        self._judged_sent = sent
        if self._base_us is None or us <= self._base_us or now - self._base_at > BASE_LIFETIME_US:
            self._base_us, self._base_at = us, now
        if us - self._base_us <= STANDING_QUEUE_US:
            self._long_since = None
        elif self._long_since is None:
            self._long_since = sent
        elif sent - self._long_since >= QUEUE_US:
            self._long_since = None
            self._overused(now)
            self._set(self._carried() * QUEUE_SHARE)
        self._grade(now)

    def report(self, blocks: Sequence[ReportBlock], now: int) -> None:
        """The blocks of one receiver report."""
        for block in blocks:
            before = self._highest.get(block.ssrc)
            self._highest[block.ssrc] = block.highest, block.cumulative
            if before:
                self._expected += max(0, block.highest - before[0])
                self._lost += block.cumulative - before[1]
        if self._window_from is None:
            self._window_from = now
        elapsed_us = now - self._window_from
        if elapsed_us >= (LOSS_WINDOW_US if self._expected >= ENOUGH_PACKETS else LONGEST_WINDOW_US):
            # Where nothing was sent nothing was lost, and only more can tell what the line carries now.
            share = min(1.0, max(0, self._lost) / self._expected) if self._expected else 0.0
            self.loss += LOSS_SMOOTHING * (share - self.loss)
            self._answer_loss(share, elapsed_us, now)
            self._window_from, self._expected, self._lost = now, 0, 0
        self._grade(now)

    def _answer_loss(self, share: float, elapsed_us: int, now: int) -> None:
        if share > HIGH_LOSS:
            # What a larger layer left behind is still being lost while the smallest is sent already.
            drowns = share > DROWNING_LOSS and self._estimate <= KEEP_BPS
            least = FLOOR_BPS if drowns or self.loss > HOPELESS_LOSS else KEEP_BPS
            self._overused(now)
            self._set(min(self._estimate, max(self._carried() * (1 - share / 2), least)))
        elif share < LOW_LOSS and (self._overused_at is None or now - self._overused_at >= self._rest_us):
            growth_bps = max(self._estimate * GROWTH_PER_S, LEAST_GROWTH_BPS) * elapsed_us / 1_000_000
            tried = max(START_BPS if self._overused_at is None else UNTRIED_BPS, self.sent_bps * UNTRIED_RATIO)
            self._set(max(self._estimate, min(self._estimate + growth_bps, tried)))

    def _overused(self, now: int) -> None:
        """A sign of it: the first, one of the same trouble, or of a line that was tried again in vain."""
        if self._overused_at is not None and now - self._overused_at > self._rest_us:
            again = now - self._overused_at < self._rest_us + LONGEST_OVERUSE_US
            self._rest_us = min(2 * self._rest_us, LONGEST_OVERUSE_US) if again else OVERUSE_US
        self._overused_at = now

    def _carried(self) -> float:
        return min(self._estimate, self.sent_bps) if self.sent_bps else self._estimate

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

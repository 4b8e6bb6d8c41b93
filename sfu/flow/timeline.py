"""The time that RTP timestamps stand for.

A sender's reports (RFC 3550 6.4.1) tie each layer's timestamps to one clock. With them a slot that changes
from one layer to another goes on at the right timestamp, and its receiver gets reports by which lips match.
"""

US_PER_S = 1_000_000
NTP_PER_S = 1 << 32

# What a switch may be off from the time that really passed before the reports are disbelieved.
PLAUSIBLE_US = 75_000
FRAME_US = 33_000


class SenderClock:
    """One incoming stream's timestamps against its sender's clock, by the latest sender report."""

    __slots__ = ("_arrival", "_ntp", "_rtp", "rate")

    def __init__(self, rate: int) -> None:
        self.rate = rate  # timestamp units a second
        self._ntp: int | None = None  # None before the first report
        self._rtp = 0
        self._arrival = 0

    def report(self, ntp: int, rtp: int, arrival: int) -> None:
        """A report came at `arrival` (µs); one that is older than the last is ignored."""
        if self._ntp is None or ntp > self._ntp:
            self._ntp, self._rtp, self._arrival = ntp, rtp, arrival

    def ntp_at(self, rtp: int) -> int | None:
        """The sender's time of a timestamp; None before the first report."""
        if self._ntp is None:
            return None
        return self._ntp + _signed32(rtp - self._rtp) * NTP_PER_S // self.rate

    def rtp_at(self, ntp: int) -> int | None:
        """The timestamp of a sender's time; None before the first report."""
        if self._ntp is None:
            return None
        units = ((ntp - self._ntp) * self.rate + NTP_PER_S // 2) // NTP_PER_S  # the nearest
        return (self._rtp + units) & 0xFFFFFFFF

    def reading(self, now: int) -> tuple[int, int] | None:
        """The sender's time and the timestamp at `now` (µs); None before the first report."""
        if self._ntp is None:
            return None
        passed = now - self._arrival
        ntp = self._ntp + passed * NTP_PER_S // US_PER_S
        return ntp, (self._rtp + passed * self.rate // US_PER_S) & 0xFFFFFFFF


class Timeline:
    """One slot's timestamps, which never go back while what fills the slot changes.

    `offset` is what to add to an incoming timestamp (modulo 2^32), `last_at` when the last frame came (µs) that `sent`
    was told of, None before the first.
    """

    __slots__ = ("_clock", "_last", "last_at", "offset", "rate")

    def __init__(self, rate: int, start: int = 0) -> None:
        self.rate = rate
        self.offset = 0
        self._last = start  # outgoing
        self.last_at: int | None = None
        self._clock: SenderClock | None = None  # None before the first switch

    def sent(self, timestamp: int, now: int) -> int:
        """A frame with incoming `timestamp` goes out at `now` (µs): its outgoing timestamp."""
        out = (timestamp + self.offset) & 0xFFFFFFFF
        if self.last_at is None or _signed32(out - self._last) > 0:
            self._last = out
        self.last_at = now
        return out

    def switch(self, clock: SenderClock, timestamp: int, now: int) -> None:
        """From now on frames come from `clock`'s stream, the first at `timestamp`."""
        if self.last_at is None:
            out = self._last
        else:
            passed = (now - self.last_at) * self.rate // US_PER_S
            frame = FRAME_US * self.rate // US_PER_S
            out = self._last + max(passed, frame)
            aligned = self._aligned(clock, timestamp)
            if aligned is not None:
                ahead = _signed32(aligned - self._last)
                if ahead > 0 and abs(ahead - passed) <= PLAUSIBLE_US * self.rate // US_PER_S:
                    out = aligned
        self.offset = (out - timestamp) & 0xFFFFFFFF
        self._clock = clock

    def reading(self, now: int) -> tuple[int, int] | None:
        """NTP time and outgoing timestamp for this slot's sender report at `now` (µs).

        None while the sender of what fills it has not reported: a guess would set lips and voice apart.
        """
        reading = self._clock.reading(now) if self._clock else None
        return reading and (reading[0], (reading[1] + self.offset) & 0xFFFFFFFF)

    def _aligned(self, clock: SenderClock, timestamp: int) -> int | None:
        """The outgoing timestamp that the two senders' clocks agree on; None when one has not reported."""
        ntp = clock.ntp_at(timestamp)
        incoming = self._clock.rtp_at(ntp) if self._clock and ntp is not None else None
        return None if incoming is None else (incoming + self.offset) & 0xFFFFFFFF


def _signed32(difference: int) -> int:
    return ((difference + 0x80000000) & 0xFFFFFFFF) - 0x80000000

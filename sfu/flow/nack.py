"""Lost packets (RFC 4585): which to ask a sender for again, which to send a receiver again.

Upstream a gap may be mere reordering, so the first request waits a little, yet not so long that the repair comes too
late for the picture; then it repeats until the packet comes or ten were in vain. Downstream a receiver repeats its
requests as well, so one is answered once a round trip, and all answers together take no more than a share of what the
line carries: more would feed the congestion that lost the packets.
"""

from collections.abc import Hashable

GRACE_US = 5_000
REPEAT_US = 40_000
TRIES = 10
MISSING_LIMIT = 1000

RESEND_SHARE = 0.15  # of the rate of the line
RESEND_BURST_US = 1_000_000  # a share not used is kept this long
REMEMBERED = 1024
FULL_PACKET = 1200


class Gaps:
    """The packets missing from one incoming stream, by index (sequence numbers that do not wrap).

    `rtt_us` is the round trip to the sender. `lost_too_much` becomes true when packets were given up, so that
    only a keyframe mends the picture; whoever asks for one sets it back.
    """

    __slots__ = ("_highest", "_missing", "lost_too_much", "rtt_us")

    def __init__(self, rtt_us: int = 100_000) -> None:
        self.rtt_us = rtt_us
        self.lost_too_much = False
        self._highest: int | None = None  # None before the first packet
        self._missing: dict[int, list[int]] = {}  # index -> [requests so far, when the next is due]

    def __len__(self) -> int:
        return len(self._missing)

    def received(self, index: int, now: int) -> None:
        highest = self._highest
        if highest is None or index == highest + 1:
            self._highest = index
        elif index <= highest:
            self._missing.pop(index, None)
        elif index - highest - 1 + len(self._missing) > MISSING_LIMIT:
            self._missing.clear()
            self._highest = index
            self.lost_too_much = True
        else:
            for missing in range(highest + 1, index):
                self._missing[missing] = [0, now + GRACE_US]
            self._highest = index

    def due(self, now: int) -> list[int]:
        """Indexes to ask for at `now` (µs), ascending."""
        asked, given_up = [], []
        for index, state in self._missing.items():
            tries, due_at = state
            if now < due_at:
                continue
            if tries == TRIES:
                given_up.append(index)
                continue
            state[0] = tries + 1
            state[1] = now + max(REPEAT_US, self.rtt_us)
            asked.append(index)
        for index in given_up:
            del self._missing[index]
            self.lost_too_much = True
        return asked


class Resends:
    """What may be sent again to one receiver.

    `rtt_us` is the round trip to the receiver and `rate_bps` what its line carries.
    """

    __slots__ = ("_credit", "_credited_at", "_sent_at", "rate_bps", "rtt_us")

    def __init__(self, rate_bps: int, rtt_us: int = 100_000) -> None:
        self.rate_bps = rate_bps
        self.rtt_us = rtt_us
        self._credit: float | None = None  # bytes; None before the first request
        self._credited_at = 0
        self._sent_at: dict[Hashable, int] = {}  # packet -> when it was last sent again

    def allow(self, packet: Hashable, now: int, size: int = FULL_PACKET) -> bool:
        """Whether `packet`, of `size` bytes, is to be sent again at `now` (µs); its name is unique on this line."""
        sent_at = self._sent_at.get(packet)
        if sent_at is not None and now - sent_at < self.rtt_us:
            return False
        share = self.rate_bps * RESEND_SHARE / 8
        full = max(share * RESEND_BURST_US / 1_000_000, FULL_PACKET)
        if self._credit is None:
            self._credit = full
        else:
            self._credit = min(full, self._credit + share * (now - self._credited_at) / 1_000_000)
        self._credited_at = now
        if self._credit < size:
            return False
        self._credit -= size
        self._sent_at.pop(packet, None)
        self._sent_at[packet] = now
        if len(self._sent_at) > REMEMBERED:
            del self._sent_at[next(iter(self._sent_at))]  # the oldest
        return True

"""When a sender's packets arrived, told back to it so that it can estimate its uplink.

The algorithm that reads this is the sender's; see draft-holmer-rmcat-transport-wide-cc-extensions-01.
"""

from sfu.wire import rtcp
from sfu.wire.seq import Unwrapper

INTERVAL_US = 100_000
BUSY_INTERVAL_US = 50_000
BUSY_PACKETS = 32  # about 5 Mbit/s
# A packet that comes late mends what was told as lost, but not for ever.
HISTORY_US = 500_000
LEAP_LIMIT = 8192


class TransportFeedback:
    """The arrivals of one peer's packets.

    `sender` is our SSRC. `media` is any SSRC of the peer's own, set once one is known: Chromium 156 ignores
    feedback that names another.
    """

    __slots__ = ("_arrivals", "_count", "_from", "_numbers", "_sent_at", "_to", "media", "sender")

    def __init__(self, sender: int) -> None:
        self.sender = sender
        self.media: int | None = None  # nothing is told before it is set
        self._numbers = Unwrapper()
        self._arrivals: dict[int, int] = {}  # index -> µs
        self._from: int | None = None  # the lowest index not told yet; None when all are
        self._to = 0
        self._count = 0
        self._sent_at: int | None = None  # None before the first packet

    def received(self, number: int, now: int) -> None:
        """Transport-wide `number` (16 bits) arrived at `now` (µs)."""
        index = self._numbers.unwrap(number)
        if self._from is not None and abs(index - self._from) > LEAP_LIMIT:
            self._arrivals.clear()
            self._from = None
        if index in self._arrivals:
            return
        if self._sent_at is None:
            self._sent_at = now
        self._arrivals[index] = now
        if self._from is None:
            self._from = self._to = index
        else:
            self._from = min(self._from, index)
            self._to = max(self._to, index)

    def build(self, now: int) -> list[bytes]:
        """The RTCP packets to send at `now` (µs); none until 100 ms have passed, 50 when much came."""
        if self._from is None or self.media is None:
            return []
        waited = now - self._sent_at
        if waited < (BUSY_INTERVAL_US if self._to - self._from >= BUSY_PACKETS else INTERVAL_US):
            return []
        arrivals_us = [self._arrivals.get(index) for index in range(self._from, self._to + 1)]
        packets = rtcp.transport_feedback(self.sender, self.media, self._from, self._count, arrivals_us)
        self._count = (self._count + len(packets)) & 0xFF
        self._sent_at = now
        self._from = None
        self._arrivals = {i: at for i, at in self._arrivals.items() if now - at < HISTORY_US}
        return packets

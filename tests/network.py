"""One direction of a bad line, the same from the same seed, driven by `now` (µs)."""

import heapq
import random
from typing import Any


class Link:
    """What is sent arrives late, in another order, or not at all.

    `loss` and `reorder` are shares of packets; a reordered one takes `reorder_us` longer than those around it.
    Jitter alone keeps the order. With `rate_bps` packets queue behind each other, up to `queue_us`; what finds
    the queue full is dropped.
    """

    def __init__(
        self,
        seed: int = 0,
        *,
        loss: float = 0.0,
        delay_us: int = 20_000,
        jitter_us: int = 0,
        reorder: float = 0.0,
        reorder_us: int = 10_000,
        rate_bps: int | None = None,
        queue_us: int = 200_000,
    ) -> None:
        self.loss, self.delay_us, self.jitter_us = loss, delay_us, jitter_us
        self.reorder, self.reorder_us = reorder, reorder_us
        self.rate_bps, self.queue_us = rate_bps, queue_us
        self.lost = self.dropped = 0
        self._chance = random.Random(seed)
        self._flying: list[tuple[int, int, Any]] = []  # arrival, order of sending, packet
        self._sent = 0
        self._free_at = 0
        self._last_arrival = 0

    def send(self, packet: Any, size: int, now: int) -> None:
        """Put `packet` on the line; `size` in bytes counts against the rate."""
        # Each packet uses the same number of chances, so that one more loss does not change all that follows.
        lost, late, jitter_us = self._chance.random(), self._chance.random(), self._chance.random() * self.jitter_us
        self._sent += 1
        leaves_at = max(now, self._free_at)
        if self.rate_bps:
            if leaves_at - now > self.queue_us:
                self.dropped += 1
                return
            leaves_at += size * 8_000_000 // self.rate_bps
            self._free_at = leaves_at
        if lost < self.loss:
            self.lost += 1
            return
        arrival = leaves_at + self.delay_us + int(jitter_us)
        if late < self.reorder:
            arrival += self.reorder_us
        else:
            arrival = self._last_arrival = max(arrival, self._last_arrival)
        heapq.heappush(self._flying, (arrival, self._sent, packet))

    def arrived(self, now: int) -> list[Any]:
        """What has arrived by `now` and was not taken yet, in order of arrival."""
        packets = []
        while self._flying and self._flying[0][0] <= now:
            packets.append(heapq.heappop(self._flying)[2])
        return packets

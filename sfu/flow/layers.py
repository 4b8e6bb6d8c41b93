"""When the layers that a receiver gets change.

    settled ──too much for the estimate──▶ down at once, then WAIT_US without going up
       │
       └──a better choice fits with HEADROOM for HOLD_US──▶ up

What is chosen stays as long as it fits, whatever the second's bitrates would suggest anew: a picture that
changes its size every second is worse than a small one. When the wishes themselves change, the choice is made
afresh within the same headroom, without holding: the viewer asked for it.
"""

from collections.abc import Sequence

from sfu.flow.allocation import Wish, allocate, cost_bps

HEADROOM = 1.15
HOLD_US = 2_000_000
WAIT_US = 10_000_000


class Layers:
    """The choice for one receiver."""

    __slots__ = ("_better_since", "_ceiling_bps", "_chosen", "_wait_until", "_wished")

    def __init__(self) -> None:
        self._wished: tuple = ()
        self._chosen: tuple[str | None, ...] = ()
        self._better_since: int | None = None  # None unless a better choice fits
        self._wait_until: int | None = None  # None unless the line has failed us of late
        self._ceiling_bps = 0  # what it carried then

    def decide(self, wishes: Sequence[Wish], estimate_bps: int, now: int) -> tuple[str | None, ...]:
        """For each of `wishes`, the most important first, the layer to send from `now` (µs) on, or None."""
        room_bps = int(estimate_bps / HEADROOM)
        if self._wait_until is not None:
            if now >= self._wait_until:
                self._wait_until = None
            else:
                room_bps = min(room_bps, self._ceiling_bps)
        wished = tuple((wish.source, wish.largest, *sorted(wish.bitrates_bps)) for wish in wishes)
        if wished != self._wished:
            self._wished = wished
            self._choose(allocate(wishes, room_bps))
        elif cost_bps(wishes, self._chosen) > estimate_bps:
            self._choose(allocate(wishes, estimate_bps))
            self._wait_until = now + WAIT_US
            self._ceiling_bps = estimate_bps
        elif self._wait_until is None:
            self._consider(wishes, allocate(wishes, room_bps), now)
        return self._chosen

    def _consider(self, wishes: Sequence[Wish], better: tuple[str | None, ...], now: int) -> None:
        if cost_bps(wishes, better) <= cost_bps(wishes, self._chosen):
            self._better_since = None
        elif self._better_since is None:
            self._better_since = now
        elif now - self._better_since >= HOLD_US:
            self._choose(better)

    def _choose(self, chosen: tuple[str | None, ...]) -> None:
        self._chosen = chosen
        self._better_since = None

"""When the layers that a receiver gets change.

    settled ──too much for the estimate──▶ down at once, then a wait without going up
       │
       └──a better choice fits with HEADROOM for HOLD_US──▶ up

Better is that a more important picture is seen, whatever goes or shrinks for it; where the same are seen, what costs
more. So on a line that grows no tile is given up only to have the first picture larger some seconds sooner.

Going up is a trial, since an estimate says little of a line that was never filled. The wait is WAIT_US; each trial
that fails within TRIAL_US doubles it, one that lasts resets it.

What is chosen stays as long as it fits, whatever the second's bitrates would suggest anew: a picture that
changes its size every second is worse than a small one. When the wishes themselves change, the choice is made
afresh within the same headroom, without holding: the viewer asked for it.
"""

from collections.abc import Sequence

from sfu.flow.allocation import PricedWish, allocate, cost_bps

HEADROOM = 1.15
HOLD_US = 2_000_000
WAIT_US = 10_000_000
LONGEST_WAIT_US = 160_000_000
TRIAL_US = 10_000_000


class Layers:
    """The choice for one receiver."""

    __slots__ = (
        "_better_since",
        "_ceiling_bps",
        "_chosen",
        "_raised_at",
        "_wait_until",
        "_wait_us",
        "_wished",
    )

    def __init__(self) -> None:
        self._wished: tuple = ()
        self._chosen: tuple[str | None, ...] = ()
        self._better_since: int | None = None  # None unless a better choice fits
        self._wait_until: int | None = None  # None unless the line has failed us of late
        self._ceiling_bps = 0  # what it carried then
        self._raised_at: int | None = None  # None unless the last change was up
        self._wait_us = WAIT_US  # the next wait, or the present one

    def decide(self, wishes: Sequence[PricedWish], estimate_bps: int, now: int) -> tuple[str | None, ...]:
        """For each of `wishes`, the most important first, the layer to send from `now` (µs) on, or None."""
        room_bps = int(estimate_bps / HEADROOM)
        if self._wait_until is not None:
            if now >= self._wait_until:
                self._wait_until = None
            else:
                room_bps = min(room_bps, self._ceiling_bps)
        wished = tuple((wish.source, wish.layers) for wish in wishes)
        if wished != self._wished:
            self._wished = wished
            self._choose(allocate(wishes, room_bps))
        elif cost_bps(wishes, self._chosen) > estimate_bps:
            self._choose(allocate(wishes, estimate_bps))
            self._fall(estimate_bps, now)
        elif self._wait_until is None:
            self._consider(wishes, allocate(wishes, room_bps), now)
        return self._chosen

    def _consider(self, wishes: Sequence[PricedWish], better: tuple[str | None, ...], now: int) -> None:
        if not self._is_better(wishes, better):
            self._better_since = None
        elif self._better_since is None:
            self._better_since = now
        elif now - self._better_since >= HOLD_US:
            self._choose(better)
            self._raised_at = now

    def _is_better(self, wishes: Sequence[PricedWish], other: tuple[str | None, ...]) -> bool:
        for has, gets in zip(self._chosen, other, strict=True):
            if (has is None) != (gets is None):
                return has is None  # the most important that is seen in one of the two alone
        return cost_bps(wishes, other) > cost_bps(wishes, self._chosen)

    def _fall(self, estimate_bps: int, now: int) -> None:
        if self._raised_at is not None:
            failed = now - self._raised_at < TRIAL_US
            self._wait_us = min(2 * self._wait_us, LONGEST_WAIT_US) if failed else WAIT_US
            self._raised_at = None
        self._wait_until = now + self._wait_us
        self._ceiling_bps = estimate_bps

    def _choose(self, chosen: tuple[str | None, ...]) -> None:
        self._chosen = chosen
        self._better_since = None

"""Token buckets: how often somebody may do something, on average and at once."""

from __future__ import annotations

from collections import OrderedDict

MOST_KEYS = 10_000


class Bucket:
    """Holds `burst` tokens at most and gains `per_s` a second; `take` is False when it is empty."""

    __slots__ = ("_at", "_burst", "_per_s", "_tokens")

    def __init__(self, per_s: float, burst: int, now: float) -> None:
        self._per_s = per_s
        self._burst = burst
        self._tokens = float(burst)
        self._at = now

    def take(self, now: float) -> bool:
        self._tokens = min(self._burst, self._tokens + max(0.0, now - self._at) * self._per_s)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


class Buckets:
    """A bucket for each key; the one longest unused makes room when there are too many."""

    def __init__(self, per_s: float, burst: int, most: int = MOST_KEYS) -> None:
        self._per_s = per_s
        self._burst = burst
        self._most = most
        self._of: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, key: str, now: float) -> bool:
        bucket = self._of.get(key)
        if bucket is None:
            bucket = self._of[key] = Bucket(self._per_s, self._burst, now)
            if len(self._of) > self._most:
                self._of.popitem(last=False)
        self._of.move_to_end(key)
        return bucket.take(now)

"""How often somebody may do something."""

from __future__ import annotations

from signaling.limits import Bucket, Buckets


def test_a_burst_then_the_average() -> None:
    bucket = Bucket(per_s=2, burst=3, now=0)
    assert [bucket.take(0) for _ in range(4)] == [True, True, True, False]
    assert [bucket.take(0.5), bucket.take(0.5)] == [True, False]
    assert [bucket.take(100) for _ in range(4)] == [True, True, True, False]


def test_a_clock_set_back_gives_nothing() -> None:
    bucket = Bucket(per_s=1, burst=1, now=10)
    assert bucket.take(10)
    assert not bucket.take(5)


def test_many_keys_are_bounded_and_the_busy_one_stays() -> None:
    buckets = Buckets(per_s=0.0, burst=1, most=3)
    assert buckets.take("busy", 0)
    for number in range(10):
        assert buckets.take(str(number), 0)
        assert not buckets.take("busy", 0)

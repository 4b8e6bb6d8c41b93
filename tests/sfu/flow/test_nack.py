"""Lost packets asked for and sent again, over a bad line too."""

from sfu.flow.nack import GRACE_US, MISSING_LIMIT, TRIES, Gaps, Resends
from tests.network import Link

MS = 1000


def test_reordering_is_not_asked_for():
    gaps = Gaps()
    gaps.received(10, 0)
    gaps.received(12, 0)
    assert gaps.due(GRACE_US - 1) == []
    gaps.received(11, GRACE_US - 1)
    assert gaps.due(GRACE_US) == []


def test_a_gap_is_asked_for_once_a_round_trip():
    gaps = Gaps(rtt_us=100 * MS)
    gaps.received(10, 0)
    gaps.received(13, 0)
    assert gaps.due(20 * MS) == [11, 12]
    assert gaps.due(119 * MS) == []
    gaps.received(11, 119 * MS)
    assert gaps.due(120 * MS) == [12]


def test_a_short_round_trip_does_not_hurry():
    gaps = Gaps(rtt_us=1 * MS)
    gaps.received(1, 0)
    gaps.received(3, 0)
    assert gaps.due(20 * MS) == [2]
    assert gaps.due(59 * MS) == []
    assert gaps.due(60 * MS) == [2]


def test_ten_in_vain_are_enough():
    gaps = Gaps(rtt_us=50 * MS)
    gaps.received(1, 0)
    gaps.received(3, 0)
    asked = [now for now in range(0, 2000 * MS, 5 * MS) if gaps.due(now)]
    assert len(asked) == TRIES
    assert len(gaps) == 0
    assert gaps.lost_too_much


def test_a_long_outage_is_given_up_at_once():
    gaps = Gaps()
    gaps.received(0, 0)
    gaps.received(MISSING_LIMIT + 2, 0)
    assert gaps.lost_too_much
    assert gaps.due(1000 * MS) == []
    gaps.received(MISSING_LIMIT + 4, 0)
    assert gaps.due(1000 * MS) == [MISSING_LIMIT + 3]


def test_as_much_as_the_limit_is_asked_for():
    gaps = Gaps()
    gaps.received(0, 0)
    gaps.received(MISSING_LIMIT + 1, 0)
    assert not gaps.lost_too_much
    assert gaps.due(20 * MS) == list(range(1, MISSING_LIMIT + 1))


def test_what_came_before_the_first_is_not_missed():
    gaps = Gaps()
    gaps.received(10, 0)
    gaps.received(3, 0)
    assert gaps.due(1000 * MS) == []


def test_a_lossy_line_is_mended():
    """A tenth is lost each way, and 3 % comes late; requests and repeats travel the same line."""
    down, up = Link(1, loss=0.1, delay_us=30 * MS, reorder=0.03), Link(2, loss=0.1, delay_us=30 * MS)
    gaps, come, sent = Gaps(rtt_us=60 * MS), set(), 0
    for now in range(0, 10_000 * MS, 5 * MS):
        if now < 8_000 * MS:
            down.send(now // (5 * MS), 1000, now)
            sent += 1
        for index in down.arrived(now):
            gaps.received(index, now)
            come.add(index)
        if asked := gaps.due(now):
            up.send(asked, 60, now)
        for asked in up.arrived(now):
            for index in asked:
                down.send(index, 1000, now)
    assert down.lost > 100
    assert come == set(range(sent))
    assert not gaps.lost_too_much


def test_a_packet_is_sent_again_once_a_round_trip():
    resends = Resends(1_000_000, rtt_us=100 * MS)
    assert resends.allow(5, 0)
    assert not resends.allow(5, 99 * MS)
    assert resends.allow(6, 99 * MS)
    assert resends.allow(5, 100 * MS)


def test_resends_take_no_more_than_their_share():
    resends = Resends(1_000_000)
    sent = 0
    for number, now in enumerate(range(0, 20_000 * MS, MS)):
        sent += 1000 * resends.allow(number, now, 1000)
    burst = 1_000_000 * 0.15 / 8
    assert burst * 20 * 0.99 < sent < burst * 21.01


def test_a_small_line_may_still_resend_one_packet():
    assert Resends(30_000).allow(1, 0, 1200)

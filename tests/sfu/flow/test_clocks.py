"""Publishers' wall clocks, told on this machine's."""

from sfu.flow.clocks import STEP_US, Clocks
from sfu.wire.rtcp import ntp_from_us, us_from_ntp

S, MS = 1_000_000, 1000
START = 1_700_000_000 * S


def told_us(clocks, peer, theirs_us, arrived_us):
    return us_from_ntp(clocks.here(peer, ntp_from_us(theirs_us), arrived_us))


def test_a_report_is_told_as_when_it_left_by_this_clock():
    clocks = Clocks()
    assert abs(told_us(clocks, "an", 7 * S, START + 30 * MS) - START - 30 * MS) <= 1
    assert abs(told_us(clocks, "an", 8 * S, START + S + 80 * MS) - START - S - 30 * MS) < MS, "one way took longer"
    assert abs(told_us(clocks, "an", 9 * S, START + 2 * S + 20 * MS) - START - 2 * S - 20 * MS) <= 1


def test_a_clock_that_was_set_anew_is_learned_anew():
    clocks = Clocks()
    told_us(clocks, "an", START, START)
    late_us = START + S + STEP_US + S
    assert abs(told_us(clocks, "an", START + S, late_us) - late_us) <= 1


def test_two_clocks_that_are_not_equally_fast_stay_together_for_hours():
    clocks = Clocks()
    for passed_us in range(0, 4 * 3600 * S, 5 * S):
        slow, fast = (
            told_us(clocks, peer, START + passed_us + passed_us * ppm // S, START + passed_us)
            for peer, ppm in (("slow", -50), ("fast", 50))
        )
    assert abs(fast - slow) < 2 * MS

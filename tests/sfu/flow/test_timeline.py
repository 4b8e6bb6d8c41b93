"""Timestamps that go on through switches, and reports that match lips."""

from itertools import pairwise

import pytest

from sfu.flow.timeline import SenderClock, Timeline
from sfu.wire.rtcp import ntp_from_us

S, MS = 1_000_000, 1000
RATE = 90_000
EPOCH = 1_700_000_000 * S  # when the sender's clock says `now` is 0


class Layer:
    """A stream of one sender, whose timestamps begin anywhere."""

    def __init__(self, start, delay_us=30 * MS, rate=RATE):
        self.start, self.delay_us, self.rate = start, delay_us, rate
        self.clock = SenderClock(rate)

    def timestamp(self, captured_us):
        return (self.start + captured_us * self.rate // S) & 0xFFFFFFFF

    def report(self, now):
        captured_us = now - self.delay_us
        self.clock.report(ntp_from_us(EPOCH + captured_us), self.timestamp(captured_us), now)


def test_a_clock_knows_nothing_before_a_report():
    clock = SenderClock(RATE)
    assert clock.ntp_at(5) is None
    assert clock.rtp_at(5) is None
    assert clock.reading(5) is None


@pytest.mark.parametrize("start", [0, 0xFFFFFFFF - 20_000])
def test_timestamp_and_time_lead_to_each_other(start):
    layer = Layer(start)
    layer.report(1 * S)
    for captured_us in (0, 1 * S, 5 * S):
        ntp = layer.clock.ntp_at(layer.timestamp(captured_us))
        assert abs(ntp - ntp_from_us(EPOCH + captured_us)) < 2**32 // RATE * 2
        assert layer.clock.rtp_at(ntp) == layer.timestamp(captured_us)


def test_an_old_report_is_ignored():
    layer = Layer(7)
    layer.report(2 * S)
    before = layer.clock.reading(3 * S)
    layer.report(1 * S)
    assert layer.clock.reading(3 * S) == before


def test_a_first_stream_begins_at_the_start():
    line = Timeline(RATE, start=1000)
    line.switch(SenderClock(RATE), 50_000, 0)
    assert line.sent(50_000, 0) == 1000
    assert line.sent(53_000, 33 * MS) == 4000


def switched(report):
    """Thirty pictures a second, from one layer to another after a second: the outgoing timestamps."""
    low, high = Layer(4_000_000_000), Layer(77)
    if report:
        low.report(100 * MS)
        high.report(150 * MS)
    line, out = Timeline(RATE), []
    for frame in range(60):
        layer = low if frame < 30 else high
        captured_us, now = frame * S // 30, frame * S // 30 + 40 * MS + (15 * MS if frame == 30 else 0)
        if frame in (0, 30):
            line.switch(layer.clock, layer.timestamp(captured_us), now)
        out.append(line.sent(layer.timestamp(captured_us), now))
    return out


def test_a_switch_goes_on_at_the_moment_of_capture():
    """Though the keyframe, being larger, comes 15 ms late."""
    out = switched(report=True)
    steps = {b - a for a, b in pairwise(out)}
    assert steps <= {2999, 3000, 3001}


def test_without_reports_a_switch_goes_by_arrival():
    out = switched(report=False)
    steps = [b - a for a, b in pairwise(out)]
    assert steps[29] == 3000 + 15 * RATE // 1000
    assert {*steps[:29], *steps[30:]} <= {2999, 3000, 3001}


def test_time_never_stands_still():
    line = Timeline(RATE)
    line.switch(SenderClock(RATE), 0, 0)
    line.sent(0, 0)
    line.switch(SenderClock(RATE), 900, 0)
    assert line.sent(900, 0) == 33 * RATE // 1000


def test_another_persons_clock_is_not_believed_when_it_is_far_off():
    here, there = Layer(1000), Layer(2000)
    here.report(100 * MS)
    there.clock.report(ntp_from_us(EPOCH + 3600 * S), there.timestamp(0), 100 * MS)
    line = Timeline(RATE)
    line.switch(here.clock, here.timestamp(0), 0)
    line.sent(here.timestamp(0), 0)
    line.switch(there.clock, there.timestamp(1 * S), 1 * S)
    assert line.sent(there.timestamp(1 * S), 1 * S) == RATE


def test_reports_are_translated_so_that_lips_match():
    picture, voice = Layer(3_000_000_000, delay_us=30 * MS), Layer(5, delay_us=30 * MS, rate=48_000)
    lines = []
    for layer in (picture, voice):
        layer.report(1 * S)
        line = Timeline(layer.rate, start=99)
        assert line.reading(1 * S) is None
        line.switch(layer.clock, layer.timestamp(0), 1 * S)
        lines.append(line)
    for layer, line in zip((picture, voice), lines, strict=True):
        ntp, timestamp = line.reading(2 * S)
        captured_us = round((timestamp - line.sent(layer.timestamp(0), 2 * S)) * S / layer.rate)
        assert abs(ntp - ntp_from_us(EPOCH + captured_us)) < 2**32 // 1000


def test_a_report_before_the_sender_reported_would_be_a_guess():
    line = Timeline(RATE)
    line.switch(SenderClock(RATE), 0, 0)
    assert line.reading(1 * S) is None

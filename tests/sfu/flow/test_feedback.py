"""What a sender is told of its packets' arrivals."""

import pytest

from sfu.flow.feedback import TransportFeedback
from sfu.wire import rtcp
from tests.network import Link

MS = 1000


@pytest.fixture
def feedback():
    feedback = TransportFeedback(1)
    feedback.media = 2
    return feedback


def told(packets):
    """Arrival (µs) or None by transport-wide number."""
    found = {}
    for data in packets:
        (packet,) = rtcp.parse(data)
        for at, since_us in enumerate(packet.arrivals_us):
            arrival = None if since_us is None else packet.reference_time * rtcp.REFERENCE_US + since_us
            found[(packet.base_seq + at) & 0xFFFF] = arrival
    return found


def test_nothing_to_tell(feedback):
    assert feedback.build(1000 * MS) == []


def test_nothing_is_told_before_an_ssrc_is_known():
    feedback = TransportFeedback(1)
    feedback.received(5, 0)
    assert feedback.build(1000 * MS) == []
    feedback.media = 7
    assert rtcp.parse(feedback.build(1000 * MS)[0])[0].media == 7


def test_arrivals_are_told_after_a_tenth_of_a_second(feedback):
    feedback.received(65535, 1000 * MS)
    feedback.received(1, 1010 * MS)
    assert feedback.build(1099 * MS) == []
    assert told(feedback.build(1100 * MS)) == {65535: 1000 * MS, 0: None, 1: 1010 * MS}
    assert feedback.build(2000 * MS) == []


def test_much_is_told_sooner(feedback):
    for number in range(40):
        feedback.received(number, number * MS)
    assert feedback.build(49 * MS) == []
    assert len(told(feedback.build(50 * MS))) == 40


def test_a_late_packet_mends_what_was_told(feedback):
    feedback.received(10, 0)
    feedback.received(12, 0)
    assert told(feedback.build(100 * MS))[11] is None
    feedback.received(11, 150 * MS)
    feedback.received(13, 160 * MS)
    assert told(feedback.build(250 * MS)) == {11: 150 * MS, 12: 0, 13: 160 * MS}


def test_feedback_is_numbered(feedback):
    counts = []
    for number in range(300):
        feedback.received(number, number * 100 * MS)
        for data in feedback.build(number * 100 * MS + 100 * MS):
            counts.append(rtcp.parse(data)[0].count)
    assert counts == [count & 0xFF for count in range(300)]


def test_a_leap_forgets_what_was_before(feedback):
    feedback.received(0, 0)
    feedback.received(30_000, 1 * MS)
    assert told(feedback.build(101 * MS)) == {30_000: 1 * MS}


def test_a_bad_line_is_told_as_it_was(feedback):
    link = Link(3, loss=0.05, jitter_us=20 * MS, reorder=0.02)
    came, heard = {}, {}
    for now in range(0, 5000 * MS, MS):
        if now % (4 * MS) == 0 and now < 4000 * MS:
            link.send(60_000 + now // (4 * MS) & 0xFFFF, 1200, now)
        for number in link.arrived(now):
            feedback.received(number, now)
            came[number] = now
        for number, arrival in told(feedback.build(now)).items():
            if arrival is not None or number not in heard:
                heard[number] = arrival
    assert link.lost > 20
    assert {number: at for number, at in heard.items() if at is not None} == came

"""What reports tell of a line: the round trip, and how good it is, told when that changes."""

from sfu.line import QUALITY_US, Line
from sfu.wire.rtcp import ReportBlock, middle32

S = 1_000_000
NTP = 0x12345678_9ABCDEF0


def block(dlsr: int = 0, highest: int = 100) -> ReportBlock:
    return ReportBlock(7, 0, 0, highest, 0, middle32(NTP), dlsr)


def test_the_round_trip_is_what_passed_less_what_the_peer_waited():
    line = Line("room", "an")
    line.reported([block()], S)
    assert line.round_trip_us is None  # of a report that was never sent
    line.sent_report(7, NTP, S)
    line.reported([block(dlsr=65536 // 2)], S + 550_000)
    assert line.round_trip_us == line.resends.rtt_us == 50_000


def test_quality_is_told_when_it_changes_and_not_too_often():
    line, now = Line("room", "an"), 10 * S
    first = line.measure(0, 0, now)
    assert first is not None and (first.room, first.peer, first.uplink_loss) == ("room", "an", 0)
    assert line.measure(0, 0, now + QUALITY_US) is None
    worse = line.measure(0, 30, now + 2 * QUALITY_US)
    assert worse is not None and (worse.level, worse.uplink_loss) == ("poor", 30)
    assert line.measure(0, 0, now + 3 * QUALITY_US - 1) is None  # too soon
    line.tell_again()
    assert line.measure(0, 30, now + 4 * QUALITY_US) is not None


def test_a_line_that_grows_little_by_little_is_told_when_it_carries_about_twice_as_much():
    line, told = Line("room", "an"), []
    for second in range(1, 40):
        line.reported([block(highest=second * 200)], second * S)
        told.append(line.measure(second * 250_000, 0, second * S))
    estimates = [quality.downlink_bps for quality in told if quality is not None]
    assert line.downlink.estimate_bps > 2 * estimates[0]
    assert len(estimates) == 2

"""The estimate of a line under REMB, queues and losses."""

from itertools import pairwise

from sfu.flow.bandwidth import FLOOR_BPS, START_BPS, Downlink
from sfu.wire.rtcp import ReportBlock

S = 1_000_000


class Reports:
    """A receiver's reports of one stream, a hundred packets a second."""

    def __init__(self, line, ssrc=1):
        self.line, self.ssrc = line, ssrc
        self.highest = self.lost = 0

    def tell(self, now, loss=0.0):
        self.highest += 100
        self.lost += round(100 * loss)
        self.line.report([ReportBlock(self.ssrc, round(255 * loss), self.lost, self.highest, 0, 0, 0)], now)


def test_it_begins_with_a_guess():
    assert Downlink().estimate_bps == START_BPS


def test_a_falling_remb_binds():
    line = Downlink()
    line.sent_bps = 900_000
    line.remb(1_000_000, 0)
    assert line.estimate_bps == START_BPS
    line.remb(800_000, 1)
    assert line.estimate_bps == 800_000


def test_a_low_remb_that_climbs_is_no_ceiling():
    """Chromium's climbs from the first rate that came in, whatever comes in later."""
    line = Downlink()
    line.sent_bps = 650_000
    for second in range(10):
        line.remb(188_000 + 4_000 * second, second * S)
    assert line.estimate_bps == START_BPS


def test_a_standing_queue_shrinks_what_was_carried():
    line = Downlink()
    line.sent_bps = 1_000_000
    line.round_trip(40_000, 0, 0)
    line.round_trip(400_000, 1 * S, 1 * S)
    assert line.estimate_bps == START_BPS
    line.round_trip(500_000, 2 * S, 2 * S)
    assert line.estimate_bps == 800_000


def test_one_stall_that_delays_the_reports_of_many_streams_is_no_queue():
    """They left together and are answered when each stream's turn comes."""
    line = Downlink()
    line.sent_bps = 480_000
    line.round_trip(40_000, 0, 0)
    for stream in range(10):
        line.round_trip(340_000, 1 * S, 1 * S + 340_000 + stream * S // 10)
    line.round_trip(40_000, 2 * S, 2 * S + 40_000)
    line.round_trip(340_000, 3 * S, 3 * S + 340_000)
    assert line.estimate_bps == START_BPS


def test_a_queue_that_stands_is_punished_once_for_many_streams():
    line = Downlink()
    line.sent_bps = 1_000_000
    line.round_trip(40_000, 0, 0)
    for second in (1, 2):
        for stream in range(10):
            line.round_trip(400_000, second * S, second * S + 400_000 + stream * S // 20)
    assert line.estimate_bps == 800_000


def test_what_streams_that_ended_say_of_earlier_reports_is_ignored():
    line, emptied = Downlink(), Downlink()
    line.sent_bps = emptied.sent_bps = 1_000_000
    for one in (line, emptied):
        one.round_trip(40_000, 0, 0)
    for second in (1, 2):
        for stream in range(8):
            answered = second * S + 400_000 + stream * S // 20
            line.round_trip(400_000, second * S, answered)
            line.round_trip(400_000, 1 * S, answered + 1)  # its sender reports since were lost
            emptied.round_trip(400_000, second * S, answered)
            emptied.round_trip(40_000, 0, answered + 1)  # gets none any more
    assert line.estimate_bps == emptied.estimate_bps == 800_000


def test_a_long_but_steady_way_is_no_queue():
    line = Downlink()
    line.sent_bps = 1_000_000
    for second in range(20):
        line.round_trip(600_000, second * S, second * S)
    assert line.estimate_bps == START_BPS


def test_a_remb_above_the_estimate_does_not_raise_it():
    line = Downlink()
    line.sent_bps = 2_000_000
    line.remb(5_800_000, 0)
    assert line.estimate_bps == START_BPS


def test_a_remb_that_stays_does_not_undo_what_losses_taught():
    """A line that loses at random has no queue, so that the delay tells the browser nothing."""
    line = Downlink()
    line.sent_bps = 900_000
    reports = Reports(line)
    reports.tell(0)
    estimates = []
    for second in range(1, 60):
        reports.tell(second * S, loss=0.2)
        line.remb(2_500_000, second * S + 1)
        estimates.append(line.estimate_bps)
    assert estimates == sorted(estimates, reverse=True)
    assert estimates[-1] < 400_000


def test_loss_shrinks_from_what_was_carried():
    line = Downlink()
    line.sent_bps = 1_000_000
    reports = Reports(line)
    reports.tell(0)
    reports.tell(2 * S, loss=0.4)
    assert abs(line.estimate_bps - 800_000) < 2


def test_a_window_of_all_slots_is_punished_once():
    line = Downlink()
    line.sent_bps = 1_000_000
    first, second = Reports(line, 1), Reports(line, 2)
    for reports in (first, second):
        reports.tell(0)
    first.tell(2 * S, loss=0.4)
    shrunk = line.estimate_bps
    second.tell(2 * S + 100, loss=0.4)
    assert line.estimate_bps == shrunk == 800_000


def test_random_losses_do_not_take_the_smallest_picture():
    line = Downlink()
    line.sent_bps = 50_000
    reports = Reports(line)
    for second in range(60):
        reports.tell(second * S, loss=0.15)
        line.remb(60_000 - 4_000 * (second % 10), second * S)
    assert line.estimate_bps >= 150_000


def test_a_line_that_drops_every_other_packet_of_the_smallest_is_left_to_the_voice():
    line = Downlink()
    line.sent_bps = 150_000
    reports = Reports(line)
    reports.tell(0)
    reports.tell(1 * S, loss=0.5)
    assert line.estimate_bps >= 150_000, "what is lost may be what a larger layer left behind"
    reports.tell(2 * S, loss=0.5)
    assert line.estimate_bps < 150_000


def test_each_try_in_vain_makes_the_next_one_later():
    line = Downlink()
    line.sent_bps = 30_000
    reports = Reports(line)
    tries = []
    for second in range(240):
        carries = line.estimate_bps < 150_000
        if not carries and second:
            tries.append(second)
        reports.tell(second * S, loss=0.0 if carries else 0.5)
    waits = [later - before for before, later in pairwise(tries[1:])]
    assert len(tries) > 3
    assert waits == sorted(waits)
    assert waits[-1] > 3 * waits[0]
    assert waits[-1] <= 70


def test_a_line_given_up_comes_back_in_seconds():
    line = Downlink()
    line.sent_bps = 50_000
    reports = Reports(line)
    for second in range(30):
        reports.tell(second * S, loss=0.5)
    assert line.estimate_bps == FLOOR_BPS
    for second in range(30, 60):
        reports.tell(second * S)
    assert line.estimate_bps > 200_000


def test_a_clean_line_grows_eight_percent_a_second():
    line = Downlink(1_000_000)
    reports = Reports(line)
    for second in range(7):
        reports.tell(second * S)
    assert abs(line.estimate_bps - 1_000_000 * 1.08**6) < 10


def test_what_was_never_tried_is_not_claimed():
    line = Downlink()
    line.sent_bps = 2_000_000
    reports = Reports(line)
    for second in range(100):
        reports.tell(second * S)
    assert line.estimate_bps == 8_000_000


def test_a_line_that_failed_is_not_believed_beyond_one_layer_more():
    line = Downlink()
    line.sent_bps = 500_000
    reports = Reports(line)
    reports.tell(0)
    reports.tell(2 * S, loss=0.4)
    line.sent_bps = 150_000
    for second in range(3, 100):
        reports.tell(second * S)
    assert line.estimate_bps == 600_000


def test_some_loss_neither_grows_nor_shrinks():
    line = Downlink()
    reports = Reports(line)
    for second in range(20):
        reports.tell(second * S, loss=0.05)
    assert line.estimate_bps == START_BPS
    assert abs(line.loss - 0.05) < 0.001


def test_a_dead_line_keeps_the_floor():
    line = Downlink()
    reports = Reports(line)
    for second in range(60):
        reports.tell(second * S, loss=1.0)
    assert line.estimate_bps == FLOOR_BPS


def test_growth_waits_after_overuse():
    line = Downlink()
    line.sent_bps = 900_000
    line.remb(1_000_000, 0)
    line.remb(800_000, 0)
    reports = Reports(line)
    for second in range(4):
        reports.tell(second * S)
    assert line.estimate_bps == 800_000
    reports.tell(10 * S)
    assert line.estimate_bps > 800_000


def test_a_report_told_twice_counts_once():
    line = Downlink()
    reports = Reports(line)
    reports.tell(0)
    reports.tell(2 * S, loss=0.2)
    loss = line.loss
    line.report([ReportBlock(1, 51, reports.lost, reports.highest, 0, 0, 0)], 4 * S)
    assert line.loss == loss > 0


def test_quality_falls_at_once_and_mends_slowly():
    line = Downlink()
    reports = Reports(line)
    reports.tell(0)
    assert line.level == "good"
    reports.tell(2 * S, loss=0.3)
    assert line.level == "poor"
    levels = []
    for second in range(3, 30):
        reports.tell(second * S)
        levels.append(line.level)
    assert levels.index("good") >= 4
    assert levels[-1] == "good"
    assert levels == sorted(levels, key=["poor", "fair", "good"].index)


def test_a_narrow_line_is_not_good():
    line = Downlink()
    line.sent_bps = 500_000
    line.remb(500_000, 0)
    line.remb(400_000, 0)
    assert line.level == "fair"
    for second in range(4):
        line.round_trip(40_000 if second == 0 else 900_000, second * S, second * S)
        line.sent_bps = 150_000
    assert line.level == "poor"

"""What a report says of a stream."""

import pytest

from sfu.reception import Reception

S = 1_000_000


def test_what_a_report_says_of_losses():
    reception = Reception(90_000)
    for index in (10, 11, 12, 15):
        reception.count(index, 0, 0)
    assert reception.report(S) == (2 * 256 // 6, 2, 15, 0, 0, 0)
    assert reception.loss_percent == 33
    reception.count(13, 0, S)
    reception.count(16, 0, S)
    fraction, lost, highest, *_ = reception.report(2 * S)
    assert (fraction, lost, highest) == (0, 1, 16), "what came late was not lost"


def test_the_delay_since_the_last_sender_report():
    reception = Reception(90_000)
    reception.count(1, 0, 0)
    reception.lsr, reception.lsr_arrival_us = 7, S
    assert reception.report(3 * S)[4:] == (7, 2 * 65536)
    assert reception.report(20 * 3600 * S)[4:] == (0, 0), "longer ago than the field can say"


@pytest.mark.parametrize(("late_us", "jitter"), [(0, 0), (8_000, 720 / 16)])
def test_jitter_in_units_of_the_timestamp(late_us, jitter):
    reception = Reception(90_000)
    reception.count(1, 0, 0)
    reception.count(2, 3000, 33_333 + late_us + 1)
    assert reception.jitter == pytest.approx(jitter, abs=0.1)

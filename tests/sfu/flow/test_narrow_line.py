"""Estimate and choice together on a line that is too narrow, with a receiver that only reports."""

import pytest

from sfu.flow.allocation import PricedWish
from sfu.flow.bandwidth import Downlink
from sfu.flow.layers import Layers
from sfu.wire.rtcp import ReportBlock
from tests.network import Link

S, MS = 1_000_000, 1000
STAGE = [PricedWish("stage", "f", {"q": 150_000, "h": 500_000, "f": 1_500_000})]
PACKET = 1000  # bytes
STEP_US = 4 * MS


class Viewer:
    """A stage over a line of `rate_bps`; the way back takes 20 ms and loses nothing."""

    def __init__(self, rate_bps: int, seed: int = 0, loss: float = 0.0) -> None:
        self.link = Link(seed, rate_bps=rate_bps, delay_us=20 * MS, queue_us=300 * MS, loss=loss)
        self.line, self.layers = Downlink(), Layers()
        self.layer: str | None = None
        self.shown: list[tuple[int, str | None]] = []  # when, what from then on
        self.sent = self.sent_before = self.received = self.highest = 0
        self.trip_us = 0
        self.credit = 0.0
        self.now = 0

    def watch(self, seconds: int) -> None:
        until = self.now + seconds * S
        while self.now < until:
            self.now += STEP_US
            self._send()
            for number, sent_at in self.link.arrived(self.now):
                self.received += 1
                self.highest = max(self.highest, number)
                self.trip_us = self.now - sent_at + 20 * MS
            if self.now % (200 * MS) == 0:
                self._decide()
            if self.now % S == 0:
                self._report()

    def _send(self) -> None:
        self.credit += STAGE[0].bitrates_bps[self.layer] * STEP_US / S / 8 if self.layer else 0
        while self.credit >= PACKET:
            self.credit -= PACKET
            self.sent += 1
            self.link.send((self.sent, self.now), PACKET, self.now)

    def _decide(self) -> None:
        (layer,) = self.layers.decide(STAGE, self.line.estimate_bps, self.now)
        if layer != self.layer:
            self.layer = layer
            self.shown.append((self.now, layer))

    def _report(self) -> None:
        self.line.sent_bps = (self.sent - self.sent_before) * PACKET * 8
        self.sent_before = self.sent
        if self.highest:
            self.line.round_trip(self.trip_us, self.now - self.trip_us, self.now)
            self.line.report([ReportBlock(1, 0, self.highest - self.received, self.highest, 0, 0, 0)], self.now)

    def seconds_of(self, layer: str) -> float:
        ends = [*(at for at, _ in self.shown[1:]), self.now]
        return sum(end - at for (at, shown), end in zip(self.shown, ends, strict=True) if shown == layer) / S


@pytest.mark.parametrize(("rate_bps", "layer"), [(5_000_000, "f"), (900_000, "h"), (300_000, "q")])
def test_a_line_gets_what_it_carries(rate_bps, layer):
    viewer = Viewer(rate_bps)
    viewer.watch(120)
    assert viewer.seconds_of(layer) > 90


def test_trials_become_rare():
    viewer = Viewer(900_000)
    viewer.watch(600)
    assert len([at for at, layer in viewer.shown if layer == "f"]) <= 7
    assert viewer.seconds_of("f") < 20


def test_a_trial_goes_one_layer_up():
    viewer = Viewer(300_000)
    viewer.watch(600)
    tried = [layer for at, layer in viewer.shown if at > 10 * S]
    assert set(tried) == {"q", "h"}


def test_a_line_that_narrows_is_left_within_seconds():
    viewer = Viewer(5_000_000)
    viewer.watch(30)
    assert viewer.layer == "f"
    viewer.link.rate_bps = 900_000
    viewer.watch(5)
    assert viewer.layer in ("q", "h")


def test_a_line_that_widens_is_used_again():
    viewer = Viewer(900_000)
    viewer.watch(60)
    viewer.link.rate_bps = 5_000_000
    viewer.watch(60)
    assert viewer.layer == "f"


def test_a_little_loss_is_no_reason_to_go_down():
    viewer = Viewer(5_000_000, seed=4, loss=0.05)
    viewer.watch(60)
    assert [layer for _, layer in viewer.shown] == ["f"]

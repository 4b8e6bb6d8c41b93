"""A bot rests while nobody watches, and begins with a keyframe when somebody does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from demo.media import KEYFRAME_EVERY, LAYERS, Clip
from demo.sender import LATE_S, Pace, Sender
from sfu.wire import rtcp
from sfu.wire.payload import parse_vp8


@dataclass
class Sent:
    kind: str
    sequence: int
    timestamp: int
    marker: bool
    payload: bytes
    layer: str | None
    level: int


@dataclass
class Line:
    """Stands for a connection whose other end is this test."""

    ssrcs: dict = field(
        default_factory=lambda: {("microphone", None): 1} | {("camera", layer): n for n, layer in enumerate(LAYERS, 2)}
    )
    sent: list[Sent] = field(default_factory=list)
    reports: list[rtcp.Packet] = field(default_factory=list)
    on_rtcp: Callable = print

    def send_rtp(self, kind, sequence, timestamp, marker, payload, layer, level, voice) -> None:
        self.sent.append(Sent(kind, sequence, timestamp, marker, payload, layer, level))

    def send_rtcp(self, packet: bytes) -> None:
        self.reports += rtcp.parse(packet)

    async def close(self) -> None:
        pass

    async def until(self, condition: Callable[[list[Sent]], bool]) -> list[Sent]:
        async with asyncio.timeout(60):
            while not condition(self.sent):  # noqa: ASYNC110 - the sender knows nothing of this test
                await asyncio.sleep(0.01)
        return self.sent


def frame(number: int) -> bytes:
    return bytes([int(number % KEYFRAME_EVERY != 0)]) + bytes(20)


FRAMES = {layer: [frame(number) for number in range(2 * KEYFRAME_EVERY)] for layer in LAYERS}


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
async def sender(line):
    sender = Sender(Clip(FRAMES, FRAMES, voice=[b"loud", b"still"], levels=[-20, -127]), line)
    yield sender
    await sender.close()
    await sender.close()


def is_keyframe(sent: Sent) -> bool:
    return parse_vp8(sent.payload, 0, len(sent.payload)).keyframe


async def test_it_rests_until_somebody_watches(line, sender):
    await asyncio.sleep(0.1)
    assert line.sent == []
    sender.watch(frozenset("h"))
    sent = await line.until(lambda sent: len(sent) >= 3)
    assert {packet.layer for packet in sent} == {"h"}
    assert [is_keyframe(packet) for packet in sent[:3]] == [True, False, False]


async def test_a_layer_that_is_added_begins_with_a_keyframe(line, sender):
    sender.watch(frozenset("q"))
    await line.until(lambda sent: len(sent) >= 2)
    sender.watch(frozenset("qf"))
    sent = await line.until(lambda sent: any(packet.layer == "f" for packet in sent))
    assert is_keyframe(next(packet for packet in sent if packet.layer == "f"))


async def test_a_picture_loss_is_answered_with_a_keyframe(line, sender):
    sender.watch(frozenset("q"))
    await line.until(lambda sent: len(sent) >= 2)
    line.on_rtcp([rtcp.Pli(sender=9, media=line.ssrcs["camera", "q"])])
    known = len(line.sent)
    sent = await line.until(lambda sent: len(sent) > known)
    assert is_keyframe(sent[known])


async def test_speech_is_numbered_without_gaps_and_marked_where_it_begins(line, sender):
    sender.speak(True)
    sent = await line.until(lambda sent: len(sent) >= 4)
    assert [packet.sequence for packet in sent[:4]] == [0, 1, 2, 3]
    assert [packet.marker for packet in sent[:4]] == [True, False, False, False]
    assert [packet.level for packet in sent[:4]] == [-20, -127, -20, -127]
    steps = {later.timestamp - earlier.timestamp for earlier, later in pairwise(sent)}
    assert steps <= {959, 960, 961}
    sender.speak(False)
    await asyncio.sleep(0.05)
    known = len(line.sent)
    await asyncio.sleep(0.1)
    assert len(line.sent) == known


async def test_reports_map_each_stream_to_the_clock(line, sender):
    sender.watch(frozenset("q"))
    sender.speak(True)
    await line.until(lambda sent: {packet.kind for packet in sent} == {"camera", "microphone"})
    rates = {line.ssrcs["microphone", None]: 48_000, line.ssrcs["camera", "q"]: 90_000}
    assert {report.ssrc for report in line.reports} == set(rates)
    to_loop_s = asyncio.get_running_loop().time() - time.time()
    for report in line.reports:
        rate = rates[report.ssrc]
        told = round((rtcp.us_from_ntp(report.ntp) / 1e6 + to_loop_s) * rate)
        behind = (told - report.rtp_timestamp + 2**31) % 2**32 - 2**31
        assert abs(behind) / rate < 0.05, "however late it left"


async def test_time_that_was_missed_by_much_is_not_made_up_for():
    now = 0.0
    pace = Pace(0.001, lambda: now)
    now = 10.0
    assert await pace.next() == 10.0
    now = 10.0 + LATE_S / 2
    assert await pace.next() == pytest.approx(10.001)

"""The C loop sends at the stream's pace, and the sink counts every packet."""

import shutil
import socket
import time

import pytest

from bench import floor, media
from bench.sink import Sink

pytestmark = pytest.mark.skipif(shutil.which("cc") is None, reason="there is no C compiler")
SECONDS = 0.2
RUNS = round(SECONDS * (media.VOICES_PER_S + media.PICTURES_PER_S))


@pytest.fixture
def sockets():
    opened = []
    for _ in range(3):
        receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        receiver.bind(("127.0.0.1", 0))
        opened.append(receiver)
    yield opened
    for receiver in opened:
        receiver.close()


@pytest.mark.parametrize("gso", [True, False])
def test_what_is_sent_is_counted(sockets, gso):
    sink = Sink(sockets, cpu=0)
    sink.keep_every(10)
    try:
        result = floor.run([receiver.getsockname()[1] for receiver in sockets], gso, SECONDS, cpu=0)
        until = time.monotonic() + 5
        while sink.packets < result.packets and time.monotonic() < until:
            time.sleep(0.01)
    finally:
        sink.close()
    pictures = sum(media.picture_packets(n) for n in range(round(SECONDS * media.PICTURES_PER_S)))
    assert result.packets == 3 * (pictures + round(SECONDS * media.VOICES_PER_S))
    assert result.calls == (3 * RUNS if gso else result.packets)
    assert (result.refused, sink.packets) == (0, result.packets)
    sizes = {len(data) for _, _, data in sink.samples()}
    assert sizes <= {media.PICTURE_PAYLOAD + 36, media.VOICE_PAYLOAD + 36}
    assert sum(1 for _ in sink.samples()) == result.packets // 10

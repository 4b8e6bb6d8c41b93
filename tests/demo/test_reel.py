"""What a viewer of a bot relies on: frames that decode from any keyframe on, numbered without a gap."""

import pytest

from demo.media import KEYFRAME_EVERY
from demo.reel import PAYLOAD_MAX, PICTURE_IDS, Reel, packetize
from sfu.wire.payload import parse_vp8


def run_of(name: str, frames: int = 3 * KEYFRAME_EVERY) -> list[bytes]:
    # The lowest bit of a VP8 frame says that it is no keyframe.
    return [
        bytes([int(number % KEYFRAME_EVERY != 0)]) + f"{name}{number}".encode().ljust(20) for number in range(frames)
    ]


def shown(payloads: list[bytes]) -> str:
    return b"".join(payload[4:] for payload in payloads)[1:].decode().strip()


@pytest.fixture
def reel() -> Reel:
    return Reel(run_of("listening"), run_of("speaking"))


@pytest.mark.parametrize("size", [20, PAYLOAD_MAX, PAYLOAD_MAX + 1, 5 * PAYLOAD_MAX - 3])
def test_a_frame_comes_out_as_it_went_in(size):
    frame = bytes(number % 251 for number in range(size))
    payloads = packetize(frame, 0x1234)
    headers = [parse_vp8(payload, 0, len(payload)) for payload in payloads]
    assert [header.starts_frame for header in headers] == [True] + [False] * (len(payloads) - 1)
    assert {(header.picture_id, header.picture_id_bits) for header in headers} == {(0x1234, 15)}
    assert b"".join(p[h.header_size :] for p, h in zip(payloads, headers, strict=True)) == frame
    assert max(map(len, payloads)) - min(map(len, payloads)) <= len(payloads)


def test_the_loop_ends_where_it_begins(reel):
    frames = [shown(reel.frame(speaking=False)) for _ in range(3 * KEYFRAME_EVERY + 1)]
    assert frames[0] == frames[-1] == "listening0"


def test_who_begins_to_speak_does_so_at_a_keyframe(reel):
    reel.frame(speaking=False)
    frames = [shown(reel.frame(speaking=True)) for _ in range(KEYFRAME_EVERY)]
    assert frames[-2] == f"listening{KEYFRAME_EVERY - 1}"
    assert frames[-1] == "speaking0"


def test_a_keyframe_comes_when_asked_for(reel):
    for _ in range(KEYFRAME_EVERY + 7):
        reel.frame(speaking=False)
    reel.rewind()
    [payload] = reel.frame(speaking=False)
    assert parse_vp8(payload, 0, len(payload)).keyframe


def test_picture_ids_go_on_over_loops_and_jumps(reel):
    ids = []
    for number in range(PICTURE_IDS + 10):
        if number % 50 == 0:
            reel.rewind()
        [payload] = reel.frame(speaking=number % 200 > 100)
        ids.append(parse_vp8(payload, 0, len(payload)).picture_id)
    assert ids == [number % PICTURE_IDS for number in range(PICTURE_IDS + 10)]

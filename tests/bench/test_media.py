"""The common stream: its rate, its stamps, and that damage shows."""

import pytest

from bench import media
from sfu.wire.payload import parse_vp8


def test_the_picture_has_one_and_a_half_megabits():
    packets = sum(media.picture_packets(index) for index in range(media.PICTURES_PER_S))
    assert 1_450_000 < packets * media.PICTURE_PAYLOAD * 8 < 1_550_000


@pytest.mark.parametrize("keyframe", [True, False])
def test_a_picture_is_vp8_to_a_forwarder(keyframe):
    first, second = (media.picture_payload(70_000, packet, keyframe) for packet in range(2))
    vp8 = parse_vp8(first, 0, len(first))
    assert (vp8.starts_frame, vp8.keyframe, vp8.picture_id) == (True, keyframe, 70_000 & 0x7FFF)
    assert not parse_vp8(second, 0, len(second)).starts_frame


PAYLOADS = {"picture": lambda: media.picture_payload(5, 1, False), "voice": media.voice_payload}


@pytest.mark.parametrize("make", PAYLOADS.values(), ids=PAYLOADS)
def test_a_stamp_is_read_and_damage_seen(make):
    payload = make()
    assert 0 <= media.now_ns() - media.made_ns(payload) < 60_000_000_000
    assert media.made_ns(payload[:-1] + b"\xff") is None
    assert media.made_ns(payload[:-1]) is None

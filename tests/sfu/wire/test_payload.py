"""The VP8 descriptor, from Chromium, by hand and as garbage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfu.wire import rtp
from sfu.wire.payload import parse_vp8, rewrite_vp8
from tests.vectors import vector


def parse(name):
    data = vector(name)
    return parse_vp8(data, rtp.payload_start(data, len(data)), rtp.payload_end(data, len(data)))


@pytest.mark.parametrize(("layer", "size"), [("q", (320, 180)), ("h", (640, 360)), ("f", (1280, 720))])
def test_a_keyframe_of_chromium(layer, size):
    vp8 = parse(f"rtp_vp8_keyframe_{layer}")
    assert vp8.starts_frame
    assert vp8.keyframe
    assert (vp8.width, vp8.height) == size
    assert (vp8.picture_id_bits, vp8.tid) == (15, 0)


def test_packets_behind_a_keyframe_do_not_start_one():
    vp8 = parse("rtp_vp8_continuation")
    assert not vp8.starts_frame
    assert not vp8.keyframe
    assert vp8.picture_id == parse("rtp_vp8_keyframe_f").picture_id


def test_temporal_layers():
    vp8 = parse("rtp_vp8_upper_layer")
    assert vp8.tid == 2
    assert vp8.layer_sync
    assert not vp8.keyframe


def test_a_descriptor_of_one_byte():
    vp8 = parse_vp8(b"\x10\x01data", 0, 6)
    assert (vp8.header_size, vp8.starts_frame, vp8.keyframe) == (1, True, False)
    assert (vp8.picture_id, vp8.picture_id_bits, vp8.tl0, vp8.tid) == (-1, 0, -1, 0)


def test_the_key_index_takes_a_byte_of_its_own():
    vp8 = parse_vp8(b"\x80\x10\xff\x01", 0, 4)
    assert (vp8.header_size, vp8.tid, vp8.layer_sync) == (3, 0, False)


def test_other_partitions_do_not_start_a_frame():
    assert not parse_vp8(b"\x11\x00data", 0, 6).starts_frame


@pytest.mark.parametrize(
    ("payload", "picture_id", "expected"),
    [
        (b"\x90\xc0\x81\x02\x07\x01", 0x7FFF, b"\x90\xc0\xff\xff\x63\x01"),
        (b"\x90\xc0\x81\x02\x07\x01", 0x8005, b"\x90\xc0\x80\x05\x63\x01"),
        (b"\x90\xc0\x05\x07\x01", 0x1FF, b"\x90\xc0\x7f\x63\x01"),
        (b"\x10\x01", 9, b"\x10\x01"),
    ],
)
def test_rewriting_keeps_the_width(payload, picture_id, expected):
    assert rewrite_vp8(payload, parse_vp8(payload, 0, len(payload)), picture_id, 0x163) == expected


def test_rewriting_a_packet_of_chromium_changes_nothing_else():
    data = vector("rtp_vp8_keyframe_q")
    payload = data[rtp.payload_start(data, len(data)) :]
    vp8 = parse_vp8(payload, 0, len(payload))
    changed = rewrite_vp8(payload, vp8, 5, 6)
    assert parse_vp8(changed, 0, len(changed)) == vp8._replace(picture_id=5, tl0=6)
    assert rewrite_vp8(changed, vp8, vp8.picture_id, vp8.tl0) == payload


@given(st.binary(max_size=20), st.binary(max_size=3), st.binary(max_size=3))
def test_garbage_is_none_or_stays_inside(payload, before, behind):
    data = before + payload + behind
    vp8 = parse_vp8(data, len(before), len(before) + len(payload))
    assert vp8 == parse_vp8(payload, 0, len(payload))
    if vp8:
        assert vp8.header_size < len(payload)
        assert len(rewrite_vp8(payload, vp8, 1, 2)) == len(payload)


def test_a_cut_keyframe_is_none():
    data = vector("rtp_vp8_keyframe_q")
    start = rtp.payload_start(data, len(data))
    header_size = parse_vp8(data, start, len(data)).header_size
    for length in range(header_size + 10):
        assert parse_vp8(data, start, start + length) is None

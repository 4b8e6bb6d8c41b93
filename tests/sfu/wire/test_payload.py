"""The VP8 descriptor, from Chromium, by hand and as garbage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfu.wire import rtp
from sfu.wire.payload import parse_vp8
from tests.vectors import vector


def parse(name):
    data = vector(name)
    return parse_vp8(data, rtp.payload_start(data, len(data)), rtp.payload_end(data, len(data)))


@pytest.mark.parametrize("layer", ["q", "h", "f"])
def test_a_keyframe_of_chromium(layer):
    vp8 = parse(f"rtp_vp8_keyframe_{layer}")
    assert vp8.starts_frame
    assert vp8.keyframe
    assert vp8.picture_id_bits == 15
    assert vp8.tl0 >= 0


def test_packets_behind_a_keyframe_do_not_start_one():
    vp8 = parse("rtp_vp8_continuation")
    assert not vp8.starts_frame
    assert not vp8.keyframe
    assert vp8.picture_id == parse("rtp_vp8_keyframe_f").picture_id


def test_an_upper_temporal_layer():
    vp8 = parse("rtp_vp8_upper_layer")
    assert vp8.starts_frame
    assert not vp8.keyframe


def test_a_descriptor_of_one_byte():
    vp8 = parse_vp8(b"\x10\x01data", 0, 6)
    assert (vp8.header_size, vp8.starts_frame, vp8.keyframe) == (1, True, False)
    assert (vp8.picture_id, vp8.picture_id_bits, vp8.tl0) == (-1, 0, -1)


def test_the_key_index_takes_a_byte_of_its_own():
    assert parse_vp8(b"\x80\x10\xff\x01", 0, 4).header_size == 3


def test_other_partitions_do_not_start_a_frame():
    assert not parse_vp8(b"\x11\x00data", 0, 6).starts_frame


@given(st.binary(max_size=20), st.binary(max_size=3), st.binary(max_size=3))
def test_garbage_is_none_or_stays_inside(payload, before, behind):
    data = before + payload + behind
    vp8 = parse_vp8(data, len(before), len(before) + len(payload))
    assert vp8 == parse_vp8(payload, 0, len(payload))
    if vp8:
        assert vp8.header_size < len(payload)

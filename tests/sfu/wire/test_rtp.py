"""RTP headers of Chromium, round trips and garbage."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfu.wire import rtp
from tests.vectors import vector

ONE_BYTE = st.dictionaries(st.integers(1, 14), st.binary(min_size=1, max_size=16))
TWO_BYTE = st.dictionaries(st.integers(1, 255), st.binary(max_size=255), max_size=5)


def packet(*, first=0x80, csrcs=0, extension=None, profile=rtp.ONE_BYTE_PROFILE, payload=b"payload", padding=b""):
    first |= csrcs | (rtp.EXTENSION if extension is not None else 0) | (rtp.PADDING if padding else 0)
    data = rtp.HEADER.pack(first, 96, 7, 3000, 1234) + bytes(4 * csrcs)
    if extension is not None:
        extension += bytes(-len(extension) % 4)
        data += struct.pack("!HH", profile, len(extension) // 4) + extension
    return data + payload + padding


def one_byte(values):
    return b"".join(bytes([ident << 4 | len(value) - 1]) + value for ident, value in values.items())


def two_byte(values):
    return b"".join(bytes([ident, len(value)]) + value for ident, value in values.items())


def test_a_voice_packet_of_chromium():
    data = vector("rtp_opus")
    found, start = rtp.extensions(data, len(data))
    assert bytes(found[4]) == b"0"
    assert rtp.audio_level(found[1][0]) == (True, -11)
    assert rtp.find_extension(data, len(data), 3) == data.index(found[3], 12)
    assert start < rtp.payload_end(data, len(data)) == len(data)


def test_a_probe_of_chromium_has_no_payload():
    data = vector("rtp_probe")
    assert rtp.payload_end(data, len(data)) == rtp.payload_start(data, len(data))


def test_only_size_counts_in_a_reused_buffer():
    data = packet(payload=b"abc", padding=b"\0\2")
    buffer = bytearray(data + b"\xff" * 100)
    assert rtp.payload_end(buffer, len(data)) == len(data) - 2
    with pytest.raises(ValueError, match="shorter than its header"):
        rtp.payload_start(buffer, 11)


@given(ONE_BYTE, st.integers(0, 15))
def test_one_byte_extensions(values, csrcs):
    data = packet(extension=one_byte(values), csrcs=csrcs)
    found, start = rtp.extensions(data, len(data))
    assert found == values
    assert data[start:] == b"payload"


@given(TWO_BYTE, st.integers(0, 15))
def test_two_byte_extensions(values, application_bits):
    data = packet(extension=two_byte(values), profile=rtp.TWO_BYTE_PROFILE | application_bits)
    found, start = rtp.extensions(data, len(data))
    assert found == values
    assert data[start:] == b"payload"


def test_finding_one_extension():
    data = packet(extension=b"\0" + one_byte({3: b"ab", 5: b"c"}))
    assert data[rtp.find_extension(data, len(data), 3) :].startswith(b"ab")
    assert data[rtp.find_extension(data, len(data), 5) :].startswith(b"c")
    assert rtp.find_extension(data, len(data), 4) == -1
    plain = packet()
    assert rtp.find_extension(plain, len(plain), 3) == -1
    empty = packet(extension=two_byte({3: b""}), profile=rtp.TWO_BYTE_PROFILE)
    assert rtp.find_extension(empty, len(empty), 3) == -1


def test_nothing_is_read_behind_the_reserved_identifier():
    data = packet(extension=one_byte({3: b"a"}) + b"\xf0x" + one_byte({4: b"b"}))
    assert rtp.extensions(data, len(data))[0] == {3: b"a"}


def test_an_unknown_profile_is_skipped():
    data = packet(extension=b"abcd", profile=0x1234)
    assert rtp.extensions(data, len(data)) == ({}, 20)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (b"\x80", "shorter than its header"),
        (packet(first=0x40), "version"),
        (packet(csrcs=3, payload=b"")[:-1], "contributing sources"),
        (packet(extension=b"", payload=b"")[:-1], "header extension runs"),
        (packet(extension=b"abcd", payload=b"")[:-1], "header extension runs"),
        (packet(padding=b"\0"), "padding length is zero"),
        (packet(payload=b"", padding=b"\2"), "padding length runs"),
    ],
)
def test_a_wrong_packet_is_told_by_field(data, field):
    with pytest.raises(ValueError, match=field):
        rtp.payload_end(data, len(data))


@pytest.mark.parametrize(
    ("extension", "profile"),
    [
        (b"\x3fabc", rtp.ONE_BYTE_PROFILE),
        (b"\3\7ab", rtp.TWO_BYTE_PROFILE),
        (b"\0\0\0\3", rtp.TWO_BYTE_PROFILE),
    ],
)
def test_an_element_may_not_leave_the_extension(extension, profile):
    data = packet(extension=extension, profile=profile)
    with pytest.raises(ValueError, match="element"):
        rtp.extensions(data, len(data))


@given(st.binary(max_size=64), st.sampled_from([0x80, 0x90, 0xB0, 0xBF]), st.sampled_from([0xBEDE, 0x1000]))
def test_garbage_is_a_value_error_or_stays_inside(garbage, first, profile):
    data = (rtp.HEADER.pack(first, 0, 0, 0, 0) + struct.pack("!HH", profile, 3) + garbage)[: len(garbage)]
    try:
        found, start = rtp.extensions(data, len(data))
        end = rtp.payload_end(data, len(data))
    except ValueError:
        return
    assert 12 <= start <= end <= len(data)
    assert sum(map(len, found.values())) <= start


def test_levels():
    assert rtp.audio_level(0x00) == (False, 0)
    assert rtp.audio_level(0xFF) == (True, -127)

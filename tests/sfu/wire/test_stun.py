"""Connectivity checks: of Chromium, of RFC 5769, round trips and garbage."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfu.wire import stun
from tests.vectors import vector

PASSWORD = b"302495d8bf634b87170be1b9"
TRANSACTION = b"abcdefghijkl"

# RFC 5769 2.1
RFC_REQUEST = bytes.fromhex(
    "000100582112a442b7e7a701bc34d686fa87dfae"
    "802200105354554e207465737420636c69656e74"
    "002400046e0001ff80290008932ff9b151263b36"
    "000600096576746a3a68367659202020"
    "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf"
)
RFC_PASSWORD = b"VOkJxbRl1RmTxUk/WvJxBt"


def test_a_check_of_chromium():
    data = vector("stun_binding_request")
    message = stun.parse(data)
    assert (message.method, message.kind) == (stun.BINDING, stun.REQUEST)
    assert message.username.count(":") == 1
    assert message.ice_controlling is not None
    assert message.ice_controlled is None
    assert stun.check_integrity(data, message, PASSWORD)
    assert not stun.check_integrity(data, message, PASSWORD[:-1])


def flipped(data, at):
    return data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :]


def test_every_byte_of_a_check_is_protected_twice():
    data = vector("stun_binding_request")
    without_fingerprint = data[:2] + struct.pack("!H", len(data) - 8 - 20) + data[4:-8]
    assert stun.check_integrity(without_fingerprint, stun.parse(without_fingerprint), PASSWORD)
    for at in range(len(data) - 8):
        assert stun.parse(flipped(data, at)) is None
        changed = flipped(without_fingerprint, at)
        message = stun.parse(changed)
        assert message is None or not stun.check_integrity(changed, message, PASSWORD)


def test_the_sample_of_the_rfc():
    message = stun.parse(RFC_REQUEST)
    assert message.username == "evtj:h6vY"
    assert message.priority == 0x6E0001FF
    assert message.ice_controlled == 0x932FF9B151263B36
    assert stun.check_integrity(RFC_REQUEST, message, RFC_PASSWORD)


@given(st.text(max_size=100), st.integers(0, 2**32 - 1), st.integers(0, 2**64 - 1), st.booleans(), st.booleans())
def test_a_request_comes_back(username, priority, tie_breaker, controlling, use_candidate):
    data = stun.binding_request(
        TRANSACTION,
        username,
        b"key",
        priority=priority,
        tie_breaker=tie_breaker,
        controlling=controlling,
        use_candidate=use_candidate,
    )
    message = stun.parse(bytearray(data))
    assert (message.username, message.priority, message.use_candidate) == (username, priority, use_candidate)
    assert message.ice_controlling == (tie_breaker if controlling else None)
    assert message.ice_controlled == (None if controlling else tie_breaker)
    assert message.transaction_id == TRANSACTION
    assert stun.check_integrity(data, message, b"key")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (("192.0.2.1", 32853), ("192.0.2.1", 32853)),
        (("2001:db8::7", 1), ("2001:db8::7", 1)),
        (("::ffff:192.0.2.1", 9, 0, 0), ("192.0.2.1", 9)),
    ],
)
def test_a_response_tells_the_address(address, told):
    data = stun.binding_response(TRANSACTION, address, b"key")
    message = stun.parse(data)
    assert message.kind == stun.RESPONSE
    assert message.mapped_address == told
    assert stun.check_integrity(data, message, b"key")


def attribute(kind, value):
    return stun.ATTRIBUTE.pack(kind, len(value)) + value + bytes(-len(value) % 4)


def message_of(*attributes):
    body = b"".join(attributes)
    return stun.HEADER.pack(1, len(body), stun.MAGIC, TRANSACTION) + body


# Of a message that is as long as this one with an attribute behind it.
FIRST_FINGERPRINT = (zlib.crc32(message_of(bytes(12))[:20]) ^ stun.FINGERPRINT_MASK).to_bytes(4, "big")


def test_what_stands_behind_the_integrity_does_not_count():
    data = message_of(attribute(stun.MESSAGE_INTEGRITY, bytes(20)), attribute(stun.USE_CANDIDATE, b""))
    assert not stun.parse(data).use_candidate


def test_of_two_usernames_the_first_counts():
    data = message_of(attribute(stun.USERNAME, b"one"), attribute(stun.USERNAME, b"two"))
    assert stun.parse(data).username == "one"


def test_an_unsigned_message_proves_nothing():
    data = message_of(attribute(stun.USERNAME, b"one"))
    assert not stun.check_integrity(data, stun.parse(data), b"key")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        message_of()[:-1],
        message_of() + b"abcd",
        message_of(b"\x00\x06\x00\x05abcd"),
        message_of(attribute(stun.PRIORITY, b"abc")),
        message_of(attribute(stun.MESSAGE_INTEGRITY, bytes(19))),
        message_of(attribute(stun.USERNAME, b"\xff\xfe")),
        message_of(attribute(stun.XOR_MAPPED_ADDRESS, b"\0\1\0\0abc")),
        message_of(attribute(stun.FINGERPRINT, bytes(4))),
        message_of(attribute(stun.FINGERPRINT, FIRST_FINGERPRINT), attribute(stun.USE_CANDIDATE, b"")),
        b"\x80" + message_of()[1:],
        message_of()[:4] + bytes(4) + message_of()[8:],
    ],
)
def test_what_is_not_stun_is_none(data):
    assert stun.parse(data) is None


@given(st.binary(max_size=120))
def test_garbage_is_none_or_a_message(garbage):
    stun.parse(garbage)
    body = garbage[: len(garbage) // 4 * 4]
    message = stun.parse(message_of(body))
    if message:
        assert not stun.check_integrity(message_of(body), message, b"key")


@given(st.lists(st.tuples(st.sampled_from([*range(0x30), 0x8028, 0x8029, 0x802A]), st.binary(max_size=24))))
def test_any_attributes_are_none_or_a_message(attributes):
    stun.parse(message_of(*(attribute(kind, value) for kind, value in attributes)))

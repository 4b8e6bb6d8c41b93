"""SRTP in place against pylibsrtp's own copies."""

import pylibsrtp
import pytest

from sfu.wire import srtp
from sfu.wire.rtp import HEADER
from sfu.wire.srtp import CM_TAG, GCM_TAG, Buffer, Lengths
from tests.sfu.keys import contexts, opened

PACKET = HEADER.pack(0x80, 96, 7, 3000, 1234) + bytes(range(200))


def test_the_private_names_of_pylibsrtp():
    session = contexts()[0]._session
    assert isinstance(session, pylibsrtp.Session)
    assert srtp.ffi.typeof(session._srtp).cname.startswith("struct srtp_ctx_t_ *"), "pylibsrtp holds its session anew"
    for name in ("srtp_protect", "srtp_unprotect", "srtp_unprotect_rtcp"):
        assert srtp.ffi.typeof(getattr(srtp.lib, name)).cname.endswith("(*)(struct srtp_ctx_t_ *, void *, int *)")


@pytest.mark.parametrize("tag", [GCM_TAG, CM_TAG])
def test_in_place_gives_what_a_copy_gives(tag):
    in_place, _ = contexts(tag)
    copying, receiver = contexts(tag)
    buffer = Buffer(2048)
    buffer.bytes[: len(PACKET)] = PACKET
    srtp.length[0] = len(PACKET)
    assert srtp.protect_in_place(in_place.handle, buffer.pointer, srtp.length) == 0
    assert srtp.length[0] == len(PACKET) + tag
    assert bytes(buffer.bytes[: srtp.length[0]]) == copying.protect(PACKET)
    assert opened(receiver, bytes(buffer.bytes[: srtp.length[0]])) == PACKET


@pytest.mark.parametrize("tag", [GCM_TAG, CM_TAG])
def test_a_changed_bit_is_not_authentic(tag):
    sender, receiver = contexts(tag)
    protected = bytearray(sender.protect(PACKET))
    protected[50] ^= 1
    buffer = Buffer(2048)
    buffer.bytes[: len(protected)] = protected
    assert receiver.unprotect(buffer, len(protected)) == -1


def test_another_key_is_not_authentic():
    stranger, (_, receiver) = contexts(secret=2)[0], contexts(secret=1)
    buffer = Buffer(2048)
    for protected, unprotect in (
        (stranger.protect(PACKET), receiver.unprotect),
        (stranger.protect_rtcp(b"\x80\xc9\0\1\0\0\0\7"), receiver.unprotect_rtcp),
    ):
        buffer.bytes[: len(protected)] = protected
        assert unprotect(buffer, len(protected)) == -1


def test_a_packet_counts_once():
    sender, receiver = contexts()
    protected = sender.protect(PACKET)
    opened(receiver, protected)
    with pytest.raises(AssertionError, match="not authentic"):
        opened(receiver, protected)


def test_lengths_are_set_in_one_copy():
    lengths = Lengths(6)
    lengths.fill(Lengths.pattern([7, 8], 3))
    assert [place[0] for place in lengths.places] == 3 * [7, 8]
    lengths.places[1][0] = 99
    lengths.fill(Lengths.pattern([1], 2))
    assert [place[0] for place in lengths.places] == [1, 1, 7, 8, 7, 8]

"""Runs as receivers decrypt them, over a socket that cuts, refuses or does neither."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfu.wire.audience import Audience
from sfu.wire.fanout import MOST_PADDING, split
from sfu.wire.outlet import abs_send_time, rewritten
from sfu.wire.payload import parse_vp8
from sfu.wire.ring import Packet
from sfu.wire.rows import BATCH, LONE_BATCH, MOST_PACKETS, MOST_PAYLOAD
from sfu.wire.rtp import extensions
from sfu.wire.srtp import CM_TAG, GCM_TAG
from tests.sfu.keys import opened
from tests.sfu.wire.receivers import NOW, Receiver, Socket, picture


def test_each_receiver_gets_its_own_header(fanout):
    socket, receivers = Socket(), [Receiver(1, ssrc=11, payload_type=96), Receiver(2, ssrc=22, payload_type=120)]
    receivers[0].outlet.number_offset, receivers[0].outlet.timestamp_offset = 1000, 500
    receivers[1].outlet.number_offset, receivers[1].outlet.timestamp_offset = -90, -9000
    run = picture([1000, 1000, 400])
    fanout(socket).send(run, Audience([r.outlet for r in receivers]), NOW)
    payloads = [packet.payload for packet in run]
    assert receivers[0].got(socket) == [
        (marker, 96, 1100 + i, 9500, 11, payloads[i]) for i, marker in enumerate((0, 0, 1))
    ]
    assert receivers[1].got(socket) == [(marker, 120, 10 + i, 0, 22, payloads[i]) for i, marker in enumerate((0, 0, 1))]
    assert socket.calls == 2
    assert socket.strides == [20 + 1000 + GCM_TAG, 0], "the socket cuts only this run"


def test_the_last_packet_of_a_run_is_as_short_as_it_is(fanout):
    socket, receiver = Socket(), Receiver(1)
    fanout(socket).send(picture([1000, 1000, 3]), Audience([receiver.outlet]), NOW)
    assert [len(d) for d in socket.sent[receiver.address]] == [1036, 1036, 39]


def test_shorter_packets_are_padded_to_the_longest(fanout):
    socket, receiver = Socket(), Receiver(1)
    run = picture([990, 1000, 999, 100])
    fanout(socket).send(run, Audience([receiver.outlet]), NOW)
    assert [len(d) for d in socket.sent[receiver.address]] == [1036] * 3 + [136]
    assert receiver.payloads(socket) == [packet.payload for packet in run]


def test_the_send_time_stands_in_every_packet(fanout):
    socket, receiver = Socket(), Receiver(1, extension_id=5)
    fanout(socket).send(picture([100, 100]), Audience([receiver.outlet]), NOW)
    for datagram in socket.sent[receiver.address]:
        data = opened(receiver.context, datagram)
        values, _ = extensions(data, len(data))
        assert {i: bytes(v) for i, v in values.items()} == {5: abs_send_time(NOW).to_bytes(3, "big")}


def test_send_time_is_a_fixed_point_of_seconds():
    assert abs_send_time(1_500_000) == 3 << 17
    assert abs_send_time(64_000_000) == 0


def test_numbers_and_timestamps_wrap(fanout):
    socket, receiver = Socket(), Receiver(1)
    receiver.outlet.number_offset = 65534 - 100
    receiver.outlet.timestamp_offset = 2**32 - 9000 - 1
    fanout(socket).send(picture([10, 10, 10, 10]), Audience([receiver.outlet]), NOW)
    assert receiver.numbers(socket) == [65534, 65535, 0, 1]
    assert {timestamp for _, _, _, timestamp, _, _ in receiver.got(socket)} == {2**32 - 1}


def test_a_gap_in_the_run_stays_a_gap(fanout):
    socket, receiver = Socket(), Receiver(1)
    run = picture([10, 10, 10, 10])
    del run[1]
    fanout(socket).send(run, Audience([receiver.outlet]), NOW)
    assert receiver.numbers(socket) == [100, 102, 103]


def test_picture_ids_and_tl0_wrap(fanout):
    socket, changed, plain = Socket(), Receiver(1), Receiver(2)
    changed.outlet.picture_offset, changed.outlet.tl0_offset = 3, 7
    run = picture([1000, 800], picture_id=0x7FFE, tl0=250)
    fanout(socket).send(run, Audience([plain.outlet, changed.outlet]), NOW)
    assert plain.payloads(socket) == [packet.payload for packet in run]
    for packet, payload in zip(run, changed.payloads(socket), strict=True):
        read = parse_vp8(payload, 0, len(payload))
        assert (read.picture_id, read.tl0) == (1, 1)
        assert payload[5:] == packet.payload[5:]
        assert payload == rewritten(packet, changed.outlet), "a retransmission repeats these bytes"


def test_a_payload_without_picture_id_is_never_rewritten(fanout):
    socket, receiver = Socket(), Receiver(1)
    receiver.outlet.picture_offset = 3
    run = picture([50])
    fanout(socket).send(run, Audience([receiver.outlet]), NOW)
    assert receiver.payloads(socket) == [run[0].payload] == [rewritten(run[0], receiver.outlet)]


def test_a_run_of_unlike_descriptors_is_sent_in_parts(fanout):
    """What a publisher mixes must not reach a receiver rewritten at the wrong place."""
    socket, receiver = Socket(), Receiver(1)
    receiver.outlet.picture_offset, receiver.outlet.tl0_offset = 1, 1
    run = picture([100, 100, 100], picture_id=5, tl0=5)
    for at, payload in ((1, b""), (2, b"abc")):
        run[at] = Packet(100 + at, 9000, at == 2, payload, NOW)
    fanout(socket).send(run, Audience([receiver.outlet]), NOW)
    assert receiver.numbers(socket) == [100, 101, 102]
    assert receiver.payloads(socket)[1:] == [b"", b"abc"]


def test_old_and_new_ciphers_in_one_room(fanout):
    socket = Socket()
    receivers = [Receiver(port, tag) for port, tag in enumerate((GCM_TAG, CM_TAG, GCM_TAG, CM_TAG))]
    run = picture([700, 690, 300])
    sender = fanout(socket)
    sender.send(run, Audience([r.outlet for r in receivers]), NOW)
    for receiver in receivers:
        assert receiver.payloads(socket) == [packet.payload for packet in run]
    assert sorted(s for s in socket.strides if s) == [20 + 700 + CM_TAG, 20 + 700 + GCM_TAG]


def test_without_segmentation_each_packet_goes_alone(fanout):
    socket, receivers = Socket(segmenting=False), [Receiver(1), Receiver(2)]
    run = picture([1000, 1000, 400])
    sender = fanout(socket)
    sender.send(run, Audience([r.outlet for r in receivers]), NOW)
    for receiver in receivers:
        assert receiver.payloads(socket) == [packet.payload for packet in run]
    assert socket.calls == sender.messages == 6


def test_a_single_packet_needs_no_segmentation(fanout):
    socket, receiver = Socket(), Receiver(1)
    fanout(socket).send(picture([500]), Audience([receiver.outlet]), NOW)
    assert socket.strides == []
    assert receiver.numbers(socket) == [100]


def test_what_the_socket_does_not_take_is_handed_back(fanout):
    socket, receivers = Socket(), [Receiver(1), Receiver(2)]
    socket.obstacles = [BlockingIOError()]
    fanout(socket).send(picture([100, 100, 50]), Audience([r.outlet for r in receivers]), NOW)
    [(error, data, stride, address, urgent)] = socket.refused
    assert isinstance(error, BlockingIOError)
    assert (stride, address, urgent) == (136, receivers[0].address, False)
    assert len(receivers[1].got(socket)) == 3
    socket.sent[address] = [data[at : at + stride] for at in range(0, len(data), stride)]
    assert receivers[0].numbers(socket) == [100, 101, 102], "whole and in order, to be sent later"


def test_what_cannot_be_encrypted_does_not_leave(fanout):
    socket, receivers = Socket(), [Receiver(1), Receiver(2)]
    sender = fanout(socket)
    sender.send(picture([30], number=5000), Audience([receivers[0].outlet]), NOW)
    # Out of libsrtp's window for the one, new for the other.
    sender.send(picture([100, 100], number=100), Audience([r.outlet for r in receivers]), NOW)
    assert receivers[0].numbers(socket) == [5000]
    assert receivers[1].numbers(socket) == [100, 101]
    assert sender.unprotected == 1
    assert (sender.packets, sender.messages) == (3, 2)


@pytest.mark.parametrize("segmenting", [True, False])
@pytest.mark.parametrize("sizes", [[90, 80, 70], [60]])
def test_an_urgent_run_goes_first_and_the_other_is_finished(fanout, segmenting, sizes):
    socket, receivers = Socket(segmenting), [Receiver(port) for port in range(2 * BATCH + 1)]
    voice, came = picture([100], number=7, timestamp=480), []
    audience = Audience([r.outlet for r in receivers], urgent=True)

    def meanwhile():
        if not came:
            came.append(sum(len(datagrams) for datagrams in socket.sent.values()))
            sender.send(voice, audience, NOW + 3000)
            return NOW + 3000
        return None

    sender = fanout(socket, meanwhile)
    run = picture(sizes, number=100)
    sender.send(run, Audience([r.outlet for r in receivers]), NOW)
    numbers = list(range(100, 100 + len(sizes)))
    assert came == [BATCH * len(sizes)]
    assert {tuple(r.numbers(socket)) for r in receivers[:BATCH]} == {(*numbers, 7)}
    assert {tuple(r.numbers(socket)) for r in receivers[BATCH:]} == {(7, *numbers)}
    assert {r.stamps[-1] for r in receivers[:BATCH]} == {r.stamps[0] for r in receivers[BATCH:]}
    assert {r.stamps[-1] for r in receivers[BATCH:]} == {abs_send_time(NOW + 3000)}, "nothing seems to have left before"
    assert receivers[-1].payloads(socket) == [voice[0].payload, *(packet.payload for packet in run)]
    assert sender.packets == len(receivers) * (len(sizes) + 1)
    assert socket.stride == 0


def test_a_run_in_parts_gives_way_between_them(fanout):
    socket, receiver, looks = Socket(), Receiver(1), []
    run = picture([1000, 1000, 100, 100])
    fanout(socket, lambda: looks.append(len(socket.sent[receiver.address]))).send(run, Audience([receiver.outlet]), NOW)
    assert looks == [3]
    assert receiver.payloads(socket) == [packet.payload for packet in run]


def test_nothing_goes_before_an_urgent_run(fanout):
    socket, receivers = Socket(), [Receiver(port) for port in range(BATCH + 1)]
    sender = fanout(socket, lambda: pytest.fail("interrupted"))
    sender.send(picture([100]), Audience([r.outlet for r in receivers], urgent=True), NOW)
    assert receivers[-1].numbers(socket) == [100]


def test_an_urgent_run_is_one_packet(fanout):
    socket, receiver = Socket(), Receiver(1)
    with pytest.raises(ValueError, match="one packet"):
        fanout(socket).send(picture([100, 100]), Audience([receiver.outlet], urgent=True), NOW)
    assert socket.calls == 0


def test_an_urgent_run_reaches_more_than_one_call_takes(fanout):
    socket, receivers = Socket(), [Receiver(port) for port in range(LONE_BATCH + 1)]
    fanout(socket).send(picture([MOST_PAYLOAD]), Audience([r.outlet for r in receivers], urgent=True), NOW)
    assert {tuple(r.numbers(socket)) for r in receivers} == {(100,)}


def test_what_was_sent_is_counted(fanout):
    socket, receivers = Socket(), [Receiver(1), Receiver(2)]
    sender = fanout(socket)
    sender.send(picture([100, 90, 50]), Audience([r.outlet for r in receivers]), NOW)
    assert (sender.packets, sender.octets, sender.messages) == (6, 480, 2)


def test_nobody_to_send_to(fanout):
    socket = Socket()
    fanout(socket).send(picture([100, 100]), Audience([]), NOW)
    assert socket.calls == 0


@pytest.mark.parametrize("count", [1, MOST_PACKETS, MOST_PACKETS + 1, 3 * MOST_PACKETS])
def test_no_part_is_longer_than_the_kernel_takes(count):
    assert all(len(part) <= MOST_PACKETS for part in split(picture([1000] * count)))


@given(st.lists(st.integers(0, MOST_PAYLOAD), min_size=1, max_size=60))
def test_whatever_the_sizes_every_packet_arrives_in_order(fanout, sizes):
    socket, receiver = Socket(), Receiver(1)
    run = picture(sizes)
    fanout(socket).send(run, Audience([receiver.outlet]), NOW)
    assert receiver.numbers(socket) == list(range(100, 100 + len(sizes)))
    assert receiver.payloads(socket) == [packet.payload for packet in run]
    for part in split(run):
        padded = [len(packet.payload) for packet in part[:-1]]
        assert not padded or max(padded) - min(padded) <= MOST_PADDING
        assert all(len(part[-1].payload) <= size + MOST_PADDING for size in padded)


@given(st.integers(0, 2**15 - 1), st.integers(0, 255), st.integers(0, 2**15 - 1), st.integers(0, 255))
def test_whatever_the_offsets_a_retransmission_repeats_what_was_sent(
    fanout, picture_id, tl0, picture_offset, tl0_offset
):
    socket, receiver = Socket(), Receiver(1)
    receiver.outlet.picture_offset, receiver.outlet.tl0_offset = picture_offset, tl0_offset
    run = picture([40, 30], picture_id=picture_id, tl0=tl0)
    fanout(socket).send(run, Audience([receiver.outlet]), NOW)
    assert receiver.payloads(socket) == [rewritten(packet, receiver.outlet) for packet in run]

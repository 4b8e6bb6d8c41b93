"""Runs as receivers decrypt them, over a socket that cuts, refuses or does neither."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sfu.wire import compiled, compiling
from sfu.wire.audience import Audience
from sfu.wire.fanout import MOST_PADDING, MOST_RIDES, Fanout, split
from sfu.wire.outlet import Outlet, abs_send_time, rewritten
from sfu.wire.payload import parse_vp8
from sfu.wire.ring import Packet
from sfu.wire.rows import BATCH, LONE_BATCH, MOST_PACKETS, MOST_PAYLOAD
from sfu.wire.rtp import HEADER, extensions, payload_end, payload_start
from sfu.wire.srtp import CM_TAG, GCM_TAG
from tests.sfu.keys import contexts, opened
from tests.sfu.outbox import Outbox

NOW = 5_000_000
VOICE_SSRC = 99


class Socket:
    """Keeps what is sent, cut as the kernel would; `obstacles` are raised first."""

    def __init__(self, segmenting=True):
        self.segmenting = segmenting
        self.stride = 0
        self.strides = []
        self.calls = 0
        self.sent = {}  # address → datagrams
        self.obstacles = []
        self.refused = []

    def sendto(self, data, address):
        self.calls += 1
        if self.obstacles:
            raise self.obstacles.pop(0)
        step = self.stride or len(data)
        for at in range(0, len(data), step):
            self.sent.setdefault(address, []).append(bytes(data[at : at + step]))
        return len(data)

    def segment(self, stride):
        self.strides.append(stride)
        self.stride = stride if self.segmenting else 0
        return self.segmenting

    def refuse(self, error, data, stride, address, urgent):
        self.refused.append((error, bytes(data), stride, address, urgent))


class Receiver:
    """One outlet and the other end of its line."""

    def __init__(self, port, tag=GCM_TAG, ssrc=77, payload_type=96, extension_id=2):
        sender, self.context = contexts(tag)
        self.outlet = Outlet(ssrc, payload_type, extension_id)
        self.address = ("receiver", port)
        self.outlet.connect(self.address, sender, self.address)
        self.voice = Outlet(VOICE_SSRC, 111, extension_id)
        self.voice.connect(self.address, sender, self.address)
        self._got = []
        self.stamps = []  # abs-send-time of each packet

    def got(self, socket):
        """(header fields, payload) of each packet, without padding."""
        for datagram in socket.sent.pop(self.address, []):
            data = opened(self.context, datagram)
            self.stamps += [int.from_bytes(value, "big") for value in extensions(data, len(data))[0].values()]
            _, second, sequence, timestamp, ssrc = HEADER.unpack_from(data)
            payload = data[payload_start(data, len(data)) : payload_end(data, len(data))]
            self._got.append((second >> 7, second & 127, sequence, timestamp, ssrc, payload))
        return self._got

    def numbers(self, socket):
        return [sequence for _, _, sequence, _, _, _ in self.got(socket)]

    def payloads(self, socket):
        return [payload for *_, payload in self.got(socket)]

    def voices(self, socket):
        """Sequence numbers of what came in the voice slot."""
        return [sequence for _, _, sequence, _, ssrc, _ in self.got(socket) if ssrc == VOICE_SSRC]


@pytest.fixture(params=["plain", "compiled"], scope="module")
def fanout(request):
    """A fan-out through a `Socket`, its rows written in Python or in C."""
    if request.param == "compiled" and compiling.build() is None:
        pytest.skip("there is no C compiler")

    def through(socket, meanwhile=None):
        outbox = Outbox(socket)
        rows = compiled.rows(outbox.buffer, request.param == "compiled")
        return Fanout(outbox, rows, socket.sendto, socket.segment, socket.refuse, meanwhile)

    return through


def vp8(picture_id, tl0, size, first=True):
    """A payload with a descriptor that holds both indices, and `size` bytes of picture."""
    return bytes([0x90 if first else 0x80, 0xE0]) + struct.pack("!HBB", 0x8000 | picture_id, tl0, 0) + bytes(size)


def picture(sizes, number=100, timestamp=9000, picture_id=-1, tl0=-1):
    """A run; its packets have `sizes` bytes of payload."""
    packets = []
    for at, size in enumerate(sizes):
        payload = bytes([at + 1]) * size if picture_id < 0 else vp8(picture_id, tl0, size - 6, at == 0)
        packets.append(Packet(number + at, timestamp, at == len(sizes) - 1, payload, NOW, at == 0, picture_id, tl0))
    return packets


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


def spoken(number, size=100):
    """A voice's packet as a run."""
    return [Packet(number, 480 * number, False, bytes([number]) * size, NOW)]


class Interrupted:
    """A fan-out in whose pauses `voices` are sent to `hearers`: by the pause's number, those that come then."""

    def __init__(self, fanout, socket, hearers, voices):
        self.sender = fanout(socket, self.meanwhile)
        self.audience = Audience([r.voice for r in hearers], urgent=True)
        self._voices, self.pauses = voices, 0

    def meanwhile(self):
        self.pauses += 1
        came = self._voices.get(self.pauses, ())
        for number in came:
            self.sender.send(spoken(number), self.audience, NOW + 1000 * self.pauses)
        return NOW + 1000 * self.pauses if came else None

    def send(self, run, viewers):
        self.sender.send(run, Audience([r.outlet for r in viewers]), NOW)


def test_a_voice_rides_with_what_is_left_of_a_picture(fanout):
    socket, receivers = Socket(), [Receiver(port) for port in range(2 * BATCH + 1)]
    show = Interrupted(fanout, socket, receivers, {1: [7]})
    run = picture([1000, 1000, 990])
    show.send(run, receivers)
    assert {tuple(r.numbers(socket)) for r in receivers} == {(100, 101, 102, 7)}
    assert receivers[-1].payloads(socket) == [*(packet.payload for packet in run), spoken(7)[0].payload]
    assert [slot for _, slot, *_ in receivers[-1].got(socket)] == [96, 96, 96, 111]
    assert {len(set(r.stamps)) for r in receivers[BATCH:]} == {1}, "all of a message leaves at once"
    assert receivers[-1].stamps[0] == abs_send_time(NOW + 1000)
    assert socket.calls == show.sender.messages == len(receivers) + BATCH
    assert show.sender.ridden == BATCH + 1
    assert show.sender.packets == 4 * len(receivers)
    assert show.sender.octets == (2990 + 100) * len(receivers)
    assert socket.stride == 0


def test_a_second_voice_does_not_overtake_the_one_that_rides(fanout):
    socket, receivers = Socket(), [Receiver(port) for port in range(3 * BATCH)]
    show = Interrupted(fanout, socket, receivers, {1: [7], 2: [8]})
    show.send(picture([1000, 1000]), receivers)
    assert {tuple(r.voices(socket)) for r in receivers} == {(7, 8)}
    assert show.sender.ridden == BATCH


def test_a_voice_that_nobody_waits_for_takes_no_seat(fanout):
    """One fan-out serves several rooms."""
    socket, receivers = Socket(), [Receiver(port) for port in range(2 * BATCH)]
    strangers = [Receiver(port) for port in range(100, 140)]
    show = Interrupted(fanout, socket, receivers, {1: [7]})
    elsewhere, heard = Audience([r.voice for r in strangers], urgent=True), show.meanwhile

    def meanwhile():
        show.sender.send(spoken(9), elsewhere, NOW)
        return heard()

    show.sender = fanout(socket, meanwhile)
    show.send(picture([1000, 990]), receivers)
    assert show.sender.ridden == BATCH
    assert {tuple(r.voices(socket)) for r in receivers} == {(7,)}
    assert {tuple(r.voices(socket)) for r in strangers} == {(9,)}


def test_what_rides_leaves_when_the_picture_does(fanout):
    socket, receivers, times = Socket(), [Receiver(port) for port in range(3 * BATCH)], [NOW + 2000, NOW + 1000]
    show = Interrupted(fanout, socket, receivers, {1: [7]})
    heard = show.meanwhile

    def meanwhile():
        heard()
        return times.pop()  # in the second pause somebody was heard who has no slot

    show.sender = fanout(socket, meanwhile)
    show.send(picture([1000, 1000]), receivers)
    assert len(receivers[-1].got(socket)) == 3
    assert receivers[-1].stamps == [abs_send_time(NOW + 2000)] * 3


def test_who_does_not_wait_for_the_picture_hears_at_once(fanout):
    socket, receivers = Socket(), [Receiver(port) for port in range(3 * BATCH)]
    viewers, speaker = receivers[:-2], receivers[BATCH]
    show = Interrupted(fanout, socket, [r for r in receivers if r is not speaker], {1: [7]})
    show.send(picture([1000, 1000]), viewers)
    assert {tuple(r.numbers(socket)) for r in receivers[2 * BATCH : -2]} == {(100, 101, 7)}
    assert {tuple(r.numbers(socket)) for r in receivers[-2:]} == {(7,)}
    assert speaker.numbers(socket) == [100, 101]
    assert {tuple(r.numbers(socket)) for r in receivers[BATCH + 1 : 2 * BATCH]} == {(7, 100, 101)}, "beside the speaker"


def test_nobody_hears_twice_who_sees_twice(fanout):
    socket, receivers = Socket(), [Receiver(port) for port in range(BATCH + 3)]
    show = Interrupted(fanout, socket, receivers, {1: [7]})
    again = Outlet(78, 96, 2)
    again.connect(receivers[-1].address, receivers[-1].outlet.context, receivers[-1].address)
    show.sender.send(picture([1000, 1000]), Audience([*(r.outlet for r in receivers[1:]), again]), NOW)
    assert {tuple(r.voices(socket)) for r in receivers} == {(7,)}


@pytest.mark.parametrize(
    ("sizes", "voice"), [([1000, 1000], 1000), ([110, 110], 100), ([1000, 1000, 900], 100), ([1000], 100)]
)
def test_what_has_no_room_for_a_voice_lets_it_pass(fanout, sizes, voice, monkeypatch):
    socket, receivers = Socket(), [Receiver(port) for port in range(BATCH + 40)]
    monkeypatch.setattr("tests.sfu.wire.test_fanout.spoken", lambda number: picture([voice], number))
    show = Interrupted(fanout, socket, receivers, {1: [7]})
    show.send(picture(sizes), receivers)
    rides = sizes == [110, 110]
    assert show.sender.ridden == (40 if rides else 0)
    assert {r.voices(socket)[0] for r in receivers} == {7}
    assert (receivers[-1].numbers(socket)[0] == 7) is not rides


def test_who_would_wait_too_long_hears_at_once(fanout):
    socket, receivers = Socket(), [Receiver(port) for port in range((MOST_RIDES + 3) * BATCH)]
    show = Interrupted(fanout, socket, receivers, {2: [7]})
    show.send(picture([1000, 1000]), receivers)
    assert show.sender.ridden == MOST_RIDES * BATCH
    assert {tuple(r.numbers(socket)) for r in receivers[:-BATCH]} == {(100, 101, 7)}
    assert {tuple(r.numbers(socket)) for r in receivers[-BATCH:]} == {(7, 100, 101)}


def test_few_who_wait_are_not_worth_the_seats(fanout):
    socket, receivers = Socket(), [Receiver(port) for port in range(4 * BATCH + 1)]
    show = Interrupted(fanout, socket, receivers, {4: [7]})
    show.send(picture([1000, 1000]), receivers)
    assert show.sender.ridden == 0
    assert {tuple(r.voices(socket)) for r in receivers} == {(7,)}


def test_a_message_with_a_voice_is_handed_back_whole(fanout):
    socket, receivers = Socket(), [Receiver(port) for port in range(BATCH + 20)]
    show = Interrupted(fanout, socket, receivers, {1: [7]})
    run, refuse = picture([1000, 1000]), socket.sendto

    def full(data, address):
        if address == receivers[-1].address:
            raise BlockingIOError
        return refuse(data, address)

    socket.sendto = full
    show.send(run, receivers)
    [(_, data, stride, address, urgent)] = socket.refused
    assert urgent, "it is kept as long as a voice"
    socket.sent[address] = [data[at : at + stride] for at in range(0, len(data), stride)]
    assert receivers[-1].numbers(socket) == [100, 101, 7]


def test_a_message_whose_voice_cannot_be_encrypted_does_not_leave(fanout):
    socket, receivers = Socket(), [Receiver(port) for port in range(BATCH + 20)]
    show = Interrupted(fanout, socket, receivers, {1: [7]})
    # Then 7 is out of libsrtp's window for the last.
    show.sender.send(picture([30], number=5000), Audience([receivers[-1].voice], urgent=True), NOW)
    show.send(picture([1000, 1000]), receivers)
    assert receivers[-1].numbers(socket) == [5000]
    assert receivers[-2].numbers(socket) == [100, 101, 7]
    assert show.sender.unprotected == 1


@given(
    sizes=st.lists(st.integers(80, 140), min_size=1, max_size=20),
    tags=st.lists(st.sampled_from([GCM_TAG, CM_TAG]), min_size=2 * BATCH + 5, max_size=2 * BATCH + 5),
    viewers=st.sets(st.integers(0, 2 * BATCH + 4), min_size=BATCH),
    deaf=st.sets(st.integers(0, 2 * BATCH + 4), max_size=3),
    pauses=st.lists(st.integers(1, 8), max_size=6),
)
@settings(max_examples=40)
def test_whenever_voices_come_all_arrives_once_and_in_order(fanout, sizes, tags, viewers, deaf, pauses):
    socket, receivers = Socket(), [Receiver(port, tag) for port, tag in enumerate(tags)]
    voices = {}
    for number, pause in enumerate(sorted(pauses)):
        voices.setdefault(pause, []).append(number)
    hearers = [r for at, r in enumerate(receivers) if at not in deaf]
    show = Interrupted(fanout, socket, hearers, voices)
    run = picture(sizes)
    show.send(run, [receivers[at] for at in sorted(viewers)])
    came = list(range(sum(len(numbers) for pause, numbers in voices.items() if pause <= show.pauses)))
    for at, receiver in enumerate(receivers):
        heard = receiver.voices(socket)
        seen = [(sequence, payload) for _, _, sequence, _, ssrc, payload in receiver.got(socket) if ssrc != VOICE_SSRC]
        assert heard == ([] if at in deaf else came)
        assert seen == ([(packet.number, packet.payload) for packet in run] if at in viewers else [])
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

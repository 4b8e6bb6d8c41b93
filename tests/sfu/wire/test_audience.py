"""Who gets a voice with what is left of a picture, and who by itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sfu.wire.audience import Audience
from sfu.wire.fanout import MOST_RIDES
from sfu.wire.outlet import Outlet, abs_send_time
from sfu.wire.ring import Packet
from sfu.wire.rows import BATCH
from sfu.wire.srtp import CM_TAG, GCM_TAG
from tests.sfu.wire.receivers import NOW, VOICE_SSRC, Receiver, Socket, picture


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
    monkeypatch.setattr("tests.sfu.wire.test_audience.spoken", lambda number: picture([voice], number))
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

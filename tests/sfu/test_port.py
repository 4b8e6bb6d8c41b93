"""What strangers and spoofers can do to the one UDP port."""

import asyncio
import contextlib
import socket
import struct

import pytest
from structlog.testing import capture_logs

from sfu import port as ports
from sfu.port import ADDRESSES_PER_PEER, OVERTAKING, QUIET_US, TURN_US, Port
from sfu.port import BATCH as TURN
from sfu.wire import stun
from sfu.wire.audience import Audience
from sfu.wire.outlet import Outlet
from sfu.wire.ring import Packet
from sfu.wire.rows import BATCH
from tests.sfu.keys import contexts

PASSWORD = b"a password of the worker"
TRANSACTION = b"transaction!"
RTP, RTCP = bytes([0x80, 96]) + bytes(60), bytes([0x80, 201]) + bytes(60)
VOICE = RTP[:8] + b"talk" + RTP[12:]
CLIENT_HELLO, ALERT = b"\x16\xfe\xfd" + bytes(60), b"\x15\xfe\xfd" + bytes(20)


class Somebody:
    """A receiver that remembers what the port handed it."""

    def __init__(self):
        self.addresses = []
        self.in_use_us = 0
        self.places = []  # where it moved
        self.got = []

    def heard(self, now):
        pass

    def moved(self, address, now):
        self.places.append(address)

    def is_voice(self, data):
        return data[8:12] == VOICE[8:12]

    def on_dtls(self, datagram):
        self.got.append(("dtls", datagram))

    def on_rtp(self, buffer, size, now):
        self.got.append(("rtp", bytes(buffer.view[:size])))
        return True

    def on_rtcp(self, buffer, size, now):
        self.got.append(("rtcp", bytes(buffer.view[:size])))
        return True


class Place:
    """A socket of the outside."""

    def __init__(self, port):
        self._port = port
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.setblocking(False)
        self.address = self.socket.getsockname()

    async def says(self, *datagrams):
        """Send, and return when the port has read it all."""
        awaited = self._port.received + len(datagrams)
        for datagram in datagrams:
            self.socket.sendto(datagram, self._port.address)
        while self._port.received < awaited:  # noqa: ASYNC110
            await asyncio.sleep(0)

    def hears(self):
        found = []
        with contextlib.suppress(BlockingIOError):
            while True:
                found.append(self.socket.recv(4096))
        return found


def check(name="here:there", password=PASSWORD, nominate=False):
    return stun.binding_request(TRANSACTION, name, password, priority=1, tie_breaker=2, use_candidate=nominate)


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        us = 1_000_000

        def passes(self, us):
            self.us += us

    made = Clock()
    monkeypatch.setattr(ports, "monotonic_us", lambda: made.us)
    return made


@pytest.fixture
async def port():
    made = Port("127.0.0.1", 0, gso=True)
    yield made
    made.close()
    made.close()


@pytest.fixture
def place(port):
    made = []

    def make():
        made.append(Place(port))
        return made[-1]

    yield make
    for each in made:
        each.socket.close()


@pytest.fixture
def somebody(port):
    peer = Somebody()
    port.expect("here", PASSWORD, peer)
    return peer


# Strangers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("datagram", "cause"),
    [
        (CLIENT_HELLO, "dtls from an unknown address"),
        (ALERT, "dtls from an unknown address"),
        (RTP, "media from an unknown address"),
        (RTCP, "media from an unknown address"),
        (check(password=b"guessed"), "stun without the password"),
        (check("nobody:there"), "stun for nobody here"),
        (check(""), "stun for nobody here"),
        (stun.binding_response(TRANSACTION, ("127.0.0.1", 1), PASSWORD), "not a stun binding request"),
        (check()[:-9], "not a stun binding request"),
        (b"\0", "not a stun binding request"),
        (b"", "neither stun, dtls nor rtp"),
        (b"GET / HTTP/1.1\r\n\r\n", "neither stun, dtls nor rtp"),
        (b"\xff" * 100, "neither stun, dtls nor rtp"),
    ],
)
async def test_a_stranger_is_counted_and_leaves_nothing(port, place, somebody, datagram, cause):
    stranger = place()
    await stranger.says(datagram)
    assert stranger.hears() == []
    assert port.drops == {cause: 1}
    assert (somebody.addresses, somebody.places, somebody.got) == ([], [], [])
    assert port._known == {}


async def test_an_answer_is_not_longer_than_the_question(port, place, somebody):
    caller = place()
    await caller.says(check())
    [answer] = caller.hears()
    assert len(answer) <= len(check())
    message = stun.parse(answer)
    assert (message.kind, message.transaction_id) == (stun.RESPONSE, TRANSACTION)
    assert message.mapped_address == caller.address
    assert stun.check_integrity(answer, message, PASSWORD)


async def test_who_proves_the_password_is_known_from_then_on(port, place, somebody):
    caller = place()
    await caller.says(RTP, check(), RTP, RTCP, CLIENT_HELLO)
    assert somebody.addresses == [caller.address]
    assert somebody.places == [caller.address]
    assert somebody.got == [("rtp", RTP), ("rtcp", RTCP), ("dtls", CLIENT_HELLO)]
    assert port.drops == {"media from an unknown address": 1}


async def test_media_that_is_too_short_goes_to_nobody(port, place, somebody):
    caller = place()
    await caller.says(check(), RTP[:11])
    assert somebody.got == []
    assert port.drops["media too short"] == 1


async def test_a_packet_that_fails_skips_neither_the_others_nor_what_follows_the_batch(port, place, somebody):
    def fails(buffer, size, now):
        raise struct.error("a bug")

    somebody.on_rtcp = fails
    batches = []
    port.after_batch(batches.append)
    caller = place()
    await caller.says(check())
    batches.clear()
    with capture_logs() as logs:
        await caller.says(RTCP, RTCP, RTP)
    assert somebody.got == [("rtp", RTP)]
    assert batches
    assert port.drops == {"failed in here": 2}
    assert [entry["event"] for entry in logs] == ["a datagram failed"], "said once"


async def test_who_is_forgotten_is_a_stranger(port, place, somebody):
    caller = place()
    await caller.says(check())
    port.forget("here")
    port.forget_addresses(somebody)
    await caller.says(check(), RTP)
    assert port.drops == {"stun for nobody here": 1, "media from an unknown address": 1}
    assert somebody.addresses == []


# Voices -----------------------------------------------------------------------------------------------


@pytest.fixture
def crowd(port, place):
    """More outlets than go to the kernel at once."""
    outlets = []
    for ssrc in range(BATCH + 1):
        sender, _ = contexts()
        outlets.append(Outlet(ssrc, 96, 1))
        address = place().address
        outlets[-1].connect(address, sender, port.out.destination(address))
    return outlets


async def test_a_voice_overtakes_a_picture_on_its_way_to_many_and_nothing_else_does(
    port, place, somebody, clock, crowd
):
    caller, stranger = place(), place()
    await caller.says(check())
    begun = somebody.on_rtp

    def sends_a_picture(buffer, size, now):
        begun(buffer, size, now)
        if somebody.got[-1] == ("rtp", RTP):
            for datagram in (RTCP, VOICE, RTP[:11], CLIENT_HELLO, VOICE):
                caller.socket.sendto(datagram, port.address)
            stranger.socket.sendto(VOICE, port.address)
            port.out.fanout.send([Packet(1, 1, True, b"picture", now)], Audience(crowd), now)
            somebody.got.append("picture sent")

    somebody.on_rtp = sends_a_picture
    await caller.says(RTP)
    assert somebody.got == [
        ("rtp", RTP), ("rtp", VOICE), ("rtp", VOICE), "picture sent", ("rtcp", RTCP), ("dtls", CLIENT_HELLO),
    ]  # fmt: skip
    assert port.drops == {"media too short": 1, "media from an unknown address": 1}


async def test_a_picture_sent_for_its_time_waits_for_nobody(port, place, somebody, crowd):
    caller = place()
    await caller.says(check())
    caller.socket.sendto(VOICE, port.address)
    port.out.fanout.send([Packet(1, 1, True, b"picture", 0)], Audience(crowd), 0)
    assert somebody.got == []
    await caller.says(RTP)
    assert somebody.got == [("rtp", VOICE), ("rtp", RTP)]


async def test_what_takes_long_leaves_others_their_turn(port, place, somebody, clock, crowd):
    """When more comes than can be sent on, requests and timers are late by a picture, not by all that waits."""
    caller, loop = place(), asyncio.get_running_loop()
    await caller.says(check())
    begun = somebody.on_rtp

    def takes_long(buffer, size, now):
        begun(buffer, size, now)
        loop.call_soon(somebody.got.append, "others")
        port.out.fanout.send([Packet(len(somebody.got), 1, True, b"picture", now)], Audience(crowd), now)
        clock.passes(TURN_US)
        return True

    somebody.on_rtp = takes_long
    await caller.says(RTP, RTCP, RTP)
    while len(somebody.got) < 5:  # noqa: ASYNC110
        await asyncio.sleep(0)
    assert somebody.got == [("rtp", RTP), "others", ("rtcp", RTCP), ("rtp", RTP), "others"]


@pytest.fixture
def overload(port, somebody, clock, crowd):
    """What happens while one picture leaves, which takes a whole turn: `datagrams` come, before its last batch."""

    def begin(caller, datagrams):
        def takes_long(buffer, size, now):
            somebody.got.append("picture")
            for datagram in datagrams:
                caller.socket.sendto(datagram, port.address)
            port.out.fanout.send([Packet(len(somebody.got), 1, True, b"picture", now)], Audience(crowd), now)
            clock.passes(TURN_US)
            caller.socket.sendto(RTP, port.address)
            return True

        somebody.on_rtp = takes_long
        caller.socket.sendto(RTP, port.address)

    yield begin
    somebody.on_rtp = lambda *_: True


async def test_whatever_comes_there_is_one_turn_at_a_time(port, place, somebody, overload):
    caller, turns = place(), []
    await caller.says(check())
    overload(caller, [RTP, RTP])
    while not somebody.got:  # noqa: ASYNC110
        await asyncio.sleep(0)
    for _ in range(10):
        before = len(somebody.got)
        await asyncio.sleep(0)
        turns.append(len(somebody.got) - before)
    assert max(turns) == 1
    port.close()
    handled = len(somebody.got)
    await asyncio.sleep(0)
    assert len(somebody.got) == handled


async def test_of_more_than_can_be_sent_on_pictures_are_dropped_and_nothing_else(port, place, somebody, overload):
    caller = place()
    await caller.says(check())
    overload(caller, [RTP] * (OVERTAKING - 1) + [RTCP])
    while len(somebody.got) < 40:  # noqa: ASYNC110
        await asyncio.sleep(0)
    pictures, dropped = somebody.got.count("picture"), port.drops["more than can be sent on"]
    came = 1 + pictures * (OVERTAKING + 1)
    assert came - len(somebody.got) - dropped <= TURN + pictures + 1, "what waits here, and the last in the socket"
    somebody.on_rtp = lambda *_: True
    while len(somebody.got) < 2 * pictures:  # noqa: ASYNC110
        await asyncio.sleep(0)
    assert somebody.got.count(("rtcp", RTCP)) == pictures
    assert dropped == port.drops.total() > 0


async def test_what_waits_for_a_pictures_end_is_told_when_the_socket_is_empty(port, place, somebody, overload):
    """Else a picture whose end has come, and waits, would be sent without it."""
    caller, emptied = place(), []
    await caller.says(check())
    overload(caller, [RTP])
    port.after_batch(lambda now: emptied.append(len(somebody.got)))
    for _ in range(20):
        await asyncio.sleep(0)
    assert len(somebody.got) > 3
    assert emptied == []


async def test_what_was_overtaken_ends_with_the_port(place, somebody, clock, port, crowd):
    caller = place()
    await caller.says(check())

    def ends_it(buffer, size, now):
        caller.socket.sendto(RTCP, port.address)
        port.out.fanout.send([Packet(1, 1, True, b"picture", now)], Audience(crowd), now)
        clock.passes(TURN_US)
        asyncio.get_running_loop().call_soon(port.close)
        return True

    somebody.on_rtp = ends_it
    await caller.says(RTP)
    for _ in range(5):
        await asyncio.sleep(0)
    assert somebody.got == []


# Places -----------------------------------------------------------------------------------------------


async def test_a_nominated_new_address_moves_the_peer(port, place, somebody):
    wifi, mobile = place(), place()
    await wifi.says(check(nominate=True))
    await mobile.says(check())
    assert somebody.places == [wifi.address]
    await mobile.says(check(nominate=True))
    assert somebody.places == [wifi.address, mobile.address]
    assert somebody.addresses == [mobile.address, wifi.address]
    await wifi.says(RTP)
    assert somebody.got == [("rtp", RTP)], "what is still on its way from the old place counts"


@pytest.mark.parametrize("datagram", [check(), RTP, RTCP])
async def test_who_is_heard_from_elsewhere_while_its_place_is_quiet_is_there(port, place, somebody, clock, datagram):
    """A NAT has given it another address, and Firefox does not nominate what it thinks it uses already."""
    before, after = place(), place()
    await before.says(check(nominate=True))
    clock.passes(QUIET_US)
    await after.says(check(), datagram)
    assert somebody.places == [before.address]
    clock.passes(1)
    await after.says(datagram)
    assert somebody.places == [before.address, after.address]
    await before.says(RTP)
    assert somebody.addresses == [after.address, before.address], "what is still on its way from there moves nobody"


async def test_a_spoofer_moves_nobody(port, place, somebody):
    caller, spoofer = place(), place()
    await caller.says(check(nominate=True))
    await spoofer.says(check(password=b"guessed", nominate=True), RTP, ALERT)
    assert somebody.addresses == somebody.places == [caller.address]
    assert somebody.got == []


async def test_places_of_one_peer_are_few(port, place, somebody):
    first = place()
    await first.says(check(nominate=True))
    for _ in range(ADDRESSES_PER_PEER + 4):
        await place().says(check())
    assert len(somebody.addresses) == len(port._known) == ADDRESSES_PER_PEER
    assert somebody.addresses[0] == first.address, "the one in use stays"
    assert somebody.places == [first.address]


async def test_an_address_belongs_to_who_proved_it_last(port, place, somebody):
    other = Somebody()
    port.expect("other", b"another password", other)
    caller = place()
    await caller.says(check())
    await caller.says(check("other:there", b"another password"))
    assert (somebody.addresses, other.addresses) == ([], [caller.address])
    port.forget_addresses(somebody)
    await caller.says(RTP)
    assert other.got == [("rtp", RTP)]


async def test_who_loses_its_place_to_somebody_is_at_its_next(port, place, somebody):
    other = Somebody()
    port.expect("other", b"another password", other)
    taken, left = place(), place()
    await taken.says(check(nominate=True))
    await left.says(check())
    await taken.says(check("other:there", b"another password"))
    assert somebody.places == [taken.address, left.address]
    assert (somebody.addresses, other.addresses) == ([left.address], [taken.address])


# The socket -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("asked", "said"), [(1 << 30, 1), (1 << 16, 0)])
async def test_a_buffer_much_smaller_than_asked_for_is_said_once(monkeypatch, asked, said):
    monkeypatch.setattr(ports, "SOCKET_BUFFER", asked)
    with capture_logs() as logs:
        Port("127.0.0.1", 0, gso=True).close()
    assert [entry["event"] for entry in logs] == ["socket buffers are small"] * said


async def test_batches_tell_when_the_socket_is_empty(port, place):
    batches = []
    port.after_batch(batches.append)
    await place().says(RTP, RTP)
    assert 1 <= len(batches) <= 2

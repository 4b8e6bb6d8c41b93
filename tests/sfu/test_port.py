"""What strangers, spoofers and full buffers can do to the one UDP port."""

import asyncio
import contextlib
import errno
import socket
import struct

import pytest
from structlog.testing import capture_logs

from sfu import port as ports
from sfu.port import ADDRESSES_PER_PEER, MOST_UNSEGMENTED, SOL_UDP, UDP_SEGMENT, WAITING_SENDS, InTurn, Port
from sfu.wire import stun
from sfu.wire.fanout import Audience
from sfu.wire.outlet import Outlet
from sfu.wire.ring import Packet
from tests.sfu.keys import contexts, opened
from tests.sfu.outbox import Outbox

PASSWORD = b"a password of the worker"
TRANSACTION = b"transaction!"
RTP, RTCP = bytes([0x80, 96]) + bytes(60), bytes([0x80, 201]) + bytes(60)
CLIENT_HELLO, ALERT = b"\x16\xfe\xfd" + bytes(60), b"\x15\xfe\xfd" + bytes(20)


class Somebody:
    """A receiver that remembers what the port handed it."""

    def __init__(self):
        self.addresses = []
        self.places = []  # where it moved
        self.got = []

    def heard(self, now):
        pass

    def moved(self, address, now):
        self.places.append(address)

    def on_dtls(self, datagram):
        self.got.append(("dtls", datagram))

    def on_rtp(self, buffer, size, now):
        self.got.append(("rtp", bytes(buffer.view[:size])))

    def on_rtcp(self, buffer, size, now):
        self.got.append(("rtcp", bytes(buffer.view[:size])))


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


# Out --------------------------------------------------------------------------------------------------


def a_run(count=3, size=1000):
    return [Packet(number, 0, False, bytes([number]) * size) for number in range(count)]


def outlet_to(address, destination=lambda address: address):
    sender, receiver = contexts()
    outlet = Outlet(7, 96, 2)
    outlet.connect(address, sender, destination(address))
    return outlet, receiver


def payloads(datagrams, receiver):
    return [opened(receiver, datagram)[20:] for datagram in datagrams]


class Refusing:
    """A socket that refuses as an old kernel or a full buffer does, and else is the real one."""

    def __init__(self, real):
        self._real = real
        self.refuses_option = self.refuses_run = None  # errno
        self.refuses_only: tuple = ()  # destinations; () for all
        self.unreachable: tuple = ()  # destinations that nothing goes to, and why is anybody's guess
        self.full = False
        self.stride = 0

    def setsockopt(self, level, name, value):
        if (level, name) == (SOL_UDP, UDP_SEGMENT):
            if self.refuses_option:
                raise OSError(self.refuses_option, "no such option")
            self.stride = value
        self._real.setsockopt(level, name, value)

    def sendto(self, data, address):
        if self.full:
            raise BlockingIOError
        if address in self.unreachable:
            raise OSError(errno.EINVAL, "no such destination")
        if self.refuses_run and self.stride and (not self.refuses_only or address in self.refuses_only):
            # Where a device has no checksums of its own, a lone packet is refused as well while the option is set.
            raise OSError(self.refuses_run, "no segmentation here")
        return self._real.sendto(data, address)

    def sendmsg(self, parts, ancillary, flags, address):
        if self.full:
            raise BlockingIOError
        return self._real.sendmsg(parts, ancillary, flags, address)

    def __getattr__(self, name):
        return getattr(self._real, name)


@pytest.fixture
def refusing(port):
    port.socket = Refusing(port.socket)
    port.fanout.outbox = InTurn(Outbox(port.socket), port.is_blocked)
    return port.socket


async def test_a_run_arrives_as_packets(port, place):
    receiver = place()
    outlet, context = outlet_to(receiver.address, port.outbox.destination)
    port.fanout.send(a_run(), Audience([outlet]), 0)
    assert payloads(receiver.hears(), context) == [packet.payload for packet in a_run()]
    assert port.gso


@pytest.mark.parametrize("how", ["option", "run"])
@pytest.mark.parametrize("error", [errno.EIO, errno.EINVAL, errno.ENOPROTOOPT])
async def test_segmentation_refused_is_given_up_once_and_said_once(port, place, refusing, how, error):
    setattr(refusing, f"refuses_{how}", error)
    receivers = [place() for _ in range(MOST_UNSEGMENTED + 1)]
    ways = [outlet_to(receiver.address) for receiver in receivers]
    with capture_logs() as logs:
        for _ in range(2):
            port.fanout.send(a_run(), Audience([outlet for outlet, _ in ways]), 0)
            for outlet, _ in ways:
                outlet.number_offset += 3
    assert [entry["event"] for entry in logs] == ["udp segmentation offload refused, sending packets one by one"]
    assert not port.gso
    for receiver, (_, context) in zip(receivers, ways, strict=True):
        assert payloads(receiver.hears(), context) == 2 * [packet.payload for packet in a_run()]


async def test_one_destination_that_refuses_costs_the_others_nothing(port, place, refusing):
    refusing.refuses_run = errno.EIO
    receivers = [place() for _ in range(3)]
    refusing.refuses_only = (receivers[1].address,)
    ways = [outlet_to(receiver.address) for receiver in receivers]
    for _ in range(2 * MOST_UNSEGMENTED):
        port.fanout.send(a_run(), Audience([outlet for outlet, _ in ways]), 0)
        for outlet, _ in ways:
            outlet.number_offset += 3
    assert port.gso
    for receiver, (_, context) in zip(receivers, ways, strict=True):
        heard = payloads(receiver.hears(), context)
        assert heard == 2 * MOST_UNSEGMENTED * [packet.payload for packet in a_run()]


async def test_destinations_that_nothing_goes_to_say_nothing_about_segmentation(port, place, refusing):
    """A browser may claim port 0, where the kernel says just what it says of a run that it won't cut."""
    refusing.unreachable = tuple(("127.0.0.1", 65_000 + at) for at in range(2 * MOST_UNSEGMENTED))
    receiver = place()
    outlet, context = outlet_to(receiver.address)
    port.fanout.send(a_run(), Audience([*(outlet_to(address)[0] for address in refusing.unreachable), outlet]), 0)
    assert port.gso
    assert port.drops == {"unreachable": 2 * MOST_UNSEGMENTED}
    assert payloads(receiver.hears(), context) == [packet.payload for packet in a_run()]


async def test_a_run_too_long_for_a_path_is_cut_but_segmentation_stays(port, place, refusing):
    refusing.refuses_run = errno.EMSGSIZE
    receiver = place()
    outlet, context = outlet_to(receiver.address)
    port.fanout.send(a_run(), Audience([outlet]), 0)
    assert port.gso
    assert payloads(receiver.hears(), context) == [packet.payload for packet in a_run()]


async def test_a_full_buffer_keeps_what_comes_and_drops_the_oldest(port, place, refusing):
    receiver = place()
    refusing.full = True
    for number in range(WAITING_SENDS + 5):
        port.send(number.to_bytes(2, "big"), receiver.address)
    assert port.drops == {"send buffer full": 5}
    refusing.full = False
    heard = []
    while len(heard) < WAITING_SENDS:
        await asyncio.sleep(0)
        heard += receiver.hears()
    assert [int.from_bytes(datagram, "big") for datagram in heard] == list(range(5, WAITING_SENDS + 5))


async def test_pictures_are_dropped_before_voices(port, place, refusing):
    receiver = place()
    outlet, _ = outlet_to(receiver.address)
    refusing.full = True
    port.send(b"voice", receiver.address)
    port.fanout.send(a_run(), Audience([outlet]), 0)
    for _ in range(WAITING_SENDS - 2):
        port.send(b"voice", receiver.address)
    assert port.drops == {}
    port.send(b"voice", receiver.address)
    assert port.drops == {"send buffer full": 1}
    refusing.full = False
    heard = []
    while len(heard) < WAITING_SENDS:
        await asyncio.sleep(0)
        heard += receiver.hears()
    assert heard == [b"voice"] * WAITING_SENDS


@pytest.mark.parametrize("gso", [True, False])
async def test_nothing_overtakes_what_waits(port, place, refusing, gso):
    port.gso = gso
    receiver = place()
    outlet, context = outlet_to(receiver.address)
    refusing.full = True
    port.fanout.send(a_run(), Audience([outlet]), 0)
    refusing.full = False
    for first in (3, 4):
        outlet.number_offset = first
        port.fanout.send(a_run(first - 2), Audience([outlet]), 0)
    port.send(bytes(30), receiver.address)
    *media, last = receiver.hears()
    assert [opened(context, datagram)[2:4] for datagram in media] == [bytes((0, n)) for n in (0, 1, 2, 3, 4, 5)]
    assert last == bytes(30)


@pytest.mark.parametrize("gso", [True, False])
async def test_a_run_that_waited_arrives_as_packets(port, place, refusing, gso):
    receiver = place()
    outlet, context = outlet_to(receiver.address)
    refusing.full = True
    port.fanout.send(a_run(), Audience([outlet]), 0)
    refusing.full, port.gso = False, gso
    heard = []
    while len(heard) < 3:
        await asyncio.sleep(0)
        heard += receiver.hears()
    assert payloads(heard, context) == [packet.payload for packet in a_run()]


@pytest.mark.parametrize(("asked", "said"), [(1 << 30, 1), (1 << 16, 0)])
async def test_a_buffer_much_smaller_than_asked_for_is_said_once(monkeypatch, asked, said):
    monkeypatch.setattr(ports, "SOCKET_BUFFER", asked)
    with capture_logs() as logs:
        Port("127.0.0.1", 0, gso=True).close()
    assert [entry["event"] for entry in logs] == ["socket buffers are small"] * said


async def test_somebody_unreachable_is_counted_and_hinders_nobody(port):
    port.send(b"x", ("255.255.255.255", 9))
    assert port.drops == {"unreachable": 1}


async def test_batches_tell_when_the_socket_is_empty(port, place):
    batches = []
    port.after_batch(batches.append)
    await place().says(RTP, RTP)
    assert 1 <= len(batches) <= 2

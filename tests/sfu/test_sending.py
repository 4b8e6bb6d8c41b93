"""What full buffers, old kernels and narrow paths do to what is sent."""

import asyncio
import contextlib
import errno
import socket
from collections import Counter

import pytest
from structlog.testing import capture_logs

from sfu.sending import MOST_UNSEGMENTED, SOL_UDP, UDP_SEGMENT, WAITING_SENDS, InTurn, Sender
from sfu.wire.audience import Audience
from sfu.wire.outlet import Outlet
from sfu.wire.ring import Packet
from sfu.wire.rows import BATCH
from tests.sfu.keys import contexts, opened
from tests.sfu.outbox import Outbox


class Place:
    """A socket that is sent to."""

    def __init__(self):
        self.socket = a_socket()
        self.address = self.socket.getsockname()

    def hears(self):
        found = []
        with contextlib.suppress(BlockingIOError):
            while True:
                found.append(self.socket.recv(4096))
        return found


def a_socket():
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind(("127.0.0.1", 0))
    made.setblocking(False)
    return made


@pytest.fixture
async def sender():
    own = a_socket()
    made = Sender(own, gso=True, compiled=True, drops=Counter())
    yield made
    made.close()
    own.close()


@pytest.fixture
def place():
    made = []

    def make():
        made.append(Place())
        return made[-1]

    yield make
    for each in made:
        each.socket.close()


def a_run(count=3, size=1000):
    return [Packet(number, 0, False, bytes([number]) * size) for number in range(count)]


def outlet_to(address, destination=lambda address: address):
    outbound, inbound = contexts()
    outlet = Outlet(7, 96, 2)
    outlet.connect(address, outbound, destination(address))
    return outlet, inbound


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
def refusing(sender):
    sender.socket = Refusing(sender.socket)
    sender.fanout.outbox = InTurn(Outbox(sender.socket, sender.outbox.buffer), sender.is_blocked)
    return sender.socket


async def test_a_run_arrives_as_packets(sender, place):
    receiver = place()
    outlet, context = outlet_to(receiver.address, sender.outbox.destination)
    sender.fanout.send(a_run(), Audience([outlet]), 0)
    assert payloads(receiver.hears(), context) == [packet.payload for packet in a_run()]
    assert sender.gso


async def test_a_voice_rides_with_a_picture_and_arrives_by_itself(place):
    own = a_socket()
    crowd = [place() for _ in range(BATCH + 12)]
    lines = [contexts() for _ in crowd]
    pictures, voices = ([Outlet(ssrc, 96, 2) for _ in crowd] for ssrc in (7, 8))
    said = Packet(50, 0, False, b"hello")

    def meanwhile():
        sender.fanout.send([said], hearers, 0)
        return 0

    sender = Sender(own, gso=True, compiled=True, drops=Counter(), meanwhile=meanwhile)
    for receiver, (outbound, _), *outlets in zip(crowd, lines, pictures, voices, strict=True):
        for outlet in outlets:
            outlet.connect(receiver.address, outbound, sender.destination(receiver.address))
    hearers = Audience(voices, urgent=True)
    sender.fanout.send(a_run(), Audience(pictures), 0)
    expected = [*(packet.payload for packet in a_run()), said.payload]
    assert all(payloads(r.hears(), inbound) == expected for r, (_, inbound) in zip(crowd, lines, strict=True))
    assert (sender.fanout.ridden, sender.gso) == (12, True)
    sender.close()
    own.close()


@pytest.mark.parametrize("how", ["option", "run"])
@pytest.mark.parametrize("error", [errno.EIO, errno.EINVAL, errno.ENOPROTOOPT])
async def test_segmentation_refused_is_given_up_once_and_said_once(sender, place, refusing, how, error):
    setattr(refusing, f"refuses_{how}", error)
    receivers = [place() for _ in range(MOST_UNSEGMENTED + 1)]
    ways = [outlet_to(receiver.address) for receiver in receivers]
    with capture_logs() as logs:
        for _ in range(2):
            sender.fanout.send(a_run(), Audience([outlet for outlet, _ in ways]), 0)
            for outlet, _ in ways:
                outlet.number_offset += 3
    assert [entry["event"] for entry in logs] == ["udp segmentation offload refused, sending packets one by one"]
    assert not sender.gso
    for receiver, (_, context) in zip(receivers, ways, strict=True):
        assert payloads(receiver.hears(), context) == 2 * [packet.payload for packet in a_run()]


async def test_one_destination_that_refuses_costs_the_others_nothing(sender, place, refusing):
    refusing.refuses_run = errno.EIO
    receivers = [place() for _ in range(3)]
    refusing.refuses_only = (receivers[1].address,)
    ways = [outlet_to(receiver.address) for receiver in receivers]
    for _ in range(2 * MOST_UNSEGMENTED):
        sender.fanout.send(a_run(), Audience([outlet for outlet, _ in ways]), 0)
        for outlet, _ in ways:
            outlet.number_offset += 3
    assert sender.gso
    for receiver, (_, context) in zip(receivers, ways, strict=True):
        heard = payloads(receiver.hears(), context)
        assert heard == 2 * MOST_UNSEGMENTED * [packet.payload for packet in a_run()]


async def test_destinations_that_nothing_goes_to_say_nothing_about_segmentation(sender, place, refusing):
    """A browser may claim port 0, where the kernel says just what it says of a run that it won't cut."""
    refusing.unreachable = tuple(("127.0.0.1", 65_000 + at) for at in range(2 * MOST_UNSEGMENTED))
    receiver = place()
    outlet, context = outlet_to(receiver.address)
    sender.fanout.send(a_run(), Audience([*(outlet_to(address)[0] for address in refusing.unreachable), outlet]), 0)
    assert sender.gso
    assert sender.drops == {"unreachable": 2 * MOST_UNSEGMENTED}
    assert payloads(receiver.hears(), context) == [packet.payload for packet in a_run()]


async def test_a_run_too_long_for_a_path_is_cut_but_segmentation_stays(sender, place, refusing):
    refusing.refuses_run = errno.EMSGSIZE
    receiver = place()
    outlet, context = outlet_to(receiver.address)
    sender.fanout.send(a_run(), Audience([outlet]), 0)
    assert sender.gso
    assert payloads(receiver.hears(), context) == [packet.payload for packet in a_run()]


async def test_a_full_buffer_keeps_what_comes_and_drops_the_oldest(sender, place, refusing):
    receiver = place()
    refusing.full = True
    for number in range(WAITING_SENDS + 5):
        sender.send(number.to_bytes(2, "big"), receiver.address)
    assert sender.drops == {"send buffer full": 5}
    refusing.full = False
    heard = []
    while len(heard) < WAITING_SENDS:
        await asyncio.sleep(0)
        heard += receiver.hears()
    assert [int.from_bytes(datagram, "big") for datagram in heard] == list(range(5, WAITING_SENDS + 5))


@pytest.mark.parametrize("gso", [True, False])
async def test_pictures_are_dropped_before_voices_and_answers(sender, place, refusing, gso):
    sender.gso = gso
    receiver, viewer = place(), place()
    (voice, context), (picture, _) = outlet_to(receiver.address), outlet_to(viewer.address)
    refusing.full = True
    sender.send(b"answer", receiver.address)
    sender.fanout.send(a_run(1), Audience([voice], urgent=True), 0)
    for _ in range(WAITING_SENDS):
        sender.fanout.send(a_run(), Audience([picture]), 0)
    for _ in range(WAITING_SENDS // 2):
        sender.send(b"answer", receiver.address)
    assert len(sender._waiting) == WAITING_SENDS
    refusing.full = False
    heard = []
    while len(heard) < 2 + WAITING_SENDS // 2:
        await asyncio.sleep(0)
        heard += receiver.hears()
    assert [payload for payload in heard if payload != b"answer"] == [heard[1]]
    assert payloads([heard[1]], context) == [a_run(1)[0].payload]


@pytest.mark.parametrize("gso", [True, False])
async def test_nothing_overtakes_what_waits(sender, place, refusing, gso):
    sender.gso = gso
    receiver = place()
    outlet, context = outlet_to(receiver.address)
    refusing.full = True
    sender.fanout.send(a_run(), Audience([outlet]), 0)
    refusing.full = False
    for first in (3, 4):
        outlet.number_offset = first
        sender.fanout.send(a_run(first - 2), Audience([outlet]), 0)
    sender.send(bytes(30), receiver.address)
    *media, last = receiver.hears()
    assert [opened(context, datagram)[2:4] for datagram in media] == [bytes((0, n)) for n in (0, 1, 2, 3, 4, 5)]
    assert last == bytes(30)


@pytest.mark.parametrize("gso", [True, False])
async def test_a_run_that_waited_arrives_as_packets(sender, place, refusing, gso):
    receiver = place()
    outlet, context = outlet_to(receiver.address)
    refusing.full = True
    sender.fanout.send(a_run(), Audience([outlet]), 0)
    refusing.full, sender.gso = False, gso
    heard = []
    while len(heard) < 3:
        await asyncio.sleep(0)
        heard += receiver.hears()
    assert payloads(heard, context) == [packet.payload for packet in a_run()]


async def test_somebody_unreachable_is_counted_and_hinders_nobody(sender):
    sender.send(b"x", ("255.255.255.255", 9))
    assert sender.drops == {"unreachable": 1}

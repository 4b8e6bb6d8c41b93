"""Messages that the kernel takes in one call, over real sockets."""

import errno
import socket

import pytest

from sfu.outbox import Outbox
from sfu.wire.rows import BATCH, LONE_BATCH, REGION, ROW_STEP


@pytest.fixture(params=[(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")], ids=["ipv4", "ipv6"])
def ends(request):
    """A sending socket and a function that makes receiving ones."""
    family, host = request.param
    made = []

    def end():
        made.append(socket.socket(family, socket.SOCK_DGRAM))
        made[-1].bind((host, 0))
        made[-1].settimeout(2)
        return made[-1]

    yield end(), end
    for one in made:
        one.close()


def test_each_message_goes_to_its_own_destination(ends):
    sender, end = ends
    outbox, receivers = Outbox(sender), [end() for _ in range(BATCH)]
    destinations = [outbox.destination(receiver.getsockname()) for receiver in receivers]
    messages = outbox.messages(destinations)
    outbox.shape(REGION, 3)
    for at in range(BATCH):
        outbox.buffer.bytes[at * REGION : at * REGION + 4] = b"%03d!" % at
    assert outbox.deliver(messages, 0, BATCH) == (BATCH, None)
    assert [receiver.recv(9) for receiver in receivers] == [b"%03d" % at for at in range(BATCH)]
    assert outbox.deliver(messages, 5, 7) == (2, None)
    assert [receivers[5].recv(9), receivers[6].recv(9)] == [b"005", b"006"]


def test_lone_packets_go_to_more_at_once(ends):
    sender, end = ends
    outbox, receiver = Outbox(sender), end()
    destination = outbox.destination(receiver.getsockname())
    messages = outbox.messages([destination] * LONE_BATCH)
    outbox.shape(2 * ROW_STEP, 3)
    for at in range(LONE_BATCH):
        outbox.buffer.bytes[at * 2 * ROW_STEP : at * 2 * ROW_STEP + 3] = b"%03d" % at
    assert outbox.deliver(messages, 0, LONE_BATCH) == (LONE_BATCH, None)
    assert [receiver.recv(9) for _ in range(LONE_BATCH)] == [b"%03d" % at for at in range(LONE_BATCH)]


def test_the_kernel_says_what_it_does_not_take(ends):
    sender, end = ends
    outbox, receiver = Outbox(sender), end()
    destination = outbox.destination(receiver.getsockname())
    messages = outbox.messages([destination])
    outbox.shape(REGION, REGION)
    assert REGION < 65_000
    outbox.shape(REGION, 70_000)
    taken, error = outbox.deliver(messages, 0, 1)
    assert (taken, error.errno) == (0, errno.EMSGSIZE)


def test_a_destination_that_moves_takes_its_messages_along(ends):
    sender, end = ends
    outbox, before, after = Outbox(sender), end(), end()
    destination = outbox.destination(before.getsockname())
    messages = outbox.messages([destination])
    outbox.redirect(destination, after.getsockname())
    outbox.buffer.bytes[:2] = b"hi"
    outbox.shape(REGION, 2)
    assert outbox.deliver(messages, 0, 1) == (1, None)
    assert after.recv(9) == b"hi"

"""Three hundred people come and go twice, and the worker is as small as before."""

import gc
import resource
import time
import weakref

from sfu import control
from sfu.client import Connection
from sfu.control import Wish
from tests.sfu.direction import Worker, until

PEOPLE = 300
CONNECTED = 6  # with real handshakes; the rest only ask
SPARE_KB = 12_000


def resident_kb():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize() // 1024


async def a_round(worker, director, offer):
    """Everybody joins, watches, sees, and leaves; returns weak references to the peers they had."""
    room = {"room": "hall"}
    real = []
    for i in range(CONNECTED):
        peer = worker.peer(director, f"real{i}", room="hall")
        real.append(await peer.joins())
    for i in range(PEOPLE - CONNECTED):
        reply = await director.ask(control.Join, peer=f"p{i}", offer=offer, publish=(), **room)
        assert reply.error is None
        wishes = tuple(Wish(slot.slot, "real0:camera") for slot in reply.slots if slot.kind == "picture")
        assert (await director.ask(control.Watch, peer=f"p{i}", wishes=wishes, **room)).error is None
    for viewer in real[1:]:
        await viewer.watches("real0:camera", "real0:screen")
    for _ in range(60):
        real[0].shows(packets=4)
    await until(lambda: all(len(viewer.sees()) >= 4 for viewer in real[1:]))
    peers = worker.listener.worker.rooms["hall"].peers.values()
    assert len(peers) == PEOPLE
    kept = [weakref.ref(peer) for peer in peers]
    kept += [
        weakref.ref(layer) for peer in peers for source in peer.sources.values() for layer in source.layers.values()
    ]
    del peers
    # The publisher goes first: those who watched it must not keep it.
    for peer in real:
        await peer.close()
    for i in range(PEOPLE - CONNECTED):
        assert (await director.ask(control.Leave, peer=f"p{i}", **room)).error is None
    await until(lambda: not worker.listener.worker.rooms)
    director.events.clear()
    return kept


async def test_three_hundred_come_and_go_twice(tmp_path):
    async with Worker(tmp_path / "c") as worker:
        director = await worker.director()
        template = Connection(publish=())
        template.socket.close()
        sizes = []
        for _ in range(2):
            began = time.monotonic()
            kept = await a_round(worker, director, template.offer)
            await until(lambda kept=kept: gc.collect() >= 0 and not [r for r in kept if r()], every_s=0.1)
            assert time.monotonic() - began < 30
            sizes.append(resident_kb())
        assert sizes[1] - sizes[0] < SPARE_KB
        port = worker.listener.worker.port
        assert (port._expected, port._known) == ({}, {})


async def test_who_watches_does_not_keep_who_has_gone(tmp_path):
    async with Worker(tmp_path / "c") as worker:
        director = await worker.director()
        viewer = await worker.peer(director, "viewer").joins()
        publisher = await worker.peer(director, "publisher").joins()
        await viewer.watches("publisher:camera")
        publisher.shows(packets=4)
        await until(lambda: len(viewer.sees()) == 4)
        gone = weakref.ref(worker.listener.worker.rooms["room"].peers["publisher"])
        await publisher.close()
        await director.hears_of(control.PeerLost, peer="publisher")
        await until(lambda: gc.collect() >= 0 and gone() is None, every_s=0.1)

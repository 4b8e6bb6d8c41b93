"""Three hundred people come, see and go twice, and the worker is as small as before."""

import asyncio
import contextlib
import gc
import resource
import time
import weakref

from sfu import client, control
from sfu import peer as peers
from tests.sfu.direction import Peer, Worker, until
from tests.sfu.people import NoHandshake

PEOPLE = 300
SHOWN = 6  # who send a picture, over real handshakes; the others' keys are there at once
ROOM = "hall"
# What a person may take of memory: 95 to 98 are seen, the keys of their own end and what came to it included. A real
# handshake adds what OpenSSL keeps; `bench.fanout` prints a worker's memory with that.
PEER_KB = 150
SPARE_KB = 8_000  # by which the second round may leave it larger; 2,200 to 4,400 are seen


class NoHandshakes(NoHandshake):
    """No handshake at either end of a line."""

    def __init__(self, certificate, role, send, ended) -> None:
        super().__init__(certificate, role, send, ended)
        if role == "client":
            self.inbound, self.outbound = self.person_inbound, self.person_outbound


def resident_kb():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize() // 1024


def wishes(person, shown):
    """(slot, source) for each of a person's slots that is to show somebody; nobody looks at themselves."""
    sources = [f"{other.name}:camera" for other in shown if other is not person]
    return list(zip(person.connection.picture_mids, sources, strict=False))


async def join(person):
    reply = await person.asks_to_join(publish=("camera",))
    assert reply.error is None, reply
    await person.connection.connect(reply.answer)


def assigned(director):
    """What each slot shows by what the worker told last: (peer, slot) → (source, layer, cause)."""
    told = director.told(control.SlotChanged, room=ROOM)
    return {(each.peer, each.slot): (each.source, each.layer, each.cause) for each in told}


async def show(director, people, shown):
    """All watch the same; pictures are sent until each has come to each slot, and each slot was told."""
    await asyncio.gather(*(person.watches(*(source for _, source in wishes(person, shown))) for person in people))
    wished = {
        (person.name, slot): (source, "f", "as_wished") for person in people for slot, source in wishes(person, shown)
    }
    until_s = time.monotonic() + 20
    while time.monotonic() < until_s:
        for person in shown:
            person.shows(packets=2)
        await asyncio.sleep(0.2)
        if assigned(director) == wished:
            break
    assert assigned(director) == wished
    assert all(person.sees(at) for person in people for at in range(len(wishes(person, shown))))


async def a_round(worker, director, monkeypatch, stack):
    """Everybody joins, watches, sees, and leaves; returns what each took (KB) and references to what they had."""
    people = [Peer(director, f"p{number}", room=ROOM) for number in range(PEOPLE)]
    for person in people:
        stack.push_async_callback(person.close)
    shown, others = people[:SHOWN], people[SHOWN:]
    before_kb = resident_kb()
    await asyncio.gather(*map(join, shown))
    with monkeypatch.context() as patch:
        patch.setattr(peers, "Handshake", NoHandshakes)
        patch.setattr(client, "Handshake", NoHandshakes)
        await asyncio.gather(*map(join, others))
        await until(lambda: len(director.told(control.PeerConnected)) == PEOPLE)
    await show(director, people, shown)
    each_kb = (resident_kb() - before_kb) / PEOPLE
    inside = worker.listener.worker.rooms[ROOM].peers.values()
    assert len(inside) == PEOPLE
    kept = [weakref.ref(peer) for peer in inside]
    kept += [
        weakref.ref(layer) for peer in inside for source in peer.sources.values() for layer in source.layers.values()
    ]
    del inside
    # Who is shown goes first: those who watched must not keep them.
    for person in shown:
        await person.close()
    for person in others:
        assert (await director.ask(control.Leave, room=ROOM, peer=person.name)).error is None
        await person.close()
    await until(lambda: not worker.listener.worker.rooms)
    director.events.clear()
    return each_kb, kept


async def test_three_hundred_come_and_go_twice(tmp_path, monkeypatch):
    async with Worker(tmp_path / "c") as worker:
        director = await worker.director()
        sizes_kb = []
        for _ in range(2):
            began = time.monotonic()
            async with contextlib.AsyncExitStack() as stack:
                each_kb, kept = await a_round(worker, director, monkeypatch, stack)
            await until(lambda kept=kept: gc.collect() >= 0 and not [r for r in kept if r()], every_s=0.1)
            assert time.monotonic() - began < 30
            assert each_kb < PEER_KB
            sizes_kb.append(resident_kb())
        assert sizes_kb[1] - sizes_kb[0] < SPARE_KB
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

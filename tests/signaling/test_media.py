"""Rooms on workers: joins, rights, a worker that dies, a director that was away."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sfu import control
from signaling.clock import Clock
from signaling.errors import Refusal, WorkerGone
from signaling.link import SEARCH_EVERY_S
from signaling.media import Media, RoomAdopted, RoomLost, RoomReady
from signaling.messages import MediaOffer, MediaWish
from tests.signaling.waiting import PATIENCE_S, until
from tests.signaling.worker import FakeWorker

ALL = frozenset(control.ALL_KINDS)


SEEN_WITHIN_S = 3.0  # a closed socket tells at once; silence would take longer than this


class HandClock(Clock):
    def __init__(self) -> None:
        self.at = 0.0

    def seconds(self) -> float:
        return self.at


class Directed:
    """Media with what it told, so that a test can wait for it."""

    def __init__(self, sockets: list[Path]) -> None:
        self.clock = HandClock()
        self.media = Media(sockets, self.clock, orphan_grace_s=30)
        self.told: asyncio.Queue[object] = asyncio.Queue()

    async def start(self) -> None:
        self.media.start(self.told.put)
        await until(lambda: self.media.workers_up > 0)

    async def next(self) -> object:
        return await asyncio.wait_for(self.told.get(), PATIENCE_S)

    async def join(self, peer: str, room: str = "r") -> control.Reply:
        return await self.media.offer(room, peer, MediaOffer(sdp=f"from {peer}"), ALL)


@pytest.fixture
async def worker(tmp_path: Path) -> AsyncIterator[FakeWorker]:
    worker = FakeWorker(tmp_path / "sfu.sock")
    await worker.start()
    yield worker
    await worker.close()


@pytest.fixture
async def directed(worker: FakeWorker) -> AsyncIterator[Directed]:
    directed = Directed([worker.path])
    await directed.start()
    yield directed
    await directed.media.close()


async def test_an_offer_is_answered_with_slots(directed: Directed, worker: FakeWorker) -> None:
    reply = await directed.join("a")
    assert reply.answer == "answer to from a"
    assert [slot.kind for slot in reply.slots] == ["voice", "picture"]
    assert directed.media.knows("r", "a") and worker.rooms == {"r": {"a": control.ALL_KINDS}}


async def test_a_restart_keeps_the_connection(directed: Directed) -> None:
    await directed.join("a")
    reply = await directed.media.offer("r", "a", MediaOffer(sdp="again", restart=True), ALL)
    assert reply.answer == "restarted"


async def test_a_restart_of_an_unknown_peer_is_a_join(directed: Directed) -> None:
    reply = await directed.media.offer("r", "a", MediaOffer(sdp="again", restart=True), ALL)
    assert reply.answer == "answer to again"


async def test_what_the_worker_refuses_is_told_by_its_code(directed: Directed) -> None:
    with pytest.raises(Refusal, match="bad_offer"):
        await directed.media.offer("r", "a", MediaOffer(sdp="bad"), ALL)
    with pytest.raises(Refusal, match="no_such_peer"):
        await directed.media.watch("r", "a", [MediaWish("6", "b:camera")])


async def test_rights_travel_only_when_they_change(directed: Directed, worker: FakeWorker) -> None:
    await directed.join("a")
    await directed.media.permit("r", {"a": ALL, "nobody": ALL})
    await directed.media.permit("r", {"a": frozenset({"camera"})})
    await directed.media.permit("r", {"a": frozenset({"camera"})})
    permits = [request.publish for request in worker.asked if isinstance(request, control.Permit)]
    assert permits == [("camera",)]


async def test_held_voices_are_told_once_there_are_peers(directed: Directed, worker: FakeWorker) -> None:
    await directed.media.hold("r", ["b", "a"])
    assert not worker.asked or not isinstance(worker.asked[-1], control.Hold)
    await directed.join("a")
    await directed.join("b")
    assert [r.peers for r in worker.asked if isinstance(r, control.Hold)] == [("b", "a")], (
        "the first belongs to the stage"
    )


async def test_held_voices_are_told_again_when_a_room_was_empty(directed: Directed, worker: FakeWorker) -> None:
    joined = await directed.join("a")
    await directed.media.hold("r", ["a"])
    await worker.say(control.PeerLost(room="r", peer="a", connection=joined.id, reason="goodbye"))
    await directed.next()
    await directed.join("a")
    assert [r.peers for r in worker.asked if isinstance(r, control.Hold)][-2:] == [("a",), ("a",)]


async def test_events_arrive_in_order(directed: Directed, worker: FakeWorker) -> None:
    await directed.join("a")
    said = [control.Voices(room="r", slots=(str(i), None, None), speaking=()) for i in range(50)]
    for event in said:
        await worker.say(event)
    assert [await directed.next() for _ in said] == said


async def test_a_lost_peer_is_forgotten(directed: Directed, worker: FakeWorker) -> None:
    joined = await directed.join("a")
    lost = control.PeerLost(room="r", peer="a", connection=joined.id, reason="silence")
    await worker.say(lost)
    assert await directed.next() == lost
    assert not directed.media.knows("r", "a")


async def test_a_goodbye_of_the_connection_before_is_of_no_account(directed: Directed, worker: FakeWorker) -> None:
    first = await directed.join("a")
    second = await directed.join("a")
    for joined in (first, second):
        await worker.say(control.PeerLost(room="r", peer="a", connection=joined.id, reason="goodbye"))
    assert (await directed.next()).connection == second.id, "the first is not told"
    assert not directed.media.knows("r", "a")


async def test_an_adopted_peer_is_lost_whoever_joined_it(directed: Directed, worker: FakeWorker) -> None:
    worker.rooms["r"] = {"a": control.ALL_KINDS}
    await worker.drop()
    assert await directed.next() == RoomAdopted("r")
    await worker.say(control.PeerLost(room="r", peer="a", connection=77, reason="goodbye"))
    assert (await directed.next()).peer == "a"
    assert not directed.media.knows("r", "a")


async def test_a_dropped_control_connection_is_no_death(directed: Directed, worker: FakeWorker) -> None:
    await directed.join("a")
    await worker.drop()
    assert await directed.next() == RoomAdopted("r")
    assert directed.media.knows("r", "a")


async def test_peers_that_vanished_meanwhile_are_told(directed: Directed, worker: FakeWorker) -> None:
    gone = await directed.join("a")
    await directed.join("b")
    del worker.rooms["r"]["a"]
    await worker.drop()
    assert await directed.next() == control.PeerLost(room="r", peer="a", connection=gone.id, reason="silence")
    assert await directed.next() == RoomAdopted("r")
    assert directed.media.peers("r") == ("b",)


async def test_a_killed_worker_is_noticed_at_once_and_its_successor_used(tmp_path: Path) -> None:
    socket = tmp_path / "sfu.sock"

    async def start() -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.signaling.worker", str(socket))

    process = await start()
    directed = Directed([socket])
    try:
        await directed.start()
        await directed.join("a")
        os.kill(process.pid, signal.SIGKILL)
        assert await asyncio.wait_for(directed.next(), SEEN_WITHIN_S) == RoomLost("r")
        with pytest.raises(WorkerGone):
            await directed.join("a")
        await process.wait()
        process = await start()
        assert await directed.next() == RoomReady("r")
        assert not directed.media.knows("r", "a")
        assert (await directed.join("a")).answer
    finally:
        await directed.media.close()
        process.kill()
        await process.wait()


async def test_a_worker_that_hangs_is_as_good_as_dead_and_welcome_when_it_wakes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit, seconds in {"REPLY_WITHIN_S": 0.3, "GREETING_WITHIN_S": 0.3, "HEARTBEAT_S": 1.0}.items():
        monkeypatch.setattr(f"signaling.link.{limit}", seconds)
    socket = tmp_path / "sfu.sock"
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.signaling.worker", str(socket))
    directed = Directed([socket])
    try:
        await directed.start()
        await asyncio.gather(*(directed.join(str(number)) for number in range(50)))
        os.kill(process.pid, signal.SIGSTOP)
        began = asyncio.get_running_loop().time()
        await directed.media.permit("r", {str(number): frozenset() for number in range(50)})
        assert asyncio.get_running_loop().time() - began < 5, "one silence, not fifty"
        assert await directed.next() == RoomLost("r")
        os.kill(process.pid, signal.SIGCONT)
        assert {await directed.next(), await directed.next()} == {RoomAdopted("r"), RoomReady("r")}
        assert (await directed.join("1")).answer
    finally:
        await directed.media.close()
        process.kill()
        await process.wait()


async def test_a_late_reply_fails_alone(
    directed: Directed, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signaling.link.REPLY_WITHIN_S", 0.3)
    with pytest.raises(WorkerGone):
        await directed.media.offer("r", "a", MediaOffer(sdp="never answered"), ALL)
    assert (await directed.join("b")).answer
    assert sum(isinstance(request, control.Describe) for request in worker.asked) == 1, "the same conversation"


async def test_a_worker_that_was_too_busy_to_describe_itself_is_asked_again(
    worker: FakeWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signaling.link.REPLY_WITHIN_S", 0.3)
    worker.descriptions = 1
    directed = Directed([worker.path])
    try:
        await directed.start()
        assert (await directed.join("a")).answer
    finally:
        await directed.media.close()


async def test_an_event_that_cannot_be_used_ends_no_conversation(worker: FakeWorker) -> None:
    told = []

    async def tell(event: object) -> None:
        told.append(event)
        if len(told) == 1:
            raise RuntimeError("a fault of ours")

    media = Media([worker.path], HandClock(), orphan_grace_s=30)
    media.start(tell)
    try:
        await until(lambda: media.workers_up > 0)
        for speaking in ("a", "b"):
            await worker.say(control.Voices(room="r", slots=(speaking,), speaking=()))
        await until(lambda: len(told) == 2)
    finally:
        await media.close()


async def test_a_worker_whose_rooms_cannot_be_taken_over_is_greeted_ever_more_rarely(worker: FakeWorker) -> None:
    """As while the database is gone; then it is used as soon as it can be."""
    worker.rooms = {"r": {"a": ("camera",)}}
    failures = 3

    async def tell(_event: object) -> None:
        nonlocal failures
        if failures:
            failures -= 1
            raise OSError("no database")

    began = asyncio.get_running_loop().time()
    media = Media([worker.path], HandClock(), orphan_grace_s=30)
    media.start(tell)
    try:
        await until(lambda: media.workers_up > 0)
        assert asyncio.get_running_loop().time() - began >= SEARCH_EVERY_S * (2 + 4 + 8)
        assert sum(isinstance(request, control.Describe) for request in worker.asked) == 4
    finally:
        await media.close()


async def test_who_leaves_while_rights_are_told_is_passed_over(directed: Directed, worker: FakeWorker) -> None:
    for peer in "abc":
        await directed.join(peer)
    await asyncio.gather(
        directed.media.permit("r", {peer: frozenset() for peer in "abc"}), directed.media.leave("r", "b")
    )
    assert worker.rooms == {"r": {"a": (), "c": ()}}


async def test_rooms_of_a_dead_worker_move_to_a_living_one(tmp_path: Path) -> None:
    workers = [FakeWorker(tmp_path / f"sfu-{number}.sock") for number in range(2)]
    for worker in workers:
        await worker.start()
    directed = Directed([worker.path for worker in workers])
    try:
        await directed.start()
        await until(lambda: directed.media.workers_up == 2)
        await directed.join("a", room="one")
        await directed.join("b", room="two")
        assert [list(worker.rooms) for worker in workers] == [["one"], ["two"]]
        await workers[0].close()
        assert [await directed.next(), await directed.next()] == [RoomLost("one"), RoomReady("one")]
        await directed.join("a", room="one")
        assert list(workers[1].rooms) == ["two", "one"]
    finally:
        await directed.media.close()
        for worker in workers:
            await worker.close()


async def test_a_restarted_director_adopts_and_orphans_end_in_time(worker: FakeWorker) -> None:
    worker.rooms = {"r": {"a": ("camera",), "b": ("camera",)}}
    directed = Directed([worker.path])
    await directed.start()
    try:
        assert await directed.next() == RoomAdopted("r")
        directed.media.claim("r", "a")
        directed.clock.at = 29
        await directed.media.end_orphans()
        assert set(worker.rooms["r"]) == {"a", "b"}
        directed.clock.at = 30
        await directed.media.end_orphans()
        assert set(worker.rooms["r"]) == {"a"}
    finally:
        await directed.media.close()

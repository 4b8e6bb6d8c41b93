"""What a meeting means for the media of who is in it: rights, voices, a worker that dies."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from sfu import control
from signaling.gate import Gate
from signaling.media import Media
from signaling.meeting import Hall
from signaling.messages import AnyPush
from signaling.push import Pushes
from tests.signaling.conftest import Join, Person, Province, Service, as_type, seed
from tests.signaling.waiting import PATIENCE_S, until
from tests.signaling.worker import FakeWorker


async def test_an_offer_is_answered_by_the_worker(join: Join, province: Province, worker: FakeWorker) -> None:
    an = await join("an")
    answer = await an.offer()
    assert answer["answer"] == "answer to v=0 an" and answer["slots"][0] == {"slot": "3", "kind": "voice"}
    assert worker.rooms[province.meeting][province.ids["an"]] == ("camera",)
    assert (await an.media("offer", sdp="bad"))["problem"]["code"] == "bad_offer"
    assert (await an.media("watch", wishes=[{"slot": "6", "source": "x:camera", "layer": "h"}]))["ok"]


async def test_nobody_waits_for_an_answer_because_a_worker_hangs(
    join: Join, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    chair, an = await join("chair"), await join("an")
    assert (await an.offer())["ok"]
    permit, may_go_on, rounds = Media.permit, asyncio.Event(), []

    async def hang(media: Media, *asked: object) -> None:
        rounds.append(asked)
        await may_go_on.wait()
        await permit(media, *asked)

    monkeypatch.setattr(Media, "permit", hang)
    try:
        assert (await chair.command("give_floor", participant=province.ids["an"]))["ok"]
        assert (await an.command("say", text="Kính thưa hội nghị"))["ok"]
        binh = await join("binh")
        assert (await binh.command("raise_hand"))["ok"]
        assert len(rounds) == 1  # what changed meanwhile is told together, in the next
    finally:
        may_go_on.set()
    await an.until(lambda push: push["type"] == "permit" and push["publish"])


async def test_a_device_that_logs_out_hears_no_more(join: Join, province: Province, worker: FakeWorker) -> None:
    an = await join("an")
    await an.offer()
    async with an.http.post("/api/logout") as response:
        assert response.status == 204
    assert worker.rooms[province.meeting] == {}


@contextlib.asynccontextmanager
async def while_the_worker_answers(person: Person, worker: FakeWorker) -> AsyncIterator[None]:
    """The worker has obeyed an offer of this person, and says so when the block has ended."""
    worker.may_answer.clear()
    offering = asyncio.create_task(person.offer())
    await until(lambda: any(isinstance(asked, control.Join) for asked in worker.asked))
    yield
    worker.may_answer.set()
    # Whose connection has ended gets no answer.
    offering.cancel()
    await asyncio.gather(offering, return_exceptions=True)


async def test_a_device_that_logs_out_while_the_worker_answers_hears_no_more(
    join: Join, province: Province, worker: FakeWorker
) -> None:
    an = await join("an")
    async with while_the_worker_answers(an, worker), an.http.post("/api/logout") as response:
        assert response.status == 204
    await until(lambda: worker.rooms[province.meeting] == {})


async def test_a_device_whose_owner_goes_into_the_hall_while_the_worker_answers_hears_no_more(
    join: Join, province: Province, worker: FakeWorker
) -> None:
    an = await join("an")
    async with while_the_worker_answers(an, worker):
        await an.connect(companion=True)
        await an.until("welcome")
    await until(lambda: worker.rooms[province.meeting] == {})


async def test_who_takes_a_seat_anew_while_the_worker_answers_keeps_what_is_offered_there(
    join: Join, province: Province, worker: FakeWorker
) -> None:
    an = await join("an")
    async with while_the_worker_answers(an, worker):
        await an.connect()
        await an.until("welcome")
        anew = asyncio.create_task(an.offer())
    assert (await anew)["ok"]
    assert (await an.media("watch", wishes=[]))["ok"], "nothing that was said of the older offer ends the newer"


@pytest.mark.parametrize("companion", [True, False])
async def test_a_device_whose_seat_was_given_back_hears_no_more(
    join: Join, service: Service, province: Province, worker: FakeWorker, companion: bool
) -> None:
    """Somebody had used the link first; its page may keep the connection that the worker has."""
    secretary, thief, owner = await join("secretary"), await join("an"), Person(service, "owner")
    await thief.offer()
    assert (await owner.post("/api/knock", {"token": province.tokens["an"]}))[0] == 200
    await owner.connect()
    knock = (await owner.until("waiting"))["knock"]
    await owner.leave()
    assert (await secretary.command("admit", knock=knock))["ok"]
    await until(lambda: worker.rooms[province.meeting] == {})
    await owner.connect(companion=companion)
    await owner.until("welcome")
    if not companion:
        await owner.offer()
        assert list(worker.rooms[province.meeting]) == [province.ids["an"]]
    await owner.close()


async def test_a_device_that_accompanies_somebody_in_the_hall_has_no_media(
    join: Join, province: Province, worker: FakeWorker
) -> None:
    an = await join("an")
    await an.offer()
    await an.connect(companion=True)
    await an.until("welcome")
    await until(lambda: worker.rooms[province.meeting] == {})


async def test_a_device_from_before_a_restart_hears_no_more_once_its_owner_is_in_the_hall(
    join: Join, service: Service, province: Province, worker: FakeWorker
) -> None:
    """The owner's telephone is back before the worker has said whom it has."""
    an, binh = await join("an"), await join("binh")
    await an.offer()
    await binh.offer()
    await service.stop()
    worker.may_answer.clear()
    await service.start()
    await an.connect(companion=True)
    await an.until("welcome")
    worker.may_answer.set()
    await until(lambda: list(worker.rooms[province.meeting]) == [province.ids["binh"]])


async def test_the_first_watch_of_a_connection_asks_for_what_passed_it_by(join: Join, worker: FakeWorker) -> None:
    an = await join("an")
    await an.offer()
    for _ in range(2):
        await an.media("watch", wishes=[])
    await an.leave()
    await an.connect()
    await an.until("welcome")
    await an.media("watch", wishes=[])
    assert [r.again for r in worker.asked if isinstance(r, control.Watch)] == [True, False, True]


async def test_no_media_before_the_doors_are_open(settings, worker: FakeWorker) -> None:
    province = await seed(settings, state="invited")
    service = Service(settings)
    await service.start()
    await service.until_workers()
    chair = Person(service, "chair")
    try:
        await chair.post("/api/enter", {"token": province.tokens["chair"]})
        await chair.connect()
        assert (await chair.until("welcome"))["meeting"]["state"] == "invited"
        assert (await chair.offer())["problem"]["code"] == "wrong_state"
        await chair.command("set_state", state="check_in")
        assert (await chair.until("checked_in"))["data"]["participant"] == province.ids["chair"]
        assert (await chair.offer())["ok"]
    finally:
        await chair.close()
        await service.stop()


async def test_nobody_sends_while_a_postponed_meeting_is_prepared_anew(
    join: Join, province: Province, worker: FakeWorker
) -> None:
    chair, an = await join("chair"), await join("an")
    await chair.command("set_floor_mode", mode="open")
    await an.offer()
    await chair.offer()
    for state in ("postponed", "draft", "submitted", "approved", "invited"):
        assert (await chair.command("set_state", state=state))["ok"]
        await until(lambda: not any(worker.rooms[province.meeting].values()))
    assert (await chair.command("set_state", state="check_in"))["ok"]
    await until(lambda: all(worker.rooms[province.meeting].values()))


async def test_the_floor_opens_and_closes_the_microphone_at_the_worker(
    join: Join, province: Province, worker: FakeWorker
) -> None:
    chair, an = await join("chair"), await join("an")
    await chair.offer()
    await an.offer()
    room, me = worker.rooms[province.meeting], province.ids["an"]
    await chair.command("give_floor", participant=me)
    await until(lambda: room[me] == ("microphone", "camera", "screen"))
    assert await an.until(lambda p: p["type"] == "permit" and "microphone" in p["publish"])
    await chair.command("mute", participant=me)
    await until(lambda: room[me] == ("camera", "screen"))
    await chair.command("take_floor")
    await until(lambda: room[me] == ("camera",))
    await chair.command("unmute", participant=me)
    await chair.command("set_floor_mode", mode="open")
    await until(lambda: room[me] == ("microphone", "camera"))
    assert room[province.ids["chair"]] == ("microphone", "camera", "screen")


async def test_whose_floor_was_taken_is_silent_though_telling_it_failed(
    join: Join, province: Province, worker: FakeWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    chair, an = await join("chair"), await join("an")
    await an.offer()
    await chair.command("give_floor", participant=province.ids["an"])
    await an.until("floor_given")

    def fail(*_told: object) -> None:
        raise OSError("no buffer space")

    with monkeypatch.context() as patch:
        patch.setattr(Pushes, "to_group", fail)
        taken = await chair.command("take_floor")
    assert taken["ok"]
    await until(lambda: worker.rooms[province.meeting][province.ids["an"]] == ("camera",))
    said = await chair.command("say", text="sau đó")
    event = await an.until("said")
    assert event["seq"] == said["seq"] == taken["seq"] + 1


@pytest.mark.parametrize(("owner", "due"), [(Media, "end_orphans"), (Hall, "tick"), (Gate, "tick")])
async def test_the_clock_of_the_halls_goes_on_after_a_fault(
    settings, worker: FakeWorker, province: Province, monkeypatch: pytest.MonkeyPatch, owner: type, due: str
) -> None:
    failed = asyncio.Event()
    mended = getattr(owner, due)

    async def fail_once(*given: object) -> None:
        if failed.is_set():
            return await mended(*given)
        failed.set()
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(owner, due, fail_once)
    service = Service(settings)
    await service.start()
    chair = Person(service, "chair")
    try:
        await chair.post("/api/enter", {"token": province.tokens["chair"]})
        await chair.connect()
        await asyncio.wait_for(failed.wait(), PATIENCE_S)
        await chair.media("publish", microphone=False, camera=True, screen=False)
        await chair.until(lambda push: push["type"] == "presence" and push["changes"][0]["camera"])
    finally:
        await chair.close()
        await service.stop()


async def test_presence_shows_what_is_let_through(join: Join, province: Province) -> None:
    chair, an = await join("chair"), await join("an")
    await an.media("publish", microphone=True, camera=True, screen=False)

    def an_sends(microphone: bool):
        def check(push: dict) -> bool:
            return push["type"] == "presence" and any(
                change["participant"] == province.ids["an"] and change["camera"] and change["microphone"] is microphone
                for change in push["changes"]
            )

        return check

    await chair.until(an_sends(microphone=False))
    await chair.command("give_floor", participant=province.ids["an"])
    await chair.until(an_sends(microphone=True))


async def test_who_comes_late_learns_who_is_heard(join: Join, province: Province, worker: FakeWorker) -> None:
    chair = await join("chair")
    await chair.offer()
    slots = (province.ids["chair"], None, None)
    await worker.say(control.Voices(room=province.meeting, slots=slots, speaking=slots[:1]))
    voices = await chair.until("voices")
    assert await (await join("an")).until("voices") == voices


async def test_what_a_worker_tells_one_peer_reaches_that_one_only(
    join: Join, province: Province, worker: FakeWorker
) -> None:
    chair, an = await join("chair"), await join("an")
    await an.offer()
    to = {"room": province.meeting, "peer": province.ids["an"]}
    await worker.say(control.Demand(**to, camera=("q",), screen=False))
    await worker.say(control.SlotChanged(**to, slot="6", source=None, layer=None, cause="downlink"))
    await worker.say(
        control.Quality(**to, level="poor", uplink_loss=1, downlink_loss=20, downlink_bps=90_000, round_trip_ms=300)
    )
    [joined] = [asked for asked in worker.asked if isinstance(asked, control.Join)]
    await worker.say(control.PeerLost(**to, connection=joined.id, reason="silence"))
    for kind in ("demand", "slot", "quality", "media_gone"):
        as_type(await an.until(kind), AnyPush)
    assert (await an.until("media_gone"))["ready"]
    await chair.command("say", text="sau đó")
    await chair.until("said")
    assert not {"demand", "slot", "quality", "media_gone"} & {push["type"] for push in chair.pushes}


async def test_a_worker_that_dies_and_returns(join: Join, worker: FakeWorker, service: Service) -> None:
    chair, an = await join("chair"), await join("an")
    await an.offer()
    await worker.close()
    for person in (chair, an):
        await person.until(lambda p: p["type"] == "media_gone" and not p["ready"])
    assert (await an.offer())["problem"]["code"] == "media_not_ready"
    assert (await an.command("raise_hand"))["ok"]  # the meeting goes on
    successor = FakeWorker(worker.path)
    await successor.start()
    try:
        await an.until(lambda p: p["type"] == "media_gone" and p["ready"])
        assert (await an.offer())["ok"]
    finally:
        await successor.close()

"""In the hall: welcome, commands, events to everybody, presence, attendance."""

from __future__ import annotations

import asyncio

import msgspec
import pytest
import socketio

from meeting_app import attendance
from sfu import control
from signaling.database import open_database
from signaling.gate import Gate
from signaling.media import Media
from signaling.meeting import Hall
from signaling.messages import AnyPush, Result
from signaling.push import Pushes
from tests.signaling.conftest import Join, Person, Province, Service, as_type, seed
from tests.signaling.waiting import PATIENCE_S, until
from tests.signaling.worker import FakeWorker


async def test_a_personal_link_leads_to_a_welcome(join: Join, province: Province) -> None:
    chair = await join("chair")
    welcome = await chair.until("welcome")
    as_type(welcome, AnyPush)
    assert (welcome["me"], welcome["role"]) == (province.ids["chair"], "chair")
    assert welcome["meeting"]["title"] == "Hội nghị thử"
    assert "give_floor" in welcome["may"] and "raise_hand" not in welcome["may"]
    assert [item["title"] for item in welcome["meeting"]["agenda"]] == ["Khai mạc", "Thảo luận"]
    here = {person["name"]: person["present"] for person in welcome["meeting"]["participants"]}
    assert here == {"chair": True, "secretary": False, "an": False, "binh": False}
    assert (await chair.until("permit"))["publish"] == ["camera", "microphone", "screen"]


async def test_an_event_reaches_everybody_before_the_answer_to_the_command_says_its_number(
    join: Join, province: Province
) -> None:
    chair, an = await join("chair"), await join("an")
    done = await an.command("raise_hand")
    assert as_type(done, Result).ok
    for person in (chair, an):
        event = await person.until("hand_raised")
        as_type(event, AnyPush)
        assert event["seq"] == done["seq"] and event["actor"] == province.ids["an"]


async def test_every_command_works_for_who_may(join: Join, province: Province) -> None:
    chair, an = await join("chair"), await join("an")
    me = province.ids["an"]
    steps = [
        (an, "raise_hand", {}, "hand_raised"),
        (an, "lower_hand", {}, "hand_lowered"),
        (chair, "give_floor", {"participant": me}, "floor_given"),
        (chair, "take_floor", {}, "floor_taken"),
        (chair, "set_floor_mode", {"mode": "open"}, "floor_mode_changed"),
        (chair, "mute", {"participant": me}, "muted"),
        (chair, "unmute", {"participant": me}, "unmuted"),
        (chair, "mute_all", {}, "all_muted"),
        (chair, "pin_to_stage", {"participant": me}, "stage_pinned"),
        (chair, "open_item", {"item": province.items[0]}, "item_opened"),
        (chair, "close_item", {}, "item_closed"),
        (an, "say", {"text": "Kính thưa hội nghị"}, "said"),
        (chair, "set_state", {"state": "paused"}, "state_changed"),
        (chair, "remove_participant", {"participant": me}, "participant_removed"),
    ]
    seqs = []
    for person, command, fields, event in steps:
        done = await person.command(command, **fields)
        assert done["ok"], (command, done)
        assert (await chair.until(event))["seq"] == done["seq"]
        seqs.append(done["seq"])
    assert seqs == list(range(seqs[0], seqs[0] + len(steps)))


async def test_a_repeated_command_gets_the_first_answer_and_happens_once(join: Join) -> None:
    an, chair = await join("an"), await join("chair")
    first = await an.command("say", key="same-key-1", text="Một lần")
    again = await an.command("say", key="same-key-1", text="Một lần")
    assert again == first
    other = await an.command("say", key="same-key-1", text="Khác")
    assert other["problem"]["code"] == "key_reused"
    await an.command("say", text="Xong")
    await chair.until(lambda push: push.get("data", {}).get("text") == "Xong")
    said = [push["data"]["text"] for push in chair.pushes if push.get("name") == "said"]
    assert said == ["Một lần", "Xong"]


@pytest.mark.parametrize(
    ("who", "command", "fields", "code"),
    [
        ("an", "mute_all", {}, "not_allowed"),
        ("wall", "say", {"text": "chữ"}, "not_allowed"),
        ("chair", "give_floor", {"participant": "nobody"}, "not_found"),
        ("chair", "take_floor", {}, "nobody_speaking"),
        ("chair", "set_state", {"state": "draft"}, "wrong_state"),
        ("chair", "open_item", {"item": "none"}, "not_found"),
        ("chair", "admit", {"knock": "none"}, "not_found"),
        ("an", "lower_hand", {}, "not_waiting"),
    ],
)
async def test_what_is_refused_says_why(join: Join, who: str, command: str, fields: dict, code: str) -> None:
    person = await join(who)
    answer = await person.command(command, **fields)
    assert not answer["ok"] and answer["problem"]["code"] == code
    assert answer["problem"]["message"]


async def test_a_wall_shows_the_meeting_and_learns_nothing_private(join: Join, province: Province) -> None:
    wall, chair, an = await join("wall"), await join("chair"), await join("an")
    await an.command("say", text="Riêng trong hội trường")
    guest = await join("guest")
    await guest.post("/api/knock", {"meeting": province.meeting, "name": "Khách"})
    await chair.until("knocks")
    given = await chair.command("give_floor", participant=province.ids["an"])
    await wall.until("floor_given")
    assert [push["seq"] for push in wall.pushes if push["type"] == "event"][-2:] == [given["seq"] - 1, given["seq"]]
    assert "Riêng" not in str(wall.pushes) and "knocks" not in {push["type"] for push in wall.pushes}
    welcome = await wall.until("welcome")
    assert welcome["meeting"]["chat"] == [] and welcome["role"] == "big_screen"
    for person in (chair, an):
        assert province.ids["wall"] not in str(person.pushes)


# Coming back -------------------------------------------------------------------------------------------


async def test_after_a_drop_the_missed_events_follow(join: Join, province: Province) -> None:
    an, chair = await join("an"), await join("chair")
    last = (await an.command("say", text="một"))["seq"]
    await an.leave()
    for text in ("hai", "ba"):
        await chair.command("say", text=text)
    await an.connect(seq=last)
    welcome = await an.until("welcome")
    assert welcome.get("meeting") is None
    assert [event["data"]["text"] for event in welcome["events"]] == ["hai", "ba"]
    assert [event["seq"] for event in welcome["events"]] == list(range(last + 1, welcome["seq"] + 1))


@pytest.mark.parametrize("seq", [10**9, -(10**9), -1, "x", True, 1.5, None])
async def test_a_number_that_cannot_be_followed_gets_the_whole_meeting(join: Join, seq: object) -> None:
    an = await join("an")
    await an.leave()
    await an.connect(seq=seq)
    assert (await an.until("welcome"))["meeting"]["state"] == "in_session"


async def test_a_newer_connection_takes_the_seat(join: Join) -> None:
    an = await join("an")
    older = an.socket
    pushes = an.pushes
    await an.connect()
    await an.until("welcome")
    await asyncio.wait_for(older.wait(), PATIENCE_S)
    assert [push["reason"] for push in pushes if push["type"] == "ended"] == ["replaced"]
    assert (await an.command("raise_hand"))["ok"]


def offline_pushes(person: Person, participant: str) -> int:
    changes = [one for push in person.pushes if push["type"] == "presence" for one in push["changes"]]
    return sum(one["participant"] == participant and not one["online"] for one in changes)


async def test_a_reload_is_no_departure_but_staying_away_is(join: Join, service: Service, province: Province) -> None:
    chair, an = await join("chair"), await join("an")
    await an.leave()
    await until(lambda: offline_pushes(chair, province.ids["an"]) == 1)
    await an.connect()
    await an.until("welcome")
    service.clock.push(service.settings.absence_grace_s + 1)
    await an.leave()
    await until(lambda: offline_pushes(chair, province.ids["an"]) == 2)
    service.clock.push(service.settings.absence_grace_s + 1)
    left = await chair.until("left")
    assert left["data"] == {"participant": province.ids["an"]} and left["actor"] is None
    assert [push["name"] for push in chair.pushes if push["type"] == "event"].count("left") == 1
    await an.connect()
    await chair.until(lambda push: push.get("name") == "checked_in" and push["seq"] > left["seq"])


async def test_a_restart_of_the_service_loses_nothing(
    join: Join, service: Service, province: Province, worker: FakeWorker
) -> None:
    chair, an, binh = await join("chair"), await join("an"), await join("binh")
    for person in (chair, an, binh):
        assert (await person.offer())["ok"]
    last = (await chair.command("say", text="trước"))["seq"]
    await service.stop()
    assert set(worker.rooms[province.meeting]) == {province.ids[name] for name in ("chair", "an", "binh")}
    await service.start()
    await service.until_workers()
    for person in (chair, an):
        await person.connect(seq=last)
        welcome = await person.until("welcome")
        assert welcome["media_known"] and welcome["events"] == []
    # The third does not come back: the seat and the media end, for everybody else nothing changes.
    service.clock.push(service.settings.orphan_grace_s + 1)
    left = await chair.until("left")
    assert left["data"]["participant"] == province.ids["binh"]
    await until(lambda: province.ids["binh"] not in worker.rooms[province.meeting])
    assert set(worker.rooms[province.meeting]) == {province.ids["chair"], province.ids["an"]}


async def test_who_is_present_by_the_log_but_gone_leaves_though_nobody_comes_back(
    join: Join, service: Service, province: Province
) -> None:
    an = await join("an")
    await service.stop()
    await an.leave()
    await service.start()
    service.clock.push(service.settings.orphan_grace_s + 1)
    database = await open_database(service.settings)
    try:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                async with database.reading() as session:
                    if not await attendance.present_now(session, province.meeting):
                        break
                await asyncio.sleep(0.02)
    finally:
        await database.close()


# Ends --------------------------------------------------------------------------------------------------


async def test_closing_the_meeting_shows_everybody_out(join: Join, province: Province, worker: FakeWorker) -> None:
    chair, an = await join("chair"), await join("an")
    await an.offer()
    assert (await chair.command("set_state", state="closed"))["ok"]
    for person in (chair, an):
        assert (await person.until("ended"))["reason"] == "closed"
    assert (await an.get("/api/me"))[1]["code"] == "closed"
    assert province.meeting not in worker.rooms
    with pytest.raises(socketio.exceptions.ConnectionError):
        await an.connect()
    assert an.refusal["data"]["code"] == "closed"


async def test_a_removed_participant_is_out_for_good(join: Join, province: Province, worker: FakeWorker) -> None:
    chair, an = await join("chair"), await join("an")
    await an.offer()
    assert (await chair.command("remove_participant", participant=province.ids["an"]))["ok"]
    assert (await an.until("ended"))["reason"] == "removed"
    assert province.ids["an"] not in worker.rooms[province.meeting]
    with pytest.raises(socketio.exceptions.ConnectionError):
        await an.connect()
    assert (await an.post("/api/enter", {"token": province.tokens["an"]}))[1]["code"] == "bad_link"


async def test_a_full_room_still_takes_the_chair(settings, worker: FakeWorker, province: Province) -> None:
    service = Service(msgspec.structs.replace(settings, seats=1))
    await service.start()
    people = {name: Person(service, name) for name in ("an", "binh", "chair")}
    try:
        for name, person in people.items():
            await person.post("/api/enter", {"token": province.tokens[name]})
        await people["an"].connect()
        await people["an"].until("welcome")
        with pytest.raises(socketio.exceptions.ConnectionError):
            await people["binh"].connect()
        assert people["binh"].refusal["data"]["code"] == "full" and "1 people" in people["binh"].refusal["message"]
        await people["chair"].connect()
        await people["chair"].until("welcome")
    finally:
        for person in people.values():
            await person.close()
        await service.stop()


# Media -------------------------------------------------------------------------------------------------


async def test_an_offer_is_answered_by_the_worker(join: Join, province: Province, worker: FakeWorker) -> None:
    an = await join("an")
    answer = await an.offer()
    assert answer["answer"] == "answer to v=0 an" and answer["slots"][0] == {"slot": "3", "kind": "voice"}
    assert worker.rooms[province.meeting][province.ids["an"]] == ("camera",)
    assert (await an.media("offer", sdp="bad"))["problem"]["code"] == "bad_offer"
    assert (await an.media("watch", wishes=[{"slot": "6", "source": "x:camera", "layer": "h"}]))["ok"]


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


async def test_the_floor_opens_and_closes_the_microphone_at_the_worker(
    join: Join, province: Province, worker: FakeWorker
) -> None:
    chair, an = await join("chair"), await join("an")
    await chair.offer()
    await an.offer()
    room, me = worker.rooms[province.meeting], province.ids["an"]
    await chair.command("give_floor", participant=me)
    assert room[me] == ("microphone", "camera", "screen")
    assert await an.until(lambda p: p["type"] == "permit" and "microphone" in p["publish"])
    await chair.command("mute", participant=me)
    assert room[me] == ("camera", "screen")
    await chair.command("take_floor")
    assert room[me] == ("camera",)
    await chair.command("unmute", participant=me)
    await chair.command("set_floor_mode", mode="open")
    assert room[me] == ("microphone", "camera")
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
    assert worker.rooms[province.meeting][province.ids["an"]] == ("camera",)
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

"""A worker as a director and browsers meet it: control over its Unix socket, media over UDP on loopback."""

import asyncio

import pytest

from sfu import client, control
from sfu import peer as peers
from sfu.dtls import make_certificate
from sfu.wire import rtcp
from tests.sfu.direction import Worker, until
from tests.sfu.pictures import Encoding


@pytest.fixture
async def worker(tmp_path):
    async with Worker(tmp_path / "c") as made:
        yield made


@pytest.fixture
async def director(worker):
    return await worker.director()


async def shown(viewer, publisher, at=0, **picture):
    """Wait until a new picture of `publisher` arrives at `viewer`, whole and in order, if under another picture id."""
    before = len(viewer.sees(at))
    bodies = [payload[5:] for _, _, _, payload in publisher.shows(**picture)]
    await until(lambda: [payload[5:] for payload in viewer.sees(at)[before:]] == bodies)


# Media ------------------------------------------------------------------------------------------------


async def test_pictures_and_voices_go_both_ways(worker, director):
    ready = await director.hears_of(control.Ready)
    assert ready.udp_address == "127.0.0.1"
    anna = await worker.peer(director, "anna").joins()
    bert = await worker.peer(director, "bert").joins()
    for viewer, publisher in ((anna, bert), (bert, anna)):
        await viewer.watches(f"{publisher.name}:camera", f"{publisher.name}:screen")
        await shown(viewer, publisher, packets=3)
        await shown(viewer, publisher, at=1, kind="screen", packets=20)
    said = anna.says(), bert.says()
    await until(lambda: anna.hears() == {said[1]} and bert.hears() == {said[0]})
    assert director.told(control.SourceChanged, source="anna:camera")[0].flows
    await until(lambda: [event.slots[:2] for event in director.told(control.Voices)][-1:] == [("anna", "bert")])
    assert director.told(control.SlotChanged, peer="anna", source="bert:screen")[-1].cause == "as_wished"


async def test_three_voices_and_no_more(worker, director):
    listener = await worker.peer(director, "listener", publish=()).joins()
    speakers = [await worker.peer(director, name, publish=("microphone",)).joins() for name in "abcd"]
    said = []
    for speaker in speakers:
        said.append(speaker.says())
        await asyncio.sleep(0.01)
    await until(lambda: len(listener.hears()) == 3)
    assert listener.hears() == set(said[:3])


async def test_who_may_not_publish_is_not_heard(worker, director):
    listener = await worker.peer(director, "listener").joins()
    cheat = await worker.peer(director, "cheat").joins(publish=())
    await listener.watches("cheat:camera")
    cheat.says()
    cheat.shows()
    cheater = worker.listener.worker.rooms["room"].peers["cheat"]
    await until(lambda: cheater.forbidden == 2)
    assert not listener.got
    assert not director.told(control.SourceChanged)


async def test_a_permit_takes_effect_with_the_next_packet(worker, director):
    listener = await worker.peer(director, "listener").joins()
    anna = await worker.peer(director, "anna").joins(publish=())
    await director.ask(control.Permit, room="room", peer="anna", publish=("microphone",))
    heard = {anna.says()}
    await until(lambda: listener.hears() == heard)
    await director.ask(control.Permit, room="room", peer="anna", publish=())
    anna.says()
    await director.ask(control.Permit, room="room", peer="anna", publish=("microphone",))
    forbidden = worker.listener.worker.rooms["room"].peers["anna"]
    # What was said without a permit may have arrived after the next one: wait for it before saying more.
    await until(lambda: forbidden.forbidden == 1 or len(listener.hears()) == 2)
    heard.add(anna.says())
    await until(lambda: listener.hears() >= heard)


# The line ---------------------------------------------------------------------------------------------


async def test_what_a_viewer_lost_comes_again_with_the_same_bytes(worker, director):
    anna = await worker.peer(director, "anna").joins()
    viewer = await worker.peer(director, "viewer").joins()
    await viewer.watches("anna:camera")
    await shown(viewer, anna, packets=4)
    mid = viewer.connection.picture_mids[0]
    lost = viewer.got[mid][2]
    ssrc = next(s for s, (of, repairs) in viewer.connection._slot_of.items() if of == mid and not repairs)
    viewer.connection.send_rtcp(rtcp.nack(1, ssrc, [lost.sequence]))
    again = (await until(lambda: [p for p in viewer.got[mid] if p.repaired]))[0]
    assert (again.sequence, again.timestamp, again.marker, again.payload) == (
        lost.sequence, lost.timestamp, lost.marker, lost.payload,
    )  # fmt: skip


async def test_what_the_worker_lost_is_asked_for_at_the_publisher(worker, director):
    anna = await worker.peer(director, "anna").joins()
    lost = anna.shows(packets=4, lost=[1, 2])[1:3]
    nack = (await until(lambda: anna.told(rtcp.Nack)))[0]
    assert nack.media == anna.connection.ssrcs["camera", "f"]
    assert nack.lost == tuple(number for number, *_ in lost)


async def test_many_viewers_are_one_request_for_a_keyframe(worker, director):
    anna = await worker.peer(director, "anna").joins()
    viewers = [await worker.peer(director, f"viewer{i}").joins() for i in range(4)]
    anna.shows(keyframe=False)
    await director.hears_of(control.SourceChanged, source="anna:camera")
    for viewer in viewers:
        await viewer.watches("anna:camera")
    await until(lambda: anna.told(rtcp.Pli))
    made = anna.shows()
    await until(lambda: all(viewer.sees() == [made[0][3]] for viewer in viewers))
    assert len(anna.told(rtcp.Pli)) == 1


async def test_sender_reports_reach_the_receiver_in_its_own_numbers(worker, director):
    anna = await worker.peer(director, "anna").joins()
    viewer = await worker.peer(director, "viewer").joins()
    await viewer.watches("anna:camera")
    await shown(viewer, anna)
    timestamp = Encoding(sequence=10).timestamp
    report = rtcp.sender_report(
        anna.connection.ssrcs["camera", "f"], rtcp.ntp_from_us(1), (timestamp + 90_000) & 0xFFFFFFFF, 1, 1
    )
    anna.connection.send_rtcp(report)
    told = (await until(lambda: anna.shows(keyframe=False) and viewer.told(rtcp.SenderReport), every_s=0.1))[0]
    first = viewer.got[viewer.connection.picture_mids[0]][0]
    ahead = (told.rtp_timestamp - first.timestamp) & 0xFFFFFFFF
    assert 90_000 <= ahead <= 90_000 * 4, "a second, and what passed until the report"
    await until(lambda: anna.told(rtcp.ReceiverReport))
    assert anna.told(rtcp.TransportFeedback)


async def test_an_ice_restart_keeps_keys_and_media(worker, director):
    anna = await worker.peer(director, "anna").joins()
    viewer = await worker.peer(director, "viewer").joins()
    await viewer.watches("anna:camera")
    await shown(viewer, anna)
    anna.connection.renew_credentials()
    reply = await director.ask(control.Offer, room="room", peer="anna", offer=anna.connection.offer)
    await shown(viewer, anna)
    anna.connection.accept(reply.answer)
    anna.connection.rebind()
    await until(lambda: worker.listener.worker.rooms["room"].peers["anna"].addresses[0] == address(anna))
    await shown(viewer, anna)
    assert len(director.told(control.PeerConnected, peer="anna")) == 1


def address(peer):
    return peer.connection.socket.getsockname()


async def test_a_viewer_that_moves_goes_on_seeing(worker, director):
    anna = await worker.peer(director, "anna").joins()
    viewer = await worker.peer(director, "viewer").joins()
    await viewer.watches("anna:camera")
    await shown(viewer, anna)
    viewer.connection.rebind()
    await until(lambda: worker.listener.worker.rooms["room"].peers["viewer"].addresses[0] == address(viewer))
    await shown(viewer, anna)


async def test_strangers_disturb_neither_handshake_nor_call(worker, director):
    stranger = worker.peer(director, "stranger").connection
    stranger._remote = worker.listener.worker.port.address
    anna = worker.peer(director, "anna")
    reply = await anna.asks_to_join()
    joining = asyncio.ensure_future(anna.connection.connect(reply.answer))
    garbage = (b"\x16\xfe\xfd" + bytes(50), b"\x15\xfe\xfd" + bytes(20), bytes([0x80, 96]) + bytes(50), bytes(30))
    while not joining.done():
        for datagram in garbage:
            stranger._send(datagram)
        await asyncio.sleep(0.002)
    await joining
    viewer = await worker.peer(director, "viewer").joins()
    await viewer.watches("anna:camera")
    for datagram in garbage:
        stranger._send(datagram)
    await shown(viewer, anna)
    assert worker.listener.worker.port.drops["dtls from an unknown address"] >= 2
    assert not director.told(control.PeerLost)


# Going ------------------------------------------------------------------------------------------------


async def test_who_vanishes_is_told_lost_and_who_is_still_does_not(worker, director, monkeypatch):
    monkeypatch.setattr(peers, "SILENCE_US", 600_000)
    monkeypatch.setattr(client, "CHECK_S", 0.1)
    quiet = await worker.peer(director, "quiet").joins()
    gone = await worker.peer(director, "gone").joins()
    gone.connection.vanish()
    lost = await director.hears_of(control.PeerLost)
    assert (lost.peer, lost.reason) == ("gone", "silence")
    reply = await director.ask(control.Describe)
    assert reply.rooms[0].peers == (quiet.name,)


async def test_who_says_goodbye_is_told_lost_at_once(worker, director):
    anna = worker.peer(director, "anna")
    joined = await anna.asks_to_join()
    await anna.connection.connect(joined.answer)
    await anna.close()
    lost = await director.hears_of(control.PeerLost, peer="anna")
    assert (lost.reason, lost.connection) == ("goodbye", joined.id)


async def test_another_certificate_than_announced_is_no_handshake(worker, director):
    anna = worker.peer(director, "anna")
    reply = await anna.asks_to_join()
    anna.connection._certificate = make_certificate()
    await anna.connection.connect(reply.answer)
    assert (await director.hears_of(control.PeerLost, peer="anna")).reason == "handshake"
    assert not director.told(control.PeerConnected)


async def test_a_peer_of_the_same_name_takes_the_place(worker, director):
    first = await worker.peer(director, "anna").joins()
    viewer = await worker.peer(director, "viewer").joins()
    await viewer.watches("anna:camera")
    await shown(viewer, first)
    second = await worker.peer(director, "anna").joins()
    await asyncio.wait_for(first.connection.ended.wait(), 5)
    await shown(viewer, second)
    assert not director.told(control.PeerLost)


async def test_a_room_closed_says_goodbye_to_everybody(worker, director):
    people = [await worker.peer(director, name).joins() for name in "ab"]
    assert (await director.ask(control.CloseRoom, room="room")).error is None
    for person in people:
        await asyncio.wait_for(person.connection.ended.wait(), 5)
    assert (await director.ask(control.Describe)).rooms == ()
    assert (await director.ask(control.CloseRoom, room="room")).error is None


# Refusals ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("request_type", "fields"),
    [
        (control.Offer, {"offer": "v=0"}),
        (control.Permit, {"publish": ()}),
        (control.Watch, {"wishes": ()}),
    ],
)
async def test_a_peer_that_is_not_here(director, request_type, fields):
    reply = await director.ask(request_type, room="room", peer="nobody", **fields)
    assert (reply.error, reply.message) == ("no_such_peer", "no peer nobody in room room")


async def test_leaving_twice_is_no_error(worker, director):
    await worker.peer(director, "anna").asks_to_join()
    for _ in range(2):
        assert (await director.ask(control.Leave, room="room", peer="anna")).error is None
    assert (await director.ask(control.Describe)).rooms == ()


async def test_an_offer_that_cannot_be_answered(worker, director):
    anna = worker.peer(director, "anna")
    assert (await anna.asks_to_join(offer="hello")).error == "bad_offer"
    mangled = anna.connection.offer.replace("a=rtpmap:111 opus/48000/2", "a=fmtp:111 useinbandfec=1")
    assert (await anna.asks_to_join(offer=mangled)).error == "bad_offer"
    assert (await director.ask(control.Describe)).rooms == ()
    await anna.asks_to_join()
    other = worker.peer(director, "other").connection
    reply = await director.ask(control.Offer, room="room", peer="anna", offer=other.offer)
    assert reply.error == "bad_offer"


async def test_a_full_room_and_a_full_worker(tmp_path):
    async with Worker(tmp_path / "c", peers_per_room=2, peers=3) as worker:
        director = await worker.director()
        for name in ("a", "b"):
            assert (await worker.peer(director, name).asks_to_join()).error is None
        assert (await worker.peer(director, "c").asks_to_join()).error == "room_full"
        assert (await worker.peer(director, "c", room="other").asks_to_join()).error is None
        assert (await worker.peer(director, "d", room="other").asks_to_join()).error == "worker_full"
        assert (await worker.peer(director, "d", room="third").asks_to_join()).error == "worker_full"
        assert (await worker.peer(director, "a").asks_to_join()).error is None, "who reloads keeps the place"
        assert [room.room for room in (await director.ask(control.Describe)).rooms] == ["room", "other"]


# Directors --------------------------------------------------------------------------------------------


async def test_two_directors_hear_the_same(worker, director):
    other = await worker.director()
    await worker.peer(director, "anna").joins()
    await other.hears_of(control.PeerConnected, peer="anna")
    described = await other.ask(control.Describe)
    assert described.rooms[0].peers == ("anna",)
    assert director.told(control.Ready)[0].worker == other.told(control.Ready)[0].worker


async def test_a_director_that_goes_leaves_the_room_running(worker, director):
    other = await worker.director()
    await worker.peer(other, "anna").joins()
    await other.close()
    assert (await director.ask(control.Describe)).rooms[0].peers == ("anna",)


async def test_a_fault_in_one_room_leaves_the_others_their_time(worker, director, monkeypatch):
    lost = worker.peer(director, "anna")
    await director.ask(control.Join, room="faulty", peer="x", offer=worker.peer(director, "x").connection.offer)
    await director.ask(control.Join, room="sound", peer="anna", offer=lost.connection.offer)
    rooms = worker.listener.worker.rooms

    def fail(now):
        raise RuntimeError("a bug")

    monkeypatch.setattr(rooms["faulty"], "flush_overdue", fail)
    turns = []
    monkeypatch.setattr(rooms["sound"], "flush_overdue", turns.append)
    await until(lambda: len(turns) > 3)

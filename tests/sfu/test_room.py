"""Who sees and hears whom while people and sources come and go."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sfu.control import Demand, PeerConnected, PeerLost, Quality, SourceChanged, Voices, Wish
from sfu.flow.bandwidth import Downlink
from sfu.layer import SILENT_US
from sfu.room import UNWATCHED_US
from sfu.wire import rtcp
from tests.sfu.people import MS, Conference, Person, S


async def test_a_wish_is_met_as_soon_as_its_source_exists(conference):
    viewer = await conference.joins("viewer")
    viewer.watches((0, "anna:camera", "f"))
    assert viewer.told_slots() == [(0, None, None, "not_sent")]
    anna = await conference.joins("anna")
    anna.shows("q")
    assert viewer.told_slots() == [(0, "anna:camera", "q", "not_sent")]
    assert len(viewer.sees()) == 1


async def test_a_wish_before_the_keys_is_met_when_they_exist(conference):
    anna = await conference.joins("anna")
    anna.shows("f")
    viewer = Person(conference, "viewer")
    viewer.watches((0, "anna:camera", "f"))
    assert viewer.sees() == []
    await viewer.arrives()
    assert len(viewer.sees()) == 1


async def test_a_source_that_comes_back_is_shown_again(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:camera", "f"))
    anna.shows("f")
    assert viewer.told_slots()[-1] == (0, "anna:camera", "f", "as_wished")
    anna.goes()
    assert viewer.told_slots() == [(0, None, None, "not_sent")]
    again = await conference.joins("anna")
    again.shows("f")
    assert viewer.told_slots()[-1] == (0, "anna:camera", "f", "as_wished")
    assert len(viewer.sees()) == 2


async def test_a_peer_of_the_same_name_replaces_the_first(conference):
    viewer, first = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:camera", "f"))
    first.shows("f")
    first.says()
    second = await conference.joins("anna")
    assert conference.told(PeerLost) == [], "the director replaced it itself"
    assert list(conference.room.peers.values()) == [viewer.peer, second.peer]
    assert first.peer.closed
    first.conference.room.lose(first.peer, "goodbye", conference.now)
    assert conference.told(PeerLost) == [], "what the first does now is of no account"
    second.shows("f")
    assert len(viewer.sees()) == 2


async def test_a_screen_that_stands_still_stays_shown(conference):
    """Chromium repeats the picture of a still screen once a second."""
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:screen", "f"))
    anna.shows(kind="screen")
    viewer.told_slots()
    for _ in range(50):
        conference.passes(S)
        anna.shows(kind="screen", keyframe=False)
    assert viewer.told_slots() == []
    assert len(viewer.sees()) == 51
    assert len(anna.rtcp(rtcp.Pli)) == 0
    conference.passes(SILENT_US + 200 * MS)
    assert viewer.told_slots() == [(0, None, None, "not_sent")]


async def test_a_layer_that_ceases_is_replaced_by_the_next(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:camera", "f"))
    for layer in "hf":
        anna.shows(layer)
    viewer.told_slots()
    for _ in range(4):
        conference.passes(200 * MS)
        anna.shows("h")
    assert viewer.told_slots() == [(0, "anna:camera", "h", "not_sent")]


async def test_a_source_is_told_when_it_flows_and_when_it_ceases(conference):
    anna = await conference.joins("anna")
    anna.shows("f")
    assert [(e.source, e.flows) for e in conference.told(SourceChanged)] == [("anna:camera", True)]
    conference.passes(SILENT_US)
    assert [(e.source, e.flows) for e in conference.told(SourceChanged)] == [("anna:camera", False)]
    anna.shows("f")
    anna.goes()
    assert [e.flows for e in conference.told(SourceChanged)] == [True, False]


async def test_more_is_demanded_at_once_and_less_when_nobody_has_watched_for_a_while(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    conference.passes(200 * MS)
    [first] = [d for d in conference.told(Demand) if d.peer == "anna"]
    assert (first.camera, first.screen) == ((), False)
    viewer.watches((0, "anna:camera", "h"), (1, "anna:screen", "f"))
    [more] = [d for d in conference.told(Demand) if d.peer == "anna"]
    assert (more.camera, more.screen) == (("q", "h"), True)
    viewer.watches()
    conference.passes(UNWATCHED_US - 200 * MS)
    assert [d for d in conference.told(Demand) if d.peer == "anna"] == []
    conference.passes(400 * MS)
    assert [(d.camera, d.screen) for d in conference.told(Demand)] == [((), False)]
    assert anna.peer.sources["camera"].takers.total() == 0


async def test_nobody_watching_is_demanded_of_when_the_viewer_goes(conference):
    viewer, _ = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:camera", "f"))
    conference.told(Demand)
    viewer.goes()
    conference.passes(UNWATCHED_US + 400 * MS)
    assert [d.camera for d in conference.told(Demand)] == [()]


async def test_a_mere_flicker_of_the_layout_is_not_told(conference):
    viewer, _ = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:camera", "f"))
    conference.passes(200 * MS)
    conference.told(Demand)
    for _ in range(5):
        viewer.watches()
        conference.passes(2 * S)
        viewer.watches((0, "anna:camera", "f"))
        conference.passes(2 * S)
    assert [d for d in conference.told(Demand) if d.peer == "anna"] == []


async def test_whoever_was_away_is_told_everything_again_and_nobody_else(conference):
    """The director or the viewer may have been away when it was told."""
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:camera", "f"), (1, "bert:camera", "q"))
    anna.watches((0, "viewer:camera", "h"))
    anna.shows()
    viewer.peer.measure(conference.now)
    conference.passes(3 * S)
    conference.events.clear()
    viewer.peer.measure(conference.now)
    conference.passes(200 * MS)
    viewer.watches((0, "anna:camera", "f"), (1, "bert:camera", "q"))
    assert conference.events == [], "what was told is not told again"
    viewer.watches((0, "anna:camera", "f"), (1, "bert:camera", "q"), again=True)
    viewer.peer.measure(conference.now)
    [demand], [quality] = conference.told(Demand), conference.told(Quality)
    assert (demand.peer, demand.camera, demand.screen) == ("viewer", ("q", "h"), False)
    assert quality.peer == "viewer"
    assert len(viewer.told_slots()) == 2
    conference.passes(3 * S)
    viewer.peer.measure(conference.now)
    assert conference.events == []


async def test_what_is_not_permitted_is_dropped_from_the_next_packet_on(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:camera", "f"))
    anna.shows()
    anna.says(1)
    conference.passes(200 * MS)
    conference.told(SourceChanged)
    conference.room.permit(anna.peer, ("screen",), conference.now)
    anna.shows()
    anna.says(2)
    assert len(viewer.sees()) == len(viewer.hears()) == 1
    assert anna.peer.forbidden == 2
    assert conference.told(Voices)[-1].slots == (None, None, None)
    assert {(e.source, e.flows) for e in conference.told(SourceChanged)} == {
        ("anna:camera", False),
        ("anna:microphone", False),
    }
    conference.room.permit(anna.peer, ("microphone", "camera"), conference.now)
    anna.shows()
    anna.says(3)
    assert len(viewer.sees()) == len(viewer.hears()) == 2


async def test_who_is_held_first_speaks_in_the_first_slot(conference):
    people = {name: await conference.joins(name) for name in ("a", "b", "chair", "viewer")}
    for name in ("a", "b", "chair"):
        people[name].says(1)
    assert conference.told(Voices)[-1].slots == ("a", "b", "chair")
    conference.room.hold(("chair",), conference.now)
    assert conference.told(Voices)[-1].slots == ("chair", "b", "a")
    people["chair"].says(2)
    assert people["viewer"].hears(0) == [b"1", b"2"]


async def test_speaking_is_told_when_it_changes(conference):
    anna, bert = await conference.joins("anna"), await conference.joins("bert")
    anna.says(1, level=-30)
    conference.passes(200 * MS)
    anna.says(2, level=-30)
    bert.says(1, level=-10)
    conference.passes(400 * MS)
    told = conference.told(Voices)
    assert [set(event.speaking) for event in told if event.speaking][:1] == [{"anna"}]
    conference.passes(3 * S)
    assert conference.told(Voices)[-1].speaking == ()


# What a slot shows, and why ---------------------------------------------------------------------------


async def anna_before_bert(conference):
    """A viewer sees Anna and awaits Bert, whose keyframe has not come."""
    viewer = await conference.joins("viewer")
    anna, bert = await conference.joins("anna"), await conference.joins("bert")
    viewer.watches((0, "anna:camera", "f"))
    anna.shows()
    bert.shows(keyframe=False)
    viewer.told_slots()
    viewer.watches((0, "bert:camera", "f"))
    return viewer, anna, bert


async def test_who_comes_next_is_told_when_their_picture_comes(conference):
    """Until its keyframe the picture before goes on, and must not stand under the new name."""
    viewer, anna, bert = await anna_before_bert(conference)
    anna.shows(keyframe=False)
    bert.shows(keyframe=False)
    conference.passes(S)
    viewer.watches((0, "bert:camera", "f"), again=True)
    assert viewer.told_slots() == [(0, "anna:camera", "f", "as_wished")], "told again, it is told what is so"
    bert.shows()
    assert viewer.told_slots() == [(0, "bert:camera", "f", "as_wished")]


async def test_a_picture_is_told_from_its_first_packet_on(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:camera", "f"))
    assert viewer.told_slots() == [(0, None, None, "not_sent")]
    anna.shows(keyframe=False)
    conference.passes(200 * MS)
    assert viewer.told_slots() == []
    anna.shows()
    assert viewer.told_slots() == [(0, "anna:camera", "f", "as_wished")]


async def test_a_picture_that_ends_while_the_next_is_awaited_is_told(conference):
    viewer, anna, bert = await anna_before_bert(conference)
    anna.goes()
    assert viewer.told_slots() == [(0, None, None, "not_sent")]
    bert.shows()
    assert viewer.told_slots() == [(0, "bert:camera", "f", "as_wished")]


async def test_a_picture_that_falls_silent_goes_on_without_a_keyframe(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:camera", "f"))
    anna.shows()
    viewer.told_slots()
    conference.passes(10 * S)
    assert viewer.told_slots() == [(0, None, None, "not_sent")]
    anna.shows(keyframe=False)
    conference.passes(200 * MS)
    assert viewer.told_slots() == [(0, "anna:camera", "f", "as_wished")]
    assert len(viewer.sees()) == 2
    assert anna.rtcp(rtcp.Pli) == []


async def test_what_falls_silent_while_another_layer_is_awaited_is_told(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    viewer.watches((0, "anna:camera", "f"))
    anna.shows("f")
    anna.shows("q", keyframe=False)
    viewer.watches((0, "anna:camera", "q"))
    conference.passes(3 * S)
    assert viewer.told_slots()[-1] == (0, None, None, "not_sent")


async def test_nobody_is_sent_for_long_to_those_who_await_somebody_silent(conference):
    viewer, anna, _ = await anna_before_bert(conference)
    for _ in range(15):
        conference.passes(200 * MS)
        anna.shows(keyframe=False)
    seen = len(viewer.sees())
    for _ in range(15):
        conference.passes(200 * MS)
        anna.shows(keyframe=False)
    assert len(viewer.sees()) == seen
    assert viewer.told_slots()[-1] == (0, None, None, "not_sent")


async def test_a_wish_for_a_small_picture_is_as_wished(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    for layer in "qhf":
        anna.shows(layer)
    viewer.watches((0, "anna:camera", "q"))
    assert viewer.told_slots() == [(0, "anna:camera", "q", "as_wished")]


async def test_a_line_that_carries_less_is_the_downlinks_fault(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    for layer in "qhf":
        anna.shows(layer)
    viewer.watches((0, "anna:camera", "f"))
    for carried_bps in (400_000, 60_000):
        viewer.peer.line.downlink = Downlink(carried_bps)
        conference.room.allocate(viewer.peer, conference.now)
    told = viewer.told_slots()
    assert (0, "anna:camera", "q", "downlink") in told
    assert told[-1] == (0, None, None, "downlink"), "the last resort is the voices alone"


async def test_a_slot_emptied_is_as_wished(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    anna.shows()
    viewer.watches((0, "anna:camera", "f"))
    viewer.told_slots()
    viewer.watches()
    assert viewer.told_slots() == [(0, None, None, "as_wished")]
    viewer.watches()
    assert viewer.told_slots() == []


async def test_a_slot_named_twice_takes_the_more_important_wish(conference):
    viewer = await conference.joins("viewer")
    anna, bert = await conference.joins("anna"), await conference.joins("bert")
    anna.shows()
    bert.shows()
    viewer.watches((0, "anna:camera", "f"), (0, "bert:camera", "f"))
    conference.room.allocate(viewer.peer, conference.now)
    assert viewer.told_slots() == [(0, "anna:camera", "f", "as_wished")]
    assert len(viewer.sees()) == 1
    assert bert.peer.sources["camera"].takers.total() == 0


async def test_wishes_for_slots_and_sources_that_are_not_there(conference):
    viewer = await conference.joins("viewer", picture_slots=1)
    conference.room.watch(viewer.peer, [], conference.now)
    viewer.watches((0, "nobody:camera", "f"))
    conference.room.watch(viewer.peer, [Wish("99", "anna:camera")], conference.now)
    assert viewer.told_slots()[-1] == (0, None, None, "as_wished")


async def test_one_picture_in_two_slots(conference):
    viewer, anna = await conference.joins("viewer"), await conference.joins("anna")
    anna.shows()
    viewer.watches((0, "anna:camera", "f"), (1, "anna:camera", "q"))
    anna.shows(keyframe=False)
    assert len(viewer.sees(0)) == len(viewer.sees(1)) == 2


async def test_who_connected_is_told(conference):
    await conference.joins("anna")
    assert [event.peer for event in conference.told(PeerConnected)] == ["anna"]


async def test_a_room_described(conference):
    anna = await conference.joins("anna")
    anna.shows()
    described = conference.room.describe()
    assert (described.peers, described.sources) == (("anna",), ("anna:camera",))


async def test_closing_twice(conference):
    anna = await conference.joins("anna")
    await conference.room.close(conference.now)
    await conference.room.close(conference.now)
    assert anna.peer.closed
    assert conference.port.expected == {}


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["join", "leave"]), st.sampled_from("abc")),
        st.tuples(st.just("show"), st.sampled_from("abc"), st.sampled_from("qhf")),
        st.tuples(
            st.just("watch"),
            st.sampled_from("abc"),
            st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abc"), st.sampled_from("qhf")), max_size=4),
        ),
        st.tuples(st.just("pass"), st.sampled_from([200 * MS, 4 * S])),
    ),
    max_size=25,
)


@given(STEPS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whoever_comes_and_goes_takers_are_those_who_take(monkeypatch, steps):
    conference, people = Conference(monkeypatch), {}
    for step, name, *values in [(s[0], s[1], *s[2:]) for s in steps]:
        person = people.get(name)
        if step == "join":
            people[name] = await conference.joins(name, picture_slots=3)
        elif step == "pass":
            conference.passes(name)
        elif person is None:
            continue
        elif step == "leave":
            people.pop(name).goes()
        elif step == "show":
            person.shows(*values)
        else:
            person.watches(*((at, f"{of}:camera", layer) for at, of, layer in values[0]))
        wanted = [slot.ideal for p in conference.room.peers.values() for slot in p.pictures.values() if slot.ideal]
        for source in conference.room.sources.values():
            assert min(source.takers.values(), default=0) >= 0
            assert source.takers.total() == sum(ideal[0] is source for ideal in wanted)
            for layer in source.layers.values():
                assert all(slot.layer is layer for slot in layer.watchers)
                assert all(slot.target is layer for slot in layer.waiting)

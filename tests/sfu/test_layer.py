"""What a layer gives to whom: runs, probes, repairs, keyframes."""

from sfu.flow.keyframes import SPACING_US
from sfu.layer import OPEN_RUN_US, REPLAY_PACKETS, VIDEO_CLOCK
from sfu.wire.rows import MOST_PACKETS
from tests.sfu.pictures import FRAME_US, Encoding, Screen, a_layer, a_slot, give

S = 1_000_000


def watching(screen, encoding, packets=1):
    """A layer in full flow with one watcher."""
    layer, asked = a_layer(screen)
    slot = a_slot()
    slot.aim(layer, 0)
    give(layer, encoding.frame(packets, keyframe=True), 0)
    return layer, asked, slot


def awaiting(screen, encoding):
    """A layer in flow and a slot that awaits its next keyframe."""
    layer, asked = a_layer(screen)
    give(layer, encoding.frame(1), 0)
    slot = a_slot()
    slot.aim(layer, 1)
    return layer, asked, slot


def numbers(screen, slot):
    """Outgoing numbers, counted from the first."""
    shown = screen.of(slot)
    return [(packet.number - shown[0].number) & 0xFFFF for packet in shown]


# Runs -------------------------------------------------------------------------------------------------


def test_a_picture_goes_out_whole_when_its_end_comes():
    screen, encoding = Screen(), Encoding()
    layer, _, slot = watching(screen, encoding, 4)
    assert screen.runs == 1
    first, *rest = encoding.frame(3)
    layer.receive(*first, 1)
    assert layer.has_open_run
    assert screen.runs == 1
    give(layer, rest, 2)
    assert not layer.has_open_run
    assert screen.runs == 2
    assert numbers(screen, slot) == list(range(7))


def test_a_picture_of_many_packets_goes_out_in_runs():
    screen, encoding = Screen(), Encoding()
    layer, _, slot = watching(screen, encoding)
    screen.runs = 0
    give(layer, encoding.frame(2 * MOST_PACKETS + 1), 1)
    assert screen.runs == 3
    assert len(screen.of(slot)) == 2 * MOST_PACKETS + 2


def test_late_packets_do_not_let_a_run_grow_without_end():
    screen, encoding = Screen(), Encoding()
    layer, _, _ = watching(screen, encoding)
    packets = encoding.frame(3 * MOST_PACKETS)
    screen.runs = 0
    # The second comes when the run is one short of full, so that it never has exactly the full length.
    give(layer, [packets[0], *packets[2:MOST_PACKETS], packets[1]], 1)
    give(layer, packets[MOST_PACKETS:-1], 1)
    assert screen.runs >= 2


def test_an_open_picture_is_sent_after_five_milliseconds():
    screen, encoding = Screen(), Encoding()
    layer, _, slot = watching(screen, encoding)
    packets = encoding.frame(3)
    give(layer, packets[:2], 1000)
    layer.flush_overdue(1000 + OPEN_RUN_US - 1)
    assert len(screen.of(slot)) == 1
    layer.flush_overdue(1000 + OPEN_RUN_US)
    assert len(screen.of(slot)) == 3
    give(layer, packets[2:], 9000)
    assert numbers(screen, slot) == [0, 1, 2, 3]


def test_a_new_picture_sends_the_one_whose_end_was_lost():
    screen, encoding = Screen(), Encoding()
    layer, _, slot = watching(screen, encoding)
    give(layer, encoding.frame(3)[:2], 1)
    give(layer, encoding.frame(1), 2)
    assert numbers(screen, slot) == [0, 1, 2, 4]


# Probes -----------------------------------------------------------------------------------------------


def test_probes_are_closed_up():
    screen, encoding = Screen(), Encoding()
    layer, _, slot = watching(screen, encoding)
    for _ in range(5):
        give(layer, [encoding.probe(), encoding.probe(), *encoding.frame(2)], 1)
    assert numbers(screen, slot) == list(range(11))
    assert len(layer.gaps) == 0


def test_a_packet_that_comes_late_has_its_place_between_probes():
    screen, encoding = Screen(), Encoding()
    layer, _, slot = watching(screen, encoding)
    packets = encoding.frame(2)
    probes = [encoding.probe(), encoding.probe()]
    after = encoding.frame(1)
    give(layer, [packets[0], *probes, *after], 1)
    give(layer, packets[1:], 2)
    assert sorted(numbers(screen, slot)) == [0, 1, 2, 3]
    by_number = sorted(screen.of(slot), key=lambda p: (p.number - screen.of(slot)[0].number) & 0xFFFF)
    assert [p.payload for p in by_number[1:]] == [packets[0][3], packets[1][3], after[0][3]]


def test_a_probe_that_comes_late_fills_the_place_kept_for_it():
    """Its number has been counted as a packet's by then, so it goes out empty instead of leaving a gap."""
    screen, encoding = Screen(), Encoding()
    layer, _, slot = watching(screen, encoding)
    probe = encoding.probe()
    give(layer, encoding.frame(1), 1)
    layer.receive(*probe, 2)
    assert sorted(numbers(screen, slot)) == [0, 1, 2]
    assert screen.of(slot)[-1].payload == b""


# Reordering and repairs -------------------------------------------------------------------------------


def test_reordered_packets_of_one_picture_go_out_in_order():
    screen, encoding = Screen(), Encoding()
    layer, _, slot = watching(screen, encoding)
    a, b, c, d = encoding.frame(4)
    screen.runs = 0
    give(layer, [b, a, c, d], 1)
    assert numbers(screen, slot) == [0, 1, 2, 3, 4]
    assert screen.runs == 1


def test_a_repair_reaches_those_who_have_what_follows_it():
    screen, encoding = Screen(), Encoding()
    layer, _, slot = watching(screen, encoding)
    a, b, c = encoding.frame(3)
    give(layer, [a, c], 1)
    give(layer, encoding.frame(1), 2)
    late = a_slot(2000)
    give(layer, encoding.frame(1, keyframe=True), 3)
    late.aim(layer, 4)
    shown_before = len(screen.of(late))
    layer.receive(*b, 5)
    assert screen.of(slot)[-1].payload == b[3]
    assert numbers(screen, slot) == [0, 1, 3, 4, 5, 2]
    assert len(screen.of(late)) == shown_before, "who came later never misses it"


def test_a_packet_counts_once_however_often_it_comes():
    screen, encoding = Screen(), Encoding()
    layer, _, slot = watching(screen, encoding)
    packets = encoding.frame(2)
    give(layer, packets + packets, 1)
    assert numbers(screen, slot) == [0, 1, 2]


def test_what_is_too_old_is_ignored():
    screen, encoding = Screen(), Encoding()
    layer, _, slot = watching(screen, encoding)
    lost = encoding.frame(1)
    for _ in range(600):
        give(layer, encoding.frame(1), 1)
    shown = len(screen.of(slot))
    give(layer, lost, 2)
    assert len(screen.of(slot)) == shown


def test_numbers_do_not_leap_when_the_publishers_do():
    """A receiver that lost a packet between two leaps would decrypt nothing of this slot any more."""
    screen, encoding = Screen(), Encoding()
    layer, _, slot = watching(screen, encoding)
    give(layer, [encoding.probe(), *encoding.frame(1)], 1)
    for _ in range(3):
        encoding.sequence += 30_000
        give(layer, encoding.frame(2), 2)
    assert numbers(screen, slot) == [0, 1, 3, 4, 6, 7, 9, 10]
    assert layer.gaps.lost_too_much, "a keyframe is asked for"


# Keyframes and who joins ------------------------------------------------------------------------------


def test_a_slot_waits_for_a_keyframe():
    screen, encoding = Screen(), Encoding()
    layer, asked = a_layer(screen)
    give(layer, encoding.frame(2), 0)
    slot = a_slot()
    slot.aim(layer, 1)
    assert asked == [1]
    give(layer, encoding.frame(2), 2)
    assert screen.of(slot) == []
    key = encoding.frame(3, keyframe=True)
    give(layer, key, 3)
    assert [packet.payload for packet in screen.of(slot)] == [packet[3] for packet in key]


def test_many_who_wait_ask_once():
    screen, encoding = Screen(), Encoding()
    layer, asked = a_layer(screen)
    give(layer, encoding.frame(2), 0)
    for i in range(300):
        a_slot(1000 + 2 * i).aim(layer, i)
    assert asked == [1]


def test_who_joins_soon_after_a_keyframe_gets_it_at_once():
    screen, encoding = Screen(), Encoding()
    layer, asked, slot = watching(screen, encoding, 3)
    give(layer, encoding.frame(4), 1)
    give(layer, encoding.frame(2)[:1], 2)  # open, not sent to anybody yet
    late = a_slot(2000)
    late.aim(layer, 3)
    assert [p.payload for p in screen.of(late)] == [p.payload for p in screen.of(slot)]
    assert len(asked) == 1, "for the first watcher only"
    layer.flush(4)
    assert numbers(screen, late) == list(range(8))


def test_who_joins_long_after_a_keyframe_waits_for_the_next():
    screen, encoding = Screen(), Encoding()
    layer, asked, _ = watching(screen, encoding)
    for _ in range(REPLAY_PACKETS):
        give(layer, encoding.frame(1), S)
    late = a_slot(2000)
    late.aim(layer, S)
    assert screen.of(late) == []
    assert len(asked) == 2


def test_a_picture_is_not_replayed_when_it_would_run_ahead_of_the_time():
    """What is replayed keeps its pace, so a receiver would show all that follows so much later."""
    screen, encoding = Screen(), Encoding()
    layer, asked, _ = watching(screen, encoding)
    for at in range(1, 20):
        give(layer, encoding.frame(1), at * FRAME_US)
    now = 20 * FRAME_US
    fresh, empty, switching = a_slot(2000), a_slot(3000), a_slot(4000)
    other, others = a_layer(screen)[0], Encoding()
    for slot in (empty, switching):
        slot.aim(other, -FRAME_US)
    give(other, others.frame(1, keyframe=True), -FRAME_US)
    empty.aim(None, 0)
    give(other, others.frame(1), now)
    for slot in (fresh, empty, switching):
        slot.aim(layer, now)
    assert (fresh.layer, switching.layer) == (None, other), "wait for the next"
    assert len(asked) == 2
    assert empty.layer is layer, "its time has passed meanwhile"
    shown = screen.of(empty)
    assert len(shown) == 1 + 20
    passed = (shown[-1].timestamp - shown[0].timestamp & 0xFFFFFFFF) * 1_000_000 // VIDEO_CLOCK
    assert abs(passed - now) <= FRAME_US


def test_a_keyframe_whose_start_was_repaired_too_late_would_run_ahead_as_well():
    screen, encoding = Screen(), Encoding()
    layer, _, slot = awaiting(screen, encoding)
    start, rest = encoding.frame(2, keyframe=True)
    layer.receive(*rest, FRAME_US)
    for at in range(2, 16):
        give(layer, encoding.frame(1), at * FRAME_US)
    layer.receive(*start, 16 * FRAME_US)
    assert screen.of(slot) == []
    assert layer.keyframes.due(16 * FRAME_US + SPACING_US)


def test_a_picture_that_was_lost_whole_and_repaired_keeps_its_number_when_the_slot_leaves():
    screen, encoding, others = Screen(), Encoding(), Encoding()
    layer, _, slot = watching(screen, encoding)
    [lost] = encoding.frame(1)
    layer.receive(*encoding.frame(2)[0], 1)  # open
    layer.receive(*lost, 2)
    other, _ = a_layer(screen)
    give(other, others.frame(1, keyframe=True), 3)
    slot.aim(other, 4)
    assert numbers(screen, slot) == [0, 1, 2]


def test_a_keyframe_with_a_hole_is_replayed_once_it_is_repaired():
    screen, encoding = Screen(), Encoding()
    layer, _ = a_layer(screen)
    a, b, c = encoding.frame(3, keyframe=True)
    give(layer, [a, c], 0)
    slot = a_slot()
    slot.aim(layer, 1)
    assert screen.of(slot) == []
    layer.receive(*b, 2)
    assert [p.payload for p in screen.of(slot)] == [a[3], b[3], c[3]]


def test_a_keyframe_whose_first_packet_is_overtaken_serves_those_who_wait():
    screen, encoding = Screen(), Encoding()
    layer, _, slot = awaiting(screen, encoding)
    a, b, c = encoding.frame(3, keyframe=True)
    give(layer, [b, a, c], 2)
    assert [p.payload for p in screen.of(slot)] == [a[3], b[3], c[3]]


def test_a_keyframe_that_was_sent_in_parts_serves_those_who_wait_when_its_start_comes():
    screen, encoding = Screen(), Encoding()
    layer, _, slot = awaiting(screen, encoding)
    a, b, c, d = encoding.frame(4, keyframe=True)
    layer.receive(*b, 2)
    layer.flush_overdue(2 + OPEN_RUN_US)
    layer.receive(*c, 10_000)
    layer.receive(*a, 10_001)
    layer.receive(*d, 10_002)
    assert [p.payload for p in screen.of(slot)] == [a[3], b[3], c[3], d[3]]


def test_a_keyframe_that_is_repaired_too_late_to_be_replayed_is_asked_for_anew():
    screen, encoding = Screen(), Encoding()
    layer, _, slot = awaiting(screen, encoding)
    start, rest = encoding.frame(2, keyframe=True)
    layer.receive(*rest, 2)
    for _ in range(REPLAY_PACKETS):
        give(layer, encoding.frame(1), 3)
    layer.receive(*start, 4)
    assert screen.of(slot) == []
    assert layer.keyframes.due(4 + SPACING_US)


def test_a_keyframe_that_comes_is_not_asked_for_again_within_half_a_second():
    screen, encoding = Screen(), Encoding()
    layer, asked, _ = watching(screen, encoding)
    layer.ask_keyframe(1)
    assert len(asked) == 1
    assert not layer.keyframes.due(SPACING_US - 1)
    assert layer.keyframes.due(SPACING_US)

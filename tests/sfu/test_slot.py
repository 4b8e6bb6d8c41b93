"""A slot's numbers over switches and losses, and the retransmissions that repeat them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sfu.slot import SPANS
from sfu.wire.rtp import HEADER, payload_start
from sfu.wire.seq import Unwrapper, delta16
from tests.sfu.pictures import Encoding, Screen, a_layer, a_slot, give, picture_id, tl0

MS = 1000
FRAME_US = 33 * MS


class Stage:
    """One slot, two layers that it may show, and time."""

    def __init__(self):
        self.screen, self.slot, self.now = Screen(), a_slot(), 0
        self.layers = [a_layer(self.screen, "q")[0], a_layer(self.screen, "h")[0]]
        self.encodings = [Encoding(), Encoding(sequence=200, timestamp=5, picture_id=3, tl0=0)]

    def frame(self, which, packets=1, keyframe=False, lost=()):
        """The next picture of one layer, without the packets at `lost`."""
        self.now += FRAME_US
        made = self.encodings[which].frame(packets, keyframe)
        give(self.layers[which], [p for at, p in enumerate(made) if at not in lost], self.now)
        return [p for at, p in enumerate(made) if at in lost]

    def aim(self, which):
        self.slot.aim(None if which is None else self.layers[which], self.now)

    @property
    def shown(self):
        return self.screen.of(self.slot)

    def repeated(self, number):
        """What a retransmission of `number` says: number, timestamp, marker, payload; None without one."""
        packet = self.slot.repeat(number, self.now)
        if packet is None:
            return None
        _, second, _, timestamp, ssrc = HEADER.unpack_from(packet)
        assert (ssrc, second & 127) == (self.slot.rtx_ssrc, 97)
        payload = packet[payload_start(packet, len(packet)) :]
        return int.from_bytes(payload[:2], "big"), timestamp, second >> 7 == 1, payload[2:]


def fields(shown):
    return shown.number, shown.timestamp, shown.marker, shown.payload


def test_picture_ids_go_on_where_there_is_no_tl0():
    """A decoder takes the picture after a lost one for its successor when their ids say so."""
    stage = Stage()
    for encoding in stage.encodings:
        encoding.tl0 = None
    stage.aim(0)
    for at in range(3):
        stage.frame(0, 2, keyframe=at == 0)
    stage.frame(1, 2, keyframe=True)
    stage.aim(1)
    stage.frame(1, 2)
    ids = [picture_id(p.payload) - 0x7FF0 for p in stage.shown]
    assert ids == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    sent = stage.encodings[1].picture_id - 1
    assert stage.shown[-1].payload.endswith(b"/%d." % sent), "nothing but the id is changed"
    assert stage.repeated(stage.shown[-1].number)[3] == stage.shown[-1].payload


def test_a_switch_is_seamless():
    stage = Stage()
    stage.aim(0)
    stage.frame(0, 2, keyframe=True)
    stage.frame(1, 2, keyframe=True)
    stage.frame(0)
    stage.aim(1)
    assert stage.slot.layer is stage.layers[1], "the keyframe is short enough ago"
    stage.frame(1, 3)
    first = stage.shown[0]
    assert [(p.number - first.number) & 0xFFFF for p in stage.shown] == list(range(8))
    assert [picture_id(p.payload) - 0x7FF0 for p in stage.shown] == [0, 0, 1, 2, 2, 3, 3, 3]
    assert [tl0(p.payload) for p in stage.shown] == [250, 250, 251, 252, 252, 253, 253, 253]
    times = [(p.timestamp - first.timestamp) & 0xFFFFFFFF for p in stage.shown]
    assert times == sorted(times)
    assert len(set(times)) == 4


def test_until_the_keyframe_comes_the_old_picture_goes_on():
    stage = Stage()
    stage.aim(0)
    stage.frame(0, keyframe=True)
    stage.frame(1)
    stage.aim(1)
    stage.frame(0)
    stage.frame(1)
    assert len(stage.shown) == 2
    stage.frame(1, keyframe=True)
    stage.frame(0)
    assert len(stage.shown) == 3
    assert stage.slot.layer is stage.layers[1]


def test_a_mind_changed_while_waiting_changes_nothing():
    stage = Stage()
    stage.aim(0)
    stage.frame(0, keyframe=True)
    stage.frame(1)
    stage.aim(1)
    stage.aim(0)
    stage.frame(1, keyframe=True)
    stage.frame(0)
    assert len(stage.shown) == 2
    assert stage.slot.layer is stage.layers[0]


def test_what_ends_while_another_is_awaited_leaves_the_wait():
    stage = Stage()
    stage.aim(0)
    stage.frame(0, keyframe=True)
    stage.frame(1)
    stage.aim(1)
    stage.layers[0].end()
    assert stage.slot.layer is None
    stage.frame(1, keyframe=True)
    assert len(stage.shown) == 2
    stage.layers[1].end()
    assert (stage.slot.layer, stage.slot.target) == (None, None)
    assert stage.repeated(stage.shown[0].number) is None, "nothing of it is kept"


def test_an_empty_slot_shows_nothing_more():
    stage = Stage()
    stage.aim(0)
    stage.frame(0, keyframe=True)
    stage.aim(None)
    stage.frame(0, keyframe=True)
    assert len(stage.shown) == 1
    assert stage.slot.layer is None


def test_a_slot_whose_next_picture_ended_can_be_emptied():
    stage = Stage()
    stage.aim(0)
    stage.frame(0, keyframe=True)
    stage.aim(1)
    stage.layers[1].end()
    stage.aim(None)
    stage.frame(0)
    assert len(stage.shown) == 1
    assert stage.slot.layer is None


def test_a_picture_cut_short_leaves_a_gap_that_nobody_can_ask_for():
    stage = Stage()
    stage.aim(0)
    stage.frame(0, 3, keyframe=True, lost=[2])
    stage.layers[0].flush(stage.now)
    stage.aim(None)
    other = a_slot(3000)
    other.aim(stage.layers[0], stage.now)
    stage.frame(0, 2)
    stage.frame(1, keyframe=True)
    stage.aim(1)
    before, after = stage.shown[1:]
    assert (after.number - before.number) & 0xFFFF == 2, "the decoder sees that the picture has no end"
    assert stage.repeated(before.number + 1 & 0xFFFF) is None
    assert stage.repeated(after.number + 1 & 0xFFFF) is None


def test_what_the_source_sent_after_the_slot_left_is_not_repeated():
    stage = Stage()
    stage.aim(0)
    stage.frame(0, keyframe=True)
    stage.aim(None)
    stage.frame(0)
    assert stage.repeated(stage.shown[0].number) == fields(stage.shown[0])
    assert stage.repeated(stage.shown[0].number + 1 & 0xFFFF) is None


def test_retransmissions_have_numbers_of_their_own():
    stage = Stage()
    stage.aim(0)
    stage.frame(0, keyframe=True)
    first, second = (HEADER.unpack_from(stage.slot.repeat(stage.shown[0].number, 0))[2] for _ in range(2))
    assert second == first + 1 & 0xFFFF


def test_a_first_number_is_in_the_lower_half():
    for _ in range(20):
        stage = Stage()
        stage.aim(0)
        stage.frame(0, keyframe=True)
        assert stage.shown[0].number < 1 << 15


def test_a_report_counts_on_over_switches():
    stage = Stage()
    stage.aim(0)
    stage.frame(0, 2, keyframe=True)
    assert stage.slot.report(stage.now) is None, "the publisher has not reported"
    for which, ntp in ((0, 10 << 32), (1, 20 << 32)):
        stage.layers[which].clock.report(ntp, stage.encodings[which].timestamp & 0xFFFFFFFF, stage.now)
    stage.frame(0)
    stage.frame(1, keyframe=True)
    stage.aim(1)
    stage.frame(1, 3)
    ntp, _, packets, octets = stage.slot.report(stage.now)
    assert ntp >> 32 == 20
    # What comes with the switch itself is not counted, so the report runs behind by it.
    assert packets == 1 + 3
    assert octets == sum(len(p.payload) for p in [stage.shown[2], *stage.shown[4:]])


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("aim"), st.sampled_from([0, 1, 0, 1, None])),
        st.tuples(
            st.just("frame"),
            st.sampled_from([0, 1]),
            st.integers(1, 20),
            st.booleans(),
            st.lists(st.integers(0, 19), max_size=3),
        ),
        st.tuples(st.just("repair")),
        st.tuples(st.just("flush")),
    ),
    max_size=60,
)


def play(steps, losses):
    """Returns the stage, the number of times the slot began to show a layer, and the packets still missing."""
    stage, missing, switches = Stage(), [], 0
    for name, *values in steps:
        showed = stage.slot.layer
        match name:
            case "aim":
                stage.aim(*values)
            case "frame":
                which, packets, keyframe, lost = values
                missing += [(which, p) for p in stage.frame(which, packets, keyframe, lost if losses else ())]
            case "repair" if missing:
                which, packet = missing.pop()
                stage.layers[which].receive(*packet, stage.now)
            case "flush":
                for layer in stage.layers:
                    layer.flush(stage.now)
        switches += stage.slot.layer is not showed
    return stage, switches, missing


def by_number(shown):
    """Index and packet, in order of number."""
    unwrapper = Unwrapper()
    return sorted(((unwrapper.unwrap(p.number), p) for p in shown), key=lambda pair: pair[0])


@given(STEPS)
def test_without_losses_numbers_go_on_without_a_gap(steps):
    stage, _, _ = play(steps, losses=False)
    previous = None
    for packet in stage.shown:
        if previous is not None:
            step = delta16(packet.number, previous.number)
            assert step == 1 or (step == 2 and not previous.marker), "one is left out where a picture was cut"
            if step == 2:
                assert stage.repeated(previous.number + 1 & 0xFFFF) is None
        previous = packet


@given(STEPS)
def test_whatever_is_lost_or_switched_numbers_times_and_pictures_only_grow(steps):
    stage, _, _ = play(steps, losses=True)
    pairs = by_number(stage.shown)
    assert len({index for index, _ in pairs}) == len(pairs), "no number is used twice"
    for (_, before), (_, after) in pairwise(pairs):
        pictures = (picture_id(after.payload) - picture_id(before.payload)) & 0x7FFF
        ticks = (after.timestamp - before.timestamp) & 0xFFFFFFFF
        layers = (tl0(after.payload) - tl0(before.payload)) & 0xFF
        assert pictures == layers & 0xFF or pictures > 255
        assert (ticks == 0) == (pictures == 0)
        assert pictures < 1 << 14
        assert ticks < 1 << 31


@given(STEPS)
def test_whatever_is_lost_or_switched_a_retransmission_repeats_what_was_sent(steps):
    stage, switches, _ = play(steps, losses=True)
    for packet in stage.shown[-500:]:
        repeated = stage.repeated(packet.number)
        assert repeated == fields(packet) or (repeated is None and switches > SPANS)
    if stage.shown:
        newest = by_number(stage.shown)[-1][1].number
        assert all(stage.repeated(newest + ahead & 0xFFFF) is None for ahead in (2, 100, 20_000))

"""Three voices in shared channels: who hears whom, and numbers without a gap whoever speaks."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sfu.control import VOICE_SLOTS
from sfu.flow.speakers import HANGOVER_US
from sfu.negotiation import SlotSection
from sfu.slot import VoiceSlot
from sfu.voices import MOST_LATE, VoiceChannels
from tests.sfu.pictures import Screen

MS = 1000
PACKET_US = 20 * MS
PACKET_UNITS = 960


class Hall:
    """Receivers with three slots each, and microphones."""

    def __init__(self, *peers, slots=VOICE_SLOTS):
        self.screen, self.now = Screen(), 1_000_000
        self.voices = VoiceChannels(self.screen.forward)
        self.slots = {}
        self._said = {}
        for peer in peers:
            self.enter(peer, slots)

    def enter(self, peer, slots=VOICE_SLOTS):
        first = 1000 * (len(self.slots) + 1)
        self.slots[peer] = [VoiceSlot(SlotSection(str(i), "audio", 111, None, 2, first + i, 0)) for i in range(slots)]
        self.voices.add_receiver(peer, self.slots[peer])

    def says(self, peer, level=-20, skip=0, packets=1):
        """`peer` sends packets, of which `skip` before the first got lost."""
        for _ in range(packets):
            index, timestamp = self._said.get(peer, (100 + len(self._said), 7_000_000 * len(self._said)))
            index, timestamp = index + skip, timestamp + skip * PACKET_UNITS
            payload = f"{peer}{index}".encode()
            self.voices.receive(peer, index, timestamp, False, payload, level, True, self.now)
            self._said[peer] = index + 1, timestamp + PACKET_UNITS
            skip = 0

    def passes(self, us):
        self.now += us
        self.voices.settle(self.now)

    def hears(self, peer, at):
        return self.screen.shown.get(self.slots[peer][at].outlet.ssrc, [])

    def said_to(self, peer, at):
        return [packet.payload.decode() for packet in self.hears(peer, at)]


def assert_goes_on(packets):
    for before, after in pairwise(packets):
        assert (after.number - before.number) & 0xFFFF == 1
        assert 0 < (after.timestamp - before.timestamp) & 0xFFFFFFFF < 1 << 31


def test_voices_go_before_pictures_whoever_comes_and_speaks():
    hall = Hall("a", "b")
    hall.says("a")
    hall.enter("c")
    assert all(channel.audience.urgent for channel in hall.voices.channels)


def test_everybody_but_the_speaker_hears_it():
    hall = Hall("a", "b", "c")
    hall.says("a", packets=2)
    assert [hall.said_to(peer, 0) for peer in "abc"] == [[], ["a100", "a101"], ["a100", "a101"]]
    assert hall.screen.runs == 2, "one run for all"


def test_three_speak_at_once_and_the_fourth_waits():
    hall = Hall("listener")
    for peer in ("a", "b", "c", "d"):
        hall.says(peer)
    assert hall.voices.slots == ("a", "b", "c")
    assert [len(hall.hears("listener", at)) for at in range(3)] == [1, 1, 1]


def test_numbers_go_on_when_the_speaker_changes():
    hall = Hall("listener")
    for peer in ("a", "b", "a"):
        hall.says(peer, packets=3)
        hall.passes(HANGOVER_US)
    heard = hall.hears("listener", 0)
    assert [packet.payload[:1] for packet in heard] == [b"a"] * 3 + [b"b"] * 3 + [b"a"] * 3
    assert_goes_on(heard)
    assert [packet.marker for packet in heard] == [True, False, False] * 3, "each talk spurt begins with a marker"


def test_a_loss_stays_a_loss():
    hall = Hall("listener")
    hall.says("a")
    hall.says("a", skip=2)
    first, second = hall.hears("listener", 0)
    assert second.number - first.number == 3
    assert second.timestamp - first.timestamp == 3 * PACKET_UNITS


def test_a_pause_is_as_long_in_the_timestamps():
    hall = Hall("listener")
    hall.says("a")
    hall.passes(HANGOVER_US)
    hall.says("b")
    first, second = hall.hears("listener", 0)
    assert (second.timestamp - first.timestamp) & 0xFFFFFFFF == HANGOVER_US * 48 // 1000


def test_a_speaker_who_listens_again_misses_no_number():
    hall = Hall("a", "listener")
    hall.says("b", packets=2)
    hall.passes(HANGOVER_US)
    hall.says("a", packets=5)
    hall.passes(HANGOVER_US)
    hall.says("b", packets=2)
    assert hall.said_to("a", 0) == ["b100", "b101", "b102", "b103"]
    assert_goes_on(hall.hears("a", 0))
    assert_goes_on(hall.hears("listener", 0))


def test_a_packet_from_before_the_turn_is_nobodys():
    hall = Hall("listener")
    hall.says("a")
    hall.voices.receive("a", 99, 0, False, b"late", -20, True, hall.now)
    assert hall.said_to("listener", 0) == ["a100"]


def test_what_comes_too_late_to_be_encrypted_is_not_sent():
    """It would be refused for every receiver, and with it the picture whose message it rides in."""
    hall = Hall("listener")
    hall.says("a")
    hall.says("a", skip=899)
    for index in (101, 1000 - MOST_LATE, 1001 - MOST_LATE):
        hall.voices.receive("a", index, 0, False, f"a{index}".encode(), -20, True, hall.now)
    assert hall.said_to("listener", 0) == ["a100", "a1000", "a751"]


def test_whoever_comes_late_begins_in_the_lower_half():
    """RFC 3711 3.3.1: first packets lost around a wrap would cost it the rollover counter, and so the voice."""
    hall = Hall("early")
    for _ in range(45):
        hall.says("a", skip=1000)
    for late in range(20):
        hall.enter(f"late{late}")
    hall.says("a", packets=2)
    for late in range(20):
        assert hall.hears(f"late{late}", 0)[0].number < 1 << 15
        assert_goes_on(hall.hears(f"late{late}", 0))


def test_whoever_is_added_again_goes_on():
    hall = Hall("listener")
    hall.says("a")
    hall.voices.add_receiver("listener", hall.slots["listener"])
    hall.says("a")
    assert_goes_on(hall.hears("listener", 0))
    assert len(hall.hears("listener", 0)) == 2


def test_a_phone_with_one_slot_hears_the_first_channel():
    hall = Hall("phone", slots=1)
    hall.says("a")
    hall.says("b")
    assert hall.said_to("phone", 0) == ["a100"]


def test_whoever_goes_neither_hears_nor_speaks():
    hall = Hall("a", "b")
    hall.says("a")
    hall.voices.remove("b")
    hall.says("a")
    assert hall.said_to("b", 0) == ["a100"]
    hall.voices.remove("a")
    assert hall.voices.slots == (None, None, None)


def test_the_first_of_those_held_speaks_beside_the_stage():
    hall = Hall("listener")
    hall.voices.hold(["floor", "chair"])
    hall.says("x")
    hall.says("chair", level=-127)
    hall.says("floor", level=-127)
    assert hall.voices.slots == ("floor", "chair", "x")
    hall.voices.hold(["chair", "floor"])
    assert hall.voices.slots[0] == "chair"
    for _ in range(2):
        hall.passes(HANGOVER_US // 2)
        hall.says("chair", level=-127)
        hall.says("floor", level=-127)
    hall.passes(0)
    assert hall.voices.slots[0] == "chair"
    assert set(hall.voices.slots) == {"chair", "floor", None}, "who is held stays while sending, silent or not"
    hall.says("chair", packets=2)
    hall.says("floor", packets=2)
    for at in range(VOICE_SLOTS):
        assert_goes_on(hall.hears("listener", at))


def test_whoever_gets_the_floor_speaks_beside_the_stage_though_three_chairs_sit_silent():
    hall = Hall("listener")
    chairs = ["chair1", "chair2", "chair3"]
    hall.voices.hold(chairs)
    for chair in chairs:
        hall.says(chair, level=-127)
    hall.voices.hold(["floor", *chairs])
    hall.says("floor")
    assert hall.voices.slots[0] == "floor"
    assert hall.said_to("listener", 0)[-1] == "floor103"


def test_octets_to_a_receiver_are_those_of_the_others():
    hall = Hall("a", "b")
    hall.says("a", packets=3)
    said = len("a100") * 3
    assert (hall.voices.octets_to("a"), hall.voices.octets_to("b")) == (0, said)


PEERS = ["a", "b", "c", "d", "e"]


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("says"), st.sampled_from(PEERS), st.integers(-60, -1)),
            st.tuples(st.just("passes"), st.sampled_from([PACKET_US, HANGOVER_US])),
            st.tuples(st.just("hold"), st.lists(st.sampled_from(PEERS), max_size=5, unique=True)),
            st.tuples(st.just("silence"), st.sampled_from(PEERS)),
        ),
        max_size=120,
    )
)
def test_whoever_speaks_every_receiver_hears_numbers_without_a_gap_and_never_itself(steps):
    hall = Hall(*PEERS, "listener")
    for name, *values in steps:
        match name:
            case "says":
                hall.says(*values)
                hall.now += PACKET_US // 4
            case "passes":
                hall.passes(*values)
            case "hold":
                hall.voices.hold(*values)
            case "silence":
                hall.voices.silence(*values)
    for peer in hall.slots:
        for at in range(VOICE_SLOTS):
            assert_goes_on(hall.hears(peer, at))
            assert not any(said.startswith(peer) for said in hall.said_to(peer, at))


def test_numbers_do_not_leap_when_a_microphones_do():
    """A receiver that lost a packet between two leaps would decrypt nothing of this slot any more."""
    hall = Hall("a", "b")
    hall.says("a", packets=3)
    for _ in range(3):
        hall.says("a", skip=30_000, packets=2)
    assert_goes_on(hall.hears("b", 0))
    assert len(hall.hears("b", 0)) == 9


def test_what_was_sent_to_somebody_is_counted_whoever_speaks():
    hall = Hall("a", "b")
    hall.says("b", packets=50)
    hall.enter("c")
    before = hall.voices.octets_to("a")
    for speaker in "abcab":
        hall.passes(HANGOVER_US + 1)
        hall.passes(HANGOVER_US + 1)
        hall.says(speaker, packets=3)
    for peer in "abc":
        heard = sum(len(text) for at in range(VOICE_SLOTS) for text in hall.said_to(peer, at))
        assert hall.voices.octets_to(peer) == heard
    assert hall.voices.octets_to("a") > before

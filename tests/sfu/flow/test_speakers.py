"""Who enters and leaves the audio slots of a hall."""

import pytest

from sfu.flow.speakers import Speakers

MS = 1000
STEP = 20 * MS  # one voice packet


@pytest.fixture
def hall():
    return Hall()


class Hall:
    """People who talk at given levels, a packet each 20 ms and a tick each 100."""

    def __init__(self):
        self.speakers = Speakers()
        self.now = 0
        self.changes = 0

    def listen(self, duration_ms, **levels):
        for _ in range(duration_ms // 20):
            self.now += STEP
            for name, level_dbov in levels.items():
                self.changes += self.speakers.heard(name, level_dbov, level_dbov > -60, self.now)
            if self.now % (100 * MS) == 0:
                self.changes += self.speakers.tick(self.now)

    @property
    def slots(self):
        return self.speakers.slots


def test_a_talker_enters_with_the_first_packet():
    speakers = Speakers()
    assert speakers.heard("an", -30, True, 0)
    assert speakers.slots == ("an", None, None)


def test_the_silent_do_not_enter(hall):
    hall.listen(1000, an=-127, binh=-70)
    assert hall.slots == (None, None, None)


def test_without_a_voice_bit_only_the_loud_enter():
    speakers = Speakers()
    assert not speakers.heard("fan", -50, False, 0)
    assert speakers.heard("an", -30, False, 0)


def test_a_talker_leaves_after_a_second_and_a_half(hall):
    hall.listen(1000, an=-30)
    hall.listen(1400, an=-127)
    assert hall.slots == ("an", None, None)
    hall.listen(200, an=-127)
    assert hall.slots == (None, None, None)


def test_a_talker_whose_packets_stop_leaves_as_well(hall):
    hall.listen(1000, an=-30)
    hall.listen(1600)
    assert hall.slots == (None, None, None)


def test_a_pause_for_breath_keeps_the_position(hall):
    hall.listen(500, an=-30, binh=-30)
    for _ in range(10):
        hall.listen(1000, an=-127, binh=-30)
        hall.listen(500, an=-30, binh=-30)
    assert hall.slots == ("an", "binh", None)


def test_positions_stay_when_another_leaves(hall):
    hall.listen(500, an=-30, binh=-30, chi=-30)
    hall.listen(2000, an=-127, binh=-30, chi=-30)
    assert hall.slots == (None, "binh", "chi")
    hall.listen(500, dung=-30, binh=-30, chi=-30)
    assert hall.slots == ("dung", "binh", "chi")


def test_a_fourth_of_the_same_loudness_waits(hall):
    hall.listen(500, an=-30, binh=-30, chi=-30)
    hall.listen(5000, an=-30, binh=-30, chi=-30, dung=-28)
    assert hall.slots == ("an", "binh", "chi")


def test_a_clearly_louder_fourth_replaces_the_quietest_after_its_time(hall):
    hall.listen(500, an=-30, binh=-50, chi=-30)
    hall.listen(500, an=-30, binh=-50, chi=-30, dung=-20)
    assert hall.slots == ("an", "binh", "chi")
    hall.listen(1000, an=-30, binh=-50, chi=-30, dung=-20)
    assert hall.slots == ("an", "dung", "chi")


def test_the_loudest_outside_goes_first(hall):
    hall.listen(2000, an=-30, binh=-50, chi=-30)
    hall.listen(100, an=-30, binh=-50, chi=-30, dung=-40, em=-20)
    assert hall.slots == ("an", "em", "chi")


def test_the_chair_enters_silent_and_stays(hall):
    hall.speakers.hold(["chair"])
    hall.listen(10_000, chair=-127)
    assert hall.slots == ("chair", None, None)
    hall.listen(5000, chair=-127, an=-10, binh=-10, chi=-10)
    assert hall.slots == ("chair", "an", "binh")


def test_a_chair_whose_microphone_is_off_leaves_the_place_to_others(hall):
    hall.speakers.hold(["chair"])
    hall.listen(1000, chair=-20)
    hall.listen(2000, an=-30, binh=-30, chi=-30)
    assert set(hall.slots) == {"an", "binh", "chi"}
    hall.listen(20, chair=-127, an=-30, binh=-30, chi=-30)
    assert "chair" in hall.slots


def test_the_chair_enters_a_full_table_at_once(hall):
    hall.listen(200, an=-30, binh=-50, chi=-20)
    hall.speakers.hold(["chair"])
    hall.listen(20, chair=-127)
    assert hall.slots == ("an", "chair", "chi")


def test_silent_chairs_do_not_keep_out_whoever_has_the_floor(hall):
    hall.speakers.hold(["chair1", "chair2", "chair3"])
    hall.listen(1000, chair1=-127, chair2=-127, chair3=-127)
    assert hall.slots == ("chair1", "chair2", "chair3")
    hall.speakers.hold(["floor", "chair1", "chair2", "chair3"])
    hall.listen(20, chair1=-127, chair2=-127, chair3=-127, floor=-127)
    assert set(hall.slots) == {"chair1", "chair2", "floor"}, "the last in rank makes room, at once"


def test_the_first_of_those_held_enters_among_others_who_talk(hall):
    hall.speakers.hold(["chair1", "chair2", "chair3"])
    hall.listen(1000, chair1=-20, chair2=-20, chair3=-20)
    hall.speakers.hold(["floor", "chair1", "chair2", "chair3"])
    hall.listen(20, chair1=-20, chair2=-20, chair3=-20, floor=-127)
    assert "floor" in hall.slots
    hall.listen(5000, chair1=-20, chair2=-20, chair3=-20, floor=-127)
    assert set(hall.slots) == {"floor", "chair1", "chair2"}


def test_silent_chairs_leave_one_slot_to_whoever_talks(hall):
    silent = {"chair1": -127, "chair2": -127, "chair3": -127}
    hall.speakers.hold(list(silent))
    hall.listen(1000, **silent)
    hall.listen(20, **silent, an=-30)
    assert set(hall.slots) == {"chair1", "chair2", "an"}
    hall.listen(5000, **silent, an=-30)
    assert set(hall.slots) == {"chair1", "chair2", "an"}
    hall.listen(2000, **silent)
    assert set(hall.slots) == set(silent), "a slot that nobody talks in is theirs again"


def test_a_chair_who_talks_comes_before_one_who_does_not(hall):
    silent = {"floor": -127, "chair1": -127}
    hall.speakers.hold(["floor", "chair1", "chair2"])
    hall.listen(1000, **silent, an=-30)
    assert set(hall.slots) == {"floor", "chair1", "an"}
    hall.listen(20, **silent, an=-30, chair2=-30)
    assert set(hall.slots) == {"floor", "chair2", "an"}, "both who talk are heard"


def test_among_chairs_who_all_talk_rank_decides(hall):
    hall.speakers.hold(["a", "b", "c", "d"])
    hall.listen(3000, a=-30, b=-30, d=-10)
    assert set(hall.slots) == {"a", "b", "d"}
    before = hall.changes
    hall.listen(1000, a=-30, b=-30, c=-40, d=-10)
    assert set(hall.slots) == {"a", "b", "c"}
    assert hall.changes - before <= 2, "they do not take turns"


def test_who_is_held_no_longer_leaves_by_silence(hall):
    hall.speakers.hold(["chair"])
    hall.listen(3000, chair=-127)
    hall.speakers.hold([])
    hall.listen(100)
    assert hall.slots == (None, None, None)


def test_who_is_removed_is_gone_at_once(hall):
    hall.listen(1000, an=-30, binh=-30)
    assert hall.speakers.remove("an")
    assert hall.slots == (None, "binh", None)
    assert hall.speakers.speaking == ("binh",)
    assert not hall.speakers.remove("nobody")


def test_speaking_names_the_loudest_first(hall):
    hall.speakers.hold(["chair"])
    hall.listen(1000, chair=-127, an=-40, binh=-20)
    assert hall.speakers.speaking == ("binh", "an")
    hall.listen(700, chair=-127, an=-40, binh=-127)
    assert hall.speakers.speaking == ("an",)


def test_a_steady_talk_is_told_once(hall):
    hall.listen(10_000, an=-30)
    assert hall.changes == 2  # the slot, then the talk

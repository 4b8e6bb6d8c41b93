"""What is counted of answers, and what of it stays hidden."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from meeting_app.surveys.counting import LEAST, Question, broken_down, counted, too_small
from meeting_app.surveys.shares import decimal, percent

UNITS = ("Xã", "Phường", "Tỉnh")


def question(place: int, kind: str = "single", options: tuple[str, ...] = UNITS, steps: int | None = None) -> Question:
    return Question(place, kind, "", options, steps, False)


def test_groups_are_broken_down_and_the_small_ones_hidden() -> None:
    answers = [{"1": 0, "2": 1}] * 8 + [{"1": 1, "2": 0}] * 6 + [{"1": 2, "2": 0}] * 2
    by, asked = question(1), question(2)
    named = broken_down(asked, by, answers, is_anonymous=False)
    assert [(group.size, group.counts) for group in named] == [(8, (0, 8, 0)), (6, (6, 0, 0)), (2, (2, 0, 0))]
    # Two could be worked out from the others, so the next smallest goes with them.
    hidden = broken_down(asked, by, answers, is_anonymous=True)
    assert [group.size for group in hidden] == [8, None, None]
    # Eight who belong to a group, and one of them said something here.
    one_alone = [{"1": 0, "2": 1}, *[{"1": 0}] * 7, *[{"1": 1, "2": 0}] * 6, *[{"1": 2, "2": 0}] * 6]
    assert [group.size for group in broken_down(asked, by, one_alone, is_anonymous=True)] == [None, None, 6]
    silent = [*answers, *[{"2": 0}] * 3]  # with those who did not say they are five
    assert [group.size for group in broken_down(asked, by, silent, is_anonymous=True)] == [8, 6, None]


@given(st.lists(st.integers(0, 30), max_size=8))
def test_what_is_hidden_is_nobody_or_at_least_five(sizes: list[int]) -> None:
    hidden = too_small(sizes)
    assert all(index in hidden for index, size in enumerate(sizes) if 0 < size < LEAST)
    assert not hidden or sum(sizes[i] for i in hidden) >= LEAST or {i for i, size in enumerate(sizes) if size} == hidden


def test_a_scale_names_its_ends() -> None:
    scale = question(3, "scale", ("Kém", "Tốt"), 3)
    assert scale.labels == ("1 (Kém)", "2", "3 (Tốt)")
    assert counted(scale, [{"3": 3}, {"3": 3}, {}]).counts == (0, 0, 2)
    assert question(3, "scale", (), 2).labels == ("1", "2")


def test_shares_are_rounded_half_up() -> None:
    assert [percent(1, 3), percent(2, 3), percent(1, 16), percent(0, 0), percent(5, 5)] == [
        "33,3%",
        "66,7%",
        "6,3%",
        "–",
        "100,0%",
    ]
    assert decimal(11, 3) == "3,7"

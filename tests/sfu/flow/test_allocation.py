"""What fits a line, and whose picture goes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfu.flow.allocation import LAYERS, PricedWish, allocate, cost_bps

CAMERA = {"q": 150_000, "h": 500_000, "f": 1_500_000}
SCREEN = {"f": 1_000_000}


def stage(bitrates_bps=CAMERA):
    return PricedWish("stage", "f", bitrates_bps)


def tile(name="tile", largest="q", bitrates_bps=CAMERA):
    return PricedWish(name, largest, bitrates_bps)


@pytest.mark.parametrize(
    ("capacity_bps", "chosen"),
    [
        (3_000_000, ("f", "q", "q")),
        (1_799_999, ("h", "q", "q")),
        (800_000, ("h", "q", "q")),
        (700_000, ("h", "q", None)),
        (450_000, ("q", "q", "q")),
        (200_000, ("q", None, None)),
        (100_000, (None, None, None)),
    ],
)
def test_the_stage_comes_first(capacity_bps, chosen):
    assert allocate([stage(), tile("a"), tile("b")], capacity_bps) == chosen


def test_a_shared_screen_is_kept_whole():
    assert allocate([stage(SCREEN), tile("a"), tile("b")], 1_200_000) == ("f", "q", None)


def test_a_small_tile_may_fit_where_a_screen_does_not():
    assert allocate([stage(SCREEN), tile("a")], 200_000) == (None, "q")


def test_everybody_is_seen_before_anybody_is_large():
    tiles = [tile(str(n), "h") for n in range(4)]
    assert allocate(tiles, 600_000) == ("q", "q", "q", "q")
    assert allocate(tiles, 1_300_000) == ("h", "h", "q", "q")


def test_nobody_gets_more_than_is_of_use():
    assert allocate([tile("a", "h")], 10_000_000) == ("h",)


def test_the_only_layer_there_is_stands_in_for_a_smaller_wish():
    assert allocate([tile("a", "q", SCREEN)], 2_000_000) == ("f",)


def test_what_sends_nothing_gets_nothing():
    assert allocate([stage({}), tile("a")], 2_000_000) == (None, "q")
    assert allocate([], 1) == ()


BITRATES = st.dictionaries(st.sampled_from(LAYERS), st.integers(1, 2_000_000))
WISHES = st.lists(st.builds(PricedWish, st.text(max_size=3), st.sampled_from(LAYERS), BITRATES), max_size=8)


@given(WISHES, st.integers(0, 5_000_000))
def test_it_always_fits(wishes, capacity_bps):
    chosen = allocate(wishes, capacity_bps)
    assert len(chosen) == len(wishes)
    assert cost_bps(wishes, chosen) <= capacity_bps
    for wish, layer in zip(wishes, chosen, strict=True):
        assert layer is None or layer in wish.layers

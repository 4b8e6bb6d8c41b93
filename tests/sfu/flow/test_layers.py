"""When the chosen layers change: down at once, up with patience."""

from sfu.flow.allocation import PricedWish
from sfu.flow.layers import HOLD_US, TRIAL_US, WAIT_US, Layers

CAMERA = {"q": 150_000, "h": 500_000, "f": 1_500_000}
STAGE = [PricedWish("stage", "f", CAMERA)]
S = 1_000_000


def test_a_first_wish_is_met_at_once_with_headroom():
    assert Layers().decide(STAGE, 2_000_000, 0) == ("f",)
    assert Layers().decide(STAGE, 1_600_000, 0) == ("h",)


def test_down_at_once():
    layers = Layers()
    layers.decide(STAGE, 2_000_000, 0)
    assert layers.decide(STAGE, 1_500_000, 1 * S) == ("f",)
    assert layers.decide(STAGE, 1_400_000, 2 * S) == ("h",)
    assert layers.decide(STAGE, 50_000, 2 * S + 1) == (None,)


def test_up_only_after_it_has_held():
    layers = Layers()
    layers.decide(STAGE, 1_000_000, 0)
    assert layers.decide(STAGE, 2_000_000, 1 * S) == ("h",)
    assert layers.decide(STAGE, 2_000_000, 1 * S + HOLD_US - 1) == ("h",)
    assert layers.decide(STAGE, 2_000_000, 1 * S + HOLD_US) == ("f",)


def test_a_dip_begins_the_holding_anew():
    layers = Layers()
    layers.decide(STAGE, 1_000_000, 0)
    layers.decide(STAGE, 2_000_000, 1 * S)
    layers.decide(STAGE, 1_000_000, 2 * S)
    assert layers.decide(STAGE, 2_000_000, 3 * S) == ("h",)
    assert layers.decide(STAGE, 2_000_000, 3 * S + HOLD_US) == ("f",)


def test_never_up_without_headroom():
    layers = Layers()
    layers.decide(STAGE, 1_000_000, 0)
    assert {layers.decide(STAGE, 1_700_000, second * S) for second in range(1, 60)} == {("h",)}


def test_a_line_that_grows_takes_nobodys_picture_away():
    layers = Layers()
    three = [*STAGE, PricedWish("a", "q", CAMERA), PricedWish("b", "q", CAMERA)]
    chosen = [layers.decide(three, 520_000 + 4_000 * tick, tick * S // 10) for tick in range(200)]
    assert chosen[0] == ("q", "q", "q")
    assert set(chosen) == {("q", "q", "q"), ("h", "q", "q")}


def test_a_more_important_picture_comes_back_at_the_cost_of_tiles():
    layers = Layers()
    screen = [PricedWish("screen", "f", {"f": 1_000_000}), *(PricedWish(str(n), "q", CAMERA) for n in range(5))]
    assert layers.decide(screen, 700_000, 0) == (None, "q", "q", "q", "q", None)
    chosen = [layers.decide(screen, 1_600_000, tick * S // 10) for tick in range(1, 300)]
    assert chosen[-1] == ("f", "q", "q", None, None, None)
    assert chosen.index(chosen[-1]) == HOLD_US * 10 // S


def test_a_more_important_picture_comes_back_though_it_costs_less_than_what_shrinks_for_it():
    layers = Layers()
    tiles = [PricedWish(str(n), "h", CAMERA) for n in range(2)]
    layers.decide([PricedWish("screen", "f", {"f": 1_500_000}), *tiles], 1_300_000, 0)
    quiet = [PricedWish("screen", "f", {"f": 300_000}), *tiles]
    assert layers.decide(quiet, 1_300_000, 1 * S) == (None, "h", "h")
    assert layers.decide(quiet, 1_300_000, 1 * S + HOLD_US) == ("f", "h", "q")


def test_after_a_fall_it_waits():
    layers = Layers()
    layers.decide(STAGE, 2_000_000, 0)
    layers.decide(STAGE, 600_000, 1 * S)
    chosen = [layers.decide(STAGE, 3_000_000, 1 * S + tick * S // 10) for tick in range(1, 200)]
    assert chosen.index(("f",)) == (WAIT_US + HOLD_US) * 10 // S - 1


def falls_and_rises(lasting_us, rounds):
    """How long each wait was when every raise fails after `lasting_us`."""
    layers, now, waits = Layers(), 0, []
    layers.decide(STAGE, 2_000_000, now)
    for _ in range(rounds):
        layers.decide(STAGE, 600_000, now)
        fallen_at = now
        while layers.decide(STAGE, 3_000_000, now) != ("f",):
            now += S // 10
        waits.append((now - fallen_at - HOLD_US) // S)
        now += lasting_us
    return waits


def test_a_trial_that_fails_doubles_the_wait():
    assert falls_and_rises(1 * S, rounds=7) == [10, 20, 40, 80, 160, 160, 160]


def test_a_trial_that_lasts_resets_the_wait():
    assert falls_and_rises(TRIAL_US, rounds=3) == [10, 10, 10]


def test_falling_twice_is_one_failed_trial():
    layers = Layers()
    layers.decide(STAGE, 600_000, 0)
    layers.decide(STAGE, 3_000_000, 0)
    assert layers.decide(STAGE, 3_000_000, HOLD_US) == ("f",)
    layers.decide(STAGE, 600_000, 3 * S)
    layers.decide(STAGE, 200_000, 4 * S)
    waited = [layers.decide(STAGE, 3_000_000, 4 * S + tick * S // 10) for tick in range(1, 600)]
    assert waited.index(("f",)) == (2 * WAIT_US + HOLD_US) * 10 // S - 1


def test_new_wishes_are_met_at_once_but_not_above_what_failed():
    layers = Layers()
    layers.decide(STAGE, 2_000_000, 0)
    layers.decide(STAGE, 600_000, 1 * S)
    both = [*STAGE, PricedWish("tile", "q", CAMERA)]
    assert layers.decide(both, 3_000_000, 2 * S) == ("h", None)


def test_a_pulsing_bitrate_changes_nothing_while_it_fits():
    layers = Layers()
    layers.decide(STAGE, 2_000_000, 0)
    for second in range(1, 60):
        pulsing = {**CAMERA, "f": 1_900_000 if second % 2 else 1_100_000}
        assert layers.decide([PricedWish("stage", "f", pulsing)], 2_000_000, second * S) == ("f",)


def test_a_layer_that_ceased_is_left_at_once():
    layers = Layers()
    layers.decide(STAGE, 5_000_000, 0)
    assert layers.decide([PricedWish("stage", "f", {"q": 150_000})], 5_000_000, 1) == ("q",)
    assert layers.decide([], 5_000_000, 2) == ()

"""Which layer of a source is shown, and what it demands of its publisher."""

from sfu.layer import SILENT_US, STARVED_US
from sfu.source import EXPECTED_BPS, Source
from tests.sfu.pictures import Encoding, Screen, a_layer, give

S = 1_000_000


def a_source():
    screen = Screen()
    source = Source("p", "camera", ("q", "h", "f"))
    for name in source.offered:
        source.layers[name], _ = a_layer(screen, name)
    return source


def test_the_best_layer_that_flows():
    source = a_source()
    for name in ("q", "h"):
        give(source.layers[name], Encoding().frame(keyframe=True), S)
    assert source.best("f", S).name == "h"
    assert source.best("h", S).name == "h"
    assert source.best("q", S).name == "q"
    give(source.layers["h"], Encoding(sequence=70_000).frame(), S + STARVED_US)
    assert source.best("q", S + STARVED_US).name == "h", "rather more than nothing"
    assert source.best("f", S + 2 * STARVED_US).name == "h", "a picture that stands still"
    assert source.best("f", S + STARVED_US + SILENT_US) is None


def test_bit_rates_are_measured_or_else_expected():
    source = a_source()
    layer, encoding = source.layers["h"], Encoding()
    source.measure(S)
    assert source.wish("f", S).bitrates_bps == EXPECTED_BPS
    octets = 0
    for frame in range(30):
        packets = encoding.frame(keyframe=frame == 0)
        octets += sum(len(payload) for *_, payload in packets)
        give(layer, packets, S + frame * 33_000)
    source.measure(2 * S)
    wish = source.wish("h", 2 * S)
    assert wish.bitrates_bps == {"q": EXPECTED_BPS["q"], "h": octets * 8, "f": EXPECTED_BPS["f"]}
    assert source.wish("h", 2 * S) is wish, "one for all who wish the same"
    assert source.follow(2 * S + STARVED_US)
    assert source.wish("h", 2 * S + STARVED_US).bitrates_bps == EXPECTED_BPS, "it does not flow"


def test_a_source_is_silent_after_two_seconds():
    source = a_source()
    assert not source.heard_from(0)
    give(source.layers["q"], Encoding().frame(), S)
    assert source.heard_from(S + SILENT_US - 1)
    assert not source.heard_from(S + SILENT_US)


def test_more_is_demanded_at_once_and_less_when_it_lasts():
    source = a_source()
    assert source.demand(0, 3 * S)
    assert source.demanded == ()
    source.takers["h"] += 1
    assert source.demand(0, 3 * S)
    assert source.demanded == ("q", "h")
    source.takers["h"] -= 1
    assert not source.demand(S, 3 * S)
    source.takers["h"] += 1
    assert not source.demand(2 * S, 3 * S)
    source.takers["h"] -= 1
    assert not source.demand(3 * S, 3 * S), "the three seconds begin anew"
    assert not source.demand(6 * S - 1, 3 * S)
    assert source.demand(6 * S, 3 * S)
    assert source.demanded == ()

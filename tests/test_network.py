"""The fake line keeps its own promises."""

from tests.network import Link


def through(link, count=1000, size=1000, step_us=1000):
    for number in range(count):
        link.send(number, size, number * step_us)
    return link.arrived(10**9)


def test_a_good_line_only_delays():
    link = Link(delay_us=20_000)
    link.send("a", 100, 0)
    assert link.arrived(19_999) == []
    assert link.arrived(20_000) == ["a"]
    assert link.arrived(20_000) == []


def test_the_same_seed_gives_the_same_weather():
    settings = {"loss": 0.1, "jitter_us": 30_000, "reorder": 0.1}
    assert through(Link(5, **settings)) == through(Link(5, **settings))
    assert through(Link(5, **settings)) != through(Link(6, **settings))


def test_loss_is_a_share():
    link = Link(loss=0.2)
    arrived = through(link)
    assert len(arrived) + link.lost == 1000
    assert 150 < link.lost < 250


def test_jitter_keeps_the_order_and_reordering_does_not():
    assert through(Link(jitter_us=30_000)) == list(range(1000))
    mixed = through(Link(reorder=0.1))
    assert mixed != list(range(1000))
    assert sorted(mixed) == list(range(1000))


def test_a_narrow_line_queues_and_then_drops():
    link = Link(delay_us=0, rate_bps=800_000, queue_us=50_000)
    for number in range(100):
        link.send(number, 1000, 0)
    assert link.arrived(9_999) == []
    assert link.arrived(20_000) == [0, 1]
    assert len(link.arrived(10**9)) == 4
    assert link.dropped == 94

"""Requests for keyframes: one at a time, until it comes."""

from sfu.flow.keyframes import KeyframeRequests

MS = 1000


def test_three_hundred_ask_and_one_request_goes():
    requests = KeyframeRequests()
    assert requests.ask(0)
    assert not any(requests.ask(n * MS) for n in range(1, 300))
    requests.satisfied(300 * MS)
    assert not requests.due(10_000 * MS)


def test_a_request_is_repeated_until_the_keyframe_comes():
    requests = KeyframeRequests()
    requests.ask(0)
    sent = [now for now in range(0, 2000 * MS, 10 * MS) if requests.due(now)]
    assert sent == [500 * MS, 1000 * MS, 1500 * MS]
    requests.satisfied(2000 * MS)
    assert not requests.due(3000 * MS)


def test_who_asks_behind_a_keyframe_waits_for_the_next():
    requests = KeyframeRequests()
    requests.ask(0)
    requests.satisfied(100 * MS)
    assert not requests.ask(200 * MS)
    assert not requests.due(599 * MS)
    assert requests.due(600 * MS)


def test_a_keyframe_nobody_asked_for_spaces_as_well():
    requests = KeyframeRequests()
    requests.satisfied(0)
    assert not requests.ask(499 * MS)
    assert requests.due(500 * MS)


def test_nothing_is_due_unasked():
    assert not KeyframeRequests().due(0)

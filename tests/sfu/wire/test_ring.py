"""What the ring keeps and forgets."""

from sfu.wire.ring import RING_SIZE, Packet, Ring


def packet(number):
    return Packet(number, 0, False, b"")


def test_what_was_put_is_found_by_number():
    ring = Ring()
    packets = [packet(number) for number in (7, 5, 6)]
    for each in packets:
        ring.put(each)
    assert [ring.get(number) for number in (7, 5, 6)] == packets
    assert ring.get(4) is None


def test_the_window_moves_on():
    ring = Ring()
    for number in range(RING_SIZE + 3):
        ring.put(packet(number))
    assert [number for number in range(RING_SIZE + 3) if ring.get(number) is None] == [0, 1, 2]
    assert ring.get(RING_SIZE).number == RING_SIZE


def test_a_gap_is_not_filled_by_what_was_there_before():
    ring = Ring()
    ring.put(packet(1))
    assert ring.get(1 + RING_SIZE) is None


def test_a_ring_cleared_holds_nothing():
    ring = Ring()
    ring.put(packet(1))
    ring.clear()
    assert ring.get(1) is None
    ring.put(packet(2))
    assert ring.get(2).number == 2

"""Sequence numbers around their wrap."""

from hypothesis import given
from hypothesis import strategies as st

from sfu.wire.seq import Unwrapper, delta16

NUMBERS = st.integers(0, 0xFFFF)


def test_delta_has_a_sign():
    assert delta16(2, 65534) == 4
    assert delta16(65534, 2) == -4


@given(NUMBERS, NUMBERS)
def test_delta_leads_from_one_to_the_other(a, b):
    assert (b + delta16(a, b)) & 0xFFFF == a
    assert -0x8000 <= delta16(a, b) <= 0x7FFF


def test_the_first_number_is_its_own_index():
    assert Unwrapper().unwrap(65535) == 65535


def test_a_packet_that_overtook_the_first_lies_before_it():
    numbers = Unwrapper()
    assert numbers.unwrap(0) == 0
    assert numbers.unwrap(65535) == -1


@given(st.lists(st.integers(-0x7FFF, 0x7FFF)), NUMBERS, st.sampled_from([16, 32]))
def test_an_index_never_wraps(steps, first, bits):
    numbers, index = Unwrapper(bits), first
    assert numbers.unwrap(index) == first
    for step in steps:
        index += step
        assert numbers.unwrap(index & ((1 << bits) - 1)) == index

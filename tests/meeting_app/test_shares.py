"""Majorities and quorums are exact."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting_app.shares import SHARES, needed

NAIVE = {
    "more_than_half": lambda part: part > Fraction(1, 2),
    "two_thirds": lambda part: part >= Fraction(2, 3),
    "three_quarters": lambda part: part >= Fraction(3, 4),
}


@pytest.mark.parametrize(
    ("share", "whole", "least"),
    [
        ("more_than_half", 286, 144),
        ("more_than_half", 405, 203),
        ("more_than_half", 1, 1),
        ("two_thirds", 9, 6),
        ("two_thirds", 10, 7),
        ("three_quarters", 8, 6),
        ("three_quarters", 9, 7),
    ],
)
def test_the_numbers_that_statutes_give_as_examples(share: str, whole: int, least: int):
    assert needed(share, whole) == least


@given(share=st.sampled_from(SHARES), whole=st.integers(1, 10**6))
def test_it_is_the_least_number_that_is_the_share(share: str, whole: int):
    least = needed(share, whole)
    assert NAIVE[share](Fraction(least, whole))
    assert not NAIVE[share](Fraction(least - 1, whole))
    assert 1 <= least <= whole

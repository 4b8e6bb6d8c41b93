"""A sealed ballot says nothing without its key, and comes back as it was with it."""

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from meeting_app.errors import BadInput, BallotsUnreadable
from meeting_app.votes.sealing import CODE_LENGTH, CODE_LETTERS, OPTIONS_MAX, Ballot, choices_of, seal, unseal

KEY = X25519PrivateKey.generate()
PUBLIC = KEY.public_key().public_bytes_raw().hex()

ballots = st.builds(
    Ballot,
    st.frozensets(st.integers(0, OPTIONS_MAX - 1)),
    st.text(CODE_LETTERS, min_size=CODE_LENGTH, max_size=CODE_LENGTH),
)


@given(ballots)
def test_it_comes_back_as_it_was_and_is_as_long_as_any_other(ballot: Ballot):
    sealed = seal(ballot, "v", PUBLIC)
    assert unseal([sealed], "v", KEY) == [ballot]
    assert len(sealed) == len(seal(Ballot(frozenset(), "2" * CODE_LENGTH), "v", PUBLIC))


def test_the_same_ballot_never_looks_the_same():
    ballot = Ballot(frozenset({0}), "2" * CODE_LENGTH)
    assert seal(ballot, "v", PUBLIC) != seal(ballot, "v", PUBLIC)


def test_another_key_another_vote_and_a_changed_bit_open_nothing():
    sealed = seal(Ballot(frozenset({0}), "2" * CODE_LENGTH), "v", PUBLIC)
    changed = bytes([sealed[0] ^ 1]) + sealed[1:]
    for what, vote, key in ((sealed, "v", X25519PrivateKey.generate()), (sealed, "w", KEY), (changed, "v", KEY)):
        with pytest.raises(BallotsUnreadable):
            unseal([what], vote, key)


def test_choices_are_options_each_once():
    assert choices_of(["a", "b", "c"], ["c", "a"]) == {0, 2}
    for chosen in (["d"], ["a", "a"]):
        with pytest.raises(BadInput):
            choices_of(["a", "b", "c"], chosen)

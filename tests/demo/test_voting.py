"""The ballots of made-up delegates fit the votes they are cast in."""

import msgspec
import pytest

from demo.voting import FIRST_S, LAST_S, OPINION, ballot_of, pause_s
from meeting_app.votes.sealing import check_code
from signaling.messages import CastBallot, CastSecretBallot, Vote

EVERYBODY = tuple(f"p{number}" for number in range(200))
VOTE = Vote(
    id="v1", kind="open", item=None, question="Thông qua", options=("for", "against", "other"), rule="more_than_half",
    base="present", base_count=200, needed=101, quorum="more_than_half", quorum_needed=101, convened=200,
    roster=EVERYBODY, voted=(), cast=0, state="open", opened_at="2026-03-02T01:02:00.000000Z",
)  # fmt: skip


def test_most_are_for_it_and_who_is_of_another_opinion_says_which():
    ballots = [ballot_of(VOTE, one) for one in EVERYBODY]
    assert all(type(ballot) is CastBallot and ballot.vote == "v1" for ballot in ballots)
    counts = {choice: sum(ballot.choice == choice for ballot in ballots) for choice in VOTE.options}
    assert counts["for"] > 101 and counts["against"] and counts["other"]
    assert all((ballot.text == OPINION) == (ballot.choice == "other") for ballot in ballots)
    assert ballots == [ballot_of(VOTE, one) for one in EVERYBODY], "a repetition says the same"


@pytest.mark.parametrize(("kind", "seats", "least"), [("secret", None, None), ("election", 2, 1)])
def test_sealed_ballots_name_as_many_as_they_may(kind: str, seats: int | None, least: int | None):
    options = ("c1", "c2", "c3") if seats else VOTE.options
    vote = msgspec.structs.replace(VOTE, kind=kind, options=options, seats=seats, least=least)
    for one in EVERYBODY:
        ballot = ballot_of(vote, one)
        assert type(ballot) is CastSecretBallot and len(set(ballot.choices)) == (seats or 1)
        check_code(ballot.code)


@pytest.mark.parametrize("change", [{"state": "closed"}, {"kind": "show_of_hands"}, {"roster": ("p2",)}])
def test_who_has_no_ballot_to_cast_casts_none(change: dict):
    assert ballot_of(msgspec.structs.replace(VOTE, **change), "p1") is None


def test_each_thinks_for_a_while():
    assert all(FIRST_S <= pause_s(VOTE, one) <= LAST_S for one in EVERYBODY)

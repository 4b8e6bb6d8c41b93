"""An election fills its seats from the counts, and says where votes are tied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting_app import votes
from meeting_app.errors import BadInput, TooFewVoters
from meeting_app.votes.election import outcome
from tests.meeting_app.hall import KEYS, Hall
from tests.meeting_app.votes.test_secret import code_of

THREE = [("Trần Quốc Bảo", "Chủ tịch"), ("Lò Thị Mẩy", ""), ("Vi Văn Phúc", "")]


async def opens(hall: Hall, seats: int = 2, least: int = 1, **how):
    election = votes.election_of(THREE, seats, least)
    voters = [hall.chair, hall.an, hall.binh, hall.chi, *await hall.more(1)]
    return await hall.opens_a_vote(*voters, kind="election", keys=KEYS, election=election, **how), voters


async def elect(hall: Hall, vote: str, voters: list, ballots: list[list[str]]):
    for number, (voter, names) in enumerate(zip(voters, ballots, strict=False)):
        await hall.does(votes.cast_secret, voter, vote, names, code_of(number), key=f"key-{number:08}")
    await hall.does(votes.close, hall.chair, vote, keys=KEYS)
    await hall.does(votes.publish, hall.chair, vote)
    return (await hall.seen()).vote


async def test_who_has_the_majority_is_elected_the_most_votes_first(hall: Hall):
    vote, voters = await opens(hall)
    seen = (await hall.seen()).vote
    assert (seen.options, seen.seats, seen.least) == (("c1", "c2", "c3"), 2, 1)
    assert [(one.id, one.name) for one in seen.candidates] == [
        ("c1", THREE[0][0]),
        ("c2", THREE[1][0]),
        ("c3", THREE[2][0]),
    ]
    seen = await elect(hall, vote, voters, [["c1", "c3"], ["c3"], ["c3", "c1"], ["c2", "c3"], ["c1"]])
    assert seen.result.counts == {"c1": 3, "c2": 1, "c3": 4}
    assert (seen.result.elected, seen.result.tied, seen.result.passed) == (("c3", "c1"), (), True)
    assert seen.result.ballots == {} and len(seen.result.codes) == 5


async def test_a_tie_at_the_last_seat_elects_none_of_the_tied(hall: Hall):
    vote, voters = await opens(hall)
    seen = await elect(hall, vote, voters, [["c1", "c2"], ["c1", "c2"], ["c1", "c3"], ["c2", "c3"], ["c3", "c1"]])
    assert (seen.result.elected, seen.result.tied, seen.result.passed) == (("c1",), ("c2", "c3"), False)


async def test_without_the_majority_nobody_is_elected(hall: Hall):
    vote, voters = await opens(hall, rule="two_thirds", base="convened")
    seen = await elect(hall, vote, voters, [["c1"], ["c1"], ["c1"]])
    assert (seen.result.elected, seen.result.passed) == ((), False)


@pytest.mark.parametrize("names", [[], ["c1", "c2", "c3"], ["c1", "c1"], ["for"]])
async def test_a_ballot_names_as_many_as_it_may(hall: Hall, names: list[str]):
    vote, (_, an, *_) = await opens(hall)
    with pytest.raises(BadInput):
        await hall.does(votes.cast_secret, an, vote, names, code_of(1), key="key-00000001")


async def test_a_blank_ballot_counts_where_it_may_be_cast(hall: Hall):
    vote, voters = await opens(hall, least=0)
    seen = await elect(hall, vote, voters, [[], ["c1"]])
    assert (seen.cast, seen.result.counts["c1"]) == (2, 1)


async def test_a_secret_vote_takes_one_choice(hall: Hall):
    vote, (_, an, *_) = await hall.opens_a_secret_vote()
    for choices in ([], ["for", "against"]):
        with pytest.raises(BadInput):
            await hall.does(votes.cast_secret, an, vote, choices, code_of(1), key="key-00000001")


@pytest.mark.parametrize(
    ("candidates", "seats", "least"),
    [
        ([], 1, 1),
        (THREE, 0, 0),
        (THREE, 4, 1),
        (THREE, 2, 3),
        (THREE, 2, -1),
        ([THREE[0], THREE[0]], 1, 1),
        ([(" ", "")], 1, 1),
    ],
)
def test_what_is_no_election(candidates: list[tuple[str, str]], seats: int, least: int):
    with pytest.raises(BadInput):
        votes.election_of(candidates, seats, least)


async def test_candidates_belong_to_elections_and_elections_to_halls_of_five(hall: Hall):
    election = votes.election_of(THREE, 1, 1)
    with pytest.raises(BadInput):
        await hall.opens_a_vote(hall.chair, hall.an, hall.binh, election=election)
    with pytest.raises(BadInput):
        await hall.opens_a_vote(kind="election", keys=KEYS)
    with pytest.raises(TooFewVoters):
        await hall.opens_a_vote(kind="election", keys=KEYS, election=election)


@given(
    counts=st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 6), min_size=1),
    seats=st.integers(1, 8),
    needed=st.integers(1, 6),
)
def test_no_seat_goes_past_somebody_with_as_many_votes(counts: dict[str, int], seats: int, needed: int):
    elected, tied = outcome(counts, seats, needed)
    assert len(elected) <= seats and not set(elected) & set(tied)
    assert all(counts[one] >= needed for one in (*elected, *tied))
    left = [one for one, votes in counts.items() if votes >= needed and one not in elected]
    assert all(counts[one] > counts[other] for one in elected for other in left)
    if tied:
        assert len({counts[one] for one in tied}) == 1 and len(elected) + len(tied) > seats > len(elected)
    else:
        assert len(elected) == min(seats, len(elected) + len(left))

"""What ballots decide where the count itself says what they are held against."""

import pytest

from meeting_app import votes
from meeting_app.errors import BadInput
from meeting_app.views import ResultView, VoteView
from tests.meeting_app.hall import KEYS, Hall
from tests.meeting_app.votes.test_election import THREE
from tests.meeting_app.votes.test_secret import code_of


async def published(hall: Hall, vote: str, **how: object) -> ResultView:
    await hall.does(votes.close, hall.chair, vote, **how)
    assert (await hall.seen()).vote.needed is None
    await hall.does(votes.publish, hall.chair, vote)
    return (await hall.seen()).vote.result


async def opened(hall: Hall, **how: object) -> VoteView:
    """Four are here."""
    await hall.opens_a_vote(hall.chair, hall.an, hall.binh, hall.chi, **how)
    return (await hall.seen()).vote


@pytest.mark.parametrize(
    ("rule", "base", "choices", "needed", "passed"),
    [
        ("more_than_half", "returned", ["for", "for", "against"], 2, True),
        ("more_than_half", "returned", ["for", "against"], 2, False),
        ("two_thirds", "returned", ["for", "for", "against"], 2, True),
        ("three_quarters", "valid", ["for", "for", "for", "other"], 3, True),
        ("three_quarters", "valid", ["for", "for", "against"], 3, False),
        ("more_than_half", "returned", [], 1, False),
        ("two_thirds", "returned", [], 1, False),
        ("three_quarters", "valid", [], 1, False),
        ("plurality", "valid", ["for", "against", "other", "for"], 2, True),
        ("plurality", "valid", ["for", "against"], 2, False),
        ("plurality", "valid", ["for"], 1, True),
        ("plurality", "valid", [], 1, False),
    ],
)
async def test_of_the_ballots_returned(hall: Hall, rule: str, base: str, choices: list, needed: int, passed: bool):
    vote = await opened(hall, rule=rule, base=base)
    assert (vote.base_count, vote.needed) == (None, None)
    for actor, choice in zip((hall.chair, hall.an, hall.binh, hall.chi), choices, strict=False):
        await hall.does(votes.cast, actor, vote.id, choice)
    result = await published(hall, vote.id)
    assert (result.passed, result.needed) == (passed, needed)
    assert (result.base_count, result.returned, result.valid) == (len(choices),) * 3


@pytest.mark.parametrize(
    ("rule", "base", "base_count", "needed", "elected"),
    [
        ("more_than_half", "returned", 5, 3, ("c1",)),
        ("more_than_half", "valid", 3, 2, ("c1", "c2")),
        ("plurality", "valid", 3, 1, ("c1", "c2")),
    ],
)
async def test_a_blank_ballot_is_returned_and_not_valid(
    hall: Hall, rule: str, base: str, base_count: int, needed: int, elected: tuple[str, ...]
):
    voters = [hall.chair, hall.an, hall.binh, hall.chi, *await hall.more(1)]
    election = votes.election_of(THREE, 2, 0)
    how = {"kind": "election", "keys": KEYS, "election": election, "rule": rule, "base": base}
    vote = await hall.opens_a_vote(*voters, **how)
    ballots = [["c1", "c2"], ["c1", "c2"], ["c1"], [], []]
    for number, (voter, names) in enumerate(zip(voters, ballots, strict=True)):
        await hall.does(votes.cast_secret, voter, vote, names, code_of(number), key=f"key-{number:08}")
    result = await published(hall, vote, keys=KEYS)
    assert (result.returned, result.valid) == (5, 3)
    assert (result.base_count, result.needed, result.elected) == (base_count, needed, elected)


@pytest.mark.parametrize("base", ["returned", "valid"])
async def test_an_election_in_which_nobody_voted_elects_nobody(hall: Hall, base: str):
    voters = [hall.chair, hall.an, hall.binh, hall.chi, *await hall.more(1)]
    election = votes.election_of(THREE, 3, 0)
    how = {"kind": "election", "keys": KEYS, "election": election, "rule": "two_thirds", "base": base}
    vote = await hall.opens_a_vote(*voters, **how)
    result = await published(hall, vote, keys=KEYS)
    assert (result.needed, result.elected, result.tied, result.passed) == (1, (), (), False)


async def test_the_most_votes_fill_seats_and_a_tie_fills_none(hall: Hall):
    voters = [hall.chair, hall.an, hall.binh, hall.chi, *await hall.more(1)]
    election = votes.election_of(THREE, 1, 1)
    how = {"kind": "election", "keys": KEYS, "election": election, "rule": "plurality", "base": "valid"}
    vote = await hall.opens_a_vote(*voters, **how)
    for number, (voter, name) in enumerate(zip(voters, ["c1", "c1", "c2", "c2", "c3"], strict=True)):
        await hall.does(votes.cast_secret, voter, vote, [name], code_of(number), key=f"key-{number:08}")
    result = await published(hall, vote, keys=KEYS)
    assert (result.elected, result.tied, result.passed) == ((), ("c1", "c2"), False)


async def test_hands_that_were_raised_are_the_ballots_returned(hall: Hall):
    tellers = (hall.an.participant, hall.secretary.participant)
    await hall.opens_a_secret_vote()
    await hall.does(votes.cancel, hall.chair, (await hall.seen()).vote.id)
    how = {"kind": "show_of_hands", "tellers": tellers, "base": "returned"}
    vote = await hall.opens_a_vote(hall.secretary, **how)
    for teller in (hall.an, hall.secretary):
        await hall.does(votes.count_hands, teller, vote, {"for": 2, "against": 1, "other": 0})
    result = await published(hall, vote)
    assert (result.base_count, result.needed, result.passed) == (3, 2, True)


async def test_the_most_votes_are_of_valid_ballots(hall: Hall):
    with pytest.raises(BadInput, match="plurality of present"):
        await opened(hall, rule="plurality")


async def test_words_belong_to_another_opinion(hall: Hall):
    vote = await opened(hall)
    with pytest.raises(BadInput):
        await hall.does(votes.cast, hall.an, vote.id, "for", text="Đồng ý")
    event = await hall.does(votes.cast, hall.an, vote.id, "other", text="  Bổ sung\nsố liệu ")
    assert event.data["text"] == "Bổ sung\nsố liệu"
    await hall.does(votes.cast, hall.binh, vote.id, "other", text=" ")
    await hall.does(votes.close, hall.chair, vote.id)
    assert (await hall.seen()).vote.result is None
    await hall.does(votes.publish, hall.chair, vote.id)
    assert (await hall.seen()).vote.result.opinions == {hall.an.participant: "Bổ sung\nsố liệu"}

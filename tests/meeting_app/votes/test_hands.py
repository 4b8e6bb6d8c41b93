"""Two tellers count hands apart, and only what both counted is the result; a vote can be repeated."""

import pytest

from meeting_app import attendance, votes
from meeting_app.errors import BadInput, CountsDiffer, HandsUncounted, NotFound, NotTeller, VoteOver, VoteRunning
from meeting_app.events import Event
from tests.meeting_app.hall import Hall


async def opens(hall: Hall, **how: object) -> str:
    await hall.does(attendance.check_in, hall.secretary, hall.secretary.participant)
    tellers = (hall.secretary.participant, hall.an.participant)
    return await hall.opens_a_vote(
        hall.chair, hall.an, hall.binh, **{"kind": "show_of_hands", "tellers": tellers, **how}
    )


async def counts(hall: Hall, actor, vote: str, ayes: int, noes: int = 0, others: int = 0) -> Event:
    return await hall.does(votes.count_hands, actor, vote, {"for": ayes, "against": noes, "other": others})


async def test_what_both_counted_is_the_result(hall: Hall):
    vote = await opens(hall)
    event = await counts(hall, hall.secretary, vote, 2, 1)
    assert event.data["counted"] == [hall.secretary.participant] and event.data["tallies"] == {}
    seen = (await hall.seen()).vote
    assert (seen.counted, seen.tallies, seen.cast) == ((hall.secretary.participant,), {}, 0)
    with pytest.raises(HandsUncounted):
        await hall.does(votes.close, hall.chair, vote)

    event = await counts(hall, hall.an, vote, 3)
    assert [sum(one.values()) for one in event.data["tallies"].values()] == [3, 3]
    with pytest.raises(CountsDiffer):
        await hall.does(votes.close, hall.chair, vote)
    await counts(hall, hall.an, vote, 2, 1)
    await hall.does(votes.close, hall.chair, vote)
    await hall.does(votes.publish, hall.chair, vote)
    seen = (await hall.seen()).vote
    assert (seen.result.counts, seen.result.passed, seen.cast) == ({"for": 2, "against": 1, "other": 0}, True, 3)
    assert seen.result.ballots == {} and seen.voted == ()


@pytest.mark.parametrize("wrong", [(4, 0, 0), (-1, 0, 0), (2, 1, 1)])
async def test_there_are_not_more_hands_than_voters(hall: Hall, wrong: tuple[int, int, int]):
    vote = await opens(hall)
    with pytest.raises(BadInput):
        await counts(hall, hall.an, vote, *wrong)


async def test_only_the_tellers_of_this_vote_count_and_nobody_casts(hall: Hall):
    vote = await opens(hall)
    with pytest.raises(NotTeller):
        await counts(hall, hall.binh, vote, 1)
    with pytest.raises(BadInput):
        await hall.does(votes.count_hands, hall.an, vote, {"for": 1})
    with pytest.raises(VoteOver):
        await hall.does(votes.cast, hall.binh, vote, "for")
    await hall.does(votes.cancel, hall.chair, vote)
    with pytest.raises(VoteOver):
        await counts(hall, hall.an, vote, 1)


@pytest.mark.parametrize("who", [("an",), ("an", "an"), ("an", "chi"), ("an", "wall"), ("an", "secretary", "binh"), ()])
async def test_tellers_are_two_people_who_are_here(hall: Hall, who: tuple[str, ...]):
    tellers = [getattr(hall, one).participant for one in who]
    with pytest.raises(BadInput, match="two people"):
        await opens(hall, tellers=tellers)


async def test_only_hands_have_tellers(hall: Hall):
    with pytest.raises(BadInput) as refused:
        await opens(hall, kind="open")
    assert refused.value.field == "tellers"


async def test_a_vote_on_another_question_is_not_repeated(hall: Hall):
    first = await hall.opens_a_vote(hall.chair, hall.an, hall.binh)
    await hall.does(votes.cancel, hall.chair, first)
    with pytest.raises(BadInput) as refused:
        await hall.does(votes.open_vote, hall.chair, "Câu khác", repeats=first)
    assert refused.value.field == "repeats"


async def test_a_repeated_vote_names_the_one_before(hall: Hall):
    first = await hall.opens_a_vote(hall.chair, hall.an, hall.binh)
    with pytest.raises(VoteRunning):
        await hall.does(votes.open_vote, hall.chair, "Lần hai", repeats=first)
    await hall.does(votes.cancel, hall.chair, first)
    second = await hall.opens_a_vote(repeats=first)
    seen = (await hall.seen()).vote
    assert (seen.id, seen.repeats, seen.round) == (second, first, 2)
    await hall.does(votes.cancel, hall.chair, second)
    await hall.opens_a_vote(repeats=second)
    assert (await hall.seen()).vote.round == 3
    await hall.does(votes.cancel, hall.chair, (await hall.seen()).vote.id)
    with pytest.raises(NotFound):
        await hall.opens_a_vote(repeats="none")

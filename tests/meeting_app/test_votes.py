"""Who may vote, once, until when, and what the ballots decide."""

import asyncio

import pytest

from meeting_app import attendance, events, meetings, votes
from meeting_app.errors import (
    AlreadyVoted,
    BadInput,
    NoQuorum,
    NotAllowed,
    NotEntitled,
    NotFound,
    ResultWaits,
    VoteOpen,
    VoteOver,
    VoteRunning,
)
from meeting_app.views import VoteView
from tests.meeting_app.hall import KEYS, Hall


async def shown(hall: Hall) -> VoteView:
    seen = (await hall.seen()).vote
    assert seen is not None
    return seen


async def test_from_the_question_to_the_published_result(hall: Hall):
    assert (await hall.seen()).vote is None
    vote = await hall.opens_a_vote(hall.chair, hall.an, hall.binh, item=hall.items[1])
    roster = (hall.chair.participant, hall.an.participant, hall.binh.participant)
    seen = await shown(hall)
    assert (seen.id, seen.state, seen.item, seen.roster) == (vote, "open", hall.items[1], roster)
    assert (seen.base_count, seen.needed, seen.convened, seen.quorum_needed) == (3, 2, 4, 3)

    for actor, choice in ((hall.binh, "for"), (hall.chair, "for"), (hall.an, "other")):
        event = await hall.does(votes.cast, actor, vote, choice)
        assert event.data == {"vote": vote, "participant": actor.participant, "choice": choice, "text": None}
    await hall.does(votes.close, hall.secretary, vote)
    seen = await shown(hall)
    assert (seen.state, seen.voted, seen.result) == ("closed", roster, None)

    published = await hall.later(5).does(votes.publish, hall.chair, vote)
    seen = await shown(hall)
    assert (seen.state, seen.published_at) == ("published", published.at)
    assert seen.result.passed and seen.result.counts == {"for": 2, "against": 0, "other": 1}
    assert seen.result.ballots == {"for": (roster[0], roster[2]), "against": (), "other": (roster[1],)}
    assert published.data["result"]["counts"] == seen.result.counts
    assert await hall.asks(events.verify, hall.meeting) is None


@pytest.mark.parametrize(
    ("rule", "base", "ayes", "passed"),
    [
        ("more_than_half", "present", 2, True),
        ("more_than_half", "present", 1, False),
        ("more_than_half", "convened", 2, False),
        ("more_than_half", "convened", 3, True),
        ("two_thirds", "present", 2, True),
        ("two_thirds", "convened", 2, False),
        ("three_quarters", "present", 2, False),
        ("three_quarters", "convened", 3, True),
    ],
)
async def test_rule_and_base_decide(hall: Hall, rule: str, base: str, ayes: int, passed: bool):
    """Three of four are present; who does not vote for it counts in the base all the same."""
    here = (hall.chair, hall.an, hall.binh)
    vote = await hall.opens_a_vote(*here, rule=rule, base=base)
    for actor in here[:ayes]:
        await hall.does(votes.cast, actor, vote, "for")
    await hall.does(votes.close, hall.chair, vote)
    event = await hall.does(votes.publish, hall.chair, vote)
    assert event.data["result"]["passed"] == passed


async def test_a_vote_needs_a_quorum_of_those_convened(hall: Hall):
    with pytest.raises(NoQuorum, match="2 of 4"):
        await hall.opens_a_vote(hall.chair, hall.an, hall.secretary)
    await hall.opens_a_vote(hall.binh)


async def test_who_is_not_entitled_does_not_vote(hall: Hall):
    vote = await hall.opens_a_vote(hall.chair, hall.an, hall.binh)
    await hall.does(attendance.check_in, hall.chi, hall.chi.participant)
    with pytest.raises(NotEntitled):
        await hall.does(votes.cast, hall.chi, vote, "for")
    for actor in (hall.secretary, hall.wall):
        with pytest.raises(NotAllowed):
            await hall.does(votes.cast, actor, vote, "for")
    with pytest.raises(NotFound):
        await hall.does(votes.cast, hall.an, "none", "for")
    with pytest.raises(BadInput):
        await hall.does(votes.cast, hall.an, vote, "perhaps")


async def test_whose_line_drops_keeps_the_right(hall: Hall):
    vote = await hall.opens_a_vote(hall.chair, hall.an, hall.binh)
    await hall.does(attendance.leave, hall.an, hall.an.participant)
    await hall.does(votes.cast, hall.an, vote, "against")
    assert (await shown(hall)).voted == (hall.an.participant,)


async def test_the_ballot_of_somebody_who_is_removed_afterwards_counts(hall: Hall):
    vote = await hall.opens_a_vote(hall.chair, hall.an, hall.binh)
    await hall.does(votes.cast, hall.an, vote, "for")
    await hall.does(meetings.remove_participant, hall.chair, hall.an.participant)
    await hall.does(meetings.remove_participant, hall.chair, hall.binh.participant)
    with pytest.raises(NotAllowed):
        await hall.does(votes.cast, hall.binh, vote, "for")
    await hall.does(votes.close, hall.chair, vote)
    result = (await hall.does(votes.publish, hall.chair, vote)).data["result"]
    assert result["ballots"]["for"] == (hall.an.participant,)
    assert (await shown(hall)).base_count == 3


async def test_a_ballot_is_cast_once(hall: Hall):
    vote = await hall.opens_a_vote(hall.chair, hall.an, hall.binh)
    await hall.does(votes.cast, hall.an, vote, "for")
    for choice in ("for", "against"):
        with pytest.raises(AlreadyVoted):
            await hall.does(votes.cast, hall.an, vote, choice)
    assert await hall.asks(votes.choices, vote) == {hall.an.participant: "for"}


async def test_two_devices_that_cast_at_once_cast_one_ballot(hall: Hall):
    vote = await hall.opens_a_vote(hall.chair, hall.an, hall.binh)
    cast = await asyncio.gather(
        *(hall.does(votes.cast, hall.an, vote, choice) for choice in ("for", "against")), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in cast) == ["AlreadyVoted", "Event"]


async def test_after_closing_no_ballot_comes_in(hall: Hall):
    vote = await hall.opens_a_vote(hall.chair, hall.an, hall.binh)
    with pytest.raises(VoteOpen):
        await hall.does(votes.publish, hall.chair, vote)
    await hall.does(votes.close, hall.chair, vote)
    for verb, *args in ((votes.cast, "for"), (votes.close,)):
        with pytest.raises(VoteOver):
            await hall.does(verb, hall.chair, vote, *args)


async def test_a_published_result_never_changes(hall: Hall):
    vote = await hall.opens_a_vote(hall.chair, hall.an, hall.binh)
    await hall.does(votes.close, hall.chair, vote)
    await hall.does(votes.publish, hall.chair, vote)
    for verb, *args in ((votes.cast, "for"), (votes.close,), (votes.publish,), (votes.cancel,)):
        with pytest.raises(VoteOver):
            await hall.does(verb, hall.chair, vote, *args)


@pytest.mark.parametrize("closed", [False, True])
async def test_a_cancelled_vote_makes_room_and_has_no_result(hall: Hall, closed: bool):
    vote = await hall.opens_a_vote(hall.chair, hall.an, hall.binh)
    await hall.does(votes.cast, hall.an, vote, "for")
    if closed:
        await hall.does(votes.close, hall.chair, vote)
    with pytest.raises(VoteRunning):
        await hall.does(votes.open_vote, hall.chair, "Câu khác")
    await hall.does(votes.cancel, hall.secretary, vote)
    assert ((await shown(hall)).state, (await shown(hall)).result) == ("cancelled", None)
    await hall.does(votes.open_vote, hall.chair, "Câu khác")


async def test_the_end_of_the_meeting_cancels_the_vote(hall: Hall):
    vote = await hall.opens_a_vote(hall.chair, hall.an, hall.binh)
    event = await hall.does(meetings.set_state, hall.chair, "closed")
    assert event.data["vote"] == vote
    assert (await shown(hall)).state == "cancelled"


@pytest.mark.parametrize("end", ["closed", "cancelled", "postponed"])
async def test_a_meeting_does_not_end_before_a_counted_result_is_published_or_cancelled(hall: Hall, end: str):
    vote, (chair, *_) = await hall.opens_a_secret_vote()
    await hall.does(votes.close, chair, vote, keys=KEYS)
    with pytest.raises(ResultWaits):
        await hall.does(meetings.set_state, chair, end)
    seen = await hall.seen()
    assert (seen.state, seen.vote.state) == ("in_session", "closed")
    await hall.does(votes.publish, chair, vote)
    assert (await hall.does(meetings.set_state, chair, end)).data["vote"] is None


@pytest.mark.parametrize(
    "how",
    [{"rule": "most"}, {"base": "everybody"}, {"item": "none"}, {"question": " "}],
    ids=lambda how: next(iter(how)),
)
async def test_what_cannot_be_put_to_the_vote(hall: Hall, how: dict[str, str]):
    how = {"question": "Thông qua", **how}
    for actor in (hall.chair, hall.an, hall.binh):
        await hall.does(attendance.check_in, actor, actor.participant)
    with pytest.raises((BadInput, NotFound)):
        await hall.does(votes.open_vote, hall.chair, how.pop("question"), **how)

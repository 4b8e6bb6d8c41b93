"""Secret ballots: counted exactly, told by counts and codes alone, and refused where they would not be secret."""

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from meeting_app import attendance, events, meetings, votes
from meeting_app.acting import Actor
from meeting_app.db import Database
from meeting_app.errors import (
    AlreadyVoted,
    BadInput,
    BallotsUnreadable,
    MeetingError,
    NotEntitled,
    TooFewVoters,
    VoteOver,
)
from meeting_app.models import OpenBallot, SealedBallot, UsedRight
from meeting_app.votes import VoteKeys
from meeting_app.votes.sealing import CODE_LETTERS
from tests.meeting_app.hall import CODE, KEYS, Hall, convene_within
from tests.meeting_app.model import against_a_model


def code_of(number: int) -> str:
    return CODE_LETTERS[number] * 16


async def casts(hall: Hall, actor: Actor, vote: str, choice: str = "for", code: str = CODE, key: str = "key-00000001"):
    return await hall.does(votes.cast_secret, actor, vote, [choice], code, key=key)


async def rows(hall: Hall, kind: type) -> int:
    async with hall.db.reading() as session:
        return await session.scalar(sa.select(sa.func.count()).select_from(kind))


async def test_from_the_question_to_the_codes(hall: Hall):
    vote, voters = await hall.opens_a_secret_vote()
    for number, (voter, choice) in enumerate(zip(voters, ("for", "against", "for", "for"), strict=False)):
        event = await casts(hall, voter, vote, choice, code_of(9 - number))
        assert (event.name, event.actor, event.data) == ("secret_ballot_cast", None, {"vote": vote, "cast": number + 1})
    seen = (await hall.seen()).vote
    assert (seen.kind, seen.voted, seen.cast, seen.result) == ("secret", (), 4, None)
    assert await hall.asks(votes.own_ballots, seen) == {one.participant: None for one in voters[:4]}

    await hall.does(votes.close, hall.chair, vote, keys=KEYS)
    assert (await hall.seen()).vote.result is None
    published = await hall.does(votes.publish, hall.chair, vote)
    result = (await hall.seen()).vote.result
    assert result.counts == {"for": 3, "against": 1, "other": 0} and result.passed
    assert (result.ballots, result.codes) == ({}, tuple(code_of(number) for number in (6, 7, 8, 9)))
    assert published.data["result"]["counts"] == result.counts
    assert await rows(hall, SealedBallot) == await rows(hall, OpenBallot) == 0
    assert await hall.asks(events.verify, hall.meeting) is None


async def test_below_five_voters_there_is_no_secret(hall: Hall):
    with pytest.raises(TooFewVoters, match="4 voters"):
        await hall.opens_a_vote(hall.chair, hall.an, hall.binh, hall.chi, kind="secret", keys=KEYS)
    await hall.opens_a_secret_vote()


async def test_a_repetition_under_the_same_key_counts_once_and_is_answered_though_all_is_over(hall: Hall):
    vote, (chair, an, *_) = await hall.opens_a_secret_vote()
    assert await casts(hall, an, vote, "for") is not None
    assert await casts(hall, an, vote, "against") is None  # the key decides: nothing is kept to compare it with
    with pytest.raises(AlreadyVoted):
        await casts(hall, an, vote, key="key-00000002")
    await hall.does(votes.close, chair, vote, keys=KEYS)
    await hall.does(votes.publish, chair, vote)
    await hall.does(meetings.set_state, chair, "closed")
    assert await casts(hall, an, vote) is None


async def test_two_devices_that_cast_at_once_cast_one_ballot(hall: Hall):
    vote, (_, an, *_) = await hall.opens_a_secret_vote()
    cast = await asyncio.gather(
        *(casts(hall, an, vote, choice, key=f"key-{choice:>8}") for choice in ("for", "against")),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in cast) == ["AlreadyVoted", "Event"]
    assert await rows(hall, SealedBallot) == 1


async def test_what_cannot_be_cast(hall: Hall):
    vote, (_, an, binh, *_) = await hall.opens_a_secret_vote()
    (late,) = await hall.more(1)
    await hall.does(attendance.check_in, late, late.participant)
    with pytest.raises(NotEntitled):
        await casts(hall, late, vote)
    for wrong in ({"choice": "perhaps"}, {"code": "short"}, {"code": "O" * 16}):
        with pytest.raises(BadInput):
            await casts(hall, an, vote, **wrong)
    with pytest.raises(VoteOver):
        await hall.does(votes.cast, an, vote, "for")
    await hall.does(votes.close, hall.chair, vote, keys=KEYS)
    with pytest.raises(VoteOver):
        await casts(hall, binh, vote)
    assert await rows(hall, UsedRight) == 0


async def test_a_named_vote_takes_no_sealed_ballot(hall: Hall):
    vote = await hall.opens_a_vote(hall.chair, hall.an, hall.binh)
    with pytest.raises(VoteOver):
        await casts(hall, hall.an, vote)


async def test_a_cancelled_vote_leaves_no_ballots(hall: Hall):
    vote, (chair, an, *_) = await hall.opens_a_secret_vote()
    await casts(hall, an, vote)
    await hall.does(votes.cancel, chair, vote)
    assert await rows(hall, SealedBallot) == 0
    vote = await hall.opens_a_vote(kind="secret", keys=KEYS)
    await casts(hall, an, vote)
    await hall.does(meetings.set_state, chair, "closed")
    assert await rows(hall, SealedBallot) == 0


@pytest.mark.parametrize("harm", ["changed", "removed", "added", "key"])
async def test_ballots_that_were_tampered_with_are_not_counted(hall: Hall, harm: str):
    vote, (chair, an, binh, *_) = await hall.opens_a_secret_vote()
    for voter, code in ((an, CODE), (binh, CODE[::-1])):
        await casts(hall, voter, vote, "for", code)
    async with hall.db.writing() as session:
        ballot = await session.scalar(sa.select(SealedBallot).limit(1))
        if harm == "changed":
            ballot.sealed = ballot.sealed[:-1] + bytes([ballot.sealed[-1] ^ 1])
        elif harm == "removed":
            await session.delete(ballot)
        elif harm == "added":
            session.add(SealedBallot(id="stuffed", vote_id=vote, sealed=ballot.sealed))
    if harm == "key":
        KEYS.destroy(vote)
    with pytest.raises(BallotsUnreadable):
        await hall.does(votes.close, chair, vote, keys=KEYS)
    assert (await hall.seen()).vote.state == "open"
    await hall.does(votes.cancel, chair, vote)


async def test_keys_stay_only_where_ballots_are_to_be_counted(hall: Hall, tmp_path: Path):
    keys = VoteKeys(tmp_path / "keys")
    voters = [hall.chair, hall.an, hall.binh, hall.chi, *await hall.more(1)]
    vote = await hall.opens_a_vote(*voters, kind="secret", keys=keys)
    keys.make("a vote whose transaction failed")
    (file,) = (tmp_path / "keys").glob(f"{vote}.key")
    assert file.stat().st_mode & 0o77 == 0 and file.parent.stat().st_mode & 0o77 == 0
    await hall.asks(votes.destroy_other_keys, keys)
    assert keys.held() == {vote}
    await hall.does(votes.close, hall.chair, vote, keys=keys)
    await hall.asks(votes.destroy_other_keys, keys)
    assert keys.held() == frozenset() and list((tmp_path / "keys").iterdir()) == []
    keys.destroy(vote)  # again: nothing left to do


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("cast"), st.integers(0, 5), st.sampled_from(["for", "against", "other"])),
        st.tuples(st.just("retry"), st.integers(0, 5), st.sampled_from(["for", "against"])),
        st.tuples(st.sampled_from(["open", "close", "cancel", "publish"]), st.just(0), st.just("")),
    ),
    max_size=30,
)


@given(steps=STEPS)
@against_a_model
async def test_what_was_acknowledged_is_what_is_counted(db: Database, steps: list[tuple[str, int, str]]):
    """Whatever people do in whatever order: cast, send again with another choice, close, cancel, open anew."""
    async with db.writing() as session:
        hall = await convene_within(session, db)
        people = [hall.chair, hall.an, hall.binh, hall.chi]
        for number in range(2):
            added = await meetings.add_participant(session, hall.system, "delegate", hall.now, name=f"Người {number}")
            people.append(Actor(hall.meeting, added.data["participant"]["id"]))
        entitled = people[:5]
        for actor in entitled:
            await attendance.check_in(session, actor, actor.participant, hall.now)
        named = {"kind": "secret", "keys": KEYS}
        first = await votes.open_vote(session, hall.chair, "Tín nhiệm", hall.now, **named)
        vote, state = first.data["vote"]["id"], "open"
        acknowledged: dict[str, tuple[str, str]] = {}  # choice and code, by voter
        sent: dict[str, tuple[str, str]] = {}  # the last vote and key of each that was acknowledged

        for number, (what, who, choice) in enumerate(steps):
            actor, key, code = people[who], f"key-{number:08}", code_of(number)
            voter = actor.participant
            if what == "retry":
                if voter in sent:
                    old, key = sent[voter]
                    again = votes.cast_secret(session, actor, old, [choice], code, hall.now, key=key)
                    assert await again is None
                continue
            try:
                async with session.begin_nested():
                    match what:
                        case "cast":
                            await votes.cast_secret(session, actor, vote, [choice], code, hall.now, key=key)
                            assert actor in entitled and state == "open" and voter not in acknowledged
                            acknowledged[voter], sent[voter] = (choice, code), (vote, key)
                        case "open":
                            event = await votes.open_vote(session, hall.chair, "Lần nữa", hall.now, **named)
                            assert state in ("published", "cancelled")
                            vote, state, acknowledged = event.data["vote"]["id"], "open", {}
                        case "close":
                            await votes.close(session, hall.chair, vote, hall.now, keys=KEYS)
                            assert state == "open"
                            state = "closed"
                        case "cancel":
                            await votes.cancel(session, hall.chair, vote, hall.now)
                            assert state in ("open", "closed")
                            state = "cancelled"
                        case "publish":
                            result = (await votes.publish(session, hall.chair, vote, hall.now)).data["result"]
                            assert state == "closed"
                            state = "published"
                            chosen = [choice for choice, _ in acknowledged.values()]
                            assert result["counts"] == {one: chosen.count(one) for one in ("for", "against", "other")}
                            assert list(result["codes"]) == sorted(code for _, code in acknowledged.values())
            except MeetingError:
                possible = {
                    "cast": actor in entitled and state == "open" and voter not in acknowledged,
                    "open": state in ("published", "cancelled"),
                    "close": state == "open",
                    "cancel": state in ("open", "closed"),
                    "publish": state == "closed",
                }
                assert not possible[what], (what, state)
        await session.rollback()

"""Whatever is changed in the rows of a vote is found at the event that tells of it, without the service."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import audit, events, votes
from meeting_app.events import Broken
from meeting_app.models import LogEntry, Meeting, OpenBallot, SealedBallot, UsedRight, Vote, VoteRight, VoteTeller
from tests.meeting_app.hall import KEYS, START, Hall
from tests.meeting_app.votes import test_election, test_hands
from tests.meeting_app.votes.test_secret import code_of

OPENED, CLOSED, PUBLISHED = "vote_opened", "vote_closed", "vote_published"


async def found_after(hall: Hall, *changes: sa.Executable) -> Broken | None:
    """What is found when the rows are changed so; then they are as before."""
    async with hall.db.writing() as session:
        for change in changes:
            await session.execute(change)
        found = await audit.verify(session, hall.meeting)
        await session.rollback()
    return found


async def are_found(hall: Hall, changes: list[tuple[sa.Executable, str, str]]) -> None:
    """Each change is found at the last event of that name, and the reason names what it is."""
    assert await hall.asks(audit.verify, hall.meeting) is None
    seqs = {event.name: event.seq for event in await hall.log()}
    for change, name, why in changes:
        found = await found_after(hall, change)
        assert found is not None and found.seq == seqs[name] and why in found.why, (str(change), found)
    assert await hall.asks(audit.verify, hall.meeting) is None


async def has_voted(hall: Hall, *, is_over: bool = True) -> str:
    """An open vote; its id."""
    vote = await hall.opens_a_vote(hall.chair, hall.an, hall.binh)
    for actor, choice in ((hall.an, "for"), (hall.binh, "against"), (hall.chair, "for")):
        await hall.does(votes.cast, actor, vote, choice)
    hall.later(5)
    await hall.does(votes.close, hall.chair, vote)
    if is_over:
        hall.later(5)
        await hall.does(votes.publish, hall.chair, vote)
    return vote


async def test_what_was_frozen_when_a_vote_opened(hall: Hall):
    vote = await has_voted(hall)
    row = sa.update(Vote).where(Vote.id == vote)
    right = sa.delete(VoteRight).where(VoteRight.participant_id == hall.chi.participant)
    await are_found(
        hall,
        [
            (row.values(question="Không thông qua"), OPENED, "question"),
            (row.values(options=["against", "for", "other"]), OPENED, "options"),
            (row.values(rule="two_thirds"), OPENED, "rule"),
            (row.values(base="convened"), OPENED, "base"),
            (row.values(convened=40), OPENED, "convened"),
            (row.values(quorum="two_thirds"), OPENED, "quorum"),
            (row.values(present=2), OPENED, "rights"),
            (row.values(round=2, repeats_id=vote), OPENED, "repeats"),
            (row.values(opened_at=START.replace(year=2020)), OPENED, "opened_at"),
            (row.values(seq=1), OPENED, "seq"),
            (row.values(state="closed", published_at=None), PUBLISHED, "closed in the rows"),
            (row.values(closed_at=START.replace(year=2031)), CLOSED, "end"),
            (row.values(published_at=START.replace(year=2031)), PUBLISHED, "publication"),
            (
                sa.insert(VoteRight).values(
                    vote_id=vote, participant_id=hall.secretary.participant, meeting_id=hall.meeting
                ),
                OPENED,
                "rights",
            ),
        ],
    )
    assert await found_after(hall, right) is None  # chi was not here: nothing was deleted


async def test_a_ballot_changed_together_with_its_event_is_found_by_the_digest(hall: Hall):
    """Who writes the event, the chain after it and the head anew still meets what the vote was closed with."""
    await has_voted(hall, is_over=False)
    seqs = {event.name: event.seq for event in await hall.log()}
    cast = (await hall.log())[seqs["ballot_cast"] - 1]
    forged = sa.update(OpenBallot).where(OpenBallot.participant_id == cast.actor).values(choice="against")
    assert await found_after(hall, forged) == Broken(cast.seq, "its ballot was changed")
    async with hall.db.writing() as session:
        await session.execute(forged)
        previous = ""
        for row in await session.scalars(sa.select(LogEntry).order_by(LogEntry.seq)):
            if row.seq == cast.seq:
                row.data = {**row.data, "choice": "against"}
            event = events.Event(hall.meeting, row.seq, row.name, row.actor, events.iso(row.at), row.data)
            row.hash = previous = events.chained(previous, event)
        await session.execute(sa.update(Meeting).values(last_hash=previous))
    assert await hall.asks(audit.verify, hall.meeting) == Broken(seqs[CLOSED], "what was counted was changed")


async def test_what_was_counted_by_hands(hall: Hall):
    vote = await test_hands.opens(hall)
    for teller in (hall.secretary, hall.an):
        await test_hands.counts(hall, teller, vote, 2, 1)
    await hall.does(votes.close, hall.chair, vote)
    await hall.does(votes.publish, hall.chair, vote)
    forged = {"for": 0, "against": 3, "other": 0}
    teller = sa.update(VoteTeller).where(VoteTeller.participant_id == hall.an.participant)
    await are_found(
        hall,
        [
            (sa.update(Vote).values(counts=forged), PUBLISHED, "counts"),
            (teller.values(counts=forged), "hands_counted", "count"),
            (teller.values(participant_id=hall.binh.participant), OPENED, "tellers"),
        ],
    )


async def test_counts_and_codes_of_secret_ballots(hall: Hall):
    vote, voters = await test_election.opens(hall)
    await hall.does(votes.cast_secret, voters[0], vote, ["c1"], code_of(0), key="key-00000000")
    rights = sa.delete(UsedRight)
    await are_found(
        hall,
        [
            (sa.delete(SealedBallot), "secret_ballot_cast", "sealed"),
            (rights, "secret_ballot_cast", "rights"),
            (sa.update(Vote).values(public_key="00" * 32, seats=1), OPENED, "seats"),
        ],
    )
    await hall.does(votes.close, hall.chair, vote, keys=KEYS)
    await are_found(
        hall,
        [
            (sa.update(Vote).values(counts={"c1": 0, "c2": 1, "c3": 0}), CLOSED, "counted"),
            (sa.update(Vote).values(codes=[code_of(1)]), CLOSED, "counted"),
        ],
    )
    await hall.does(votes.publish, hall.chair, vote)
    candidates = [{"id": f"c{n}", "name": f"Ai Đó {n}", "note": ""} for n in (1, 2, 3)]
    await are_found(
        hall,
        [
            (sa.update(Vote).values(counts={"c1": 0, "c2": 1, "c3": 0}), PUBLISHED, "counts"),
            (sa.update(Vote).values(codes=[code_of(1)]), PUBLISHED, code_of(1)),
            (sa.update(Vote).values(blank=1), CLOSED, "counted"),
            (sa.update(Vote).values(candidates=candidates), OPENED, "candidates"),
        ],
    )


async def test_a_vote_without_an_event_and_an_event_without_a_vote(hall: Hall):
    vote = await has_voted(hall)
    opened = next(event.seq for event in await hall.log() if event.name == OPENED)

    async def copied(session: AsyncSession) -> None:
        row = await session.get_one(Vote, vote)
        names = [column.key for column in sa.inspect(Vote).columns]
        session.add(Vote(**{**{name: getattr(row, name) for name in names}, "id": "another", "seq": 999}))
        await session.flush()

    async with hall.db.writing() as session:
        await copied(session)
        assert await audit.verify(session, hall.meeting) == Broken(999, "a vote that the log does not know")
        await session.rollback()
    gone = [sa.delete(kind) for kind in (OpenBallot, VoteRight, Vote)]
    assert await found_after(hall, *gone) == Broken(opened, "its vote is missing")


async def test_a_vote_that_was_cancelled(hall: Hall):
    vote = await has_voted(hall, is_over=False)
    await hall.does(votes.cancel, hall.chair, vote)
    await are_found(
        hall,
        [
            (sa.update(Vote).values(state="closed"), "vote_cancelled", "closed in the rows"),
            (sa.update(Vote).values(question="Khác"), OPENED, "question"),
        ],
    )

"""Open ballots, one or many at a time.

A hall of hundreds votes within seconds. What is asked of the database for one ballot is asked for all that come
together, so that a ballot among many costs a fraction of one alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin, lock
from meeting_app.errors import AlreadyVoted, BadInput, NotEntitled, VoteOver
from meeting_app.events import Event, chain
from meeting_app.models import OpenBallot, Participant, VoteRight
from meeting_app.text import SUBJECT_MAX, clean
from meeting_app.votes.reading import find


@dataclass(frozen=True)
class Ballot:
    """What somebody casts; who is of another opinion may say in `text` of which."""

    actor: Actor
    choice: str
    at: datetime
    text: str = ""


async def cast(session: AsyncSession, actor: Actor, vote: str, choice: str, now: datetime, *, text: str = "") -> Event:
    """Cast one's own ballot, for good; event `ballot_cast`.

    Raises `NotFound`, `VoteOver`, `NotEntitled`, `AlreadyVoted`, and `BadInput` for what is no option.
    """
    [event] = await cast_each(session, vote, [Ballot(actor, choice, now, text)])
    return event


async def cast_each(session: AsyncSession, vote: str, ballots: Sequence[Ballot]) -> list[Event]:
    """As `cast`, of several people of one meeting in their order; raises what the first to be refused would meet."""
    voters = [ballot.actor.participant for ballot in ballots if ballot.actor.participant is not None]
    meeting = await lock(session, ballots[0].actor.meeting)
    # `begin` finds them read while they are held here.
    held = list(await session.scalars(select(Participant).where(Participant.id.in_(voters))))
    for ballot in ballots:
        await begin(session, ballot.actor, "cast_ballot", ballot.actor.participant)
    del held
    asked = await find(session, meeting, vote)
    if asked.kind != "open" or asked.state != "open":
        raise VoteOver(f"the vote is {asked.kind} and {asked.state}", "vote")
    ballot_of = {right: ballot for right, ballot in await session.execute(_rights(asked.id, voters))}
    events = []
    for ballot in ballots:
        voter = ballot.actor.participant
        if voter not in ballot_of:
            raise NotEntitled("who was not here when the vote opened does not vote", "vote")
        if ballot_of[voter] is not None:
            raise AlreadyVoted("a ballot is cast once", "vote")
        if asked.due_at is not None and ballot.at >= asked.due_at:
            raise VoteOver("the deadline of the form has passed", "vote")
        if ballot.choice not in asked.options:
            raise BadInput(f"{ballot.choice} is no option of this vote", "choice")
        opinion = clean(ballot.text, "text", SUBJECT_MAX, may_be_empty=True, is_prose=True) or None
        if opinion is not None and ballot.choice != "other":
            raise BadInput("only another opinion has words of its own", "text")
        cast_now = {"choice": ballot.choice, "text": opinion}
        session.add(OpenBallot(vote_id=asked.id, participant_id=voter, cast_at=ballot.at, **cast_now))
        data = {"vote": asked.id, "participant": voter, **cast_now}
        events.append(chain(session, meeting, voter, "ballot_cast", data, ballot.at))
    await session.flush()
    return events


def _rights(vote: str, voters: Sequence[str]) -> Select[tuple[str, str | None]]:
    """Who of them may vote, each with the voter of the ballot that was cast by that right."""
    is_theirs = (OpenBallot.vote_id == VoteRight.vote_id) & (OpenBallot.participant_id == VoteRight.participant_id)
    return (
        select(VoteRight.participant_id, OpenBallot.participant_id)
        .outerjoin(OpenBallot, is_theirs)
        .where(VoteRight.vote_id == vote, VoteRight.participant_id.in_(voters))
    )

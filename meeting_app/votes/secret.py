"""Secret ballots: cast without a trace of who chose what, and counted all at once.

docs/secret-votes.md has the reasons, and what has to be trusted.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin, lock
from meeting_app.errors import AlreadyVoted, BadInput, BallotsUnreadable, NotEntitled, VoteOver
from meeting_app.events import Event, append
from meeting_app.models import SEALED_KINDS, SealedBallot, UsedRight, Vote, VoteRight
from meeting_app.votes.keys import VoteKeys
from meeting_app.votes.reading import find, turnout
from meeting_app.votes.sealing import Ballot, check_code, choices_of, seal, unseal

VOTERS_MIN = 5  # fewer, and the counts would tell who chose what


async def cast_secret(
    session: AsyncSession, actor: Actor, vote: str, choices: Sequence[str], code: str, now: datetime, *, key: str
) -> Event | None:
    """Cast one's own ballot, for good; event `secret_ballot_cast`, which names nobody.

    `key` is the idempotency key: None when this ballot was cast under it before, whatever it says now. Nothing of what
    it says is remembered to compare it with.
    Raises `NotFound`, `VoteOver`, `NotEntitled`, `AlreadyVoted`, and `BadInput` for an option or a code.
    """
    voter, command_hash = actor.participant or "", hashlib.sha256(key.encode()).hexdigest()
    await lock(session, actor.meeting)
    used = await session.get(UsedRight, (vote, voter))
    if used is not None and used.command_hash == command_hash:
        return None
    meeting = await begin(session, actor, "cast_secret_ballot", actor.participant)
    asked = await find(session, meeting, vote)
    if asked.kind not in SEALED_KINDS or asked.state != "open":
        raise VoteOver(f"the vote is {asked.kind} and {asked.state}", "vote")
    if await session.get(VoteRight, (asked.id, voter)) is None:
        raise NotEntitled("who was not here when the vote opened does not vote", "vote")
    if used is not None:
        raise AlreadyVoted("a ballot is cast once", "vote")
    check_code(code)
    ballot = Ballot(choices_of(asked.options, choices), code)
    fewest, most = (1, 1) if asked.seats is None else (asked.least or 0, asked.seats)
    if not fewest <= len(choices) <= most:
        raise BadInput(f"a ballot of this vote names {fewest} to {most}", "choices")
    session.add(UsedRight(vote_id=asked.id, participant_id=voter, command_hash=command_hash))
    session.add(SealedBallot(id=str(uuid4()), vote_id=asked.id, sealed=seal(ballot, asked.id, asked.public_key or "")))
    await session.flush()
    data = {"vote": asked.id, "cast": await turnout(session, asked.id)}
    return await append(session, meeting, None, "secret_ballot_cast", data, now)


async def count(session: AsyncSession, vote: Vote, keys: VoteKeys) -> None:
    """Part of closing: the ballots are read, counted and gone; the key is to be destroyed after the commit.

    Raises `BallotsUnreadable`.
    """
    sealed = list(await session.scalars(select(SealedBallot.sealed).where(SealedBallot.vote_id == vote.id)))
    if len(sealed) != await turnout(session, vote.id):
        raise BallotsUnreadable("there are not as many ballots as rights that were used", "vote")
    private_key = await asyncio.to_thread(keys.read, vote.id)
    ballots = await asyncio.to_thread(unseal, sealed, vote.id, private_key)
    await remove(session, vote)
    vote.counts = {
        option: sum(place in ballot.choices for ballot in ballots) for place, option in enumerate(vote.options)
    }
    vote.blank = sum(not ballot.choices for ballot in ballots)
    vote.codes = sorted(ballot.code for ballot in ballots)


async def remove(session: AsyncSession, vote: Vote) -> None:
    """Part of a larger step: the sealed ballots are gone."""
    await session.execute(delete(SealedBallot).where(SealedBallot.vote_id == vote.id))


async def destroy_other_keys(session: AsyncSession, keys: VoteKeys) -> None:
    """After a start: no key stays of a vote that is not open, or that never came to be."""
    needed = select(Vote.id).where(Vote.kind.in_(SEALED_KINDS), Vote.state == "open")
    for vote in await asyncio.to_thread(keys.held) - frozenset(await session.scalars(needed)):
        await asyncio.to_thread(keys.destroy, vote)

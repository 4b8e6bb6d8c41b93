"""A digest of what a vote was decided by, which the log keeps from the moment it closes."""

from __future__ import annotations

import hashlib

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.events import canonical
from meeting_app.models import OpenBallot, Vote
from meeting_app.times import iso


async def digest_of(session: AsyncSession, vote: Vote) -> str:
    """SHA-256 of the open ballots, else of what was counted.

    On no screen before the result is: the ballots of a few people are guessed from it.
    """
    counted: object = {"counts": vote.counts, "blank": vote.blank, "codes": vote.codes}
    if vote.kind == "open":
        ballots = await session.scalars(select(OpenBallot).where(OpenBallot.vote_id == vote.id))
        counted = sorted([one.participant_id, one.choice, one.text or "", iso(one.cast_at)] for one in ballots)
    return hashlib.sha256(canonical(counted).encode()).hexdigest()

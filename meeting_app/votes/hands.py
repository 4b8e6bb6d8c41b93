"""A show of hands: two tellers count apart from each other, and their counts must agree.

Neither sees what the other counted before both have; then both are told, and who miscounted counts again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin
from meeting_app.errors import BadInput, CountsDiffer, HandsUncounted, NotTeller, VoteOver
from meeting_app.events import Event, append
from meeting_app.models import Meeting, Participant, Vote, VoteTeller
from meeting_app.permissions import TABLE
from meeting_app.votes.reading import find, tallies_of

MAY_COUNT = tuple(TABLE["count_hands"])  # roles
TELLERS = 2


async def appoint(session: AsyncSession, meeting: Meeting, tellers: Sequence[str], here: frozenset[str]) -> None:
    """Part of opening: raises `BadInput` unless they are two people of this meeting who are here."""
    roles = await session.scalars(
        select(Participant.role).where(Participant.meeting_id == meeting.id, Participant.id.in_(tellers))
    )
    fit = [role for role in roles if role in MAY_COUNT]
    if len(tellers) != TELLERS or len(set(tellers)) != TELLERS or len(fit) != TELLERS or not set(tellers) <= here:
        raise BadInput("two people who are here count the hands", "tellers")


async def count_hands(
    session: AsyncSession, actor: Actor, vote: str, counts: Mapping[str, int], now: datetime
) -> Event:
    """What a teller counted, by option; again until both agree; event `hands_counted`.

    Raises `NotFound`, `VoteOver`, `NotTeller`, and `BadInput`.
    """
    meeting = await begin(session, actor, "count_hands", actor.participant)
    asked = await find(session, meeting, vote)
    if asked.kind != "show_of_hands" or asked.state != "open":
        raise VoteOver(f"the vote is {asked.kind} and {asked.state}", "vote")
    teller = await session.get(VoteTeller, (asked.id, actor.participant or ""))
    if teller is None:
        raise NotTeller("the hands of this vote are counted by others", "vote")
    if set(counts) != set(asked.options) or min(counts.values()) < 0:
        raise BadInput("a count names each option once, with a number", "counts")
    if sum(counts.values()) > asked.present:
        raise BadInput(f"{sum(counts.values())} hands, and {asked.present} may vote", "counts")
    teller.counts = {option: counts[option] for option in asked.options}
    await session.flush()
    told = await tallies_of(session, asked.id)
    data = {
        "vote": asked.id,
        "participant": teller.participant_id,
        "counts": teller.counts,
        "counted": list(told.counted),
        "tallies": told.tallies,
    }
    return await append(session, meeting, actor.participant, "hands_counted", data, now)


async def settle(session: AsyncSession, vote: Vote) -> None:
    """Part of closing: what both counted. Raises `HandsUncounted`, `CountsDiffer`."""
    told = await tallies_of(session, vote.id)
    if not told.tallies:
        raise HandsUncounted("both tellers have to count first", "vote")
    first, second = told.tallies.values()
    if first != second:
        raise CountsDiffer("the tellers counted different numbers", "vote")
    vote.counts = first

"""Votes as screens see them, and the one that runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import bodies
from meeting_app.errors import NotFound
from meeting_app.models import SEALED_KINDS, Meeting, OpenBallot, Participant, UsedRight, Vote, VoteRight, VoteTeller
from meeting_app.permissions import TABLE
from meeting_app.shares import needed
from meeting_app.times import iso
from meeting_app.views import CandidateView, VoteView
from meeting_app.votes.rules import frozen_base, frozen_needed, result_of


async def last(session: AsyncSession, meeting_id: str) -> VoteView | None:
    """The vote that runs, else the last one that did; None before the first."""
    vote = await session.scalar(select(Vote).where(Vote.meeting_id == meeting_id).order_by(Vote.seq.desc()).limit(1))
    if vote is None:
        return None
    roster = await session.scalars(
        select(VoteRight.participant_id)
        .join(Participant, Participant.id == VoteRight.participant_id)
        .where(VoteRight.vote_id == vote.id)
        .order_by(Participant.seq)
    )
    if vote.kind in SEALED_KINDS:
        return view_of(vote, tuple(roster), {}, await turnout(session, vote.id))
    if vote.kind == "show_of_hands":
        hands = await tallies_of(session, vote.id)
        return view_of(vote, tuple(roster), {}, sum((vote.counts or {}).values()), hands)
    cast = await choices(session, vote.id)
    said = await opinions(session, vote.id) if vote.state == "published" else {}
    return view_of(vote, tuple(roster), cast, len(cast), opinions=said)


async def own_ballots(session: AsyncSession, vote: VoteView) -> dict[str, str | None]:
    """Who has voted, with the choice where ballots bear names: for each to be told about oneself."""
    if vote.kind in SEALED_KINDS:
        return dict.fromkeys(await used_by(session, vote.id))
    return dict(await choices(session, vote.id))


async def choices(session: AsyncSession, vote: str) -> dict[str, str]:
    """Who chose what so far, in the order of the list of participants."""
    rows = await session.execute(
        select(OpenBallot.participant_id, OpenBallot.choice)
        .join(Participant, Participant.id == OpenBallot.participant_id)
        .where(OpenBallot.vote_id == vote)
        .order_by(Participant.seq)
    )
    return {participant: choice for participant, choice in rows}


async def opinions(session: AsyncSession, vote: str) -> dict[str, str]:
    """What those wrote who were of another opinion."""
    rows = await session.execute(
        select(OpenBallot.participant_id, OpenBallot.text)
        .join(Participant, Participant.id == OpenBallot.participant_id)
        .where(OpenBallot.vote_id == vote, OpenBallot.text.is_not(None))
        .order_by(Participant.seq)
    )
    return {participant: text for participant, text in rows}


@dataclass(frozen=True)
class Tallies:
    """How far the tellers of a show of hands are."""

    tellers: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()  # of them, who has
    tallies: dict[str, dict[str, int]] = field(default_factory=dict)  # by teller; empty until both have


async def tallies_of(session: AsyncSession, vote: str) -> Tallies:
    rows = list(await session.scalars(select(VoteTeller).where(VoteTeller.vote_id == vote).order_by(VoteTeller.place)))
    counts = {row.participant_id: row.counts for row in rows if row.counts is not None}
    return Tallies(tuple(row.participant_id for row in rows), tuple(counts), counts if len(counts) == len(rows) else {})


async def turnout(session: AsyncSession, vote: str) -> int:
    """How many have voted."""
    return await session.scalar(select(func.count()).where(UsedRight.vote_id == vote)) or 0


async def used_by(session: AsyncSession, vote: str) -> frozenset[str]:
    """Who has voted: for each to be told about oneself, and nobody about others."""
    return frozenset(await session.scalars(select(UsedRight.participant_id).where(UsedRight.vote_id == vote)))


async def running(session: AsyncSession, meeting_id: str) -> Vote | None:
    return await session.scalar(select(Vote).where(Vote.meeting_id == meeting_id, Vote.state.in_(("open", "closed"))))


async def convened_of(session: AsyncSession, meeting: Meeting, day: date) -> tuple[str, ...]:
    """Who takes part with a right to vote, here or not; in a meeting of a body, who is a member on that day."""
    voters = select(Participant.id).where(
        Participant.meeting_id == meeting.id,
        Participant.role.in_(VOTERS),
        Participant.removed_at.is_(None),
    )
    if meeting.body_id is not None:
        voters = voters.where(Participant.person_id.in_(bodies.people_of(meeting.body_id, day)))
    return tuple(await session.scalars(voters.order_by(Participant.seq)))


async def find(session: AsyncSession, meeting: Meeting, vote: str) -> Vote:
    found = await session.get(Vote, vote)
    if found is None or found.meeting_id != meeting.id:
        raise NotFound("the meeting has no such vote", "vote")
    return found


VOTERS = tuple(TABLE["cast_ballot"])  # roles
NOBODY_COUNTS = Tallies()
NOTHING_SAID: Mapping[str, str] = {}


def view_of(
    vote: Vote,
    roster: tuple[str, ...],
    choices: dict[str, str],
    cast: int,
    hands: Tallies = NOBODY_COUNTS,
    opinions: Mapping[str, str] = NOTHING_SAID,
) -> VoteView:
    """As those who lead may see it: what was chosen only when it is published."""
    return VoteView(
        id=vote.id,
        kind=vote.kind,
        item=vote.item_id,
        question=vote.question,
        options=tuple(vote.options),
        rule=vote.rule,
        base=vote.base,
        base_count=frozen_base(vote),
        needed=frozen_needed(vote),
        quorum=vote.quorum,
        quorum_needed=needed(vote.quorum, vote.convened if vote.members is None else vote.members),
        convened=vote.convened,
        members=vote.members,
        roster=roster,
        voted=tuple(choices),
        cast=cast,
        tellers=hands.tellers,
        counted=hands.counted,
        tallies=hands.tallies,
        candidates=tuple(CandidateView(**one) for one in vote.candidates or ()),
        seats=vote.seats,
        least=vote.least,
        repeats=vote.repeats_id,
        round=vote.round,
        state=vote.state,
        opened_at=iso(vote.opened_at),
        due_at=None if vote.due_at is None else iso(vote.due_at),
        published_at=None if vote.published_at is None else iso(vote.published_at),
        result=result_of(vote, choices, opinions) if vote.state == "published" else None,
    )

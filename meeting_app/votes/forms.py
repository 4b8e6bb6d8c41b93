"""Opinion forms (phiếu lấy ý kiến): a question that all who are convened answer before the meeting, by a deadline.

A form is an open vote whose roster is everybody convened, present or not; it closes at its deadline by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import bodies
from meeting_app.acting import Actor, begin
from meeting_app.errors import BadInput, NoQuorum, VoteRunning
from meeting_app.events import Event, append
from meeting_app.ids import new_id
from meeting_app.models import CHOICES, OpenBallot, Vote, VoteRight
from meeting_app.text import SUBJECT_MAX, clean
from meeting_app.times import iso
from meeting_app.views import as_data
from meeting_app.votes.reading import convened_of, running, view_of
from meeting_app.votes.rules import QUORUM


@dataclass(frozen=True)
class FormView:
    """A form as the owner of a personal link sees it."""

    vote: str
    question: str
    state: str
    due_at: str
    choice: str | None  # None: not answered yet
    text: str | None


async def ask_opinions(session: AsyncSession, actor: Actor, question: str, due_at: datetime, now: datetime) -> Event:
    """Put a question to all who are convened, to be answered before `due_at`; event `vote_opened`.

    More than half of those convened carry it, or what the rules of the body that meets ask of its members.
    Raises `BadInput`, `VoteRunning`, `WrongState`, and `NoQuorum` where nobody could vote.
    """
    meeting = await begin(session, actor, "ask_opinions")
    if due_at <= now:
        raise BadInput("the deadline has passed", "due_at")
    if await running(session, meeting.id) is not None:
        raise VoteRunning("one vote runs at a time", "vote")
    today = bodies.day_of(now)
    roster = await convened_of(session, meeting, today)
    if not roster:
        raise NoQuorum("nobody who votes is convened", "vote")
    body = await bodies.shown(session, meeting.body_id, today)
    vote = Vote(
        id=new_id(now),
        meeting_id=meeting.id,
        seq=meeting.last_seq + 1,
        kind="open",
        question=clean(question, "question", SUBJECT_MAX),
        options=list(CHOICES),
        rule="more_than_half" if body is None else body.rule,
        base="convened" if body is None else "all_members",
        quorum=QUORUM if body is None else body.quorum,
        members=None if body is None else body.members,
        convened=len(roster),
        present=len(roster),
        state="open",
        opened_at=now,
        due_at=due_at,
        round=1,
    )
    session.add(vote)
    await session.flush()
    session.add_all(VoteRight(vote_id=vote.id, participant_id=one, meeting_id=meeting.id) for one in roster)
    await session.flush()
    data = {"vote": as_data(view_of(vote, roster, {}, 0))}
    return await append(session, meeting, actor.participant, "vote_opened", data, now)


async def due(session: AsyncSession, now: datetime) -> list[tuple[str, str]]:
    """Forms whose deadline has passed and that are still open: meeting and vote."""
    rows = await session.execute(select(Vote.meeting_id, Vote.id).where(Vote.state == "open", Vote.due_at <= now))
    return [(meeting, vote) for meeting, vote in rows]


async def owing(session: AsyncSession, meeting: str) -> frozenset[str]:
    """Who has not answered the form that is open."""
    asked = (
        select(VoteRight.participant_id)
        .join(Vote, Vote.id == VoteRight.vote_id)
        .outerjoin(
            OpenBallot,
            (OpenBallot.vote_id == VoteRight.vote_id) & (OpenBallot.participant_id == VoteRight.participant_id),
        )
        .where(Vote.meeting_id == meeting, Vote.state == "open", Vote.due_at.is_not(None))
        .where(OpenBallot.participant_id.is_(None))
    )
    return frozenset(await session.scalars(asked))


async def owed_form(session: AsyncSession, meeting: str, participant: str) -> VoteRight | None:
    """The right to answer the form that is open, while it is not used."""
    if participant not in await owing(session, meeting):
        return None
    asked = (
        select(VoteRight)
        .join(Vote, Vote.id == VoteRight.vote_id)
        .where(Vote.meeting_id == meeting, Vote.state == "open", VoteRight.participant_id == participant)
    )
    return await session.scalar(asked)


async def form_of(session: AsyncSession, meeting: str, participant: str) -> FormView | None:
    """The last form of the meeting that this participant has a right to answer; None where there is none."""
    found = (
        await session.execute(
            select(Vote, OpenBallot)
            .join(VoteRight, (VoteRight.vote_id == Vote.id) & (VoteRight.participant_id == participant))
            .outerjoin(OpenBallot, (OpenBallot.vote_id == Vote.id) & (OpenBallot.participant_id == participant))
            .where(Vote.meeting_id == meeting, Vote.due_at.is_not(None), Vote.state != "cancelled")
            .order_by(Vote.seq.desc())
            .limit(1)
        )
    ).one_or_none()
    if found is None:
        return None
    vote, ballot = found
    choice, text = (None, None) if ballot is None else (ballot.choice, ballot.text)
    return FormView(vote.id, vote.question, vote.state, iso(vote.due_at), choice, text)

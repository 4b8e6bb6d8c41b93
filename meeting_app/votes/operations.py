"""What is done to a vote: opened, cast in, closed, published, cancelled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin
from meeting_app.agenda import find_item
from meeting_app.attendance import present_now
from meeting_app.errors import AlreadyVoted, BadInput, NoQuorum, NotEntitled, VoteOpen, VoteOver, VoteRunning
from meeting_app.events import Event, append
from meeting_app.ids import new_id
from meeting_app.models import CHOICES, VOTE_BASES, Meeting, OpenBallot, Participant, Vote, VoteRight
from meeting_app.permissions import TABLE
from meeting_app.shares import SHARES, needed
from meeting_app.text import SUBJECT_MAX, clean
from meeting_app.views import as_data
from meeting_app.votes.reading import choices, find, running, view_of
from meeting_app.votes.rules import QUORUM, result_of

VOTERS = tuple(TABLE["cast_ballot"])  # roles


async def open_vote(
    session: AsyncSession,
    actor: Actor,
    question: str,
    now: datetime,
    *,
    rule: str = "more_than_half",
    base: str = "present",
    item: str | None = None,
) -> Event:
    """Put a question to those who are here and may vote; event `vote_opened`.

    Raises `BadInput`, `NotFound` for the item, `VoteRunning`, and `NoQuorum`.
    """
    meeting = await begin(session, actor, "open_vote")
    if rule not in SHARES:
        raise BadInput(f"{rule} is no share of a whole", "rule")
    if base not in VOTE_BASES:
        raise BadInput(f"nobody counts {base}", "base")
    if item is not None:
        await find_item(session, meeting, item)
    if await running(session, meeting.id) is not None:
        raise VoteRunning("one vote runs at a time", "vote")
    convened = await _convened(session, meeting)
    here = await present_now(session, meeting.id)
    roster = tuple(one for one in convened if one in here)
    if len(roster) < needed(QUORUM, len(convened)):
        raise NoQuorum(f"{len(roster)} of {len(convened)} are present", "vote")
    vote = Vote(
        id=new_id(now),
        meeting_id=meeting.id,
        seq=meeting.last_seq + 1,
        item_id=item,
        kind="open",
        question=clean(question, "question", SUBJECT_MAX),
        options=list(CHOICES),
        rule=rule,
        base=base,
        quorum=QUORUM,
        convened=len(convened),
        present=len(roster),
        state="open",
        opened_at=now,
    )
    session.add(vote)
    await session.flush()
    session.add_all(VoteRight(vote_id=vote.id, participant_id=one, meeting_id=meeting.id) for one in roster)
    data = {"vote": as_data(view_of(vote, roster, {}))}
    return await append(session, meeting, actor.participant, "vote_opened", data, now)


async def cast(session: AsyncSession, actor: Actor, vote: str, choice: str, now: datetime) -> Event:
    """Cast one's own ballot, for good; event `ballot_cast`.

    Raises `NotFound`, `VoteOver`, `NotEntitled`, `AlreadyVoted`, and `BadInput` for what is no option.
    """
    meeting = await begin(session, actor, "cast_ballot", actor.participant)
    asked = await find(session, meeting, vote)
    if asked.state != "open":
        raise VoteOver(f"the vote is {asked.state}", "vote")
    if await session.get(VoteRight, (asked.id, actor.participant or "")) is None:
        raise NotEntitled("who was not here when the vote opened does not vote", "vote")
    if await session.get(OpenBallot, (asked.id, actor.participant)) is not None:
        raise AlreadyVoted("a ballot is cast once", "vote")
    if choice not in asked.options:
        raise BadInput(f"{choice} is no option of this vote", "choice")
    session.add(OpenBallot(vote_id=asked.id, participant_id=actor.participant, choice=choice, cast_at=now))
    data = {"vote": asked.id, "participant": actor.participant, "choice": choice}
    return await append(session, meeting, actor.participant, "ballot_cast", data, now)


async def close(session: AsyncSession, actor: Actor, vote: str, now: datetime) -> Event:
    """No ballot comes in after this; event `vote_closed`. Raises `NotFound`, `VoteOver`."""
    meeting = await begin(session, actor, "close_vote")
    closed = await find(session, meeting, vote)
    if closed.state != "open":
        raise VoteOver(f"the vote is {closed.state}", "vote")
    closed.state, closed.closed_at = "closed", max(now, closed.opened_at)
    return await append(session, meeting, actor.participant, "vote_closed", {"vote": closed.id}, now)


async def publish(session: AsyncSession, actor: Actor, vote: str, now: datetime) -> Event:
    """Tell the result, which never changes again; event `vote_published`.

    Raises `NotFound`, `VoteOpen`, and `VoteOver` for what is published or cancelled already.
    """
    meeting = await begin(session, actor, "publish_vote")
    published = await find(session, meeting, vote)
    if published.state == "open":
        raise VoteOpen("the vote is not closed yet", "vote")
    if published.state != "closed":
        raise VoteOver(f"the vote is {published.state}", "vote")
    published.state, published.published_at = "published", now
    result = result_of(published, await choices(session, published.id))
    data = {"vote": published.id, "result": dict(vars(result))}
    return await append(session, meeting, actor.participant, "vote_published", data, now)


async def cancel(session: AsyncSession, actor: Actor, vote: str, now: datetime) -> Event:
    """End a vote without a result; event `vote_cancelled`. Raises `NotFound`, `VoteOver`."""
    meeting = await begin(session, actor, "cancel_vote")
    cancelled = await find(session, meeting, vote)
    if cancelled.state not in ("open", "closed"):
        raise VoteOver(f"the vote is {cancelled.state}", "vote")
    _cancel(cancelled, now)
    return await append(session, meeting, actor.participant, "vote_cancelled", {"vote": cancelled.id}, now)


async def cancel_running(session: AsyncSession, meeting_id: str, now: datetime) -> str | None:
    """Part of a larger step: the vote that ran; None when none did."""
    vote = await running(session, meeting_id)
    if vote is None:
        return None
    _cancel(vote, now)
    await session.flush()
    return vote.id


def _cancel(vote: Vote, now: datetime) -> None:
    vote.state = "cancelled"
    vote.closed_at = vote.closed_at or max(now, vote.opened_at)


async def _convened(session: AsyncSession, meeting: Meeting) -> tuple[str, ...]:
    """Who takes part with a right to vote, here or not."""
    voters = await session.scalars(
        select(Participant.id)
        .where(
            Participant.meeting_id == meeting.id,
            Participant.role.in_(VOTERS),
            Participant.removed_at.is_(None),
        )
        .order_by(Participant.seq)
    )
    return tuple(voters)

"""What is done to a vote: opened, cast in, closed, published, cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import bodies
from meeting_app.acting import Actor, begin
from meeting_app.agenda import find_item
from meeting_app.attendance import present_now
from meeting_app.errors import (
    BadInput,
    NoQuorum,
    ResultWaits,
    TooFewVoters,
    VoteOpen,
    VoteOver,
    VoteRunning,
    WeakerRule,
)
from meeting_app.events import Event, append
from meeting_app.ids import new_id
from meeting_app.models import (
    CHOICES,
    SEALED_KINDS,
    VOTE_BASES,
    VOTE_RULES,
    Vote,
    VoteRight,
    VoteTeller,
)
from meeting_app.shares import needed
from meeting_app.text import SUBJECT_MAX, clean
from meeting_app.views import as_data
from meeting_app.votes.digest import digest_of
from meeting_app.votes.election import Election
from meeting_app.votes.hands import appoint, settle
from meeting_app.votes.keys import VoteKeys
from meeting_app.votes.reading import choices, convened_of, find, opinions, running, tallies_of, view_of
from meeting_app.votes.rules import QUORUM, is_weaker, result_of
from meeting_app.votes.secret import VOTERS_MIN, count, remove

KINDS = ("open", "secret", "show_of_hands", "election")


async def open_vote(
    session: AsyncSession,
    actor: Actor,
    question: str,
    now: datetime,
    *,
    kind: str = "open",
    keys: VoteKeys | None = None,
    rule: str = "more_than_half",
    base: str = "present",
    item: str | None = None,
    tellers: Sequence[str] = (),
    election: Election | None = None,
    repeats: str | None = None,
) -> Event:
    """Put a question to those who are here and may vote; event `vote_opened`.

    `keys` are needed where ballots are sealed; a key that was made for a transaction that failed is found and
    destroyed by `destroy_other_keys`.
    `tellers` count a show of hands, and nothing else; `election` belongs to one, and its ballots are sealed.
    `repeats` names a vote on the same question that is over.
    Raises `BadInput`, `NotFound` for the item or the vote before, `VoteRunning`, `NoQuorum`,
    `TooFewVoters`, and `WeakerRule` than the body that meets has.
    """
    meeting = await begin(session, actor, "open_vote")
    if kind not in KINDS:
        raise BadInput(f"nobody votes by {kind}", "kind")
    if (kind == "election") != (election is not None):
        raise BadInput("candidates belong to an election", "candidates")
    if rule not in VOTE_RULES:
        raise BadInput(f"nothing is decided by {rule}", "rule")
    if base not in VOTE_BASES or (rule == "plurality" and base != "valid"):
        raise BadInput(f"nobody counts {rule} of {base}", "base")
    if item is not None:
        await find_item(session, meeting, item)
    if await running(session, meeting.id) is not None:
        raise VoteRunning("one vote runs at a time", "vote")
    today = bodies.day_of(now)
    convened = await convened_of(session, meeting, today)
    here = await present_now(session, meeting.id)
    roster = tuple(one for one in convened if one in here)
    body = await bodies.shown(session, meeting.body_id, today)
    whole, quorum = (len(convened), QUORUM) if body is None else (body.members, body.quorum)
    if not roster or len(roster) < needed(quorum, whole):
        raise NoQuorum(f"{len(roster)} of {whole} are present", "vote")
    if base == "all_members" and body is None:
        raise BadInput("no body meets whose members could be counted", "base")
    if body is not None and kind != "election" and is_weaker(rule, base, body):
        raise WeakerRule(f"{body.rule} of {body.base} decides here", "rule")
    question = clean(question, "question", SUBJECT_MAX)
    before = None if repeats is None else await find(session, meeting, repeats)
    if before is not None and before.question != question:
        raise BadInput("a vote on another question is not repeated", "repeats")
    if kind == "show_of_hands":
        await appoint(session, meeting, tellers, frozenset(here))
    elif tellers:
        raise BadInput(f"nobody counts hands in a vote that is {kind}", "tellers")
    is_sealed = kind in SEALED_KINDS
    if is_sealed and len(roster) < VOTERS_MIN:
        raise TooFewVoters(f"{len(roster)} voters would tell by the counts who chose what", "vote")
    vote = Vote(
        id=new_id(now),
        meeting_id=meeting.id,
        seq=meeting.last_seq + 1,
        item_id=item,
        kind=kind,
        question=question,
        options=list(CHOICES) if election is None else [one.id for one in election.candidates],
        rule=rule,
        base=base,
        quorum=quorum,
        members=None if body is None else body.members,
        convened=len(convened),
        present=len(roster),
        state="open",
        opened_at=now,
        repeats_id=repeats,
        round=1 if before is None else before.round + 1,
    )
    if election is not None:
        vote.candidates = [dict(vars(one)) for one in election.candidates]
        vote.seats, vote.least = election.seats, election.least
    if is_sealed:
        vote.public_key = await asyncio.to_thread(_needed(keys).make, vote.id)
    session.add(vote)
    await session.flush()
    session.add_all(VoteRight(vote_id=vote.id, participant_id=one, meeting_id=meeting.id) for one in roster)
    session.add_all(
        VoteTeller(vote_id=vote.id, participant_id=one, meeting_id=meeting.id, place=place)
        for place, one in enumerate(tellers, 1)
    )
    await session.flush()
    data = {"vote": as_data(view_of(vote, roster, {}, 0, await tallies_of(session, vote.id)))}
    return await append(session, meeting, actor.participant, "vote_opened", data, now)


async def close(
    session: AsyncSession, actor: Actor, vote: str, now: datetime, *, keys: VoteKeys | None = None
) -> Event:
    """No ballot comes in after this; sealed ones are counted; event `vote_closed`.

    After the commit the vote's key is to be destroyed. Raises `NotFound`, `VoteOver`, `BallotsUnreadable`,
    and `HandsUncounted` or `CountsDiffer` for hands that are not counted alike by both tellers.
    """
    meeting = await begin(session, actor, "close_vote")
    closed = await find(session, meeting, vote)
    if closed.state != "open":
        raise VoteOver(f"the vote is {closed.state}", "vote")
    if closed.kind in SEALED_KINDS:
        await count(session, closed, _needed(keys))
    elif closed.kind == "show_of_hands":
        await settle(session, closed)
    closed.state, closed.closed_at = "closed", max(now, closed.opened_at)
    data = {"vote": closed.id, "ballots": await digest_of(session, closed)}
    return await append(session, meeting, actor.participant, "vote_closed", data, now)


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
    result = result_of(published, await choices(session, published.id), await opinions(session, published.id))
    data = {"vote": published.id, "result": dict(vars(result))}
    return await append(session, meeting, actor.participant, "vote_published", data, now)


async def cancel(session: AsyncSession, actor: Actor, vote: str, now: datetime) -> Event:
    """End a vote without a result; event `vote_cancelled`. After the commit its key is to be destroyed.

    Raises `NotFound`, `VoteOver`.
    """
    meeting = await begin(session, actor, "cancel_vote")
    cancelled = await find(session, meeting, vote)
    if cancelled.state not in ("open", "closed"):
        raise VoteOver(f"the vote is {cancelled.state}", "vote")
    await _cancel(session, cancelled, now)
    return await append(session, meeting, actor.participant, "vote_cancelled", {"vote": cancelled.id}, now)


async def cancel_running(session: AsyncSession, meeting_id: str, now: datetime) -> str | None:
    """Part of a larger step: the vote that ran; None when none did.

    Raises `ResultWaits` for one that is counted: of sealed ballots nothing but the counts is left.
    """
    vote = await running(session, meeting_id)
    if vote is None:
        return None
    if vote.state == "closed":
        raise ResultWaits("the result of a vote is not published", "vote")
    await _cancel(session, vote, now)
    await session.flush()
    return vote.id


async def _cancel(session: AsyncSession, vote: Vote, now: datetime) -> None:
    if vote.kind in SEALED_KINDS:
        await remove(session, vote)
    vote.state, vote.counts, vote.codes, vote.blank = "cancelled", None, None, None
    vote.closed_at = vote.closed_at or max(now, vote.opened_at)


def _needed(keys: VoteKeys | None) -> VoteKeys:
    if keys is None:
        raise ValueError("sealed ballots need a place for keys")
    return keys

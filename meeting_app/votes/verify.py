"""Whether the rows of a meeting's votes still say what its log says.

The log tells a vote as it was opened, each ballot or count, that it closed with a digest of what was counted, and the
result. Where the rows differ, the number of the event that tells of it is where the change is found.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import events
from meeting_app.events import Broken, Event
from meeting_app.models import SEALED_KINDS, OpenBallot, SealedBallot, Vote, VoteRight, VoteTeller
from meeting_app.times import as_stored, from_stored, iso
from meeting_app.views import ResultView, VoteView, as_data
from meeting_app.votes.digest import digest_of
from meeting_app.votes.reading import Tallies, choices, opinions, turnout, view_of
from meeting_app.votes.rules import result_of

# What the view of a vote says about now; the rest is frozen when it opens.
_NOT_FROZEN = frozenset({"voted", "cast", "counted", "tallies", "state", "published_at", "result"})


@dataclass
class _Told:
    """What the log says about one vote."""

    opened: Event
    ballots: dict[str, Event] = field(default_factory=dict)  # by voter
    counts: dict[str, Event] = field(default_factory=dict)  # by teller, the last
    cast: Event | None = None  # the last sealed ballot
    closed: Event | None = None
    published: Event | None = None
    cancelled: Event | None = None
    replaced: dict[str, str] = field(default_factory=dict)  # who has the right of whom

    def holder_of(self, participant: str) -> str:
        """Who has the right that this one had when the vote opened; a substitute may be replaced as well."""
        while participant in self.replaced:
            participant = self.replaced[participant]
        return participant


async def verify(session: AsyncSession, meeting: str) -> Broken | None:
    """None when they agree, else the first of what differs, vote by vote. For a log whose chain is whole."""
    told: dict[str, _Told] = {}
    last = 0
    while following := await events.since(session, meeting, last):
        last = following[-1].seq
        for event in following:
            _take_in(told, event)
    for one in told.values():
        try:
            found = await _compare(session, meeting, one)
        except (TypeError, ValueError, LookupError):  # no such option, no number, no moment
            found = Broken(one.opened.seq, "its vote is unreadable")
        except DBAPIError as error:
            if not events.is_damage(error):
                raise
            found = Broken(one.opened.seq, "its vote is unreadable")
        if found is not None:
            return found
    # The rows' own keys, because no index serves this question.
    asked = select(Vote.id, Vote.seq).where(Vote.meeting_id.concat("") == meeting)
    for vote, seq in await session.execute(asked):
        if vote not in told:
            return Broken(seq, "a vote that the log does not know")
    return None


def _take_in(told: dict[str, _Told], event: Event) -> None:
    if event.name == "vote_opened":
        told[event.data["vote"]["id"]] = _Told(event)
        return
    one = told.get(event.data.get("vote") or "") if isinstance(event.data.get("vote"), str) else None
    if one is None:
        return
    match event.name:
        case "ballot_cast":
            one.ballots[event.data["participant"]] = event
        case "secret_ballot_cast":
            one.cast = event
        case "participant_replaced":
            one.replaced[event.data["participant"]] = event.data["substitute"]["id"]
        case "hands_counted":
            one.counts[event.data["participant"]] = event
        case "vote_closed":
            one.closed = event
        case "vote_published":
            one.published = event
        case "vote_cancelled" | "state_changed":
            one.cancelled = event


async def _compare(session: AsyncSession, meeting: str, told: _Told) -> Broken | None:
    opened = told.opened.data["vote"]
    vote = await session.get(Vote, opened["id"])
    if vote is None or (vote.id, vote.meeting_id) != (opened["id"], meeting):
        return Broken(told.opened.seq, "its vote is missing")
    return (
        await _frozen(session, vote, told)
        or await _ballots(session, vote, told)
        or await _counts(session, vote, told)
        or await _result(session, vote, told)
        or _times(vote, told)
    )


async def _frozen(session: AsyncSession, vote: Vote, told: _Told) -> Broken | None:
    """What was asked, of whom, by which rule."""
    # The rows' own keys, because no index serves this question.
    asked = select(VoteRight.participant_id, VoteRight.meeting_id).where(VoteRight.vote_id.concat("") == vote.id)
    rights = sorted(map(tuple, await session.execute(asked)))
    opened = told.opened.data["vote"]
    entitled = sorted(told.holder_of(one) for one in opened["roster"])
    if rights != [(one, vote.meeting_id) for one in entitled] or vote.present != len(opened["roster"]):
        return Broken(told.opened.seq, "the rights to vote were changed")
    tellers = await session.scalars(
        select(VoteTeller.participant_id).where(VoteTeller.vote_id == vote.id).order_by(VoteTeller.place)
    )
    now = _as_logged(view_of(vote, tuple(opened["roster"]), {}, 0, Tallies(tuple(tellers))))
    # A log that was written before a field was thought of does not tell it.
    changed = [name for name in opened if name in now.keys() - _NOT_FROZEN and now[name] != opened[name]]
    if changed or vote.seq != told.opened.seq:
        return Broken(told.opened.seq, f"its vote was changed: {', '.join(changed) or 'seq'}")
    return None


async def _ballots(session: AsyncSession, vote: Vote, told: _Told) -> Broken | None:
    if vote.kind == "open":
        for event in told.ballots.values():
            why = await _difference(session, event)
            if why is not None:
                return Broken(event.seq, why)
        # The rows' own keys, because no index serves this question.
        asked = select(OpenBallot.participant_id, OpenBallot.choice).where(OpenBallot.vote_id.concat("") == vote.id)
        voters = set(await session.scalars(asked))
        gone = [event.seq for voter, event in told.ballots.items() if voter not in voters]
        if gone:
            return Broken(min(gone), "its ballot was changed")
        if voters - told.ballots.keys():
            return Broken(told.opened.seq, "a ballot that the log does not know")
    if vote.kind in SEALED_KINDS:
        last = told.cast or told.opened
        told_cast = last.data["cast"] if told.cast else 0
        if await turnout(session, vote.id) != told_cast:
            return Broken(last.seq, "other rights were used than the log tells")
        sealed = select(func.count()).where(SealedBallot.vote_id == vote.id)
        waits = not (told.closed or told.cancelled)
        if (await session.scalars(sealed)).one() != (told_cast if waits else 0):
            return Broken(last.seq, "there are not as many sealed ballots as the log tells")
    return None


async def _counts(session: AsyncSession, vote: Vote, told: _Told) -> Broken | None:
    """What was counted: by each teller, and when the vote closed."""
    tellers = await session.scalars(select(VoteTeller).where(VoteTeller.vote_id == vote.id))
    for teller in tellers:
        event = told.counts.get(teller.participant_id)
        if teller.counts != (event.data["counts"] if event else None):
            return Broken((event or told.opened).seq, "its count was changed")
    if told.published is not None:
        # Named here, because a digest does not say which of them it was.
        result = told.published.data["result"]
        if vote.kind != "open" and vote.counts != result["counts"]:
            return Broken(told.published.seq, "its counts were changed")
        changed = sorted(set(vote.codes or ()) ^ set(result["codes"]))
        if changed:
            return Broken(told.published.seq, f"codes that differ: {', '.join(changed)}")
    digest = told.closed.data.get("ballots") if told.closed and not told.cancelled else None
    if digest is not None and digest != await digest_of(session, vote):
        return Broken(told.closed.seq, "what was counted was changed")
    return None


async def _result(session: AsyncSession, vote: Vote, told: _Told) -> Broken | None:
    if told.published is None:
        return None
    now = _as_logged(result_of(vote, await choices(session, vote.id), await opinions(session, vote.id)))
    result = told.published.data["result"]
    changed = [name for name in result if name in now and now[name] != result[name]]
    return Broken(told.published.seq, f"its result was changed: {', '.join(changed)}") if changed else None


def _times(vote: Vote, told: _Told) -> Broken | None:
    """Where the vote stands, and since when."""
    ends = {"published": told.published, "cancelled": told.cancelled, "closed": told.closed, "open": told.opened}
    state, event = next((state, event) for state, event in ends.items() if event is not None)
    if vote.state != state:
        return Broken(event.seq, f"its vote is {vote.state} in the rows")
    closed = told.closed or told.cancelled
    if (vote.closed_at and iso(vote.closed_at)) != (closed and max(closed.at, iso(vote.opened_at))):
        return Broken((closed or told.opened).seq, "the end of its vote was changed")
    if (vote.published_at and iso(vote.published_at)) != (told.published and told.published.at):
        return Broken((told.published or told.opened).seq, "the publication of its vote was changed")
    return None


def _as_logged(view: VoteView | ResultView) -> dict[str, Any]:
    return json.loads(events.canonical(as_data(view)))


async def _difference(session: AsyncSession, told: Event) -> str | None:
    """What is wrong with the ballot of a `ballot_cast`; None when it is as the event says."""
    at = as_stored(OpenBallot.cast_at, session.get_bind().dialect)
    whose = (OpenBallot.vote_id == told.data["vote"], OpenBallot.participant_id == told.data["participant"])
    try:
        row = (await session.execute(select(OpenBallot.choice, OpenBallot.text, at).where(*whose))).first()
    except DBAPIError as error:
        if not events.is_damage(error):
            raise
        return "its ballot is unreadable"
    if row is None:
        return "its ballot is missing"
    choice, text, cast_at = row
    try:
        is_as_told = (choice, text, iso(from_stored(cast_at))) == (told.data["choice"], told.data.get("text"), told.at)
    except (TypeError, ValueError):
        is_as_told = False
    return None if is_as_told else "its ballot was changed"

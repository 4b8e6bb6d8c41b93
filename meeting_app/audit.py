"""Whether rows still say what their log says: the chain, and the ballots or opinions beside it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import events
from meeting_app.consultations.opinions import signature
from meeting_app.events import CONSULTATIONS, Broken, Event, Head
from meeting_app.models import Draft, OpenBallot, Opinion
from meeting_app.times import as_stored, from_stored, iso


async def verify(session: AsyncSession, meeting: str, kept: Head | None = None) -> Broken | None:
    """None when nothing was changed, else the number of the first event that is not as it was written.

    The chain comes first; then each open ballot is held against the event that tells of it. `kept` is a head
    that was written down elsewhere. Raises `NotFound`.
    """
    return await events.verify(session, meeting, kept) or await _verify_ballots(session, meeting)


async def verify_consultation(session: AsyncSession, consultation: str, kept: Head | None = None) -> Broken | None:
    """The same for a consultation, whose opinions are held against the events that tell of them."""
    broken = await events.verify(session, consultation, kept, CONSULTATIONS)
    return broken or await _verify_opinions(session, consultation)


async def _verify_opinions(session: AsyncSession, consultation: str) -> Broken | None:
    told: dict[str, Event] = {}
    last = 0
    while following := await events.since(session, consultation, last, stream=CONSULTATIONS):
        last = following[-1].seq
        told.update({event.data["opinion"]: event for event in following if event.name == "opinion_given"})
    asked = select(Opinion, Draft).outerjoin(Draft, Draft.id == Opinion.draft_id)
    # The rows' own keys, because no index serves this question.
    rows = await session.execute(asked.where(Opinion.consultation_id.concat("") == consultation))
    for opinion, draft in rows:
        event = told.pop(opinion.id, None)
        if event is None:
            return Broken(last, "an opinion that the log does not know")
        words = (opinion.choice, opinion.text, opinion.account_id, opinion.given_at)
        file = "" if draft is None else draft.file_hash
        again = signature(consultation, opinion.unit_id, file, *words)
        if not again == opinion.signature == event.data["signature"]:
            return Broken(event.seq, "its opinion was changed")
    return Broken(min(event.seq for event in told.values()), "its opinion is missing") if told else None


async def _verify_ballots(session: AsyncSession, meeting: str) -> Broken | None:
    opened: dict[str, int] = {}  # vote → number of the event that opened it
    told: dict[str, dict[str, int]] = {}  # vote → voter → number of the event
    last = 0
    while following := await events.since(session, meeting, last):
        last = following[-1].seq
        for event in following:
            if event.name == "vote_opened" and event.data["vote"]["kind"] == "open":
                vote = event.data["vote"]["id"]
                opened[vote], told[vote] = event.seq, {}
            elif event.name == "ballot_cast" and event.data["vote"] in opened:
                why = await _difference(session, event)
                if why is not None:
                    return Broken(event.seq, why)
                told[event.data["vote"]][event.data["participant"]] = event.seq
    for vote, seq in opened.items():
        # The rows' own keys, because no index serves this question.
        asked = select(OpenBallot.participant_id, OpenBallot.choice).where(OpenBallot.vote_id.concat("") == vote)
        voters = set(await session.scalars(asked))
        gone = [at for voter, at in told[vote].items() if voter not in voters]
        if gone:
            return Broken(min(gone), "its ballot was changed")
        if voters - told[vote].keys():
            return Broken(seq, "a ballot that the log does not know")
    return None


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

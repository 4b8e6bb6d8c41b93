"""Whether rows still say what their log says: the chain, and the votes or opinions beside it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import events
from meeting_app.consultations.opinions import signature
from meeting_app.events import CONSULTATIONS, Broken, Event, Head
from meeting_app.models import Draft, Opinion
from meeting_app.votes import verify as votes


async def verify(session: AsyncSession, meeting: str, kept: Head | None = None) -> Broken | None:
    """None when nothing was changed, else the number of the first event that is not as it was written.

    The chain comes first; then the votes are held against it. `kept` is a head that was written down elsewhere.
    Raises `NotFound`.
    """
    return await events.verify(session, meeting, kept) or await votes.verify(session, meeting)


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
        is_told = opinion.is_late == event.data["late"] and opinion.signature == event.data["signature"]
        if not is_told or again != opinion.signature:
            return Broken(event.seq, "its opinion was changed")
    return Broken(min(event.seq for event in told.values()), "its opinion is missing") if told else None

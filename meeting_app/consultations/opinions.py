"""What units say, each over somebody's own signature, and what the leading unit makes of it.

The signature is a hash over the words, the draft they are about, the unit, the account and the time; it stands in the
row and in the log. It proves that nothing was changed since; who signed is known by the account's sign-in.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.consultations.acting import answer_for, lead
from meeting_app.consultations.drafting import current_draft
from meeting_app.errors import BadInput, NotFound, OpinionsFull, Outdated, ReasonMissing
from meeting_app.events import Event, append, canonical
from meeting_app.ids import new_id
from meeting_app.models import OPINION_CHOICES, REPLY_OUTCOMES, Consultation, Opinion, OpinionReply, Person
from meeting_app.office.sessions import SignedIn
from meeting_app.text import OPINION_MAX, clean
from meeting_app.times import iso

MOST_OPINIONS = 20  # of a unit: each later one has to be replied to and read before anybody signs


async def give(
    session: AsyncSession, who: SignedIn, consultation: str, unit: str, choice: str, text: str, now: datetime
) -> Event:
    """The unit's answer, or a further one, which counts in place of those before; event `opinion_given`.

    After the deadline it is late and still heard. Raises `NotOfUnit`, `NotFound`, `BadInput`, `ReasonMissing`,
    `DraftNotReady`, `OpinionsFull`.
    """
    row = await answer_for(session, who, consultation, unit)
    if choice not in OPINION_CHOICES:
        raise BadInput(f"{choice} is no answer", "choice")
    text = clean(text, "text", OPINION_MAX, may_be_empty=True, is_prose=True)
    if choice != "agree" and not text:
        raise ReasonMissing("who does not agree says why", "text")
    draft = await current_draft(session, row, is_last=False)
    last = await session.scalar(
        select(func.max(Opinion.number)).where(Opinion.consultation_id == row.id, Opinion.unit_id == unit)
    )
    if (last or 0) >= MOST_OPINIONS:
        raise OpinionsFull("the unit has answered as often as it may", "unit")
    person = await session.get_one(Person, who.person)
    opinion = Opinion(
        id=new_id(now),
        consultation_id=row.id,
        unit_id=unit,
        number=(last or 0) + 1,
        draft_id=draft.id,
        choice=choice,
        text=text,
        account_id=who.account,
        name=person.name,
        title=person.title,
        given_at=now,
        is_late=now > row.deadline,
        signature=signature(row.id, unit, draft.file_hash, choice, text, who.account, now),
    )
    session.add(opinion)
    await session.flush()
    data = {
        "opinion": opinion.id,
        "unit": unit,
        "number": opinion.number,
        "draft": draft.number,
        "choice": choice,
        "text": text,
        "name": opinion.name,
        "title": opinion.title,
        "late": opinion.is_late,
        "signature": opinion.signature,
    }
    return await append(session, row, who.account, "opinion_given", data, now)


def signature(
    consultation: str, unit: str, draft: str, choice: str, text: str, account: str, given_at: datetime
) -> str:
    """SHA-256 over what was said, about which file, for whom, by whom and when."""
    signed = {
        "consultation": consultation,
        "unit": unit,
        "draft": draft,
        "choice": choice,
        "text": text,
        "account": account,
        "at": iso(given_at),
    }
    return hashlib.sha256(canonical(signed).encode()).hexdigest()


async def reply(
    session: AsyncSession,
    who: SignedIn,
    consultation: str,
    opinion: str,
    outcome: str,
    text: str,
    revision: int,
    now: datetime,
) -> Event:
    """What the leading unit makes of an opinion; event `opinion_replied`. `revision` is 0 for the first reply.

    Raises `NotFound`, `NotAllowed`, `BadInput`, `ReasonMissing`, `Outdated`.
    """
    row = await lead(session, who, consultation, ("open",))
    found = await find_opinion(session, row, opinion)
    if outcome not in REPLY_OUTCOMES:
        raise BadInput(f"{outcome} is no outcome", "outcome")
    text = clean(text, "text", OPINION_MAX, may_be_empty=True, is_prose=True)
    if outcome != "accepted" and not text:
        raise ReasonMissing("what is not taken over has a reason", "text")
    written = await session.get(OpinionReply, found.id)
    if (written.revision if written else 0) != revision:
        raise Outdated("somebody else replied meanwhile", "revision")
    if written is None:
        written = OpinionReply(opinion_id=found.id, consultation_id=row.id, revision=0)
        session.add(written)
    written.outcome, written.text, written.name, written.replied_at = outcome, text, who.name, now
    written.revision = revision + 1
    await session.flush()
    data = {"opinion": found.id, "unit": found.unit_id, "outcome": outcome, "text": text, "name": who.name}
    return await append(session, row, who.account, "opinion_replied", data, now)


async def find_opinion(session: AsyncSession, row: Consultation, opinion: str) -> Opinion:
    """Raises `NotFound`."""
    found = await session.get(Opinion, opinion)
    if found is None or found.consultation_id != row.id:
        raise NotFound("no such opinion", "opinion")
    return found

"""The signature: the signer opens every opinion, and signs the draft together with the matrix of all of them.

The signer names the head of the log that the screen showed. The sheet is set outside of a transaction, from what the
log says up to that head; both are refused when the log went on meanwhile, so that what is signed is what was shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.consultations.acting import consulted, sign_for
from meeting_app.consultations.drafting import current_draft
from meeting_app.consultations.gate import check, gate_of
from meeting_app.consultations.opinions import find_opinion
from meeting_app.consultations.reading import UnitView, head_of, judged, matrix
from meeting_app.errors import AlreadySo, NotOverdue, SightOutdated
from meeting_app.events import Event, Head, append
from meeting_app.models import Consultation, OpenedOpinion, Person, Unit
from meeting_app.office.sessions import SignedIn
from meeting_app.text import NOTE_MAX, clean

Waivers = Mapping[str, str]  # silent unit → why it is signed without its answer


@dataclass(frozen=True)
class Sheet:
    """What the matrix that is bound to the draft says."""

    title: str
    unit: str
    deadline: datetime
    draft: int
    draft_sha256: str
    units: tuple[UnitView, ...]
    waivers: Waivers
    signer: str
    signer_title: str
    at: datetime
    head: Head


async def open_opinion(
    session: AsyncSession, who: SignedIn, consultation: str, opinion: str, now: datetime
) -> Event | None:
    """The signer reads it; event `opinion_opened`, none when it was open already. Raises `NotFound`, `NotSigner`."""
    row = await sign_for(session, who, consultation)
    found = await find_opinion(session, row, opinion)
    if await session.get(OpenedOpinion, found.id) is not None:
        return None
    session.add(OpenedOpinion(opinion_id=found.id, consultation_id=row.id, opened_at=now))
    await session.flush()
    data = {"opinion": found.id, "unit": found.unit_id, "signature": found.signature}
    return await append(session, row, who.account, "opinion_opened", data, now)


async def sheet_of(
    session: AsyncSession, who: SignedIn, consultation: str, head: str, waivers: Waivers, now: datetime
) -> Sheet:
    """What would be signed now; `head` is that of the log which the signer has seen.

    Raises `NotSigner`, `SightOutdated`, `GateShut`, `NotOverdue`, `DraftNotReady`, `BadInput`.
    """
    row = await sign_for(session, who, consultation, is_locked=False)
    if head_of(row) != head:
        raise SightOutdated("something happened since the signer's screen was loaded", "head")
    draft = await current_draft(session, row)
    units = await matrix(session, row)
    reasons = _check(row, units, waivers, now)
    person = await session.get_one(Person, who.person)
    return Sheet(
        title=row.title,
        unit=(await session.get_one(Unit, row.unit_id)).name,
        deadline=row.deadline,
        draft=draft.number,
        draft_sha256=draft.file_hash,
        units=tuple(units),
        waivers=reasons,
        signer=person.name,
        signer_title=person.title,
        at=now,
        head=Head(row.last_seq, row.last_hash),
    )


async def sign(session: AsyncSession, who: SignedIn, consultation: str, sheet: Sheet, file_hash: str) -> Event:
    """Signed, with the file in which the draft and the matrix are frozen; event `consultation_signed`.

    Raises `SightOutdated` when the log went on since the sheet was made, and all that `sheet_of` raises.
    """
    row = await sign_for(session, who, consultation)
    if Head(row.last_seq, row.last_hash) != sheet.head:
        raise SightOutdated("something happened since the sheet was made", "head")
    _check(row, await matrix(session, row), sheet.waivers, sheet.at)
    for asked, _ in await consulted(session, row):
        asked.waiver = sheet.waivers.get(asked.unit_id)
    row.state, row.signed_at, row.signed_file = "signed", sheet.at, file_hash
    data = {
        "draft": sheet.draft,
        "draft_sha256": sheet.draft_sha256,
        "file_sha256": file_hash,
        "waivers": dict(sheet.waivers),
        "opinions": [one.signature for unit in sheet.units for one in unit.opinions],
        "signer": sheet.signer,
        "title": sheet.signer_title,
    }
    return await append(session, row, who.account, "consultation_signed", data, sheet.at)


def _check(row: Consultation, units: list[UnitView], waivers: Waivers, now: datetime) -> dict[str, str]:
    """The reasons, cleaned."""
    gate = gate_of(judged(units), is_overdue=now > row.deadline)
    if waivers and not gate.may_waive:
        raise NotOverdue("the units still have time to answer", "waivers")
    if not waivers.keys() <= set(gate.silent):
        raise AlreadySo("a unit has answered meanwhile", "waivers")
    reasons = {unit: clean(reason, "reason", NOTE_MAX, is_prose=True) for unit, reason in waivers.items()}
    check(gate, reasons, {unit.id: unit.name for unit in units})
    return reasons

"""From a draft to the question: create, add a version, ask the units, move the deadline, withdraw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.consultations import reminding
from meeting_app.consultations.acting import consulted, lead, lock
from meeting_app.errors import BadInput, DeadlineEarlier, DeadlinePast, DraftNotReady, NotFound, UnitClosed
from meeting_app.events import Event, append
from meeting_app.ids import new_id
from meeting_app.models import Account, Consultation, ConsultedUnit, Draft, Person, Unit
from meeting_app.office.sessions import SignedIn
from meeting_app.organization import find_unit
from meeting_app.text import NOTE_MAX, SUBJECT_MAX, clean, clean_email
from meeting_app.times import iso

MOST_UNITS = 500


@dataclass(frozen=True)
class Plan:
    """What is asked, of whom, by when, and who signs in the end."""

    unit: str  # which leads it
    title: str
    note: str
    deadline: datetime
    signer: str  # account
    units: tuple[tuple[str, str], ...]  # unit, and the address of its mail; that may be empty


async def create(session: AsyncSession, who: SignedIn, plan: Plan, now: datetime) -> Event:
    """A draft nobody has been asked about yet; event `consultation_created`.

    Raises `NotFound`, `NotAllowed`, `BadInput`, `DeadlinePast`, `UnitClosed`.
    """
    home = await find_unit(session, plan.unit)
    who.officer.check("create_consultation", home.path)
    check_deadline(plan.deadline, now)
    asked = dict(plan.units)
    if not asked or len(asked) > MOST_UNITS or len(asked) != len(plan.units):
        raise BadInput(f"between 1 and {MOST_UNITS} units are asked, each once", "units")
    found = {unit.id: unit for unit in await session.scalars(select(Unit).where(Unit.id.in_(asked)))}
    if found.keys() != asked.keys():
        raise NotFound("no such unit", "units")
    if any(unit.closed_at is not None for unit in (home, *found.values())):
        raise UnitClosed("the unit is closed", "units")
    await _check_signer(session, plan.signer, home)
    row = Consultation(
        id=new_id(now),
        unit_id=home.id,
        title=clean(plan.title, "title", SUBJECT_MAX),
        note=clean(plan.note, "note", NOTE_MAX, may_be_empty=True, is_prose=True),
        deadline=plan.deadline,
        signer_id=plan.signer,
        state="draft",
        made_at=now,
        last_seq=0,
        last_hash="",
    )
    session.add(row)
    await session.flush()
    for unit, email in asked.items():
        session.add(ConsultedUnit(consultation_id=row.id, unit_id=unit, email=clean_email(email)))
    data = {
        "unit": home.id,
        "title": row.title,
        "note": row.note,
        "deadline": iso(row.deadline),
        "signer": row.signer_id,
        "units": [{"id": unit.id, "name": unit.name} for unit in sorted(found.values(), key=lambda unit: unit.name)],
    }
    return await append(session, row, who.account, "consultation_created", data, now)


async def add_draft(
    session: AsyncSession, who: SignedIn, consultation: str, file_hash: str, size: int, now: datetime
) -> Event:
    """Another version of the draft, to be converted; event `draft_added`."""
    row = await lead(session, who, consultation)
    last = await session.scalar(select(func.max(Draft.number)).where(Draft.consultation_id == row.id))
    draft = Draft(
        id=new_id(now),
        consultation_id=row.id,
        number=(last or 0) + 1,
        file_hash=file_hash,
        size=size,
        state="converting",
        added_at=now,
    )
    session.add(draft)
    await session.flush()
    data = {"number": draft.number, "sha256": file_hash, "size": size}
    return await append(session, row, who.account, "draft_added", data, now)


async def converting(session: AsyncSession) -> tuple[str, int, str] | None:
    """The draft that has waited longest for the converter: its consultation, number and file."""
    found = await session.execute(
        select(Draft.consultation_id, Draft.number, Draft.file_hash)
        .where(Draft.state == "converting")
        .order_by(Draft.id)
        .limit(1)
    )
    row = found.one_or_none()
    return None if row is None else tuple(row)


async def converted(
    session: AsyncSession, consultation: str, number: int, kind: str, pages: int, now: datetime
) -> Event | None:
    """The converter made pages of it; event `draft_converted`. None when that was said before."""
    row = await lock(session, consultation)
    draft = await find_draft(session, row, number)
    if draft.state != "converting":
        return None
    draft.state, draft.kind, draft.pages = "ready", kind, pages
    return await append(session, row, None, "draft_converted", {"number": number, "pages": pages}, now)


async def failed(session: AsyncSession, consultation: str, number: int, problem: str, now: datetime) -> Event | None:
    """The converter can make nothing of it; event `draft_failed`. None when that was said before."""
    row = await lock(session, consultation)
    draft = await find_draft(session, row, number)
    if draft.state != "converting":
        return None
    draft.state, draft.problem = "failed", problem
    return await append(session, row, None, "draft_failed", {"number": number, "problem": problem}, now)


async def ask_units(session: AsyncSession, who: SignedIn, consultation: str, now: datetime) -> Event:
    """The units see it from now on; event `units_asked`. Raises `DraftNotReady`, `DeadlinePast`."""
    row = await lead(session, who, consultation, ("draft",))
    check_deadline(row.deadline, now)
    draft = await current_draft(session, row)
    row.state = "open"
    mails = [await reminding.mail(session, asked, "asked", now) for asked, _ in await consulted(session, row)]
    data = {"number": draft.number, "sha256": draft.file_hash, "mails": sum(mails)}
    return await append(session, row, who.account, "units_asked", data, now)


async def move_deadline(
    session: AsyncSession, who: SignedIn, consultation: str, deadline: datetime, now: datetime
) -> Event:
    """Give the units more time, and less while none was asked; event `deadline_moved`.

    Raises `DeadlinePast`, `DeadlineEarlier`.
    """
    row = await lead(session, who, consultation)
    check_deadline(deadline, now)
    # Else a silent unit could be passed over by whoever moves the deadline to now.
    if row.state == "open" and deadline < row.deadline:
        raise DeadlineEarlier("the units were told a later deadline", "deadline")
    before, row.deadline = row.deadline, deadline
    data = {"from": iso(before), "to": iso(deadline)}
    return await append(session, row, who.account, "deadline_moved", data, now)


async def withdraw(session: AsyncSession, who: SignedIn, consultation: str, reason: str, now: datetime) -> Event:
    """It will not be signed; event `consultation_withdrawn`."""
    row = await lead(session, who, consultation)
    reason = clean(reason, "reason", NOTE_MAX, is_prose=True)
    row.state = "withdrawn"
    return await append(session, row, who.account, "consultation_withdrawn", {"reason": reason}, now)


async def current_draft(session: AsyncSession, row: Consultation, *, is_last: bool = True) -> Draft:
    """The newest version that can be read; `is_last`: and none that comes after it is on its way.

    Raises `DraftNotReady`.
    """
    states = ("ready", "converting") if is_last else ("ready",)
    asked = select(Draft).where(Draft.consultation_id == row.id, Draft.state.in_(states))
    draft = await session.scalar(asked.order_by(Draft.number.desc()).limit(1))
    if draft is None or draft.state != "ready":
        raise DraftNotReady("there is no draft that can be read", "draft")
    return draft


async def find_draft(session: AsyncSession, row: Consultation, number: int) -> Draft:
    """Raises `NotFound`."""
    draft = await session.scalar(select(Draft).where(Draft.consultation_id == row.id, Draft.number == number))
    if draft is None:
        raise NotFound("no such version", "number")
    return draft


async def _check_signer(session: AsyncSession, account: str, home: Unit) -> None:
    """Whoever signs belongs to the leading unit, to one above it, or to one below it."""
    found = (
        await session.execute(
            select(Account.closed_at, Unit.path)
            .join(Person, Person.id == Account.person_id)
            .join(Unit, Unit.id == Person.unit_id)
            .where(Account.id == account)
        )
    ).one_or_none()
    if found is None or found[0] is not None:
        raise NotFound("no such account", "signer")
    if not (home.path.startswith(found[1]) or found[1].startswith(home.path)):
        raise BadInput("the signer belongs to another branch", "signer")


def check_deadline(deadline: datetime, now: datetime) -> None:
    if deadline <= now:
        raise DeadlinePast("the deadline has passed", "deadline")

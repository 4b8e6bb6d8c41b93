"""How screens see a consultation: the list, the matrix of units and opinions, and the files of the draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.consultations.acting import consulted, find
from meeting_app.consultations.gate import Asked, Gate, Said, gate_of
from meeting_app.errors import NotFound, OutOfReach
from meeting_app.models import (
    Account,
    Consultation,
    ConsultedUnit,
    Draft,
    OpenedOpinion,
    Opinion,
    OpinionReply,
    Person,
    Unit,
)
from meeting_app.office.sessions import SignedIn
from meeting_app.organization import within
from meeting_app.times import iso

PAGE = 100


@dataclass(frozen=True)
class Line:
    """A consultation in the list."""

    id: str
    title: str
    unit: str  # the name of the one that leads it
    state: str
    deadline: str
    asked: int
    answered: int
    owes: bool  # one's own unit is asked and silent
    signs: bool  # it waits for one's own signature


@dataclass(frozen=True)
class DraftView:
    number: int
    state: str
    kind: str | None
    pages: int | None
    size: int
    problem: str | None
    sha256: str
    added_at: str


@dataclass(frozen=True)
class ReplyView:
    outcome: str
    text: str
    name: str
    replied_at: str
    revision: int


@dataclass(frozen=True)
class OpinionView:
    id: str
    number: int
    draft: int  # number of the version it is about
    choice: str
    text: str
    name: str
    title: str
    given_at: str
    is_late: bool
    signature: str
    opened_at: str | None  # by the signer
    reply: ReplyView | None


@dataclass(frozen=True)
class UnitView:
    """A row of the matrix; its opinions with the latest, which counts, at the end."""

    id: str
    name: str
    email: str  # empty also for those who do not lead
    waiver: str | None
    opinions: tuple[OpinionView, ...]


@dataclass(frozen=True)
class ConsultationView:
    id: str
    title: str
    note: str
    unit: str
    unit_name: str
    state: str
    deadline: str
    is_overdue: bool
    signer: str  # account
    signer_name: str
    signer_title: str
    signed_at: str | None
    signed_sha256: str | None
    drafts: tuple[DraftView, ...]
    units: tuple[UnitView, ...]
    gate: Gate | None  # None unless it is open, and for those who see their own row only
    leads: bool
    signs: bool
    answers_for: str | None  # the unit of who looks, when it is asked
    head: str  # of the log, "number:hash"; empty for those who see their own row only


@dataclass(frozen=True)
class Seen:
    """A consultation with what somebody is to it."""

    row: Consultation
    leads: bool
    signs: bool
    answers_for: str | None

    @property
    def sees_all(self) -> bool:
        return self.leads or self.signs


async def see(session: AsyncSession, who: SignedIn, consultation: str) -> Seen:
    """Raises `NotFound`, and `OutOfReach` for those it is nothing to."""
    row = await find(session, consultation)
    path = (await session.get_one(Unit, row.unit_id)).path
    leads = who.officer.may("see_consultation", path)
    is_asked = row.state != "draft" and await session.get(ConsultedUnit, (row.id, who.unit)) is not None
    signs = row.signer_id == who.account
    if not (leads or is_asked or signs):
        raise OutOfReach("the consultation is none of theirs", "consultation")
    return Seen(row, leads, signs, who.unit if is_asked else None)


async def listed(session: AsyncSession, who: SignedIn) -> list[Line]:
    """What one leads, signs or is asked, the latest first; at most a hundred."""
    asked = select(ConsultedUnit.consultation_id).where(ConsultedUnit.unit_id == who.unit)
    mine = [
        Consultation.signer_id == who.account,
        Consultation.id.in_(asked) & (Consultation.state != "draft"),
    ]
    if "see_consultation" in who.officer.actions:
        mine.append(within(who.officer.reach("see_consultation")))
    found = await session.execute(
        select(Consultation, Unit.name)
        .join(Unit, Unit.id == Consultation.unit_id)
        .where(or_(*mine))
        .order_by(Consultation.id.desc())
        .limit(PAGE)
    )
    rows = [(row, name) for row, name in found]
    ids = [row.id for row, _ in rows]
    counts = dict(
        (
            await session.execute(
                select(ConsultedUnit.consultation_id, func.count())
                .where(ConsultedUnit.consultation_id.in_(ids))
                .group_by(ConsultedUnit.consultation_id)
            )
        ).all()
    )
    heard: dict[str, set[str]] = {one: set() for one in ids}
    for one, unit in await session.execute(
        select(Opinion.consultation_id, Opinion.unit_id).where(Opinion.consultation_id.in_(ids)).distinct()
    ):
        heard[one].add(unit)
    own = set(
        await session.scalars(
            select(ConsultedUnit.consultation_id).where(
                ConsultedUnit.unit_id == who.unit, ConsultedUnit.consultation_id.in_(ids)
            )
        )
    )
    return [
        Line(
            id=row.id,
            title=row.title,
            unit=name,
            state=row.state,
            deadline=iso(row.deadline),
            asked=counts.get(row.id, 0),
            answered=len(heard[row.id]),
            owes=row.state == "open" and row.id in own and who.unit not in heard[row.id],
            signs=row.state == "open" and row.signer_id == who.account,
        )
        for row, name in rows
    ]


async def view(session: AsyncSession, who: SignedIn, consultation: str, now: datetime) -> ConsultationView:
    """The whole matrix for who leads or signs, one's own row for others. Raises `NotFound`, `OutOfReach`."""
    seen = await see(session, who, consultation)
    row = seen.row
    units = await matrix(session, row)
    gate = gate_of(judged(units), is_overdue=now > row.deadline) if seen.sees_all and row.state == "open" else None
    if not seen.sees_all:
        units = [unit for unit in units if unit.id == seen.answers_for]
    signer, person = (
        await session.execute(
            select(Account, Person).join(Person, Person.id == Account.person_id).where(Account.id == row.signer_id)
        )
    ).one()
    drafts = await session.scalars(select(Draft).where(Draft.consultation_id == row.id).order_by(Draft.number.desc()))
    return ConsultationView(
        id=row.id,
        title=row.title,
        note=row.note,
        unit=row.unit_id,
        unit_name=(await session.get_one(Unit, row.unit_id)).name,
        state=row.state,
        deadline=iso(row.deadline),
        is_overdue=now > row.deadline,
        signer=signer.id,
        signer_name=person.name,
        signer_title=person.title,
        signed_at=None if row.signed_at is None else iso(row.signed_at),
        signed_sha256=row.signed_file if seen.sees_all else None,
        drafts=tuple(
            DraftView(
                number=draft.number,
                state=draft.state,
                kind=draft.kind,
                pages=draft.pages,
                size=draft.size,
                problem=draft.problem,
                sha256=draft.file_hash,
                added_at=iso(draft.added_at),
            )
            for draft in drafts
            if seen.sees_all or draft.state == "ready"
        ),
        units=tuple(unit if seen.leads else without_address(unit) for unit in units),
        gate=gate,
        leads=seen.leads,
        signs=seen.signs,
        answers_for=seen.answers_for,
        head=head_of(row) if seen.sees_all else "",
    )


def head_of(row: Consultation) -> str:
    """Where its log ends, as screens know it."""
    return f"{row.last_seq}:{row.last_hash}"


def without_address(unit: UnitView) -> UnitView:
    return UnitView(unit.id, unit.name, "", unit.waiver, unit.opinions)


async def matrix(session: AsyncSession, row: Consultation) -> list[UnitView]:
    """Every unit that is asked, in the order of their names, with all it said."""
    found = await session.execute(
        select(Opinion, Draft.number, OpinionReply, OpenedOpinion.opened_at)
        .join(Draft, Draft.id == Opinion.draft_id)
        .outerjoin(OpinionReply, OpinionReply.opinion_id == Opinion.id)
        .outerjoin(OpenedOpinion, OpenedOpinion.opinion_id == Opinion.id)
        .where(Opinion.consultation_id == row.id)
        .order_by(Opinion.unit_id, Opinion.number)
    )
    said: dict[str, list[OpinionView]] = {}
    for opinion, draft, reply, opened_at in found:
        said.setdefault(opinion.unit_id, []).append(
            OpinionView(
                id=opinion.id,
                number=opinion.number,
                draft=draft,
                choice=opinion.choice,
                text=opinion.text,
                name=opinion.name,
                title=opinion.title,
                given_at=iso(opinion.given_at),
                is_late=opinion.is_late,
                signature=opinion.signature,
                opened_at=None if opened_at is None else iso(opened_at),
                reply=None
                if reply is None
                else ReplyView(reply.outcome, reply.text, reply.name, iso(reply.replied_at), reply.revision),
            )
        )
    return [
        UnitView(unit.id, unit.name, asked.email, asked.waiver, tuple(said.get(unit.id, ())))
        for asked, unit in await consulted(session, row)
    ]


def judged(units: Sequence[UnitView]) -> list[Asked]:
    """The matrix as the gate sees it."""
    return [
        Asked(
            unit.id,
            unit.name,
            tuple(
                Said(
                    id=one.id,
                    counts=one is unit.opinions[-1],
                    wants_reply=one.choice != "agree" or one.text != "",
                    is_replied=one.reply is not None,
                    is_opened=one.opened_at is not None,
                )
                for one in unit.opinions
            ),
        )
        for unit in units
    ]


async def readable(session: AsyncSession, who: SignedIn, consultation: str, number: int) -> Draft:
    """A version of the draft that one may read. Raises `NotFound`, `OutOfReach`."""
    seen = await see(session, who, consultation)
    draft = await session.scalar(
        select(Draft).where(Draft.consultation_id == seen.row.id, Draft.number == number, Draft.state == "ready")
    )
    if draft is None:
        raise NotFound("no such version", "number")
    return draft


async def signers(session: AsyncSession, who: SignedIn) -> list[tuple[str, str, str, str]]:
    """Who can be asked to sign: account, name, title and unit, of the branch in which one works."""
    reach = who.officer.reach("create_consultation")
    found = await session.execute(
        select(Account.id, Person.name, Person.title, Unit.name, Unit.path)
        .join(Person, Person.id == Account.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .where(Account.closed_at.is_(None))
        .order_by(Person.order_key, Account.id)
    )
    return [
        (account, name, title, unit)
        for account, name, title, unit, path in found
        if any(path.startswith(one) or one.startswith(path) for one in reach)
    ]

"""Who came, how and when, and who did not: the sheet that the secretary keeps, with its sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.models import AttendanceSpan, Invitation, Participant
from meeting_app.permissions import UNCOUNTED
from meeting_app.quorum import Quorum, quorum_at
from meeting_app.site_list import sites_of
from meeting_app.sitting import of_this_sitting
from meeting_app.times import iso


@dataclass(frozen=True)
class Line:
    participant: str
    name: str
    title: str
    unit: str
    role: str
    site: str | None  # name; where they sat last, else where they are to sit
    answer: str
    reason: str  # of an absence; may be empty
    excused: bool | None  # whether that is agreed to; None: not decided
    how: str | None  # now, or when they were last here; None: they never came
    method: str | None
    came_at: str | None  # first
    left_at: str | None  # last; None: they are here, or never came

    @property
    def is_here(self) -> bool:
        return self.how is not None and self.left_at is None

    @property
    def is_excused(self) -> bool:
        return self.answer == "declined" and self.excused is True


@dataclass(frozen=True)
class Count:
    name: str  # of a unit or a site; empty: of none
    all: int
    in_person: int
    remote: int
    excused: int  # absent, which was agreed to
    unexcused: int  # absent otherwise
    capacity: int


@dataclass(frozen=True)
class Sheet:
    quorum: Quorum
    lines: tuple[Line, ...]
    units: tuple[Count, ...]
    sites: tuple[Count, ...]


async def sheet_of(session: AsyncSession, meeting_id: str, now: datetime) -> Sheet:
    """As the rows tell it at this moment, everybody in the order in which they were invited."""
    sites = await sites_of(session, meeting_id)
    names = {site.id: site.name for site in sites}
    spans: dict[str, list[AttendanceSpan]] = defaultdict(list)
    rows = await session.scalars(
        select(AttendanceSpan)
        .where(AttendanceSpan.meeting_id == meeting_id, of_this_sitting(meeting_id))
        .order_by(AttendanceSpan.came_at)
    )
    for span in rows:
        spans[span.participant_id] += [span]
    people = await session.execute(
        select(Participant, Invitation.reason, Invitation.excused)
        .outerjoin(Invitation, Invitation.participant_id == Participant.id)
        .where(
            Participant.meeting_id == meeting_id,
            Participant.removed_at.is_(None),
            Participant.role.not_in(UNCOUNTED),
        )
        .order_by(Participant.seq)
    )
    lines = tuple(_line(person, reason or "", excused, spans[person.id], names) for person, reason, excused in people)
    by_site = {site.name: site.capacity for site in sites}
    return Sheet(
        quorum=await quorum_at(session, meeting_id, now),
        lines=lines,
        units=_counts(((line.unit, line) for line in lines), {}),
        sites=_counts(((line.site or "", line) for line in lines), by_site) if sites else (),
    )


def _line(
    person: Participant, reason: str, excused: bool | None, spans: list[AttendanceSpan], names: dict[str, str]
) -> Line:
    # By time; of two that begin at one moment the one that goes on is the later.
    last = max(spans, key=lambda span: (span.came_at, span.left_at is None), default=None)
    return Line(
        participant=person.id,
        name=person.name,
        title=person.title,
        unit=person.unit,
        role=person.role,
        site=names.get(person.site_id or ""),
        answer=person.answer,
        reason=reason,
        excused=excused,
        how=last.how if last else None,
        method=last.method if last else None,
        came_at=iso(spans[0].came_at) if spans else None,
        left_at=iso(last.left_at) if last and last.left_at else None,
    )


def _counts(grouped: Iterable[tuple[str, Line]], capacities: dict[str, int]) -> tuple[Count, ...]:
    groups: dict[str, list[Line]] = defaultdict(list, {name: [] for name in capacities})
    for name, line in grouped:
        groups[name] += [line]
    return tuple(
        Count(
            name,
            all=len(lines),
            in_person=sum(line.is_here and line.how == "in_person" for line in lines),
            remote=sum(line.is_here and line.how == "remote" for line in lines),
            excused=sum(line.how is None and line.is_excused for line in lines),
            unexcused=sum(line.how is None and not line.is_excused for line in lines),
            capacity=capacities.get(name, 0),
        )
        for name, lines in groups.items()
    )

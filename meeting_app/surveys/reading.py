"""How screens and reports see a survey."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, cast, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.errors import BadInput, NotFound
from meeting_app.models import Survey, SurveyAnswer, SurveyLink, SurveyQuestion, Unit
from meeting_app.office.sessions import SignedIn
from meeting_app.organization import within
from meeting_app.surveys.counting import LEAST, Count, Data, Group, Question, broken_down, counted
from meeting_app.surveys.writing import takes_answers
from meeting_app.times import iso

PAGE = 100
AT_ONCE = 1000  # answers fetched between two turns of the event loop


@dataclass(frozen=True)
class Line:
    id: str
    title: str
    unit: str
    state: str
    is_open: bool  # it takes answers now
    closes_at: str | None
    answers: int


@dataclass(frozen=True)
class SurveyView:
    id: str
    title: str
    lead: str
    unit: str
    unit_name: str
    is_anonymous: bool
    state: str
    is_open: bool
    closes_at: str | None
    code: str
    revision: int
    questions: tuple[Question, ...]
    answers: int
    by_way: dict[str, int]
    links: int
    links_used: int


@dataclass(frozen=True)
class Results:
    """`counts` is empty while an anonymous survey takes answers, or too few gave one; then `is_hidden` is true."""

    title: str
    unit: str
    is_anonymous: bool
    is_open: bool  # it takes answers now
    answers: int
    is_hidden: bool
    questions: tuple[Question, ...]
    counts: tuple[Count, ...]
    by: int | None
    groups: dict[int, tuple[Group, ...]]  # by question


@dataclass(frozen=True)
class NamedAnswer:
    """An answer to a survey that is not anonymous."""

    name: str
    given_at: datetime
    data: Data


async def find(session: AsyncSession, who: SignedIn, survey: str) -> Survey:
    """Raises `NotFound`, `OutOfReach`."""
    row = await session.get(Survey, survey)
    if row is None:
        raise NotFound("no such survey", "survey")
    who.officer.check("see_survey", (await session.get_one(Unit, row.unit_id)).path)
    return row


async def listed(session: AsyncSession, who: SignedIn, now: datetime) -> list[Line]:
    """The surveys of one's units, the latest first; at most a hundred."""
    reach = who.officer.reach("see_survey")
    answers = select(func.count()).where(SurveyAnswer.survey_id == Survey.id).correlate(Survey).scalar_subquery()
    found = await session.execute(
        select(Survey, Unit.name, answers)
        .join(Unit, Unit.id == Survey.unit_id)
        .where(within(reach))
        .order_by(Survey.id.desc())
        .limit(PAGE)
    )
    return [
        Line(row.id, row.title, unit, row.state, takes_answers(row, now), _iso(row.closes_at), count)
        for row, unit, count in found
    ]


async def view(session: AsyncSession, who: SignedIn, survey: str, now: datetime) -> SurveyView:
    """Raises `NotFound`, `OutOfReach`."""
    row = await find(session, who, survey)
    by_way = dict(
        (
            await session.execute(
                select(SurveyAnswer.way, func.count())
                .where(SurveyAnswer.survey_id == row.id)
                .group_by(SurveyAnswer.way)
            )
        ).all()
    )
    used = list(await session.scalars(select(SurveyLink.is_used).where(SurveyLink.survey_id == row.id)))
    return SurveyView(
        id=row.id,
        title=row.title,
        lead=row.lead,
        unit=row.unit_id,
        unit_name=(await session.get_one(Unit, row.unit_id)).name,
        is_anonymous=row.is_anonymous,
        state=row.state,
        is_open=takes_answers(row, now),
        closes_at=_iso(row.closes_at),
        code=row.code,
        revision=row.revision,
        questions=await questions(session, row),
        answers=sum(by_way.values()),
        by_way=by_way,
        links=len(used),
        links_used=sum(used),
    )


async def questions(session: AsyncSession, survey: Survey) -> tuple[Question, ...]:
    rows = await session.scalars(
        select(SurveyQuestion).where(SurveyQuestion.survey_id == survey.id).order_by(SurveyQuestion.place)
    )
    return tuple(
        Question(row.place, row.kind, row.text, tuple(row.options), row.steps, row.is_required) for row in rows
    )


async def results(session: AsyncSession, who: SignedIn, survey: str, now: datetime, by: int | None = None) -> Results:
    """Counts, and by groups where a question with one answer is named. Raises `NotFound`, `OutOfReach`, `BadInput`."""
    row = await find(session, who, survey)
    asked = await questions(session, row)
    group_by = None
    if by is not None:
        group_by = next((one for one in asked if one.place == by and one.kind in ("single", "scale")), None)
        if group_by is None:
            raise BadInput("answers are grouped by a question with one answer", "by")
    unit = (await session.get_one(Unit, row.unit_id)).name
    # Whoever looks before and after an answer would read that one alone.
    is_open = takes_answers(row, now)
    if row.is_anonymous and is_open:
        count = await session.scalar(select(func.count()).where(SurveyAnswer.survey_id == row.id)) or 0
        return Results(row.title, unit, True, True, count, True, asked, (), by, {})
    # As text: a hundred thousand answers are decoded beside the event loop as well.
    rows = await session.stream_scalars(
        select(cast(SurveyAnswer.data, Text))
        .where(SurveyAnswer.survey_id == row.id)
        .execution_options(yield_per=AT_ONCE)
    )
    kept = [one async for some in rows.partitions() for one in some]
    is_hidden = row.is_anonymous and 0 < len(kept) < LEAST
    counts: tuple[Count, ...] = ()
    groups: dict[int, tuple[Group, ...]] = {}
    if not is_hidden:
        counts, groups = await asyncio.to_thread(_worked_out, kept, asked, group_by, row.is_anonymous)
    return Results(row.title, unit, row.is_anonymous, is_open, len(kept), is_hidden, asked, counts, by, groups)


def _worked_out(
    kept: Sequence[str], asked: tuple[Question, ...], by: Question | None, is_anonymous: bool
) -> tuple[tuple[Count, ...], dict[int, tuple[Group, ...]]]:
    answers = [json.loads(one) for one in kept]
    groups = {}
    if by is not None:
        groups = {
            one.place: broken_down(one, by, answers, is_anonymous=is_anonymous)
            for one in asked
            if one.kind != "text" and one.place != by.place
        }
    return tuple(counted(one, answers, is_anonymous=is_anonymous) for one in asked), groups


async def named_answers(session: AsyncSession, who: SignedIn, survey: str) -> list[NamedAnswer]:
    """Each answer by itself; none of an anonymous survey, where a row would tell more than any group."""
    row = await find(session, who, survey)
    if row.is_anonymous:
        return []
    found = await session.execute(
        select(SurveyAnswer.name, SurveyAnswer.given_at, cast(SurveyAnswer.data, Text))
        .where(SurveyAnswer.survey_id == row.id)
        .order_by(SurveyAnswer.given_at, SurveyAnswer.id)
    )
    kept = list(found)
    return await asyncio.to_thread(
        lambda: [NamedAnswer(name, at or row.made_at, json.loads(data)) for name, at, data in kept]
    )


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else iso(moment)

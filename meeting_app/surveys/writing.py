"""The questions of a survey, its opening and closing, and personal links."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.errors import BadInput, DeadlinePast, NotFound, Outdated, SurveyClosed, SurveyOpened, UnitClosed
from meeting_app.ids import new_id
from meeting_app.models import QUESTION_KINDS, Survey, SurveyAnswer, SurveyLink, SurveyQuestion, Unit
from meeting_app.office.sessions import SignedIn
from meeting_app.organization import find_unit
from meeting_app.sessions import hash_token, new_token
from meeting_app.text import NAME_MAX, NOTE_MAX, SUBJECT_MAX, clean

MOST_QUESTIONS = 100
MOST_OPTIONS = 30
MOST_LINKS = 2000
STEPS = range(2, 11)
CODE_BYTES = 9  # a code is no secret: whoever has it may answer


@dataclass(frozen=True)
class QuestionPlan:
    kind: str
    text: str
    options: tuple[str, ...] = ()  # of a scale: what its two ends mean, or nothing
    steps: int | None = None
    is_required: bool = False


@dataclass(frozen=True)
class Plan:
    title: str
    lead: str
    is_anonymous: bool
    closes_at: datetime | None
    questions: tuple[QuestionPlan, ...]


async def create(session: AsyncSession, who: SignedIn, unit: str, plan: Plan, now: datetime) -> Survey:
    """A draft. Raises `NotFound`, `OutOfReach`, `UnitClosed`, `BadInput`, `DeadlinePast`."""
    home = await find_unit(session, unit)
    who.officer.check("change_survey", home.path)
    if home.closed_at is not None:
        raise UnitClosed("the unit is closed", "unit")
    survey = Survey(
        id=new_id(now),
        unit_id=home.id,
        state="draft",
        code=secrets.token_urlsafe(CODE_BYTES),
        made_at=now,
        revision=0,
        **_words(plan, now),
    )
    session.add(survey)
    await session.flush()
    await _write_questions(session, survey, plan.questions)
    return survey


async def write(session: AsyncSession, who: SignedIn, survey: str, plan: Plan, revision: int, now: datetime) -> Survey:
    """Write a draft anew. Raises `NotFound`, `OutOfReach`, `SurveyOpened`, `Outdated`, `BadInput`, `DeadlinePast`."""
    row = await change(session, who, survey)
    if row.state != "draft":
        raise SurveyOpened("the survey was opened", "survey")
    if row.revision != revision:
        raise Outdated("somebody else wrote it meanwhile", "revision")
    for name, value in _words(plan, now).items():
        setattr(row, name, value)
    await session.execute(delete(SurveyQuestion).where(SurveyQuestion.survey_id == row.id))
    await _write_questions(session, row, plan.questions)
    return row


async def open_survey(session: AsyncSession, who: SignedIn, survey: str, now: datetime) -> None:
    """It takes answers from now on, and its questions no longer change. Raises `SurveyOpened`, `BadInput`."""
    row = await change(session, who, survey)
    if row.state != "draft":
        raise SurveyOpened("the survey was opened", "survey")
    _check_end(row.closes_at, now)
    if await session.scalar(select(SurveyQuestion.place).where(SurveyQuestion.survey_id == row.id).limit(1)) is None:
        raise BadInput("there is no question", "questions")
    row.state = "open"


async def close(session: AsyncSession, who: SignedIn, survey: str) -> None:
    """It takes no more answers, and nothing tells how they came. Raises `SurveyClosed`."""
    row = await change(session, who, survey)
    if row.state != "open":
        raise SurveyClosed(f"the survey is {row.state}", "survey")
    row.state = "closed"
    if row.is_anonymous:
        await _shuffle(session, row)


async def _shuffle(session: AsyncSession, survey: Survey) -> None:
    """Write the answers and links anew in the order of their ids.

    PostgreSQL keeps with each row which transaction wrote it, and rows in the order of writing: an answer and the link
    that was used for it would be found together. SQLite keeps neither.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    await session.flush()
    for table in (SurveyAnswer.__tablename__, SurveyLink.__tablename__):
        await session.execute(
            text(
                f"WITH gone AS (DELETE FROM {table} WHERE survey_id = :survey RETURNING *) "
                f"INSERT INTO {table} SELECT * FROM gone ORDER BY id"
            ),
            {"survey": survey.id},
        )


async def issue_links(
    session: AsyncSession, who: SignedIn, survey: str, names: Sequence[str], now: datetime
) -> list[tuple[str, str]]:
    """Name and token of a new link for each; shown once, only hashes are kept. Raises `BadInput`, `SurveyClosed`."""
    row = await change(session, who, survey)
    if not takes_answers(row, now) and row.state != "draft":
        raise SurveyClosed("the survey takes no answers", "survey")
    if not names or len(names) > MOST_LINKS:
        raise BadInput(f"between 1 and {MOST_LINKS} names", "names")
    issued = [(clean(name, "names", NAME_MAX), new_token()) for name in names]
    session.add_all(
        SurveyLink(id=new_id(now), survey_id=row.id, name=name, token_hash=hash_token(token), is_used=False)
        for name, token in issued
    )
    await session.flush()
    return issued


async def change(session: AsyncSession, who: SignedIn, survey: str) -> Survey:
    """The locked row, for an officer who may change it. Raises `NotFound`, `OutOfReach`."""
    row = await session.get(Survey, survey, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("no such survey", "survey")
    who.officer.check("change_survey", (await session.get_one(Unit, row.unit_id)).path)
    return row


def takes_answers(row: Survey, now: datetime) -> bool:
    return row.state == "open" and (row.closes_at is None or now < row.closes_at)


def _words(plan: Plan, now: datetime) -> dict[str, object]:
    _check_end(plan.closes_at, now)
    return {
        "title": clean(plan.title, "title", SUBJECT_MAX),
        "lead": clean(plan.lead, "lead", NOTE_MAX, may_be_empty=True, is_prose=True),
        "is_anonymous": plan.is_anonymous,
        "closes_at": plan.closes_at,
    }


def _check_end(closes_at: datetime | None, now: datetime) -> None:
    if closes_at is not None and closes_at <= now:
        raise DeadlinePast("it would be over already", "closes_at")


async def _write_questions(session: AsyncSession, survey: Survey, questions: Sequence[QuestionPlan]) -> None:
    if len(questions) > MOST_QUESTIONS:
        raise BadInput(f"at most {MOST_QUESTIONS} questions", "questions")
    for place, one in enumerate(questions, 1):
        field = f"questions.{place}"
        if one.kind not in QUESTION_KINDS:
            raise BadInput(f"{one.kind} is no kind of question", field)
        session.add(
            SurveyQuestion(
                survey_id=survey.id,
                place=place,
                kind=one.kind,
                text=clean(one.text, field, SUBJECT_MAX),
                options=_options(one, field),
                steps=_steps(one, field),
                is_required=one.is_required,
            )
        )
    survey.revision += 1
    await session.flush()


def _options(one: QuestionPlan, field: str) -> list[str]:
    options = [clean(option, field, NAME_MAX, may_be_empty=one.kind == "scale") for option in one.options]
    if one.kind in ("single", "multiple") and not 2 <= len(options) <= MOST_OPTIONS:
        raise BadInput(f"between 2 and {MOST_OPTIONS} answers to choose from", field)
    if len(set(options)) != len(options) and one.kind != "scale":
        raise BadInput("two answers are alike", field)
    if (one.kind == "scale" and len(options) not in (0, 2)) or (one.kind == "text" and options):
        raise BadInput("these answers do not belong to this kind", field)
    return options


def _steps(one: QuestionPlan, field: str) -> int | None:
    if one.kind != "scale":
        if one.steps is not None:
            raise BadInput("only a scale has steps", field)
        return None
    if one.steps not in STEPS:
        raise BadInput("a scale has between 2 and 10 steps", field)
    return one.steps

"""One answer to a survey, by open link, personal link, or through an interviewer.

An answer is written once and never changed. In an anonymous survey it has no name, no time, no link and a random id;
that it came is known only where a personal link is marked as used.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.errors import AnswerMissing, BadInput, NotFound, SurveyAnswered, SurveyClosed, SurveyUnknown
from meeting_app.ids import new_id
from meeting_app.models import Survey, SurveyAnswer, SurveyLink, Unit
from meeting_app.office.sessions import SignedIn
from meeting_app.sessions import hash_token
from meeting_app.surveys.counting import Question
from meeting_app.surveys.reading import questions as questions_of
from meeting_app.surveys.writing import takes_answers
from meeting_app.text import NAME_MAX, NOTE_MAX, clean

# What one transaction has read already: many answers to one survey share it, and an open survey does not change.
KNOWN, QUESTIONS, HELD = "what links lead to", "the questions of surveys", "how many answers surveys hold"

MOST_ANSWERS = 100_000  # to one survey; they are counted all at once

Values = Mapping[int, Any]  # place → a number, a list of numbers, or a text


@dataclass(frozen=True)
class Given:
    """What a link leads to."""

    survey: Survey
    link: SurveyLink | None  # None: the open one


async def given_by(session: AsyncSession, token: str, *, is_held: bool = False) -> Given:
    """Raises `SurveyUnknown`; also while the survey is a draft. `is_held`: nobody closes it before the commit."""
    link = None
    found = await session.scalar(select(Survey.id).where(Survey.code == token))
    if found is None:
        link = await session.scalar(select(SurveyLink).where(SurveyLink.token_hash == hash_token(token)))
        found = None if link is None else link.survey_id
    survey = None
    if found is not None:
        survey = await (_held(session, found) if is_held else session.get(Survey, found))
    if survey is None or survey.state == "draft":
        raise SurveyUnknown("no survey has this link", "token")
    return Given(survey, link)


async def _held(session: AsyncSession, survey: str) -> Survey | None:
    """As it is now; whoever closes it waits for the commit."""
    return await session.get(Survey, survey, with_for_update={"read": True}, populate_existing=True)


async def answer(session: AsyncSession, token: str, key: str, values: Values, name: str, now: datetime) -> None:
    """Write down an answer; the same key again changes nothing.

    Raises `SurveyUnknown`, `SurveyClosed`, `SurveyAnswered`, `AnswerMissing`, `BadInput`.
    """
    known: dict[str, Given] = session.info.setdefault(KNOWN, {})
    given = known.get(token) or await given_by(session, token, is_held=True)
    survey, link = given.survey, given.link
    if await _is_repeated(session, survey, key):
        return
    if not takes_answers(survey, now):
        raise SurveyClosed("the survey takes no answers", "survey")
    if link is not None:
        await session.refresh(link, with_for_update=True)
        if link.is_used:
            raise SurveyAnswered("this link was used", "token")
        link.is_used, name = True, link.name
    await _check_room(session, survey)
    data = await checked(session, survey, values)
    way = "open" if link is None else "personal"
    await _write(session, survey, key, way, name, None, data, now)
    # Only now: a refusal is rolled back to its savepoint, and lets go of the survey.
    known[token] = given


async def enter(
    session: AsyncSession, who: SignedIn, survey: str, key: str, values: Values, name: str, now: datetime
) -> None:
    """An interviewer writes down what somebody else says. Raises `NotFound`, `OutOfReach` and what `answer` raises."""
    row = await _held(session, survey)
    if row is None:
        raise NotFound("no such survey", "survey")
    who.officer.check("enter_answers", (await session.get_one(Unit, row.unit_id)).path)
    if await _is_repeated(session, row, key):
        return
    if not takes_answers(row, now):
        raise SurveyClosed("the survey takes no answers", "survey")
    await _check_room(session, row)
    data = await checked(session, row, values)
    await _write(session, row, key, "interviewer", name, who.account, data, now)


async def checked(session: AsyncSession, survey: Survey, values: Values) -> dict[str, Any]:
    """The values as they are kept. Raises `AnswerMissing`, `BadInput`, which name the question."""
    seen: dict[str, tuple[Question, ...]] = session.info.setdefault(QUESTIONS, {})
    if survey.id not in seen:
        seen[survey.id] = await questions_of(session, survey)
    questions = seen[survey.id]
    data: dict[str, Any] = {}
    known = set()
    for question in questions:
        known.add(question.place)
        field = f"questions.{question.place}"
        value = _kept(question, values.get(question.place), field)
        if value is not None:
            data[str(question.place)] = value
        elif question.is_required:
            raise AnswerMissing("this question has to be answered", field)
    if not values.keys() <= known:
        raise BadInput("there is no such question", "questions")
    return data


def _kept(question: Question, value: Any, field: str) -> Any:
    """None for what was left out."""
    if value in (None, "", [], ()):
        return None
    if question.kind == "text":
        if not isinstance(value, str):
            raise BadInput("this question is answered with words", field)
        return clean(value, field, NOTE_MAX, may_be_empty=True, is_prose=True) or None
    if question.kind == "multiple":
        if not isinstance(value, list | tuple) or len(set(value)) != len(value):
            raise BadInput("each answer is chosen once", field)
        return sorted(_one_of(one, range(len(question.options)), field) for one in value)
    if isinstance(value, list | tuple) and len(value) == 1 and question.kind == "single":
        (value,) = value
    allowed = range(1, question.steps + 1) if question.steps else range(len(question.options))
    return _one_of(value, allowed, field)


def _one_of(value: Any, allowed: range, field: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value not in allowed:
        raise BadInput("this is none of the answers", field)
    return value


async def _check_room(session: AsyncSession, survey: Survey) -> None:
    held: dict[str, int] = session.info.setdefault(HELD, {})
    if survey.id not in held:
        asked = select(func.count()).where(SurveyAnswer.survey_id == survey.id)
        held[survey.id] = await session.scalar(asked) or 0
    if held[survey.id] >= MOST_ANSWERS:
        raise SurveyClosed(f"the survey has {MOST_ANSWERS} answers and takes no more", "survey")


async def _is_repeated(session: AsyncSession, survey: Survey, key: str) -> bool:
    asked = select(SurveyAnswer.id).where(SurveyAnswer.survey_id == survey.id, SurveyAnswer.key == key)
    return await session.scalar(asked) is not None


async def _write(
    session: AsyncSession,
    survey: Survey,
    key: str,
    way: str,
    name: str,
    account: str | None,
    data: dict[str, Any],
    now: datetime,
) -> None:
    is_anonymous = survey.is_anonymous
    session.add(
        SurveyAnswer(
            id=str(uuid.uuid4()) if is_anonymous else new_id(now),  # the usual ids tell the time
            survey_id=survey.id,
            key=key,
            way=way,
            name="" if is_anonymous else clean(name, "name", NAME_MAX, may_be_empty=True),
            account_id=account,
            data=data,
            given_at=None if is_anonymous else now,
        )
    )
    await session.flush()
    session.info[HELD][survey.id] += 1

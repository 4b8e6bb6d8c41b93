"""A survey as those see it who answer: what their link leads to, and the answer."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from meeting_app.models import Unit
from meeting_app.surveys import answering, reading
from meeting_app.surveys.writing import takes_answers
from meeting_app.times import iso
from signaling.gathering import Gathering
from signaling.house import House
from signaling.http.asking import answering as answered_by
from signaling.http.asking import as_json, body_of, check_origin, take_token
from signaling.limits import Buckets
from signaling.messages import (
    AnswerValue,
    SurveyAnswerRequest,
    SurveyForm,
    SurveyQuestion,
    SurveyRequest,
)

ANSWER_BYTES = 48 * 1024  # eight texts of the greatest length, and all the rest


def routes(house: House, visits: Buckets) -> list[web.RouteDef]:
    """`POST /api/survey` and `POST /api/survey/answer`."""
    answers = Buckets(house.settings.survey_answers_per_s, house.settings.survey_answers_burst)
    gathering = Gathering(house.database)

    async def look(request: web.Request) -> web.Response:
        check_origin(request, house.settings)
        take_token(request, house, visits)
        asked = await body_of(request, SurveyRequest)
        now = house.clock.utc()
        async with house.database.reading() as session:
            given = await answering.given_by(session, asked.token)
            survey, link = given.survey, given.link
            questions = await reading.questions(session, survey)
            unit = (await session.get_one(Unit, survey.unit_id)).name
        return as_json(
            SurveyForm(
                title=survey.title,
                lead=survey.lead,
                unit=unit,
                is_anonymous=survey.is_anonymous,
                is_open=takes_answers(survey, now),
                closes_at=None if survey.closes_at is None else iso(survey.closes_at),
                name="" if link is None else link.name,
                is_personal=link is not None,
                is_answered=link is not None and link.is_used,
                questions=tuple(question_shown(one) for one in questions),
            )
        )

    async def answer(request: web.Request) -> web.Response:
        check_origin(request, house.settings)
        take_token(request, house, answers)
        asked = await body_of(request, SurveyAnswerRequest, ANSWER_BYTES)
        now, values = house.clock.utc(), values_of(asked.values)
        await gathering.write(
            lambda session: answering.answer(session, asked.token, asked.key, values, asked.name, now)
        )
        return web.Response(status=204)

    return [
        web.post("/api/survey", answered_by(look)),
        web.post("/api/survey/answer", answered_by(answer)),
    ]


def values_of(values: tuple[AnswerValue, ...]) -> dict[int, Any]:
    """By place; which field a question takes is judged by its kind."""
    return {one.place: _value(one) for one in values}


def _value(one: AnswerValue) -> Any:
    if one.text:
        return one.text
    if one.number is not None:
        return one.number
    return one.chosen


def question_shown(question: reading.Question) -> SurveyQuestion:
    return SurveyQuestion(
        place=question.place,
        kind=question.kind,
        text=question.text,
        options=question.options,
        steps=question.steps,
        is_required=question.is_required,
    )

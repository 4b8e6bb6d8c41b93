"""Surveys as the office works with them: the questions, the links, answers entered for others, the results."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import msgspec
from aiohttp import hdrs, web
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.office.sessions import SignedIn
from meeting_app.surveys import answering, document, reading, sheet, writing
from meeting_app.surveys.reading import Results, SurveyView
from meeting_app.surveys.shares import decimal
from meeting_app.surveys.writing import Plan, QuestionPlan
from signaling.errors import Refusal
from signaling.http.asking import answering as answered_by
from signaling.http.asking import as_json, home_of
from signaling.http.office.desk import Desk, body_of
from signaling.http.surveys import question_shown, values_of
from signaling.messages import (
    AnswerGroup,
    EnterAnswerRequest,
    NewSurvey,
    NewSurveyRequest,
    OpenSurveyRequest,
    QuestionCount,
    QuestionGroups,
    Survey,
    SurveyLine,
    SurveyLink,
    SurveyLinks,
    SurveyLinksRequest,
    SurveyResults,
    Surveys,
    WriteSurveyRequest,
)
from signaling.messages.office import Asked

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Verb = Callable[[AsyncSession, SignedIn, str, datetime], Awaitable[object]]


def routes(desk: Desk) -> list[web.RouteDef]:
    """Under `/api/office/surveys`."""
    house = desk.house

    async def see_all(request: web.Request) -> web.Response:
        who = await desk.who(request)
        async with house.database.reading() as session:
            lines = await reading.listed(session, who, house.clock.utc())
        return as_json(
            Surveys(surveys=tuple(msgspec.convert(line, SurveyLine, from_attributes=True) for line in lines))
        )

    async def create(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, NewSurveyRequest)

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            return {"survey": (await writing.create(session, who, asked.unit, plan_of(asked), now)).id}

        return as_json(NewSurvey(**await desk.change(who, "create_survey", asked, verb)))

    async def see(request: web.Request) -> web.Response:
        return await shown(request, await desk.who(request))

    async def shown(request: web.Request, who: SignedIn) -> web.Response:
        async with house.database.reading() as session:
            view = await reading.view(session, who, request.match_info["survey"], house.clock.utc())
        return as_json(survey_shown(view, home_of(request, house.settings)))

    async def changed(request: web.Request, who: SignedIn, action: str, asked: Asked, verb: Verb) -> web.Response:
        survey = request.match_info["survey"]

        async def write(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            await verb(session, who, survey, now)
            return {}

        await desk.change(who, action, asked, write, {"survey": survey})
        return await shown(request, who)

    async def write(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, WriteSurveyRequest)

        async def verb(session: AsyncSession, who: SignedIn, survey: str, now: datetime) -> object:
            return await writing.write(session, who, survey, plan_of(asked), asked.revision, now)

        return await changed(request, who, "write_survey", asked, verb)

    async def open_it(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, OpenSurveyRequest)
        return await changed(request, who, "open_survey", asked, writing.open_survey)

    async def close(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, OpenSurveyRequest)

        async def verb(session: AsyncSession, who: SignedIn, survey: str, now: datetime) -> object:
            return await writing.close(session, who, survey)

        return await changed(request, who, "close_survey", asked, verb)

    async def links(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, SurveyLinksRequest)
        survey, home = request.match_info["survey"], home_of(request, house.settings)

        async def verb(session: AsyncSession, who: SignedIn, now: datetime) -> dict[str, Any]:
            issued = await writing.issue_links(session, who, survey, asked.names, now)
            # For who did not get the answer.
            return {"sealed": [[name, house.seal.close(token)] for name, token in issued]}

        done = await desk.change(who, "issue_survey_links", asked, verb, {"survey": survey})
        issued = (SurveyLink(name=name, url=f"{home}/ks/{house.seal.open(token)}") for name, token in done["sealed"])
        return as_json(SurveyLinks(links=tuple(issued)))

    async def enter(request: web.Request) -> web.Response:
        who = await desk.changer(request)
        asked = await body_of(request, EnterAnswerRequest)
        survey, now = request.match_info["survey"], house.clock.utc()
        # No deed: the journal would keep beside each other what an anonymous survey keeps apart.
        async with house.database.writing() as session:
            values = values_of(asked.values)
            await answering.enter(session, who, survey, asked.key, values, asked.name, now)
        return await shown(request, who)

    async def counted(request: web.Request) -> tuple[SignedIn, Results]:
        who = await desk.who(request)
        by = request.query.get("by", "")
        if by and not (by.isascii() and by.isdigit() and len(by) < 5):
            raise Refusal("not_found")
        async with house.database.reading() as session:
            survey = request.match_info["survey"]
            return who, await reading.results(session, who, survey, house.clock.utc(), int(by) if by else None)

    async def results(request: web.Request) -> web.Response:
        return as_json(results_shown((await counted(request))[1]))

    async def excel(request: web.Request) -> web.Response:
        who, found = await counted(request)
        async with house.database.reading() as session:
            answers = await reading.named_answers(session, who, request.match_info["survey"])
        return as_file(await asyncio.to_thread(sheet.report, found, answers), XLSX, "khao-sat.xlsx")

    async def word(request: web.Request) -> web.Response:
        _, found = await counted(request)
        return as_file(await asyncio.to_thread(document.report, found), DOCX, "khao-sat.docx")

    return [
        web.get("/api/office/surveys", answered_by(see_all)),
        web.post("/api/office/surveys", answered_by(create)),
        web.get("/api/office/surveys/{survey}", answered_by(see)),
        web.post("/api/office/surveys/{survey}", answered_by(write)),
        web.post("/api/office/surveys/{survey}/open", answered_by(open_it)),
        web.post("/api/office/surveys/{survey}/close", answered_by(close)),
        web.post("/api/office/surveys/{survey}/links", answered_by(links)),
        web.post("/api/office/surveys/{survey}/answers", answered_by(enter)),
        web.get("/api/office/surveys/{survey}/results", answered_by(results)),
        web.get("/api/office/surveys/{survey}/excel", answered_by(excel)),
        web.get("/api/office/surveys/{survey}/word", answered_by(word)),
    ]


def plan_of(asked: NewSurveyRequest | WriteSurveyRequest) -> Plan:
    questions = sorted(asked.questions, key=lambda one: one.place)
    return Plan(
        asked.title,
        asked.lead,
        asked.is_anonymous,
        asked.closes_at,
        tuple(QuestionPlan(one.kind, one.text, one.options, one.steps, one.is_required) for one in questions),
    )


def survey_shown(view: SurveyView, home: str) -> Survey:
    fields = {name: value for name, value in vars(view).items() if name != "code"}
    fields["questions"] = tuple(question_shown(one) for one in view.questions)
    return Survey(**fields, url=f"{home}/ks/{view.code}")


def results_shown(found: Results) -> SurveyResults:
    questions = {one.place: one for one in found.questions}
    return SurveyResults(
        title=found.title,
        unit=found.unit,
        is_anonymous=found.is_anonymous,
        is_open=found.is_open,
        answers=found.answers,
        is_hidden=found.is_hidden,
        questions=tuple(question_shown(one) for one in found.questions),
        counts=tuple(
            QuestionCount(
                place=one.place,
                labels=questions[one.place].labels,
                answered=one.answered,
                counts=one.counts,
                mean=None if one.total is None or not one.answered else decimal(one.total, one.answered),
                texts=one.texts,
                is_hidden=one.is_hidden,
            )
            for one in found.counts
        ),
        by=found.by,
        groups=tuple(
            QuestionGroups(
                place=place,
                groups=tuple(AnswerGroup(label=one.label, size=one.size, counts=one.counts) for one in groups),
            )
            for place, groups in found.groups.items()
        ),
    )


def as_file(body: bytes, kind: str, name: str) -> web.Response:
    return web.Response(
        body=body,
        content_type=kind,
        headers={hdrs.CACHE_CONTROL: "no-store", hdrs.CONTENT_DISPOSITION: f'attachment; filename="{name}"'},
    )

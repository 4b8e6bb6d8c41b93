"""Bodies of requests and answers about surveys."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from signaling.messages.office import Asked, Line
from signaling.messages.words import WITHOUT_NUL, Id, Key

SurveyState = Literal["draft", "open", "closed"]
QuestionKind = Literal["single", "multiple", "scale", "text"]
AnswerWay = Literal["open", "personal", "interviewer"]
Prose = Annotated[str, msgspec.Meta(max_length=8000)]
Place = Annotated[int, msgspec.Meta(ge=1, le=1000)]
Token = Annotated[str, msgspec.Meta(max_length=64, pattern=WITHOUT_NUL)]


class SurveyQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Asked and shown alike: `options` of a scale are what its two ends mean, or none."""

    place: Place
    kind: QuestionKind
    text: Line
    options: Annotated[tuple[Line, ...], msgspec.Meta(max_length=100)] = ()
    steps: int | None = None  # of a scale, from 1
    is_required: bool = False


Questions = Annotated[tuple[SurveyQuestion, ...], msgspec.Meta(max_length=200)]


class SurveyLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    title: str
    unit: str
    state: SurveyState
    is_open: bool  # it takes answers now
    closes_at: str | None
    answers: int


class Surveys(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/office/surveys: those of one's units, the latest first."""

    surveys: tuple[SurveyLine, ...]


class NewSurveyRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/surveys: a draft. The places of its questions are their order."""

    unit: Id
    title: Line
    lead: Prose = ""
    is_anonymous: bool
    closes_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    questions: Questions = ()


class NewSurvey(msgspec.Struct, frozen=True, kw_only=True):
    survey: str


class WriteSurveyRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/surveys/{survey}: write a draft anew."""

    title: Line
    lead: Prose = ""
    is_anonymous: bool
    closes_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    questions: Questions = ()
    revision: int


class OpenSurveyRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/surveys/{survey}/open and …/close."""


class SurveyLinksRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/surveys/{survey}/links: a personal link for each name."""

    names: Annotated[tuple[Line, ...], msgspec.Meta(min_length=1, max_length=2000)]


class SurveyLink(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    url: str


class SurveyLinks(msgspec.Struct, frozen=True, kw_only=True):
    """Shown once: only their hashes are kept, and a sealed copy for a repetition under the same key."""

    links: tuple[SurveyLink, ...]


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/office/surveys/{survey}."""

    id: str
    title: str
    lead: str
    unit: str
    unit_name: str
    is_anonymous: bool
    state: SurveyState
    is_open: bool
    closes_at: str | None
    url: str  # open to everybody
    revision: int
    questions: tuple[SurveyQuestion, ...]
    answers: int
    by_way: dict[str, int]  # way → answers
    links: int
    links_used: int


class AnswerValue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was answered to one question, in the field that belongs to its kind."""

    place: Place
    chosen: Annotated[tuple[int, ...], msgspec.Meta(max_length=100)] = ()  # of options, from 0
    number: int | None = None  # of a scale
    text: Prose = ""


AnswerValues = Annotated[tuple[AnswerValue, ...], msgspec.Meta(max_length=200)]


class SurveyRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """POST /api/survey: what a link leads to."""

    token: Token


class SurveyForm(msgspec.Struct, frozen=True, kw_only=True):
    """POST /api/survey: the questions as those who answer read them."""

    title: str
    lead: str
    unit: str
    is_anonymous: bool
    is_open: bool
    closes_at: str | None
    name: str  # of whom the link is; empty for the open one
    is_personal: bool
    is_answered: bool
    questions: tuple[SurveyQuestion, ...]


class SurveyAnswerRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """POST /api/survey/answer: the same key again changes nothing."""

    token: Token
    key: Key
    name: Line = ""
    values: AnswerValues


class EnterAnswerRequest(Asked, frozen=True, kw_only=True):
    """POST /api/office/surveys/{survey}/answers: an interviewer writes down what somebody says."""

    name: Line = ""
    values: AnswerValues


class QuestionCount(msgspec.Struct, frozen=True, kw_only=True):
    place: int
    labels: tuple[str, ...]
    answered: int
    counts: tuple[int, ...]  # by label; empty for a text
    mean: str | None  # of a scale, "3,4"
    texts: tuple[str, ...]
    is_hidden: bool  # too few answered it


class AnswerGroup(msgspec.Struct, frozen=True, kw_only=True):
    label: str
    size: int | None  # None: too small to be shown
    counts: tuple[int, ...]


class QuestionGroups(msgspec.Struct, frozen=True, kw_only=True):
    place: int
    groups: tuple[AnswerGroup, ...]


class SurveyResults(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/office/surveys/{survey}/results?by=…: counts, and by the answers to one question."""

    title: str
    unit: str
    is_anonymous: bool
    is_open: bool
    answers: int
    is_hidden: bool  # anonymous, and it takes answers still or fewer than five have answered
    questions: tuple[SurveyQuestion, ...]
    counts: tuple[QuestionCount, ...]
    by: int | None
    groups: tuple[QuestionGroups, ...]

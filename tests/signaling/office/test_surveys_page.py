"""docs/surveys.md says what the messages, the routes and the refusals say."""

from __future__ import annotations

from pathlib import Path

import pytest

from signaling.http import survey_office, surveys
from signaling.messages import surveys as bodies
from tests.signaling.office.documented import Page, check_example, messages_of, routed

PAGE = Page("surveys.md")
WITHIN = {
    "AnswerGroup",
    "AnswerValue",
    "QuestionCount",
    "QuestionGroups",
    "SurveyLine",
    "SurveyLink",
    "SurveyQuestion",
}


@pytest.mark.parametrize(("name", "example"), PAGE.examples)
def test_every_example_is_a_message_with_all_its_fields(name: str, example: str) -> None:
    check_example(name, example)


def test_every_body_is_shown() -> None:
    assert PAGE.shown == messages_of(bodies) - WITHIN


def test_the_table_of_requests_is_that_of_the_routes() -> None:
    sources = "\n".join(Path(module.__file__).read_text("utf-8") for module in (surveys, survey_office))
    assert PAGE.requests == routed(sources)


def test_a_refusal_is_listed_with_the_status_it_has() -> None:
    PAGE.check_refusals()

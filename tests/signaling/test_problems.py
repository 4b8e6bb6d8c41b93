"""Which problem an error is."""

from __future__ import annotations

import msgspec
import pytest

from meeting_app.errors import BadInput, MeetingClosed
from signaling.errors import Refusal, WorkerGone
from signaling.problems import problem_of, status_of


@pytest.mark.parametrize(
    ("error", "code", "status"),
    [
        (Refusal("full", seats=3), "full", 503),
        (Refusal("newer_than_our_sentences"), "failed", 500),
        (MeetingClosed("over", "state"), "closed", 410),
        (BadInput("empty", "name"), "bad_input", 400),
        (WorkerGone("silent"), "media_not_ready", 503),
        (msgspec.ValidationError("Expected `str` - at `$.text`"), "malformed", 400),
        (msgspec.ValidationError("Expected `str` of length <= 2000 - at `$.text`"), "too_large", 413),
        (ZeroDivisionError(), "failed", 500),
    ],
)
def test_an_error_has_a_sentence_and_a_status(error: Exception, code: str, status: int) -> None:
    told = problem_of(error, "en")
    assert told.code == code and told.message.endswith(".")
    assert status_of(told.code) == status


def test_the_sentence_mentions_what_it_is_about() -> None:
    assert "3 people" in problem_of(Refusal("full", seats=3), "en").message

"""Which problem an error is for the person who caused it, and its HTTP status."""

from __future__ import annotations

import msgspec

from meeting_app.errors import MeetingError
from signaling.errors import Refusal, WorkerGone
from signaling.messages import Problem
from signaling.texts import TEXTS, Language, problem

EXPECTED = (MeetingError, Refusal, WorkerGone, msgspec.ValidationError)

STATUS = {
    "bad_link": 404,
    "no_meeting": 404,
    "not_found": 404,
    "used_link": 409,
    "already_waiting": 409,
    "closed": 410,
    "no_session": 401,
    "not_allowed": 403,
    "wrong_origin": 403,
    "too_large": 413,
    "too_many": 429,
    "full": 503,
    "lobby_full": 503,
    "failed": 500,
    "not_recorded": 503,
}


def problem_of(error: Exception, language: Language) -> Problem:
    """The problem that an expected error is; any other error is `failed`."""
    match error:
        case Refusal():
            return problem(error.code, language, error.values)
        case MeetingError():
            return problem(error.code if error.code in TEXTS else "failed", language, {"field": error.field})
        case WorkerGone():
            return problem("media_not_ready", language)
        case msgspec.ValidationError():
            return problem("malformed", language, {"detail": str(error)})
    return problem("failed", language)


def status_of(code: str) -> int:
    return STATUS.get(code, 400)

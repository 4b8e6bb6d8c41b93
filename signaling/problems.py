"""Which problem an error is for the person who caused it, and its HTTP status."""

from __future__ import annotations

import msgspec

from meeting_app.errors import BadInput, LoginTaken, MeetingError
from signaling.errors import Refusal, WorkerGone
from signaling.messages import Problem
from signaling.texts import TEXTS, Language, problem

EXPECTED = (MeetingError, Refusal, WorkerGone, msgspec.ValidationError)

STATUS = {
    "bad_link": 404,
    "no_meeting": 404,
    "not_found": 404,
    "used_link": 409,
    "link_waits": 409,
    "login_taken": 409,
    "site_known": 409,
    "unit_closed": 409,
    "units_below": 409,
    "survey_unknown": 404,
    "survey_closed": 410,
    "survey_opened": 409,
    "survey_answered": 409,
    "not_of_unit": 403,
    "not_signer": 403,
    "consultation_over": 409,
    "draft_not_ready": 409,
    "gate_shut": 409,
    "units_silent": 409,
    "opinions_unanswered": 409,
    "opinions_unopened": 409,
    "opinions_full": 409,
    "consultation_changed": 409,
    "not_overdue": 409,
    "closed": 410,
    "no_session": 401,
    "other_session": 409,
    "not_signed_in": 401,
    "sign_in_failed": 401,
    "seat_given_away": 403,
    "not_allowed": 403,
    "out_of_reach": 403,
    "wrong_origin": 403,
    "no_paper": 404,
    "file_missing": 404,
    "not_marked": 422,
    "wrong_offset": 409,
    "too_large": 413,
    "file_too_large": 413,
    "too_many": 429,
    "no_room": 507,
    "full": 503,
    "lobby_full": 503,
    "media_not_ready": 503,
    "failed": 500,
    "not_recorded": 503,
}


def problem_of(error: Exception, language: Language) -> Problem:
    """The problem that an expected error is; any other error is `failed`."""
    field = None
    match error:
        case Refusal():  # a worker may refuse with a code that is newer than our sentences
            code, values = error.code, error.values
        case MeetingError():
            code, values = error.code, {}
            field = error.field if isinstance(error, BadInput | LoginTaken) else None
        case WorkerGone():
            code, values = "media_not_ready", {}
        case msgspec.ValidationError():
            # The one fault of form that a person at a keyboard can commit and mend.
            code, values = "too_large" if "of length <=" in str(error) else "malformed", {}
        case _:
            code, values = "failed", {}
    return problem(code if code in TEXTS else "failed", language, values, field)


def status_of(code: str) -> int:
    return STATUS.get(code, 400)

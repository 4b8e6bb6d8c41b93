"""Every problem has its sentence, in both languages."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import signaling
from meeting_app import errors as meeting_errors
from sfu import errors as sfu_errors
from signaling.problems import STATUS
from signaling.texts import LANGUAGES, TEXTS, language_of, problem


def subclasses(kind: type) -> set[type]:
    return {kind}.union(*(subclasses(child) for child in kind.__subclasses__()))


def codes_in_use() -> set[str]:
    sources = "\n".join(path.read_text("utf-8") for path in Path(signaling.__file__).parent.rglob("*.py"))
    raised = set(re.findall(r'Refusal\(\s*"(\w+)"', sources))
    meeting = {kind.code for kind in subclasses(meeting_errors.MeetingError)} - {"error"}
    worker = {kind.code for kind in subclasses(sfu_errors.SfuError)} - {"sfu_error"}
    return raised | meeting | worker | set(STATUS) | {"failed", "malformed", "media_not_ready"}


@pytest.mark.parametrize("code", sorted(codes_in_use()))
def test_every_code_has_a_sentence_in_every_language(code: str) -> None:
    assert len(TEXTS[code]) == len(LANGUAGES)
    assert all(text.endswith(".") for text in TEXTS[code])


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_what_happened_is_followed_by_what_to_do(code: str) -> None:
    for text in TEXTS[code]:
        assert len(re.findall(r"\.(?:\s|$)", text)) >= 2


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_advice_has_one_register(code: str) -> None:
    assert not re.search(r"\b(đề nghị|xin hãy|xin vui lòng|vui lòng)\b", TEXTS[code][0], re.IGNORECASE)


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_both_languages_mention_the_same_values(code: str) -> None:
    mentioned = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in TEXTS[code]]
    assert mentioned[0] == mentioned[1]
    assert problem(code, "vi", dict.fromkeys(mentioned[0], "1")).message


@pytest.mark.parametrize(
    ("cookie", "accept", "language"),
    [
        (None, None, "vi"),
        (None, "en-US,en;q=0.9", "en"),
        (None, "fr, vi-VN;q=0.5, en;q=0.1", "vi"),
        ("en", "vi", "en"),
        ("xx", "de", "vi"),
    ],
)
def test_the_language_of_who_asks(cookie: str | None, accept: str | None, language: str) -> None:
    assert language_of(cookie, accept) == language

"""docs/consultations.md says what the messages, the routes, the refusals and the log say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import meeting_app
from signaling.http import consultations
from signaling.messages import consultations as bodies
from tests.signaling.office.documented import Page, check_example, messages_of

PAGE = Page("consultations.md")
WITHIN = {
    "AddDraft",
    "ConsultationDraft",
    "ConsultationLine",
    "ConsultationSigner",
    "ConsultedUnit",
    "ConsultedUnitPlan",
    "Opinion",
    "OpinionReply",
    "SignatureGate",
    "Waiver",
}


@pytest.mark.parametrize(("name", "example"), PAGE.examples)
def test_every_example_is_a_message_with_all_its_fields(name: str, example: str) -> None:
    check_example(name, example)


def test_every_body_is_shown() -> None:
    assert PAGE.shown == messages_of(bodies) - WITHIN


def test_the_table_of_requests_is_that_of_the_routes() -> None:
    source = Path(consultations.__file__).read_text("utf-8")
    one = f"{consultations.AT}/{{consultation}}"
    written = {
        (
            verb.upper(),
            path.replace("{AT}", consultations.AT).replace("{one}", one).replace("{{", "{").replace("}}", "}"),
        )
        for verb, path in re.findall(r'web\.(get|post)\(\s*f"([^"]+)"', source)
    }
    written |= {
        (verb.upper(), {"AT": consultations.AT, "one": one}[name])
        for verb, name in re.findall(r"web\.(get|post)\((AT|one),", source)
    }
    assert PAGE.requests == written


def test_a_refusal_is_listed_with_the_status_it_has() -> None:
    PAGE.check_refusals()


def test_the_table_of_events_is_what_the_verbs_write() -> None:
    log = PAGE.text.split("\n## The log\n")[1].split("\n## ")[0]
    documented = set(re.findall(r"^\| `(\w+)` \|", log, re.MULTILINE))
    folder = Path(meeting_app.__file__).parent / "consultations"
    sources = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    assert documented == set(re.findall(r'await append\([^"]*"(\w+)"', sources))

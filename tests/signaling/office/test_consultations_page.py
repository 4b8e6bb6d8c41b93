"""docs/consultations.md says what the messages, the routes, the refusals and the log say."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

import meeting_app
from signaling import messages
from signaling.http import consultations
from signaling.messages import consultations as bodies
from signaling.problems import status_of
from signaling.texts import TEXTS

PAGE = (Path(__file__).parents[3] / "docs" / "consultations.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```json (\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
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


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_every_example_is_a_message_with_all_its_fields(name: str, example: str) -> None:
    kind = getattr(messages, name)
    msgspec.json.decode(example, type=kind)
    assert set(msgspec.json.decode(example)) == set(kind.__struct_encode_fields__)


def test_every_body_is_shown() -> None:
    own = {
        name
        for name, kind in vars(bodies).items()
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind.__module__ == bodies.__name__
    }
    assert {name for name, _ in EXAMPLES} == own - WITHIN


def test_the_table_of_requests_is_that_of_the_routes() -> None:
    documented = set(re.findall(r"^\| `(GET|POST) (/api/[\w/{}-]+)", PAGE, re.MULTILINE))
    source = Path(consultations.__file__).read_text("utf-8")
    one = f"{consultations.AT}/{{consultation}}"
    routed = {
        (
            verb.upper(),
            path.replace("{AT}", consultations.AT).replace("{one}", one).replace("{{", "{").replace("}}", "}"),
        )
        for verb, path in re.findall(r'web\.(get|post)\(\s*f"([^"]+)"', source)
    }
    routed |= {
        (verb.upper(), {"AT": consultations.AT, "one": one}[name])
        for verb, name in re.findall(r"web\.(get|post)\((AT|one),", source)
    }
    assert documented == routed


def test_a_refusal_is_listed_with_the_status_it_has() -> None:
    for status, code in re.findall(r"(\d{3}) `(\w+)`", PAGE):
        assert code in TEXTS and status_of(code) == int(status), code


def test_the_table_of_events_is_what_the_verbs_write() -> None:
    log = PAGE.split("\n## The log\n")[1].split("\n## ")[0]
    documented = set(re.findall(r"^\| `(\w+)` \|", log, re.MULTILINE))
    folder = Path(meeting_app.__file__).parent / "consultations"
    sources = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    assert documented == set(re.findall(r'await append\([^"]*"(\w+)"', sources))

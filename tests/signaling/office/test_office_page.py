"""docs/office.md says what the messages and the routes say."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from signaling import messages
from signaling.http import office
from signaling.messages import members, sites
from signaling.messages import office as bodies
from signaling.problems import status_of
from signaling.texts import TEXTS

PAGE = (Path(__file__).parents[3] / "docs" / "office.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```json (\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
BODIES = {
    name: kind
    for module in (bodies, members, sites)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind.__module__ == module.__name__
}


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_every_example_is_a_message_with_all_its_fields(name: str, example: str) -> None:
    kind = getattr(messages, name)
    msgspec.json.decode(example, type=kind)
    assert set(msgspec.json.decode(example)) == set(kind.__struct_encode_fields__)


def test_every_body_is_shown() -> None:
    within = {
        "Asked",
        "OfficeUnit",
        "OfficePerson",
        "OfficeMeetingLine",
        "OfficeInvited",
        "IssuedLink",
        "OfficeBrowser",
        "RoleElsewhere",
        "OfficeBody",
        "OfficeMember",
    }
    within |= {"RosterLine", "TakeRoster"}
    assert {name for name, _ in EXAMPLES} == set(BODIES) - within


def test_the_table_of_requests_is_that_of_the_routes() -> None:
    documented = set(re.findall(r"^\| `(GET|POST) (/api/[\w/{}-]+)", PAGE, re.MULTILINE))
    sources = "\n".join(path.read_text("utf-8") for path in Path(office.__file__).parent.glob("*.py"))
    routed = {(verb.upper(), path) for verb, path in re.findall(r'web\.(get|post)\("([^"]+)"', sources)}
    assert documented == routed


def test_a_refusal_is_listed_with_the_status_it_has() -> None:
    for status, code in re.findall(r"(\d{3}) `(\w+)`", PAGE):
        assert code in TEXTS and status_of(code) == int(status), code

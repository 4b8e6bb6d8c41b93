"""docs/office.md says what the messages and the routes say."""

from __future__ import annotations

from pathlib import Path

import pytest

from signaling.http import office
from signaling.messages import members, sites
from signaling.messages import office as bodies
from tests.signaling.office.documented import Page, check_example, messages_of, routed

PAGE = Page("office.md")


@pytest.mark.parametrize(("name", "example"), PAGE.examples)
def test_every_example_is_a_message_with_all_its_fields(name: str, example: str) -> None:
    check_example(name, example)


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
    assert PAGE.shown == messages_of(bodies, members, sites) - within


def test_the_table_of_requests_is_that_of_the_routes() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in Path(office.__file__).parent.glob("*.py"))
    assert PAGE.requests == routed(sources)


def test_a_refusal_is_listed_with_the_status_it_has() -> None:
    PAGE.check_refusals()

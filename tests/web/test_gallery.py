"""The gallery has every screen that a person may be left before, with the words of the service and a way on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from playwright.async_api import Page

from signaling.messages import Ended
from signaling.texts import TEXTS
from tests import browser
from tests.web import npm
from tests.web.gallery import screens, show

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]

SIZE = "phone"
STATE = npm.WEB / "src" / "state"
PROTOCOL = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text("utf-8")
AT_THE_DOOR = (
    "POST /api/link", "POST /api/enter", "POST /api/knock", "GET /api/me", "GET /api/meetings/{meeting}",
    "POST /api/check-in", "GET /api/room", "POST /api/room",
)  # fmt: skip
NEVER_SHOWN = {
    "already_so",  # the page goes in instead
    "key_reused",  # a page sends each key with one code
    "name_needed",  # the form asks for it before it is sent
    "other_session",  # as one that was replaced
}
DOORS = ("enter", "knock", "meeting", "check-in", "room")
NOTHING_TO_PRESS = {
    "enter-bad_link",  # the right link has to be found first
    "meeting-full",  # the page asks again by itself
}

SAID = "() => document.querySelector('[role=alert]')?.innerText.replace(/\\s+/g, ' ')"
WAYS = "() => document.querySelectorAll('main :is(button, a.button)').length"


def refusals() -> set[str]:
    """What the page of the protocol says is refused at the door, and to a socket."""
    rows = [line.split("|") for line in PROTOCOL.splitlines() if line.startswith("| `")]
    asked = {row[1].strip().split("`")[1]: row for row in rows if "/api/" in row[1]}
    said = [asked[request][3] for request in AT_THE_DOOR]
    said += re.findall(r"^A refused connection.*$", PROTOCOL, re.MULTILINE)
    return {code for text in said for code in re.findall(r"`(\w+)`", text) if code in TEXTS} - NEVER_SHOWN


def cases(source: str, union: str) -> set[str]:
    """The names in a union of `web/src/state`."""
    declared = re.search(rf"^export type {union} =\n((?:  \|.*\n)+)", (STATE / source).read_text("utf-8"), re.MULTILINE)
    return set(re.findall(r"\| (?:\{ screen: )?'([\w-]+)'", declared[1]))


async def test_every_screen_that_ends_or_refuses_is_there(page: Page, gallery: str):
    names = await screens(page, gallery, SIZE) + await screens(page, gallery, "wall")
    refused = {name.rpartition("-")[2] for name in names if name.startswith(DOORS)}
    [reasons] = [get_args(hint) for field, hint in get_type_hints(Ended).items() if field == "reason"]
    assert refusals() <= refused
    assert {f"ended-{reason}" for reason in (*reasons, "left", "withdrawn")} <= set(names)
    assert {f"check-{reason}" for reason in cases("refusals.ts", "Refusal")} <= set(names)


async def test_every_address_leads_to_a_screen_that_is_there(page: Page, gallery: str):
    names = await screens(page, gallery, SIZE) + await screens(page, gallery, "wall")
    routes = cases("route.ts", "Route")
    assert "nowhere" in routes
    assert not {route for route in routes if not any(f"{name}-".startswith(f"{route}-") for name in names)}


async def test_every_refusal_is_said_and_leaves_a_way_on(page: Page, gallery: str):
    for name in await screens(page, gallery, SIZE):
        door, _, code = name.rpartition("-")
        if door in DOORS and code in TEXTS.keys() - NEVER_SHOWN:
            await show(page, gallery, name, "light")
            assert TEXTS[code][0].split("{")[0].strip() in await page.evaluate(SAID), name
            assert await page.evaluate(WAYS) or name in NOTHING_TO_PRESS, name

"""docs/protocol.md says what the types say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

import meeting_app
from meeting_app.documents import ink
from meeting_app.documents.uploads import MOST_BYTES, MOST_UNFINISHED
from meeting_app.lobby import AWAY_AT_MOST
from signaling import messages, sockets, views
from signaling.app import create_app
from signaling.files import RESERVE
from signaling.gate import NAMELESS_AT_MOST_S
from signaling.http import notes, papers, uploads
from signaling.meeting import SEATED_ALWAYS
from signaling.messages import consultations, members, office, sites, surveys
from signaling.problems import status_of
from signaling.settings import Settings
from signaling.texts import TEXTS
from tests.signaling.office.documented import Page, messages_of
from web.generate_protocol import own_messages, reached

PAGE = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text("utf-8")
OTHERS = ("consultations", "surveys")  # which write no event of a meeting
OTHER_PAGES = ("consultations.md", "office.md", "surveys.md")  # which have tables of addresses too
FOR_PROGRAMS = ("/api/", "/healthz", "/readyz", "/metrics")  # what else is answered is pages and their files
BLOCK = re.compile(r"^```json(?: (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
UNIONS = {
    "Commands": messages.AnyCommand,
    "Media": messages.AnyMedia,
    "Pushes": messages.AnyPush,
    "Answers": messages.Result,
}


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def examples(title: str) -> list[tuple[str, str]]:
    return BLOCK.findall(section(title))


def test_every_block_is_json() -> None:
    for _, text in BLOCK.findall(PAGE):
        msgspec.json.decode(text)


def test_what_a_page_says_of_itself_is_what_is_read_of_it() -> None:
    [said] = [msgspec.json.decode(text) for name, text in examples("Connection") if name == "auth"]
    read = re.findall(r'_said\(auth, "(\w+)"\)', Path(sockets.__file__).read_text("utf-8"))
    assert set(said) == set(read)


@pytest.mark.parametrize("title", UNIONS)
def test_every_example_is_a_message(title: str) -> None:
    decode = msgspec.json.Decoder(UNIONS[title]).decode
    for _, text in examples(title):
        decode(text)


@pytest.mark.parametrize("title", ["Commands", "Media", "Pushes"])
def test_every_message_has_an_example(title: str) -> None:
    shown = {msgspec.json.decode(text)["type"] for _, text in examples(title)}
    assert shown == {kind.__struct_config__.tag for kind in get_args(UNIONS[title])}


def bodies() -> set[str]:
    """The messages that travel alone over HTTP: parts of others and what Socket.IO carries are none, but for three.

    Those of the office have pages of their own.
    """
    own = own_messages()
    parts = set().union(*(reached(message) - {message} for message in own.values()))
    carried = set().union(*map(reached, UNIONS.values()))
    alone = {name for name, message in own.items() if message not in parts | carried}
    return (alone | {"Problem", "Entered", "Invitation"}) - messages_of(consultations, members, office, sites, surveys)


def test_every_body_is_shown_and_fits() -> None:
    named = examples("HTTP")
    for name, text in named:
        msgspec.json.decode(text, type=getattr(messages, name))
    assert {name for name, _ in named} == bodies()


def test_the_examples_name_every_field() -> None:
    """A field that no example shows is a field that nobody finds."""
    shown: dict[str, set[str]] = {}
    for title in UNIONS:
        for _, text in examples(title):
            example: dict[str, Any] = msgspec.json.decode(text)
            shown.setdefault(example.get("type", title), set()).update(example)
    for name, text in examples("HTTP"):
        shown.setdefault(name, set()).update(msgspec.json.decode(text))
    for title in ("Commands", "Media", "Pushes"):
        for kind in get_args(UNIONS[title]):
            assert set(kind.__struct_encode_fields__) <= shown[kind.__struct_config__.tag], kind
    assert set(messages.Result.__struct_encode_fields__) <= shown["Answers"]
    for name in bodies():
        assert set(getattr(messages, name).__struct_encode_fields__) <= shown[name], name


def test_the_table_of_events_is_that_of_the_log() -> None:
    paths = [path for path in Path(meeting_app.__file__).parent.rglob("*.py") if path.parent.name not in OTHERS]
    sources = "\n".join(path.read_text("utf-8") for path in paths)
    logged = set(re.findall(r'(?<!\.)(?:append|chain)\([^"]*"(\w+)"', sources))
    documented = set(re.findall(r"^\| `(\w+)` \|", section("Events"), re.MULTILINE))
    assert documented == logged and views.WITHHELD not in logged


async def test_the_table_of_addresses_is_that_of_the_routes(tmp_path: Path) -> None:
    app = await create_app(Settings(data=tmp_path, demo=True))
    try:
        routes = {(route.method, route.resource.canonical) for route in app.router.routes()}
    finally:
        await app.cleanup()
    answered = {(verb, at) for verb, at in routes if verb != "HEAD" and at.startswith(FOR_PROGRAMS)}
    elsewhere = set().union(*(Page(name).requests for name in OTHER_PAGES))
    rows = "\n".join(re.findall(r"^\| (`[A-Z]+ /.*?) \|", section("HTTP"), re.MULTILINE))
    assert set(re.findall(r"`([A-Z]+) (/[^`? ]+)", rows)) == answered - elsewhere


def often(burst: int, per_s: float) -> str:
    """How a limit that fills up again is written."""
    on_average = f"{per_s:.0f} a second" if per_s > 1 else "one a second" if per_s == 1 else f"one in {1 / per_s:.0f} s"
    return f"{burst} at once, {on_average} on average"


def test_the_limits_are_those_of_the_settings() -> None:
    given = Settings()
    strokes = f"{ink.STROKES_A_PAGE} on a page, {ink.STROKES_A_MEETING} in a meeting"
    files = f"{MOST_BYTES // 2**30} GiB, and what the disk has besides {RESERVE // 2**20} MiB"
    _, rows = section("Connection").split("|---|---|---|\n")
    assert dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|", rows, re.MULTILINE)) == {
        "size of a frame, with the `42…` before the message": f"{given.message_bytes // 1024} KB",
        "messages of a connection": often(given.messages_burst, given.messages_per_s),
        "of them offers": often(given.offers_burst, given.offers_per_s),
        "uses of links, knocks and QR codes from one address": often(given.entries_burst, given.entries_per_s),
        "files that one person announces": often(uploads.ANNOUNCED_BURST, uploads.ANNOUNCED_PER_S),
        "pieces of files from one person": often(uploads.PIECES_BURST, uploads.PIECES_PER_S),
        "files with one person's name on them, made for them": often(papers.TAKEN_BURST, papers.TAKEN_PER_S),
        "notes that one person writes": often(notes.NOTES_BURST, notes.NOTES_PER_S),
        "strokes that one person draws or rubs out": often(notes.STROKES_BURST, notes.STROKES_PER_S),
        "strokes of one person": strokes,
        "files of one person on their way": f"{MOST_UNFINISHED}",
        "files of one meeting together": files,
        "people who wait at the door from one address": f"{given.knocks}, and {given.knocks} knocks a minute",
        "a device that waits and is not connected": f"{AWAY_AT_MOST.total_seconds() / 60:.0f} minute",
        "connections, and questions who one is, from one address": often(given.visits_burst, given.visits_per_s),
        "a connection whose page does not say who it is, or was shown out and stays": f"{NAMELESS_AT_MOST_S:.0f} s",
        "binary messages, acknowledgements, a second CONNECT, what is no message": "none",
        "connected participants of a meeting": f"{given.seats}",
    }


def test_those_for_whom_there_is_always_room_are_named() -> None:
    [row] = re.findall(r"^\| connected participants.*$", section("Connection"), re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", row)) == {"full", *SEATED_ALWAYS}


def test_a_refusal_is_listed_with_the_status_it_has() -> None:
    listed = re.findall(r"(\d{3}) ((?:`\w+`(?:, )?)+)", section("HTTP"))
    assert listed
    for status, codes in listed:
        for code in re.findall(r"\w+", codes):
            assert code in TEXTS and status_of(code) == int(status), code

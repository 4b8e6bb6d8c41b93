"""docs/control.md says what `sfu.control` says."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import pytest

from sfu import control, errors, listener

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "control.md").read_text("utf-8")
BLOCK = re.compile(r"^```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DECODERS = {"Requests": control.decode_request, "Replies": control.decode_event, "Events": control.decode_event}
MESSAGES = {
    "Requests": set(control.AnyRequest.__args__),
    "Replies": {control.Reply},
    "Events": set(control.AnyEvent.__args__) - {control.Reply},
}
STRUCTS = [kind for kind in vars(control).values() if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]
ABSTRACT = {control.Message, control.Request}


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def examples(title: str) -> list[tuple[msgspec.Struct, dict[str, Any]]]:
    """Each example as the contract understands it, and as it is written."""
    return [(DECODERS[title](text), msgspec.json.decode(text)) for text in BLOCK.findall(section(title))]


def shown(message: msgspec.Struct, written: dict[str, Any], found: dict[type, set[str]]) -> None:
    """Note which fields of `message` and of what it holds are written down."""
    found[type(message)] |= written.keys()
    for name in message.__struct_fields__:
        inner = getattr(message, name)
        for at, part in enumerate(inner if isinstance(inner, tuple) else ()):
            if isinstance(part, msgspec.Struct):
                shown(part, written[name][at], found)


def test_every_block_is_in_a_section_of_messages() -> None:
    assert len(BLOCK.findall(PAGE)) == sum(len(examples(title)) for title in DECODERS)


@pytest.mark.parametrize("title", DECODERS)
def test_every_message_has_an_example(title: str) -> None:
    assert {type(message) for message, _ in examples(title)} == MESSAGES[title]


def test_the_examples_name_every_field_and_no_other() -> None:
    found: dict[type, set[str]] = defaultdict(set)
    for title in DECODERS:
        for message, written in examples(title):
            shown(message, written, found)
    fields = {kind: set(kind.__struct_encode_fields__) for kind in STRUCTS if kind not in ABSTRACT}
    assert {kind: names - {"type"} for kind, names in found.items()} == fields


def literals(hint: Any) -> set[str]:
    """The words that a type allows, however deep they are."""
    if get_origin(hint) is Literal:
        return set(get_args(hint))
    return set().union(*map(literals, get_args(hint))) if get_args(hint) else set()


def test_every_word_that_a_field_may_hold_is_on_the_page() -> None:
    words = set().union(*(literals(hint) for kind in STRUCTS for hint in get_type_hints(kind).values()))
    assert {"downlink", "handshake", "poor", "voice", "q"} <= words
    assert words <= set(re.findall(r"`(\w+)`", PAGE))


def test_refusals_are_those_of_the_errors() -> None:
    codes = {error.code for error in errors.SfuError.__subclasses__()}
    assert set(re.findall(r"^\| `(\w+)` \|", section("Replies"), re.MULTILINE)) == codes
    named = re.findall(r"[Rr]efused with ((?:`\w+`(?:, )?)+)", section("Requests"))
    assert set(re.findall(r"\w+", " ".join(named))) == codes


def test_the_limits_are_those_of_the_listener() -> None:
    limits = section("Connection")
    assert f"| a request | {listener.LONGEST_REQUEST // 1024} KB |" in limits
    assert f"| messages that a director leaves unread | {listener.WAITING_EVENTS} |" in limits


def test_who_reads_about_the_processes_finds_the_page() -> None:
    assert "(control.md)" in (DOCS / "architecture.md").read_text("utf-8")

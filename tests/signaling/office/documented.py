"""A page of docs/ about requests: its examples, its table of addresses and its refusals, held against the code."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import msgspec

from signaling import messages
from signaling.problems import status_of
from signaling.texts import TEXTS

DOCS = Path(__file__).parents[3] / "docs"


class Page:
    def __init__(self, name: str) -> None:
        self.text = (DOCS / name).read_text("utf-8")
        self.examples: list[tuple[str, str]] = re.findall(
            r"^```json (\w+)\n(.*?)^```$", self.text, re.MULTILINE | re.DOTALL
        )

    @property
    def shown(self) -> set[str]:
        """The messages that have an example."""
        return {name for name, _ in self.examples}

    @property
    def requests(self) -> set[tuple[str, str]]:
        """Verb and address, by the table."""
        return set(re.findall(r"^\| `(GET|POST) (/api/[\w/{}-]+)", self.text, re.MULTILINE))

    def check_refusals(self) -> None:
        for status, code in re.findall(r"(\d{3}) `(\w+)`", self.text):
            assert code in TEXTS and status_of(code) == int(status), code


def check_example(name: str, example: str) -> None:
    """It is a message with all its fields."""
    kind = getattr(messages, name)
    msgspec.json.decode(example, type=kind)
    assert set(msgspec.json.decode(example)) == set(kind.__struct_encode_fields__)


def messages_of(*modules: ModuleType) -> set[str]:
    """The messages that these modules define themselves."""
    return {
        name
        for module in modules
        for name, kind in vars(module).items()
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind.__module__ == module.__name__
    }


def routed(sources: str) -> set[tuple[str, str]]:
    """Verb and address of the routes whose address is written out."""
    return {(verb.upper(), path) for verb, path in re.findall(r'web\.(get|post)\("([^"]+)"', sources)}

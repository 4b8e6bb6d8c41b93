"""The table of who may know whom, as docs/architecture.md has it, held against the imports themselves."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("sfu", "meeting_app", "signaling", "converter", "demo", "bench", "tests")


@dataclass(frozen=True)
class Rule:
    """What modules under `package` may import of ours, and what foreign modules they stay free of."""

    package: str
    ours: tuple[str, ...]
    free_of: tuple[str, ...] = ()


def rules(page: str) -> list[Rule]:
    """The rows of the page's table of parts that speak of imports."""
    table = page.split("\n## Parts\n")[1].split("\n## ")[0]
    found = []
    for part, _, ours, free_of in re.findall(r"^\| `([\w.]+)` \| (.*?) \| (.*?) \|(.*)\|$", table, re.MULTILINE):
        if ours:
            named = PACKAGES if ours == "all" else tuple(re.findall(r"`([\w.]+)`", ours))
            found.append(Rule(part, named, tuple(re.findall(r"`([\w.]+)`", free_of))))
    return found


RULES = rules((ROOT / "docs" / "architecture.md").read_text("utf-8"))


def is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")


def module_name(path: Path, root: Path = ROOT) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def exists(module: str) -> bool:
    path = ROOT.joinpath(*module.split("."))
    return path.is_dir() or path.with_suffix(".py").exists()


def imports(source: str, module: str, is_package: bool) -> Iterator[str]:
    """The modules that `source` names anywhere; `from a import b` is a.b where that is a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".")
                parts = parts[: len(parts) - node.level + is_package]
                base = ".".join([*parts, base] if base else parts)
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield inner if exists(inner) else base


def offences(source: str, module: str, is_package: bool = False) -> list[str]:
    rule = max((rule for rule in RULES if is_within(module, rule.package)), key=lambda rule: len(rule.package))
    allowed = (rule.package, *rule.ours)
    found = []
    for imported in imports(source, module, is_package):
        is_ours = any(is_within(imported, package) for package in PACKAGES)
        is_allowed = not is_ours or any(is_within(imported, package) for package in allowed)
        if not is_allowed or any(is_within(imported, name) for name in rule.free_of):
            found.append(f"{module} -> {imported}")
    return found


def test_the_table_has_a_row_for_every_package():
    assert {rule.package for rule in RULES} == {"sfu.wire", "sfu.flow", *PACKAGES}
    named = {name for rule in RULES for name in rule.ours}
    assert all(exists(name) for name in named), named
    assert [rule for rule in RULES if rule.package == "sfu.wire"] == [
        Rule("sfu.wire", ours=(), free_of=("asyncio", "time", "logging", "aiortc"))
    ]


def test_every_import_is_in_the_table():
    found = [
        offence
        for path in modules()
        for offence in offences(path.read_text(), module_name(path), path.name == "__init__.py")
    ]
    assert not found, "\n".join(found)


def test_aiortc_is_known_to_two_modules():
    found = {
        (module, imported)
        for path in modules()
        if not is_within(module := module_name(path), "tests")
        for imported in imports(path.read_text(), module, path.name == "__init__.py")
        if is_within(imported, "aiortc")
    }
    assert found == {("sfu.negotiation", "aiortc.sdp"), ("sfu.dtls", "aiortc.rtcdtlstransport")}


@pytest.mark.parametrize(
    ("module", "source", "arrow"),
    [
        ("sfu.wire.rtp", "import asyncio.events", "sfu.wire.rtp -> asyncio.events"),
        ("sfu.wire.rtp", "from ..flow import nack", "sfu.wire.rtp -> sfu.flow"),
        ("sfu.flow.nack", "def f():\n    from time import monotonic", "sfu.flow.nack -> time"),
        ("sfu.flow.nack", "from sfu import control", "sfu.flow.nack -> sfu.control"),
        ("sfu.worker", "import meeting_app.floor", "sfu.worker -> meeting_app.floor"),
        ("meeting_app.floor", "import aiohttp", "meeting_app.floor -> aiohttp"),
        ("signaling.media", "import sfu.worker", "signaling.media -> sfu.worker"),
        ("signaling.media", "import demo.bots", "signaling.media -> demo.bots"),
        ("signaling.conversion", "import converter.pages", "signaling.conversion -> converter.pages"),
        ("converter.pages", "import aiohttp", "converter.pages -> aiohttp"),
    ],
)
def test_an_arrow_that_is_not_in_the_table_is_named(module, source, arrow):
    [offence] = offences(source, module)
    assert offence.startswith(arrow)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("sfu.wire.rtp", "from . import seq"),
        ("sfu.flow.nack", "from sfu.wire.seq import newer"),
        ("sfu.worker", "import asyncio\nfrom sfu.flow import nack"),
        ("signaling.media", "from sfu import control"),
        ("demo.bots", "from sfu.control import Demand"),
    ],
)
def test_an_arrow_of_the_table_is_fine(module, source):
    assert offences(source, module) == []


def test_every_module_says_what_it_holds():
    silent = [
        module_name(path)
        for path in modules()
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert not silent, "without a docstring: " + ", ".join(silent)

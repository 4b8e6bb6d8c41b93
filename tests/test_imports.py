"""The table of who may know whom, drawn from the imports themselves."""

from __future__ import annotations

import ast
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


# The first rule whose package fits a module applies to it. A package may always import itself.
RULES = (
    Rule("sfu.wire", ours=(), free_of=("asyncio", "time", "logging", "aiortc")),
    Rule("sfu.flow", ours=("sfu.wire",), free_of=("asyncio", "time", "socket")),
    Rule("sfu", ours=()),
    Rule("converter", ours=(), free_of=("asyncio", "socketio", "aiohttp")),
    Rule("meeting_app", ours=(), free_of=("socketio", "aiohttp")),
    Rule("signaling", ours=("meeting_app", "sfu.control", "converter.control")),
    Rule("demo", ours=("meeting_app", "sfu", "signaling", "converter")),
    Rule("bench", ours=PACKAGES),
    Rule("tests", ours=PACKAGES),
)


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
    rule = next(rule for rule in RULES if is_within(module, rule.package))
    allowed = (rule.package, *rule.ours)
    found = []
    for imported in imports(source, module, is_package):
        is_ours = any(is_within(imported, package) for package in PACKAGES)
        if is_ours and not any(is_within(imported, package) for package in allowed):
            found.append(f"{module} -> {imported}")
        if any(is_within(imported, foreign) for foreign in rule.free_of):
            found.append(f"{module} -> {imported}")
    return found


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

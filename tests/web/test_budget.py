"""How much a phone must load before it is useful, compressed, and that a strict content policy lets it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ENTRY, HALL = "index.html", "src/views/inside.ts"
KB = 1024


@pytest.fixture(scope="module")
def manifest(bundle: Path) -> dict:
    return json.loads((bundle / ".vite" / "manifest.json").read_text())


def files(manifest: dict, *roots: str) -> tuple[set[str], set[str]]:
    """Scripts and styles that a page needs for `roots`, with everything they import at once."""
    scripts, styles, waiting = set(), set(), list(roots)
    while waiting:
        chunk = manifest[waiting.pop()]
        if chunk["file"] not in scripts:
            scripts.add(chunk["file"])
            styles.update(chunk.get("css", ()))
            waiting += chunk.get("imports", ())
    return scripts, styles


def compressed(bundle: Path, names: set[str]) -> int:
    return sum((bundle / f"{name}.br").stat().st_size for name in names)


@pytest.mark.parametrize(("roots", "limit_kb"), [((ENTRY,), 35), ((ENTRY, HALL), 90)], ids=["entry", "hall"])
def test_scripts_stay_within_budget(bundle, manifest, roots, limit_kb):
    scripts, _ = files(manifest, *roots)
    size = compressed(bundle, scripts)
    print(f"{' + '.join(roots)}: {size / KB:.1f} of {limit_kb} KB")
    assert 0 < size <= limit_kb * KB


def test_styles_stay_within_budget(bundle, manifest):
    _, styles = files(manifest, ENTRY, HALL)
    size = compressed(bundle, styles)
    print(f"styles: {size / KB:.1f} of 15 KB")
    assert 0 < size <= 15 * KB


def test_fonts_and_hall_do_not_delay_the_first_screen(manifest):
    scripts, styles = files(manifest, ENTRY)
    assert manifest[HALL]["file"] not in scripts
    assert not any("fonts" in name for name in styles)


def test_a_strict_content_policy_lets_the_page_run(bundle):
    page = (bundle / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", page))
    for script in (bundle / "assets").glob("*.js"):
        assert not re.search(r"\beval\(|new Function\(", script.read_text(encoding="utf-8")), script.name


def test_nothing_made_up_is_shipped(bundle):
    assert not any("Lam Sơn" in script.read_text() for script in (bundle / "assets").glob("*.js"))


def test_text_files_have_compressed_siblings(bundle):
    for name in [*(bundle / "assets").glob("*.js"), *(bundle / "assets").glob("*.css"), bundle / "index.html"]:
        assert name.with_name(name.name + ".br").is_file()
        assert name.with_name(name.name + ".gz").is_file()

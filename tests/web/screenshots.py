"""Pictures of every screen, for people to look at: `./hoitruong python -m tests.web.screenshots FOLDER`.

Writes SCREEN-SIZE-THEME.png for each screen of the gallery, and SIZE-THEME.png with all of them side by side.
`--screen`, `--size` and `--theme`, each of them more than once, ask for some alone.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests import browser
from tests.web import npm
from tests.web.gallery import SETTLED, SIZES, THEMES, screens, served, show, window

SHOWN_MS = 5_000
ALL_PLAY = "() => [...document.querySelectorAll('video')].every(video => video.currentTime > 0)"
SHEET = """<style>
  body { margin: 16px; display: flex; flex-wrap: wrap; gap: 16px; background: #888; font: 16px sans-serif }
  figure { margin: 0 }
  img { display: block; max-width: 474px; max-height: 620px }
</style>"""


@dataclass(frozen=True)
class Wanted:
    """Each all where it is empty."""

    screen: Sequence[str]
    size: Sequence[str]
    theme: Sequence[str]


async def take_all(gallery: str, folder: Path, wanted: Wanted) -> None:
    """Raises LookupError for a wanted screen that none of these sizes has."""
    async with async_playwright() as playwright:
        chromium = await browser.launch(playwright)
        taken: set[str] = set()
        for size in wanted.size or SIZES:
            for theme in wanted.theme or THEMES:
                taken.update(await take(chromium, gallery, folder, size, theme, wanted.screen))
        await chromium.close()
    if missing := set(wanted.screen) - taken:
        raise LookupError(f"no such screen of this size: {', '.join(sorted(missing))}")


async def take(
    chromium: Browser, gallery: str, folder: Path, size: str, theme: str, wanted: Sequence[str]
) -> list[str]:
    """The names of the screens taken; of `wanted`, or all if that is empty."""
    page = await window(chromium, size)
    names = [name for name in await screens(page, gallery, size) if not wanted or name in wanted]
    for name in names:
        await show(page, gallery, name, theme)
        await page.wait_for_function(ALL_PLAY, timeout=SHOWN_MS)
        await page.evaluate(SETTLED)
        await page.screenshot(path=folder / f"{name}-{size}-{theme}.png", full_page=True)
    await page.close()
    if names:
        await lay_out(chromium, folder, names, f"{size}-{theme}")
    return names


async def lay_out(chromium: Browser, folder: Path, names: list[str], ending: str) -> None:
    page = await chromium.new_page(viewport={"width": 2000, "height": 100})
    with tempfile.NamedTemporaryFile("w", dir=folder, suffix=".html") as sheet:
        figures = (f'<figure>{name}<img src="{name}-{ending}.png"></figure>' for name in names)
        sheet.write(SHEET + "".join(figures))
        sheet.flush()
        await page.goto(Path(sheet.name).as_uri())
        await page.screenshot(path=folder / f"{ending}.png", full_page=True)
    await page.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--screen", action="append", default=[], help="one of the gallery's names")
    parser.add_argument("--size", action="append", default=[], choices=SIZES)
    parser.add_argument("--theme", action="append", default=[], choices=THEMES)
    given = parser.parse_args()
    folder = given.folder.resolve()
    wanted = Wanted(given.screen, given.size, given.theme)
    if reason := browser.why_not() or npm.why_not():
        sys.exit(reason)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as built, served(Path(built)) as gallery:
        try:
            asyncio.run(take_all(gallery, folder, wanted))
        except LookupError as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main()

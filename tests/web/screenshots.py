"""Pictures of every screen, for people to look at: `./hoitruong python -m tests.web.screenshots FOLDER`.

Writes SCREEN-SIZE-THEME.png for each screen of the gallery, and SIZE-THEME.png with all of them side by side.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
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


async def take_all(gallery: str, folder: Path) -> None:
    async with async_playwright() as playwright:
        chromium = await browser.launch(playwright)
        for size in SIZES:
            for theme in THEMES:
                await take(chromium, gallery, folder, size, theme)
        await chromium.close()


async def take(chromium: Browser, gallery: str, folder: Path, size: str, theme: str) -> None:
    page = await window(chromium, size)
    names = await screens(page, gallery, size)
    for name in names:
        await show(page, gallery, name, theme)
        await page.wait_for_function(ALL_PLAY, timeout=SHOWN_MS)
        await page.evaluate(SETTLED)
        await page.screenshot(path=folder / f"{name}-{size}-{theme}.png", full_page=True)
    await page.close()
    await lay_out(chromium, folder, names, f"{size}-{theme}")


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
    folder = parser.parse_args().folder.resolve()
    if reason := browser.why_not() or npm.why_not():
        sys.exit(reason)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as built, served(Path(built)) as gallery:
        asyncio.run(take_all(gallery, folder))


if __name__ == "__main__":
    main()

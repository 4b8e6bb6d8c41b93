"""Every screen, on every form of device, in light and dark: nothing that axe-core finds, nothing cut off."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from playwright.async_api import Browser, Error, Page

from tests import browser
from tests.web import npm
from tests.web.gallery import SIZES, screens, show, window

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]

AXE = npm.WEB / "node_modules" / "axe-core" / "axe.min.js"
ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Light and dark differ in their colours alone.
COLOUR_RULES = {"type": "rule", "values": ["color-contrast"]}
# A telephone that lies differs from one that stands in its layout alone.
LAYOUT_RULES = {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}
# Without the transitions: a colour halfway between two themes is nobody's.
DARK = """() => {
  const still = Object.assign(document.createElement('style'), {textContent: '* { transition: none !important }'});
  document.head.append(still);
  document.documentElement.dataset.theme = 'dark';
}"""
# What watches sizes has been told in the first frame, and what follows from that is there in the second.
DRAWN = "() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
TOUCH_PX = 44

FIND = """async rules => {
  // Of what is as it should be no details; and no style sheets for rules that are not asked for.
  const found = await axe.run(document, {runOnly: rules, resultTypes: ['violations'], preload: false});
  return found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.target + ' ' + n.failureSummary).join(' | ')}`);
}"""
CUT = "() => document.documentElement.scrollWidth - window.innerWidth"
# The hall fills the window, and what scrolls there are its parts.
LONG = "() => document.querySelector('.hall') ? document.documentElement.scrollHeight - window.innerHeight : 0"
SMALL = """least => [...document.querySelectorAll('button, a.button, input, select')]
  .filter(e => e.checkVisibility({visibilityProperty: true}))
  .map(e => [e.getAttribute('aria-label') || e.textContent, e.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.width < least - 0.5 || box.height < least - 0.5))
  .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)"""


# Several walks, so that two workers share them.
PARTS = 6
# A window that is turned or drawn wide must be right as one that was opened so; the first is the size it opens in.
DEVICES = ("phone", "phone-lying", "desktop")


@pytest.mark.timeout(400)
@pytest.mark.parametrize("part", range(PARTS))
async def test_every_screen(chromium, gallery, part):
    await walk(chromium, gallery, DEVICES, part)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("part", range(2))
async def test_every_screen_of_the_wall(chromium, gallery, part):
    await walk(chromium, gallery, ("wall",), part, parts=2)


async def walk(chromium: Browser, gallery: str, sizes: Sequence[str], part: int, parts: int = PARTS) -> None:
    page = await window(chromium, sizes[0])
    await page.add_init_script(path=AXE)
    names = (await screens(page, gallery, sizes[0]))[part::parts]
    assert names
    faults = {name: await look(page, gallery, name, sizes) for name in names}
    await page.close()
    assert not {name: found for name, found in faults.items() if found}


async def look(page: Page, gallery: str, screen: str, sizes: Sequence[str]) -> list[str]:
    """What is wrong with one screen."""
    thrown: list[str] = []
    faults: list[str] = []

    def note(error: Error) -> None:
        thrown.append(f"script: {error}")

    page.on("pageerror", note)
    await draw(page, sizes[0])
    await show(page, gallery, screen, "light")
    for size in sizes:
        await draw(page, size)
        found = await found_twice(page, LAYOUT_RULES if size == "phone-lying" else ALL_RULES)
        if (cut := await page.evaluate(CUT)) > 0:
            found.append(f"{cut} px wider than the screen")
        if (long := await page.evaluate(LONG)) > 0:
            found.append(f"{long} px longer than the screen")
        found += [f"too small: {each}" for each in await page.evaluate(SMALL, TOUCH_PX)]
        faults += [f"{size}: {each}" for each in found]
    await page.evaluate(DARK)
    for size in reversed(sizes):
        if size != "phone-lying":
            await draw(page, size)
            faults += [f"{size}, dark: {each}" for each in await found_twice(page, COLOUR_RULES)]
    page.remove_listener("pageerror", note)
    return faults + thrown


async def draw(page: Page, size: str) -> None:
    """Give the window a size, and wait until the screen has followed."""
    width, height = SIZES[size]
    await page.set_viewport_size({"width": width, "height": height})
    await page.evaluate(DRAWN)


async def found_twice(page: Page, rules: dict[str, object]) -> list[str]:
    """What axe-core finds and, a moment later, finds again: a style that is just being applied is no fault."""
    found = await page.evaluate(FIND, rules)
    if not found:
        return []
    await page.wait_for_timeout(300)
    again = await page.evaluate(FIND, rules)
    return [one for one in found if one in again]

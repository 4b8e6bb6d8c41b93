"""Every screen, on every form of device, in light and dark: nothing that axe-core finds, nothing cut off."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from tests import browser
from tests.web import npm
from tests.web.gallery import SIZES, THEMES, screens, show, window

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]

AXE = npm.WEB / "node_modules" / "axe-core" / "axe.min.js"
# Light and dark differ in their colours alone.
ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOUR_RULES = {"type": "rule", "values": ["color-contrast"]}
TOUCH_PX = 44

FIND = """async rules => {
  const found = await axe.run(document, {runOnly: rules});
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


@pytest.mark.timeout(400)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
async def test_every_screen(chromium, gallery, size, theme):
    page = await window(chromium, size)
    await page.add_init_script(path=AXE)
    names = await screens(page, gallery, size)
    assert names
    faults = {name: await look(page, gallery, name, theme) for name in names}
    await page.close()
    assert not {name: found for name, found in faults.items() if found}


async def look(page: Page, gallery: str, screen: str, theme: str) -> list[str]:
    """What is wrong with one screen."""
    rules = ALL_RULES if theme == "light" else COLOUR_RULES
    errors: list[str] = []
    page.once("pageerror", lambda error: errors.append(f"script: {error}"))
    await show(page, gallery, screen, theme)
    found = await page.evaluate(FIND, rules)
    if found:  # a style that is just being applied is none; what a second look still finds is
        await page.wait_for_timeout(300)
        again = await page.evaluate(FIND, rules)
        found = [one for one in found if one in again]
    faults = errors + found
    if (cut := await page.evaluate(CUT)) > 0:
        faults.append(f"{cut} px wider than the screen")
    if (long := await page.evaluate(LONG)) > 0:
        faults.append(f"{long} px longer than the screen")
    return faults + [f"too small: {each}" for each in await page.evaluate(SMALL, TOUCH_PX)]

"""Every screen, on every form of device, in light and dark: nothing that axe-core finds, nothing cut off."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from tests import browser

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.browser,
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
SIZES = {"phone": (390, 844), "desktop": (1440, 900), "wall": (1920, 1080)}
# Light and dark differ in their colours alone.
ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOUR_RULES = {"type": "rule", "values": ["color-contrast"]}
TOUCH_PX = 44

FIND = """async rules => {
  const found = await axe.run(document, {runOnly: rules});
  return found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.target + ' ' + n.failureSummary).join(' | ')}`);
}"""
SETTLED = """async () => {
  await document.fonts.ready;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
CUT = "() => document.documentElement.scrollWidth - window.innerWidth"
SMALL = """least => [...document.querySelectorAll('button, a.button, input, select')]
  .filter(e => e.checkVisibility({visibilityProperty: true}))
  .map(e => [e.getAttribute('aria-label') || e.textContent, e.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.width < least - 0.5 || box.height < least - 0.5))
  .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        running = await browser.launch(playwright)
        yield running
        await running.close()


@pytest.mark.timeout(400)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
async def test_every_screen(chromium, gallery, size, theme):
    width, height = SIZES[size]
    page = await chromium.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    await page.goto(gallery)
    screens = [name for name in await page.evaluate("screens") if name.startswith("wall") == (size == "wall")]
    assert screens
    rules = ALL_RULES if theme == "light" else COLOUR_RULES
    faults = {name: await look(page, f"{gallery}?screen={name}&theme={theme}", rules) for name in screens}
    await page.close()
    assert not {name: found for name, found in faults.items() if found}


async def look(page: Page, address: str, rules: dict) -> list[str]:
    """What is wrong with one screen."""
    errors: list[str] = []
    page.once("pageerror", lambda error: errors.append(f"script: {error}"))
    await page.goto(address)
    await page.wait_for_selector("#root > *")
    await page.evaluate(SETTLED)
    await page.add_script_tag(path=AXE)
    found = await page.evaluate(FIND, rules)
    if found:  # a style that is just being applied is none; what a second look still finds is
        await page.wait_for_timeout(300)
        again = await page.evaluate(FIND, rules)
        found = [one for one in found if one in again]
    faults = errors + found
    if (cut := await page.evaluate(CUT)) > 0:
        faults.append(f"{cut} px wider than the screen")
    return faults + [f"too small: {each}" for each in await page.evaluate(SMALL, TOUCH_PX)]

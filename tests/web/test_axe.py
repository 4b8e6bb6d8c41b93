"""Every screen, on every form of device, in light and dark: nothing that axe-core finds, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import ARGUMENTS, find_chromium, why_not

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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if missing := why_not():
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), chromium_sandbox=False, args=list(ARGUMENTS)
        )
        yield browser
        browser.close()


@pytest.mark.timeout(400)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_screen(browser, gallery, size, theme):
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page.goto(gallery)
    screens = [name for name in page.evaluate("screens") if name.startswith("wall") == (size == "wall")]
    assert screens
    rules = ALL_RULES if theme == "light" else COLOUR_RULES
    faults = {
        name: faults for name in screens if (faults := look(page, f"{gallery}?screen={name}&theme={theme}", rules))
    }
    page.close()
    assert not faults


def look(page: Page, address: str, rules: dict) -> list[str]:
    """What is wrong with one screen."""
    errors: list[str] = []
    page.once("pageerror", lambda error: errors.append(f"script: {error}"))
    page.goto(address)
    page.wait_for_selector("#root > *")
    page.evaluate(SETTLED)
    page.add_script_tag(path=AXE)
    faults = errors + page.evaluate(FIND, rules)
    if (cut := page.evaluate(CUT)) > 0:
        faults.append(f"{cut} px wider than the screen")
    return faults + [f"too small: {each}" for each in page.evaluate(SMALL, TOUCH_PX)]

"""Three hundred in one hall: each can be found and seen, and what one of them does is drawn for that one."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests import browser
from tests.web.gallery import show, window

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]

SIZE = "desktop"
ROWS_AT_MOST = 40
OTHERS = "() => store.others.value.map((one) => one.id)"
TILES = "() => [...document.querySelectorAll('[data-tile]')].map((one) => one.dataset.participant)"
# What changes below an element from here on, by whose it is: nobody's where rows or tiles come or go.
WATCH = """css => {
  window.changed = new Set()
  window.before = [...document.querySelector(css).children]
  const owner = (node) => (node.nodeType === 1 ? node : node.parentElement)
    ?.closest('[data-person], [data-participant]')
  new MutationObserver((records) => {
    for (const { target } of records) {
      const one = owner(target)
      changed.add(one ? (one.dataset.person ?? one.dataset.participant) : 'nobody')
    }
  }).observe(document.querySelector(css), { subtree: true, childList: true, attributes: true, characterData: true })
}"""
SAME = "css => [...document.querySelector(css).children].every((one, i) => one === before[i])"
SPEAKS = """id => push({
  type: 'presence',
  changes: [{ ...store.said.value.get(id), participant: id, online: true, microphone: true }],
})"""


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("asked", ["tran quoc bao", "Bảo Thanh Giang", "thành phố"])
async def test_one_is_found_by_name_and_by_unit(chromium, gallery: str, size: str, asked: str):
    page = await window(chromium, size)
    await show(page, gallery, "hall-people", "light")
    rows = page.locator("[data-person]")
    assert 5 < await rows.count() < ROWS_AT_MOST  # of three hundred, those in sight
    await page.get_by_role("searchbox").fill(asked)
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("Trần Quốc Bảo")
    await rows.click()
    await expect(page.get_by_role("dialog", name="Trần Quốc Bảo")).to_be_visible()
    await page.close()


@pytest.mark.parametrize(("size", "screen"), [("phone", "hall-delegate"), ("desktop", "hall-grid")])
async def test_the_pages_of_tiles_show_everybody_once(chromium, gallery: str, size: str, screen: str):
    page = await window(chromium, size)
    await show(page, gallery, screen, "light")
    on_stage = await page.evaluate("store.stage.value.who")
    following = page.get_by_role("button", name="Trang sau")
    seen = await page.evaluate(TILES)
    while await following.is_enabled():
        await following.click()
        seen += await page.evaluate(TILES)
    here = await page.evaluate(OTHERS)
    assert len(here) > 240
    assert sorted(seen) == sorted(one for one in here if screen == "hall-grid" or one != on_stage)
    await page.close()


@pytest.mark.parametrize(
    ("screen", "parts", "sign"),
    [
        ("hall-people", ".roll ul", "[data-person='{}'] .signs .on"),
        ("hall-grid", ".tiles", "[data-participant='{}'] .row"),
    ],
)
async def test_what_one_does_is_drawn_for_that_one(page: Page, gallery: str, screen: str, parts: str, sign: str):
    await show(page, gallery, screen, "light")
    shown = await page.locator(f"{parts} [data-person], {parts} [data-tile]").evaluate_all(
        "all => all.map((one) => one.dataset.person ?? one.dataset.participant)"
    )
    silent = [one for one in shown if not await page.evaluate("id => store.said.value.get(id)?.microphone", one)]
    await page.evaluate(WATCH, parts)
    await page.evaluate(SPEAKS, silent[2])
    await expect(page.locator(f"{parts} {sign.format(silent[2])}")).to_be_visible()
    assert await page.evaluate("() => [...changed]") == [silent[2]]
    assert await page.evaluate(SAME, parts)

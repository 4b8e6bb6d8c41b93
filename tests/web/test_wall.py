"""The screen of a hall keeps its parts in their places, however long the words."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests import browser
from tests.web.gallery import show, window

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]

OVERRUN = """([inner, outer]) => {
  const [a, b] = [inner, outer].map((css) => document.querySelector(css).getBoundingClientRect());
  return [b.left - a.left, b.top - a.top, a.right - b.right, a.bottom - b.bottom].some((by) => by > 0.5);
}"""


@pytest.mark.parametrize(
    ("inner", "outer"), [(".address img", "aside"), (".upper .caption", ".upper .tile"), (".next", "aside")]
)
async def test_a_long_item_and_a_long_title(chromium, gallery: str, inner: str, outer: str):
    page = await window(chromium, "wall")
    await show(page, gallery, "wall-long", "light")
    assert not await page.evaluate(OVERRUN, [inner, outer])
    await page.close()


SIZES = re.compile(r"/api/papers/\w+$")
ANOTHER = """() => {
  const {meeting} = acts.store;
  meeting.value = {...meeting.value, shown: {...meeting.value.shown, version: 'wp1'}};
}"""


async def test_all_stays_in_its_place_until_the_size_of_a_page_is_here(chromium, gallery: str):
    page = await window(chromium, "wall")
    come = asyncio.Event()

    async def come_late(route):
        await come.wait()
        await route.continue_()

    await page.route(SIZES, come_late)
    await show(page, gallery, "wall-page-wide", "light")
    strip, upright, sheet = (page.locator(css) for css in (".tiles .tile", ".upright", ".sheet"))
    await expect(strip.first).to_be_visible()
    await expect(upright).to_have_count(0)
    come.set()
    await expect(sheet).to_be_visible()
    come.clear()
    await page.evaluate(ANOTHER)
    await expect(sheet.locator("img[src*=wp1]")).to_be_visible()
    await expect(upright).to_have_count(0)
    come.set()
    await page.unroute_all(behavior="wait")
    await page.close()


async def test_a_size_that_was_lost_on_the_way_is_asked_for_again(chromium, gallery: str):
    page = await window(chromium, "wall")
    await page.clock.install()
    asked = 0

    async def lose_the_first(route):
        nonlocal asked
        asked += 1
        await (route.abort() if asked == 1 else route.continue_())

    await page.route(SIZES, lose_the_first)
    await show(page, gallery, "wall-page-wide", "light")
    await page.clock.fast_forward(4_000)
    await expect(page.locator(".sheet")).to_be_visible()
    await expect(page.locator(".upright")).to_have_count(0)
    await page.close()

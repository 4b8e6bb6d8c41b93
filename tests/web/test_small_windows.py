"""Nothing covers what is pressed in a hall, however small its window."""

from __future__ import annotations

import pytest
import pytest_asyncio
from playwright.async_api import Page

from tests import browser
from tests.web.gallery import show, window

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]


@pytest_asyncio.fixture(loop_scope="session")
async def page(chromium):
    page = await window(chromium, "phone")
    yield page
    await page.close()


PICTURES_AND_BAR = """() => {
  const boxes = (css) => [...document.querySelectorAll(css)].map((one) => one.getBoundingClientRect());
  return [Math.max(...boxes('.tile, .pager button').map(({bottom}) => bottom)), boxes('.tabs')[0].top];
}"""


@pytest.mark.parametrize("screen", ["hall-delegate", "hall-screen"])
@pytest.mark.parametrize(("width", "height"), [(683, 700), (480, 640), (600, 900), (759, 900), (844, 390)])
async def test_no_picture_lies_on_the_bar(page: Page, gallery: str, screen: str, width: int, height: int):
    await page.set_viewport_size({"width": width, "height": height})
    await show(page, gallery, screen, "light")
    bottom, top = await page.evaluate(PICTURES_AND_BAR)
    assert bottom <= top

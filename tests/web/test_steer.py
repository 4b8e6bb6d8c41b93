"""Who leads has what is done most at hand."""

from __future__ import annotations

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests import browser
from tests.web.gallery import show, window

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]

LAPTOP = {"width": 1366, "height": 650}


@pytest_asyncio.fixture(loop_scope="session")
async def page(chromium, gallery):
    page = await window(chromium, "desktop")
    await page.set_viewport_size(LAPTOP)
    await show(page, gallery, "hall-chair", "light")
    yield page
    await page.close()


async def test_the_next_speaker_is_called_without_scrolling(page):
    await expect(page.get_by_role("button", name="Mời ").first).to_be_in_viewport(ratio=1)

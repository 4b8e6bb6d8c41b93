"""The bar offers what can be done, and says why the rest cannot."""

from __future__ import annotations

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

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


async def test_who_speaks_and_was_muted_is_not_told_to_raise_a_hand(page: Page, gallery: str):
    await show(page, gallery, "hall-silenced", "light")
    await expect(page.get_by_role("button", name="Giơ tay")).to_have_count(0)
    await page.get_by_role("button", name="Bị tắt").click()
    said = page.locator(".notices").get_by_text("Hãy nhắn ở Trao đổi để xin được bật lại.")
    await expect(said).to_be_visible()

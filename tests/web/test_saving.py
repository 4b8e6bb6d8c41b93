"""What a saving mode switches off says so in its place."""

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


@pytest_asyncio.fixture(loop_scope="session", params=["phone", "desktop"])
async def page(chromium, request):
    page = await window(chromium, request.param)
    yield page
    await page.close()


async def test_a_shared_screen_where_only_voices_come(page: Page, gallery: str):
    await show(page, gallery, "hall-screen-saving", "light")
    shared = page.locator(".tile.screen")
    await expect(shared.locator(".spinner")).to_have_count(0)
    await expect(shared.get_by_text("Chế độ chỉ nghe đã tắt màn hình được chia sẻ.")).to_be_in_viewport()
    await expect(shared.locator(".caption")).to_be_in_viewport()

"""The bar offers what can be done, and says why the rest cannot."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests import browser
from tests.web.gallery import show

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]

SIZE = "phone"


async def test_who_speaks_and_was_muted_is_not_told_to_raise_a_hand(page: Page, gallery: str):
    await show(page, gallery, "hall-silenced", "light")
    await expect(page.get_by_role("button", name="Giơ tay")).to_have_count(0)
    await page.get_by_role("button", name="Bị tắt").click()
    said = page.locator(".notices").get_by_text("Hãy nhắn ở Trao đổi để xin được bật lại.")
    await expect(said).to_be_visible()


async def test_who_comes_before_check_in_is_told_when_microphones_go_on(page: Page, gallery: str):
    await show(page, gallery, "hall-early", "light")
    await page.get_by_role("button", name="Chưa mở", exact=True).click()
    said = page.locator(".notices").get_by_text("Chưa mở điểm danh nên chưa ai bật được micrô.")
    await expect(said).to_be_visible()
    await expect(page.locator(".notices")).not_to_contain_text("Giơ tay")


CANNOT_SHARE = "delete MediaDevices.prototype.getDisplayMedia"
LEFT_OVER = """() => [...document.querySelectorAll('.bar, .bar button')]
  .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)"""


@pytest.mark.parametrize("width", [320, 390, 683, 1024])
async def test_what_is_shared_can_be_ended_however_narrow_the_window(page: Page, gallery: str, width: int):
    await page.set_viewport_size({"width": width, "height": 700})
    await show(page, gallery, "hall-sharing", "light")
    stop = page.get_by_role("button", name="Dừng chia sẻ")
    await expect(stop).to_be_in_viewport(ratio=1)
    await expect(page.get_by_role("button", name="Rời")).to_be_in_viewport(ratio=1)
    assert await page.evaluate(LEFT_OVER) == []
    await stop.click()
    await expect(page.get_by_role("button", name="Chia sẻ")).to_be_in_viewport(ratio=1)


async def test_a_browser_that_cannot_share_says_so_among_the_choices(page: Page, gallery: str):
    await page.add_init_script(CANNOT_SHARE)
    await show(page, gallery, "hall-chair", "light")
    share = page.get_by_role("button", name="Chia sẻ")
    await expect(page.get_by_role("button", name="Thêm")).to_be_visible()
    await expect(share).to_have_count(0)
    assert await page.evaluate(LEFT_OVER) == []
    await page.get_by_role("button", name="Thêm").click()
    await expect(share).to_be_visible()

"""The ballot takes nobody by surprise, and says plainly whether it is recorded."""

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


# The task of the press and what it left for its end; frames and timers come later.
FOCUSED_AFTER_PRESS = """async (button) => {
  button.click();
  for (let left = 20; left; left--) await null;
  return document.activeElement.textContent;
}"""


async def test_keys_meant_for_something_else_choose_nothing(page: Page, gallery: str):
    await show(page, gallery, "hall-vote", "light")
    ballot = page.get_by_role("dialog", name="Đang biểu quyết")
    for key in ("Enter", "Space", "a"):
        await page.keyboard.press(key)
    await expect(ballot).to_be_visible()
    await ballot.get_by_role("button", name="Không tán thành").click()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="Đồng chí chọn: Không tán thành")).to_be_visible()
    await page.get_by_role("button", name="Chọn lại").click()
    await expect(ballot).to_be_visible()


async def test_each_step_has_the_focus_before_the_next_key(page: Page, gallery: str):
    await show(page, gallery, "hall-vote", "light")
    await page.get_by_role("button", name="Để sau").click()
    for press, words in (
        ("Bỏ phiếu", "Thông qua"),
        ("Tán thành", "Phiếu đã gửi không sửa được"),
        ("Chọn lại", "Thông qua"),
    ):
        button = page.get_by_role("button", name=press, exact=True)
        assert (await button.evaluate(FOCUSED_AFTER_PRESS)).startswith(words)


async def test_put_aside_it_waits_in_a_line_that_stays(page: Page, gallery: str):
    await show(page, gallery, "hall-vote", "light")
    await page.get_by_role("button", name="Để sau").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_text("Đồng chí chưa bỏ phiếu.")).to_be_visible()
    await page.get_by_role("button", name="Bỏ phiếu").click()
    await expect(page.get_by_role("dialog", name="Đang biểu quyết")).to_be_visible()


async def test_a_ballot_that_did_not_arrive_says_so_and_is_sent_again_as_the_same(page: Page, gallery: str):
    await show(page, gallery, "hall-vote-unsent", "light")
    unsent = page.get_by_role("dialog", name="Phiếu chưa được ghi nhận")
    await expect(unsent.get_by_text("Đồng chí chọn: Tán thành")).to_be_visible()
    await unsent.get_by_role("button", name="Thử lại").click()
    await expect(page.get_by_role("dialog", name="Đã ghi nhận phiếu của đồng chí")).to_be_visible()

"""A dialog holds the focus while it is open, and gives it back."""

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

MORE_THAN_ROUND = 12
FOCUSED = "() => document.activeElement.closest('dialog') && document.activeElement.textContent"


@pytest_asyncio.fixture(loop_scope="session")
async def page(chromium, gallery):
    page = await window(chromium, "desktop")
    await show(page, gallery, "hall-delegate", "light")
    yield page
    await page.close()


async def open_settings(page: Page) -> None:
    await page.get_by_role("button", name="Thêm").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
async def test_the_focus_goes_round_inside(page, key):
    await open_settings(page)
    passed = [await page.evaluate(FOCUSED)]
    for _ in range(MORE_THAN_ROUND):
        await page.keyboard.press(key)
        passed.append(await page.evaluate(FOCUSED))
    assert None not in passed, passed
    assert passed.index("Đóng") > 0 and passed.count(passed[0]) > 1, passed


async def test_escape_closes_it_and_the_focus_is_back_where_it_was(page):
    await open_settings(page)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_role("button", name="Thêm")).to_be_focused()


async def test_what_cannot_be_taken_back_is_asked_first(page):
    await page.get_by_role("button", name="Rời họp").click()
    question = page.get_by_role("dialog")
    await question.get_by_role("button").first.click()
    await expect(question).to_have_count(0)
    await expect(page.get_by_role("button", name="Rời họp")).to_be_focused()


async def test_a_question_has_the_same_heading_wherever_it_is_asked(page, gallery):
    sizes = []
    for screen in ("hall-leaving", "hall-removing", "hall-ending"):  # of the hall, beside it, in its panel
        await show(page, gallery, screen, "light")
        heading = page.get_by_role("dialog").get_by_role("heading")
        sizes.append(await heading.evaluate("h => [getComputedStyle(h).fontSize, getComputedStyle(h).color]"))
    assert sizes[0] == sizes[1] == sizes[2]


# Notices let presses through, which asking what lies at a point follows.
IS_ON_TOP = """notice => {
  notice.style.pointerEvents = 'auto';
  const {x, y, width, height} = notice.getBoundingClientRect();
  return document.elementFromPoint(x + width / 2, y + height / 2) === notice;
}"""


async def test_a_refusal_is_seen_and_heard_while_the_dialog_is_open(page, gallery):
    await show(page, gallery, "hall-vote-refused", "light")
    refusal = "Chưa đủ số đại biểu tối thiểu"
    await expect(page.get_by_role("dialog").locator("[aria-live=assertive]")).to_contain_text(refusal)
    notice = page.locator(".notices > p:visible", has_text=refusal)
    await expect(notice).to_have_count(1)
    assert await notice.evaluate(IS_ON_TOP)


async def test_the_focus_does_not_fall_out_of_the_page_when_what_opened_the_dialog_is_gone(page):
    await open_settings(page)
    await page.get_by_text("Thêm", exact=True).evaluate("opener => opener.remove()")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("tab", selected=True)).to_be_focused()

"""Who leads has what is done most at hand, and the focus stays where they work."""

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


@pytest.mark.parametrize(("button", "heading"), [("Mời ", "Đăng ký phát biểu"), ("Dừng lượt", "Đang phát biểu")])
async def test_the_heading_has_the_focus_when_what_was_pressed_goes_away(page, button, heading):
    await page.get_by_role("button", name=button).first.press("Enter")
    await expect(page.get_by_role("heading", name=heading).first).to_be_focused()


COMES = "(state) => { acts.store.meeting.value = {...acts.store.meeting.value, state} }"
# As Safari, which moves by taking away and putting back.
CANNOT_MOVE = "delete Element.prototype.moveBefore"


async def test_a_dialog_stays_in_front_when_the_sections_change_places(page):
    await page.evaluate(CANNOT_MOVE)
    await page.get_by_role("button", name="Quy định phát biểu").click()
    dialog = page.get_by_role("dialog")
    field = dialog.get_by_role("textbox").first
    await field.fill("12")
    await page.evaluate(COMES, "paused")
    await expect(page.locator(".panel").get_by_text("Tiếp tục")).to_be_visible()
    await expect(field).to_be_focused()
    assert await dialog.evaluate("dialog => dialog.matches(':modal')")
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(page.locator(".panel h2").first).to_have_text("Điều hành")


async def test_what_has_the_focus_keeps_it_when_the_sections_change_places(page):
    await page.evaluate(CANNOT_MOVE)
    rules = page.get_by_role("button", name="Quy định phát biểu")
    await rules.focus()
    for state, first in (("paused", "Điều hành"), ("in_session", "Đang phát biểu")):
        await page.evaluate(COMES, state)
        await expect(page.locator(".panel h2").first).to_have_text(first)
        await expect(rules).to_be_focused()


async def test_who_removes_somebody_is_still_at_the_list(page):
    await page.get_by_role("tab", name="Đại biểu").click()
    await page.locator(".people li > button").last.press("Enter")
    await page.get_by_role("button", name="Mời ra khỏi phòng").press("Enter")
    await page.get_by_role("dialog").get_by_role("button").last.press("Enter")
    await expect(page.get_by_role("tab", name="Đại biểu")).to_be_focused()


ON_A_SLOW_LINE = "() => { acts.command = () => new Promise((done) => { window.answer = () => done({ok: true}) }) }"


async def test_who_goes_on_before_somebody_is_removed_is_not_called_back(page):
    await page.evaluate(ON_A_SLOW_LINE)
    await page.get_by_role("tab", name="Đại biểu").click()
    await page.locator(".people li > button").last.press("Enter")
    await page.get_by_role("button", name="Mời ra khỏi phòng").press("Enter")
    await page.get_by_role("dialog").get_by_role("button").last.press("Enter")
    await page.get_by_role("tab", name="Trao đổi").click()
    message = page.get_by_role("textbox")
    await message.focus()
    await page.evaluate("answer()")
    await expect(message).to_be_focused()

"""What is pressed as soon as it can be seen is not lost, and what comes late takes nothing away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests import browser
from tests.web.check import open_check
from tests.web.gallery import show

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]

SIZE = "desktop"

# In the task that puts it into the page, before a frame or a timer.
PRESS_AT_ONCE = """new MutationObserver((_, seen) => {
  const named = (one) => one.ariaLabel ?? one.textContent;
  const button = [...document.querySelectorAll('button')].find((one) => named(one) === NAME);
  if (!button) return;
  seen.disconnect();
  button.click();
}).observe(document, {childList: true, subtree: true})"""
# What a press leaves for the end of its task, and what answers at once brings.
AND_ANSWERED = "for (let left = 20; left; left--) await null;"


async def press_at_once(page: Page, name: str) -> None:
    await page.add_init_script(PRESS_AT_ONCE.replace("NAME", json.dumps(name)))


async def test_a_choice_in_a_ballot(page: Page, gallery: str):
    await press_at_once(page, "Tán thành")
    await show(page, gallery, "hall-vote", "light")
    await expect(page.get_by_role("dialog", name="Đồng chí chọn: Tán thành")).to_be_visible()


async def test_the_search_in_a_paper(page: Page, gallery: str):
    await press_at_once(page, "Tìm trong tài liệu này")
    await show(page, gallery, "hall-page-shown", "light")
    await expect(page.get_by_role("searchbox", name="Tìm trong tài liệu này")).to_be_focused()


async def test_the_next_page_of_a_paper_that_is_just_shown(page: Page, gallery: str):
    await show(page, gallery, "hall-papers-prepared", "light")
    await page.get_by_role("button", name="Đề cương thảo luận").first.click()
    number = page.get_by_label("Số trang")
    await expect(number).to_have_value("1")
    viewer = page.get_by_role("region", name="Đề cương thảo luận", exact=False)
    await expect(viewer.get_by_role("button", name="Trình chiếu")).to_be_visible()
    await viewer.evaluate(
        f"""async (viewer) => {{
          for (const name of ['Trình chiếu', 'Trang sau']) viewer.querySelector(`[aria-label="${{name}}"]`).click();
          {AND_ANSWERED}
        }}"""
    )
    await expect(number).to_have_value("2")
    await expect(viewer.get_by_role("button", name="Trình chiếu")).to_have_count(0)


async def test_the_answer_to_a_move_leaves_the_focus_where_it_is(page: Page, gallery: str):
    await show(page, gallery, "hall-agenda-writing", "light")
    focused = await page.get_by_role("button", name="Di chuyển mục 2").first.evaluate(
        f"""async (grip) => {{
          grip.focus();
          grip.dispatchEvent(new KeyboardEvent('keydown', {{key: 'ArrowUp', bubbles: true}}));
          document.querySelector('[aria-label^="Sửa mục 3"]').focus();
          {AND_ANSWERED}
          return document.activeElement.ariaLabel;
        }}"""
    )
    assert focused.startswith("Sửa mục 3"), focused


# A camera that is given at once, a microphone that nobody has allowed yet, and a line that never answers.
ASKED = """
navigator.mediaDevices.getUserMedia = async ({video}) =>
  video ? document.createElement('canvas').captureStream() : new Promise(() => {});
window.lines = 0;
window.WebSocket = class { constructor() { window.lines += 1 } close() {} send() {} };
"""


async def test_going_in_before_the_microphone_is_given(page: Page, bundle: Path):
    await open_check(page, bundle, ASKED)
    await page.get_by_role("button", name="Vào hội trường").click()
    await expect(page.get_by_text("Vào hội trường")).to_have_count(0)
    assert await page.evaluate("sessionStorage['wants-microphone']") in (None, "true")


async def test_going_in_with_two_presses(page: Page, bundle: Path):
    await open_check(page, bundle, ASKED)
    entering = page.get_by_role("button", name="Vào hội trường")
    await entering.evaluate("button => { button.click(); button.click() }")
    await expect(entering).to_have_count(0)
    await page.wait_for_function("() => lines > 0")
    await page.evaluate("() => new Promise((done) => setTimeout(done))")
    assert await page.evaluate("lines") == 1

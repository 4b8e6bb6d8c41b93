"""Who is refused at a door finds what they wrote, and what else they can do."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from signaling.texts import problem
from tests import browser
from tests.web.gallery import show

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]

SIZE = "phone"
# From here on the service answers so; `asked` is what it was asked.
ANSWER = """answers => {
  window.asked = []
  window.fetch = async (path) => {
    asked.push(path)
    const [status, body] = answers[path]
    return new Response(JSON.stringify(body), { status })
  }
}"""
FREE = """() => {
  navigator.mediaDevices.getUserMedia = async () => new AudioContext().createMediaStreamDestination().stream
}"""


def refusal(code: str) -> dict:
    return {"code": code, "message": problem(code, "vi").message}


async def test_a_guest_who_is_refused_need_not_write_again(page: Page, gallery: str):
    await show(page, gallery, "knock-lobby_full", "light")
    await expect(page.get_by_text("Đang có quá nhiều người chờ vào họp.")).to_be_visible()
    await expect(page.get_by_label("Họ và tên")).to_have_value("Lương Thị Hồng")
    await expect(page.get_by_role("button", name="Xin vào họp")).to_be_enabled()


async def test_a_meeting_that_was_not_found_is_looked_for_again(page: Page, gallery: str):
    await show(page, gallery, "knock-no_meeting", "light")
    brief = {"title": "Hội nghị lần thứ 8", "unit": "Tỉnh Lam Sơn", "state": "check_in"}
    await page.evaluate(ANSWER, {"/api/meetings/none": [200, brief]})
    await page.get_by_role("button", name="Thử lại").click()
    await expect(page.get_by_role("heading", name="Hội nghị lần thứ 8")).to_be_visible()


async def test_a_link_that_opens_here_by_now_leads_in(page: Page, gallery: str):
    await show(page, gallery, "enter-used_link", "light")
    entered = {"place": "hall", "meeting": "m7", "title": "", "name": "Lò Thị Mẩy", "role": "delegate"}
    answers = {"/api/knock": [400, refusal("already_so")], "/api/enter": [200, entered]}
    await page.evaluate(ANSWER, answers)
    await page.get_by_role("button", name="Xin vào bằng thiết bị này").click()
    await page.wait_for_function("() => asked.length === 2")
    assert await page.evaluate("asked") == ["/api/knock", "/api/enter"]
    await expect(page.get_by_text("Việc này đã được thực hiện trước đó.")).to_have_count(0)


async def test_beside_a_device_that_is_in_use_another_can_be_chosen(page: Page, gallery: str):
    await show(page, gallery, "check-busy", "light")
    await expect(page.get_by_text("Micrô đang được ứng dụng khác dùng.")).to_be_visible()
    await page.evaluate(FREE)
    await page.get_by_label("Micrô", exact=True).select_option("Micrô trong máy")
    await expect(page.get_by_text("Micrô đang được ứng dụng khác dùng.")).to_have_count(0)

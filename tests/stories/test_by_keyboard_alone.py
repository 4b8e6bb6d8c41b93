"""From the link to the floor, a paper and a ballot, without a mouse or a finger."""

import pytest
from playwright.async_api import Page, expect

from tests.converter.files import pdf

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = {"Phạm Thu Hà": "chair", "Trần Quốc Bảo": "delegate"}
PAPER = {"name": "Tờ trình.pdf", "mimeType": "application/pdf", "buffer": pdf("Trang mot", "Trang hai")}
MOST_TABS = 60
FOCUSED = """() => {
  const e = document.activeElement
  const style = getComputedStyle(e)
  return {
    name: e.getAttribute('aria-label') || e.textContent.trim(),
    marked: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
  }
}"""


async def go_to(page: Page, name: str) -> None:
    """Tab to the element of that name; it must show that it has the focus."""
    for _ in range(MOST_TABS):
        await page.keyboard.press("Tab")
        focused = await page.evaluate(FOCUSED)
        if focused["name"].startswith(name):
            assert focused["marked"], f"{name} does not show that it has the focus"
            return
    raise AssertionError(f"{name!r} is not reached by Tab")


async def press(page: Page, name: str) -> None:
    await go_to(page, name)
    await page.keyboard.press("Enter")


async def test_from_the_link_to_the_floor(open_hall):
    hall = await open_hall(PEOPLE, mode="chaired")
    chair, delegate = [await hall.comes(name, who, camera=False, enter=None) for who, name in enumerate(PEOPLE, 1)]
    for person in (chair, delegate):
        await expect(person.page.get_by_role("button", name="Vào hội trường")).to_be_visible()
        await press(person.page, "Vào hội trường")
        await expect(person.page.get_by_role("button", name="Rời họp")).to_be_visible()
    await press(delegate.page, "Giơ tay")
    await expect(chair.page.get_by_role("button", name="Mời Trần Quốc Bảo phát biểu")).to_be_visible()
    await press(chair.page, "Mời Trần Quốc Bảo phát biểu")
    await expect(delegate.page.get_by_role("dialog")).to_be_visible()
    assert await delegate.page.evaluate("document.activeElement.closest('dialog') !== null"), "the dialog has the focus"
    await press(delegate.page, "Bật micrô và phát biểu")
    await expect(delegate.page.get_by_role("button", name="Tắt micrô", exact=True)).to_be_visible()
    await delegate.page.keyboard.press("Control+d")
    await expect(delegate.page.get_by_role("button", name="Bật micrô")).to_be_visible()
    await press(chair.page, "Dừng lượt phát biểu của Trần Quốc Bảo")
    await expect(delegate.page.get_by_role("button", name="Micrô chờ mời")).to_be_visible()


async def test_a_paper_and_a_ballot(open_hall):
    """What the chair does here, others do by keyboard elsewhere; the delegate has nothing else."""
    hall = await open_hall(PEOPLE, mode="chaired")
    chair, delegate = [(await hall.comes(name, who, camera=False)).page for who, name in enumerate(PEOPLE, 1)]
    await chair.get_by_role("tab", name="Tài liệu").click()
    await chair.get_by_role("button", name="Thêm tài liệu").click()
    adding = chair.get_by_role("dialog", name="Thêm tài liệu")
    await adding.get_by_label("Tệp").set_input_files(PAPER)
    await adding.get_by_role("button", name="Tải lên").click()
    await chair.get_by_role("button", name="Duyệt cho đại biểu đọc").click()

    await go_to(delegate, "Chương trình")
    await delegate.keyboard.press("ArrowRight")
    await expect(delegate.get_by_role("tab", name="Tài liệu")).to_be_focused()
    await expect(delegate.get_by_role("button", name="Tờ trình")).to_be_visible()
    await press(delegate, "Tờ trình")
    paper = delegate.get_by_role("region", name="Tờ trình", exact=True)
    await expect(paper.get_by_label("Số trang")).to_have_value("1")
    await press(delegate, "Trang sau")
    await expect(paper.get_by_label("Số trang")).to_have_value("2")
    await press(delegate, "Đóng tài liệu")

    await chair.get_by_role("tab", name="Điều hành").click()
    await chair.get_by_role("button", name="Mở biểu quyết").click()
    opening = chair.get_by_role("dialog", name="Mở biểu quyết")
    await opening.get_by_label("Nội dung biểu quyết").fill("Thông qua Tờ trình")
    await opening.get_by_role("button", name="Cần quá nửa số đại biểu có mặt").click()
    await expect(delegate.get_by_role("dialog", name="Đang biểu quyết")).to_be_visible()
    await press(delegate, "Tán thành")
    await press(delegate, "Gửi phiếu")
    await expect(delegate.get_by_role("dialog", name="Đã ghi nhận phiếu của đồng chí")).to_be_visible()
    await press(delegate, "Đóng")
    await expect(delegate.get_by_text("Đã ghi nhận phiếu của đồng chí: Tán thành.")).to_be_visible()

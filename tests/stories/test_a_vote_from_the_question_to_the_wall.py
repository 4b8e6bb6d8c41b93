"""The chair puts a question, three delegates vote, and the wall shows the result with its rule."""

import pytest
from playwright.async_api import Page, expect

from tests.stories.conftest import PHONE

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = {
    "Phạm Thu Hà": "chair",
    "Trần Quốc Bảo": "delegate",
    "Lò Thị Mẩy": "delegate",
    "Vi Văn Phúc": "delegate",
    "Màn hình hội trường": "big_screen",
}
QUESTION = "Thông qua: Khai mạc"
EXPLAINED = "Cần quá nửa số đại biểu có mặt (3/4), đã có 3 phiếu tán thành."


def ballot(page: Page):
    return page.get_by_role("dialog", name="Đang biểu quyết")


async def vote(page: Page, choice: str) -> None:
    await ballot(page).get_by_role("button", name=choice, exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Gửi phiếu").click()
    await expect(page.get_by_role("dialog", name="Đã ghi nhận phiếu của đồng chí")).to_be_visible()
    await expect(page.get_by_role("dialog").get_by_text(f"Đồng chí đã chọn: {choice}.")).to_be_visible()


async def test_a_vote(open_hall):
    hall = await open_hall(PEOPLE)
    chair = await hall.comes("Phạm Thu Hà", 1, camera=False)
    bao = await hall.comes("Trần Quốc Bảo", 2, camera=False)
    may = await hall.comes("Lò Thị Mẩy", 3, viewport=PHONE, camera=False)
    phuc = await hall.comes("Vi Văn Phúc", 4, camera=False)
    wall = await hall.comes("Màn hình hội trường", 1, enter=None)
    for person in (bao, may, phuc):
        await expect(person.page.get_by_role("button", name="Giơ tay")).to_be_visible()

    # The question comes from the agenda, the majority with one press.
    await chair.page.get_by_role("button", name="Mở mục 1").click()
    await chair.page.get_by_role("button", name="Mở biểu quyết").click()
    opening = chair.page.get_by_role("dialog", name="Mở biểu quyết")
    await expect(opening.get_by_label("Nội dung biểu quyết")).to_have_value(QUESTION)
    await opening.get_by_role("button", name="Cần quá nửa số đại biểu có mặt").click()

    for person in (chair, bao, may, phuc):
        await expect(ballot(person.page).get_by_text(QUESTION)).to_be_visible()
        await expect(ballot(person.page).get_by_text("Cần quá nửa số đại biểu có mặt (3/4)")).to_be_visible()
    await expect(wall.page.get_by_text("Đang biểu quyết")).to_be_visible()
    await vote(bao.page, "Tán thành")
    await vote(chair.page, "Tán thành")

    # On a phone the page is reloaded before the ballot is sent, and once more after.
    await ballot(may.page).get_by_role("button", name="Không tán thành").click()
    await may.page.reload()
    await vote(may.page, "Không tán thành")
    await may.page.reload()
    recorded = may.page.get_by_text("Đã ghi nhận phiếu của đồng chí: Không tán thành.")
    await expect(recorded).to_be_visible()
    await expect(may.page.get_by_text("Đã biểu quyết 3/4").first).to_be_visible()

    # By keyboard alone: a key meant for something else chooses nothing.
    await phuc.page.keyboard.press("Enter")
    await expect(ballot(phuc.page)).to_be_visible()
    await phuc.page.keyboard.press("Escape")
    await expect(phuc.page.get_by_text("Đồng chí chưa bỏ phiếu.")).to_be_visible()
    await expect(wall.page.get_by_text("Đã biểu quyết 3/4")).to_be_visible()
    await phuc.page.get_by_role("button", name="Bỏ phiếu").press("Enter")
    for key in ("Tab", "Enter", "Tab", "Enter"):
        await phuc.page.keyboard.press(key)
    await expect(phuc.page.get_by_role("dialog").get_by_text("Đồng chí đã chọn: Tán thành.")).to_be_visible()

    await chair.page.get_by_role("dialog").get_by_role("button", name="Đóng", exact=True).click()
    await expect(chair.page.get_by_text("Đã biểu quyết 4/4").first).to_be_visible()  # or it is asked whether to wait
    await chair.page.get_by_role("button", name="Đóng biểu quyết").click()
    await expect(wall.page.get_by_text("Đã đóng biểu quyết, chờ chủ trì công bố kết quả.")).to_be_visible()
    await expect(wall.page.get_by_text("Được thông qua")).to_have_count(0)
    await chair.page.get_by_role("button", name="Công bố kết quả").click()

    await expect(wall.page.get_by_text("Được thông qua", exact=True)).to_be_visible()
    await expect(wall.page.get_by_text(EXPLAINED)).to_be_visible()
    await may.page.get_by_role("button", name="Xem kết quả").click()
    result = may.page.get_by_role("dialog", name="Kết quả biểu quyết")
    await expect(result.get_by_text(EXPLAINED)).to_be_visible()
    await result.get_by_text("Không tán thành · 1").click()
    await expect(result.get_by_role("listitem").filter(has_text="Lò Thị Mẩy")).to_be_visible()

"""Five vote in secret: nobody is told who or what, and each finds the own code among those that were counted."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.stories.conftest import PHONE

pytestmark = pytest.mark.asyncio(loop_scope="session")

DELEGATES = ("Trần Quốc Bảo", "Lò Thị Mẩy", "Vi Văn Phúc", "Hoàng Đức Hạnh")
PEOPLE = {"Phạm Thu Hà": "chair", **dict.fromkeys(DELEGATES, "delegate"), "Màn hình hội trường": "big_screen"}


async def votes(page: Page, choice: str) -> str:
    """Casts a secret ballot; its code as the receipt shows it."""
    await page.get_by_role("dialog", name="Đang biểu quyết").get_by_role("button", name=choice, exact=True).click()
    await expect(page.get_by_role("dialog").get_by_text("không ai biết đồng chí chọn gì")).to_be_visible()
    await page.get_by_role("dialog").get_by_role("button", name="Gửi phiếu").click()
    receipt = page.get_by_role("dialog", name="Đã ghi nhận phiếu của đồng chí")
    code = await receipt.get_by_text(re.compile(r"^Mã phiếu: [2-9A-Z ]{19}$")).inner_text()
    await expect(receipt.get_by_text(choice)).to_have_count(0)
    await receipt.get_by_role("button", name="Đóng", exact=True).click()
    return code.removeprefix("Mã phiếu: ")


async def test_a_secret_vote(open_hall):
    hall = await open_hall(PEOPLE)
    chair = await hall.comes("Phạm Thu Hà", 1, camera=False)
    delegates = [
        await hall.comes(name, number, viewport=PHONE, camera=False)
        for number, name in zip((2, 3, 4, 1), DELEGATES, strict=True)
    ]
    wall = await hall.comes("Màn hình hội trường", 1, enter=None)
    for person in delegates:
        await expect(person.page.get_by_role("button", name="Giơ tay")).to_be_visible()

    await chair.page.get_by_role("button", name="Mở biểu quyết").click()
    opening = chair.page.get_by_role("dialog", name="Mở biểu quyết")
    await opening.get_by_label("Nội dung biểu quyết").fill("Lấy phiếu tín nhiệm")
    await opening.get_by_role("button", name="Bỏ phiếu kín").click()
    await opening.get_by_role("button", name="Cần quá nửa số đại biểu có mặt").click()

    codes = [await votes(chair.page, "Tán thành")]
    for person, choice in zip(delegates, ("Tán thành", "Không tán thành", "Tán thành", "Ý kiến khác"), strict=True):
        codes.append(await votes(person.page, choice))
    # After a reload the page knows that they voted, and no page knows what.
    await delegates[1].page.reload()
    await expect(delegates[1].page.get_by_text("Đã ghi nhận phiếu kín của đồng chí.")).to_be_visible()
    await expect(delegates[1].page.get_by_text("Không tán thành")).to_have_count(0)
    await expect(wall.page.get_by_text("Đã biểu quyết 5/5")).to_be_visible()
    await expect(chair.page.get_by_text("Đã biểu quyết 5/5").first).to_be_visible()
    await expect(chair.page.get_by_text("Chưa bỏ phiếu")).to_have_count(0)

    await chair.page.get_by_role("button", name="Đóng biểu quyết").click()
    await chair.page.get_by_role("button", name="Công bố kết quả").click()
    await expect(wall.page.get_by_text("Được thông qua", exact=True)).to_be_visible()
    await expect(wall.page.get_by_text("đã có 3 phiếu tán thành.")).to_be_visible()
    page = delegates[1].page
    await page.get_by_role("button", name="Xem kết quả").click()
    result = page.get_by_role("dialog", name="Kết quả biểu quyết")
    await expect(result.get_by_text(f"Phiếu {codes[2]} của đồng chí có trong bảng.")).to_be_visible()
    await result.get_by_text("Bảng mã phiếu đã kiểm · 5").click()
    assert await result.get_by_role("listitem").all_inner_texts() == sorted(codes)

"""The secretary uploads a paper and approves it, the chair turns its pages, a phone follows, roams and returns."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.converter.files import pdf
from tests.stories.conftest import PHONE

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = {
    "Phạm Thu Hà": "chair",
    "Nguyễn Đức Hạnh": "secretary",
    "Lò Thị Mẩy": "delegate",
    "Màn hình hội trường": "big_screen",
}
FILE = {
    "name": "Báo cáo công tác.pdf",
    "mimeType": "application/pdf",
    "buffer": pdf("Trang mot", "Trang hai", "Trang ba"),
}
TITLE = "Báo cáo công tác"
ENTRY = re.compile(f"^{TITLE}")  # what is known of it follows the title


async def sees_page(page: Page, number: int) -> None:
    """The image of that page is on the screen, and its text is above it."""
    viewer = page.get_by_role("region", name=TITLE, exact=True)
    await expect(viewer.get_by_label("Số trang")).to_have_value(str(number))
    await expect(viewer.locator("svg.text")).to_have_text(f"Trang {('mot', 'hai', 'ba')[number - 1]}")
    await page.wait_for_function(
        """number => [...document.querySelectorAll('.viewer .page img')].some(
          image => image.naturalWidth === 1080 && new URL(image.src).pathname.endsWith(`/pages/${number}`))""",
        arg=number,
    )


async def test_a_paper(open_hall):
    hall = await open_hall(PEOPLE)
    chair = await hall.comes("Phạm Thu Hà", 1, camera=False)
    secretary = await hall.comes("Nguyễn Đức Hạnh", 2, camera=False)
    may = await hall.comes("Lò Thị Mẩy", 3, viewport=PHONE, camera=False)
    wall = await hall.comes("Màn hình hội trường", 1, enter=None)
    await may.page.get_by_role("tab", name="Tài liệu").click()
    await expect(may.page.get_by_text("Chưa có tài liệu nào.")).to_be_visible()

    # A file that is none says so in the list; the real one takes the name of its file.
    await secretary.page.get_by_role("tab", name="Tài liệu").click()
    await secretary.page.get_by_role("button", name="Thêm tài liệu").click()
    adding = secretary.page.get_by_role("dialog", name="Thêm tài liệu")
    await adding.get_by_label("Tệp").set_input_files({**FILE, "buffer": b"MZ this is a program"})
    await expect(adding.get_by_label("Tên tài liệu")).to_have_value(TITLE)
    await adding.get_by_label("Tên tài liệu").fill("Tệp nhầm")
    await adding.get_by_role("button", name="Tải lên").click()
    await expect(secretary.page.get_by_text("Tệp này không phải PDF, Word")).to_be_visible()
    await secretary.page.get_by_role("button", name="Thêm tài liệu").click()
    await adding.get_by_label("Tệp").set_input_files(FILE)
    await adding.get_by_label("Ai được đọc").select_option("everybody")
    await adding.get_by_role("button", name="Tải lên").click()
    await secretary.page.get_by_role("button", name="Duyệt cho đại biểu đọc").click()

    # The delegate reads on a phone as soon as it is approved.
    await may.page.get_by_role("button", name=ENTRY).click()
    await sees_page(may.page, 1)
    await may.page.get_by_role("button", name="Đóng tài liệu").click()

    # Words are found in all papers, and the page opens where they are.
    await may.page.get_by_role("tab", name="Tài liệu").click()
    await may.page.get_by_label("Tìm trong tài liệu").fill("trang hai")
    await may.page.get_by_role("button", name="Trang hai").click()
    await sees_page(may.page, 2)
    await expect(may.page.locator("svg rect.found")).to_have_count(1)
    await may.page.get_by_role("button", name="Ghi chú của tôi").click()
    await may.page.get_by_label("Ghi chú riêng, trang 2").fill("Hỏi lại số liệu")
    await may.page.get_by_role("button", name="Đóng tài liệu").click()

    # The chair turns the page for all.
    await chair.page.get_by_role("tab", name="Tài liệu").click()
    await chair.page.get_by_role("button", name=ENTRY).click()
    await chair.page.get_by_role("button", name="Trình chiếu").click()
    await sees_page(may.page, 1)
    await chair.page.get_by_role("button", name="Trang sau").click()
    for person in (chair, secretary, may):
        await sees_page(person.page, 2)
    await expect(wall.page.get_by_role("img", name=f"Đang trình chiếu: {TITLE}, trang 2")).to_be_visible()

    # The delegate roams, is left alone while pages turn, and returns.
    await may.page.get_by_role("button", name="Trang trước").click()
    await chair.page.get_by_role("button", name="Trang sau").click()
    await expect(may.page.get_by_text("Trang đang trình chiếu: 3.")).to_be_visible()
    await sees_page(may.page, 1)
    await may.page.get_by_role("button", name="Trở lại trang đang trình chiếu").click()
    await sees_page(may.page, 3)

    # Reloaded, the phone is on the page that is shown, and what was written is there.
    await may.page.reload()
    await sees_page(may.page, 3)
    await may.page.get_by_role("button", name="Ghi chú của tôi").click()
    await may.page.get_by_role("button", name="Trang trước").click()
    await expect(may.page.get_by_label("Ghi chú riêng, trang 2")).to_have_value("Hỏi lại số liệu")
    await may.page.get_by_role("button", name="Trở lại trang đang trình chiếu").click()
    await chair.page.get_by_role("button", name="Dừng trình chiếu").click()
    await expect(may.page.get_by_role("region", name=TITLE, exact=True)).to_be_hidden()

    # Recalled, it is gone from the phone.
    await may.page.get_by_role("tab", name="Tài liệu").click()
    entry = secretary.page.get_by_role("listitem").filter(has_text=TITLE)
    await entry.get_by_role("button", name="Thu hồi").click()
    await secretary.page.get_by_role("dialog").get_by_role("button", name="Thu hồi").click()
    await expect(may.page.get_by_text("Chưa có tài liệu nào.")).to_be_visible()

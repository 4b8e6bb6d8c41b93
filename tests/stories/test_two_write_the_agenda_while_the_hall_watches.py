"""Chair and secretary write the same item at once: nothing is lost, and a phone in the hall sees what changed."""

import pytest
from playwright.async_api import Page, expect

from tests.stories.conftest import PHONE

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = {"Phạm Thu Hà": "chair", "Nguyễn Đức Hạnh": "secretary", "Trần Quốc Bảo": "delegate"}


async def open_form(page: Page, item: str):
    await page.get_by_role("button", name="Sửa chương trình").click()
    await page.get_by_role("button", name=f"Sửa mục {item}").click()
    return page.get_by_role("dialog")


async def test_two_writers(open_hall):
    hall = await open_hall(PEOPLE)
    chair = await hall.comes("Phạm Thu Hà", 1, viewport=PHONE, camera=False)
    secretary = await hall.comes("Nguyễn Đức Hạnh", 2, camera=False)
    bao = await hall.comes("Trần Quốc Bảo", 3, viewport=PHONE, camera=False)
    for person in (chair, bao):
        await person.page.get_by_role("tab", name="Chương trình").click()

    own = await open_form(secretary.page, "2, Thảo luận")
    await own.get_by_label("Nội dung", exact=True).fill("Thảo luận theo cụm thi đua")
    theirs = await open_form(chair.page, "2, Thảo luận")
    await theirs.get_by_label("Nội dung", exact=True).fill("Thảo luận tại hội trường")
    await theirs.get_by_label("Thời lượng (phút)").fill("45")
    await theirs.get_by_role("button", name="Lưu").click()

    # The second sees the first's words beside the own ones; what was not touched is the first's.
    await expect(own.get_by_text("Phạm Thu Hà vừa sửa mục này.")).to_be_visible()
    await expect(own.get_by_text("Thảo luận tại hội trường", exact=True)).to_be_visible()
    await expect(own.get_by_label("Nội dung", exact=True)).to_have_value("Thảo luận theo cụm thi đua")
    await own.get_by_role("button", name="Lưu").click()
    changed = bao.page.get_by_role("listitem").filter(has_text="Thảo luận theo cụm thi đua")
    await expect(changed).to_contain_text("45'")
    await expect(changed).to_contain_text("Thay đổi lúc")

    # By keyboard on a desktop, by dragging on a phone.
    await expect(own).to_have_count(0)
    await secretary.page.get_by_role("button", name="Di chuyển mục 2").focus()
    await secretary.page.keyboard.press("ArrowUp")
    await expect(secretary.page.get_by_role("button", name="Di chuyển mục 1, Thảo luận")).to_be_focused()
    await expect(bao.page.get_by_role("listitem").filter(has_text="Khai mạc").locator(".number")).to_have_text("2")
    grip = await chair.page.get_by_role("button", name="Di chuyển mục 2, Khai mạc").bounding_box()
    first = await chair.page.get_by_role("button", name="Di chuyển mục 1").bounding_box()
    await chair.page.mouse.move(grip["x"] + 20, grip["y"] + 20)
    await chair.page.mouse.down()
    await chair.page.mouse.move(first["x"] + 20, first["y"] + 2, steps=4)
    await chair.page.mouse.up()
    await expect(bao.page.get_by_role("listitem").filter(has_text="Khai mạc").locator(".number")).to_have_text("1")
    await expect(bao.page.get_by_text("Chương trình thay đổi thứ tự: Khai mạc là mục 1.").first).to_be_visible()

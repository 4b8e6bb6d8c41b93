"""From the sign-in to a chair in the hall: an officer creates a meeting, invites, and issues the links."""

import pytest
from playwright.async_api import expect

from meeting_app import organization
from meeting_app.acting import SYSTEM_OFFICER
from signaling.accounts import AccountPlan, open_account
from signaling.clock import Clock
from signaling.database import open_database
from tests import browser
from tests.stories.conftest import ENTER, PHONE

pytestmark = pytest.mark.asyncio(loop_scope="session")

PASSWORD = "một câu dài dễ nhớ"
PLAN = AccountPlan("ha.pt", "system_admin", "Phạm Thu Hà", "Chuyên viên", "Xã Khe Lăng", "commune")


async def employ(installation) -> None:
    database = await open_database(installation.settings)
    try:
        password_hash = await organization.hashed(PASSWORD)
        async with database.writing() as session:
            account = await open_account(session, PLAN, password_hash, Clock().utc())
            unit = (await session.get_one(organization.Person, account.person_id)).unit_id
            for name, title in (("Lò Văn Ân", "Chủ tịch"), ("Vi Thị An", "Ủy viên"), ("Đỗ Minh Đức", "Ủy viên")):
                await organization.add_person(session, SYSTEM_OFFICER, name, title, unit, Clock().utc())
    finally:
        await database.close()


async def test_from_signing_in_to_the_hall(empty_installation, browsers, ends):
    await employ(empty_installation)
    desk = await ends.enter_async_context(await browser.new_context(browsers[0], viewport=PHONE, locale="vi-VN"))
    page = await desk.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(f"{empty_installation.address}/vp")
    await page.get_by_label("Tên đăng nhập").fill("ha.pt")
    await page.get_by_label("Mật khẩu").fill("sai mật khẩu rồi")
    await page.get_by_role("button", name="Đăng nhập").click()
    await expect(page.get_by_role("alert")).to_contain_text("không đúng")
    await page.get_by_label("Mật khẩu").fill(PASSWORD)
    await page.keyboard.press("Enter")

    await page.get_by_role("link", name="Tạo cuộc họp").click()
    await page.get_by_role("button", name="Tạo cuộc họp").click()
    await expect(page.get_by_text("Hãy ghi tên cuộc họp.")).to_be_visible()
    await page.get_by_label("Tên cuộc họp").fill("Hội nghị phản biện dự thảo Đề án")
    await page.get_by_label("Loại cuộc họp").select_option(label="Phản biện xã hội")
    await page.get_by_label("Đơn vị tổ chức").select_option(label="Xã Khe Lăng")
    await page.get_by_label("Thời gian bắt đầu").fill("2026-12-01T08:00")
    await page.get_by_role("button", name="Tạo cuộc họp").click()
    await expect(page.get_by_role("heading", name="Hội nghị phản biện dự thảo Đề án")).to_be_visible()
    await expect(page.get_by_text("08:00")).to_be_visible()

    for role, names in (("Chủ trì", ["Lò Văn Ân"]), ("Đại biểu", ["Vi Thị An", "Đỗ Minh Đức"])):
        await page.get_by_role("button", name="Mời từ danh sách nhân sự").click()
        window = page.get_by_role("dialog")
        await window.get_by_role("button", name=role).click()
        for name in names:
            await window.get_by_role("searchbox").fill(name.split()[-1])
            await window.get_by_label(name).check()
        await window.get_by_role("button", name="Mời", exact=True).click()
        await expect(window).to_have_count(0)
    await expect(page.get_by_text("Thành phần tham dự · 3 người")).to_be_visible()
    await page.get_by_role("button", name="Phát hành liên kết", exact=True).click()
    line = page.get_by_role("dialog").get_by_role("listitem").filter(has_text="Lò Văn Ân")
    link = await line.locator("code").inner_text()
    await page.get_by_role("button", name="Đã xong").click()
    await expect(page.get_by_text("Đã cấp liên kết")).to_have_count(3)

    seat = await ends.enter_async_context(
        await browser.new_context(browsers[1], permissions=["camera", "microphone"], locale="vi-VN")
    )
    chair = await seat.new_page()
    await chair.goto(link)
    await chair.get_by_role("button", name=ENTER).click()
    await expect(chair.get_by_text("Hội nghị phản biện dự thảo Đề án").first).to_be_visible()
    await page.reload()
    await expect(page.get_by_text("Đã vào họp")).to_have_count(1)

    await page.get_by_role("button", name="Đăng xuất", exact=True).click()
    await expect(page.get_by_label("Tên đăng nhập")).to_be_visible()
    await page.goto(f"{empty_installation.address}/vp")
    await expect(page.get_by_label("Tên đăng nhập")).to_be_visible()
    assert errors == []

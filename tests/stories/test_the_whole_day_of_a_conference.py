"""From the draft in the office to the announced election: one day, everybody at their own screen."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from meeting_app import bodies, invitations, meetings, organization
from meeting_app.acting import SYSTEM_OFFICER, Actor
from signaling.accounts import AccountPlan, open_account
from signaling.clock import Clock
from signaling.database import open_database
from tests import browser
from tests.converter.files import pdf
from tests.stories.conftest import DESKTOP, ENTER, PHONE
from tests.stories.installation import Installation

pytestmark = pytest.mark.asyncio(loop_scope="session")

PASSWORD = "một câu dài dễ nhớ"
UNIT = "Phường Hoa Sen"
TITLE = "Họp Ban Thường trực tháng 11"
CHAIR, SECRETARY, WALL = "Lê Thị Hồng Nhung", "Vũ Minh Khôi", "Màn hình hội trường"
BAO, *OTHERS = "Trần Quốc Bảo", "Lò Thị Mẩy", "Vi Văn Phúc", "Hoàng Đức Hạnh"
PAPER = {"name": "Tờ trình.pdf", "mimeType": "application/pdf", "buffer": pdf("Trang mot", "Trang hai")}
# Who answers on a small machine need not be seen.
WITHOUT_CAMERA = "localStorage.setItem('wants-camera', 'false')"


@dataclass
class Day:
    """Everybody's windows, by name."""

    address: str
    browsers: list[Browser]
    contexts: list[BrowserContext] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    async def window(self, at: str, viewport: dict = DESKTOP) -> Page:
        context = await browser.new_context(
            self.browsers[len(self.contexts) % len(self.browsers)],
            viewport=viewport,
            locale="vi-VN",
            permissions=["camera", "microphone"],
            reduced_motion="reduce",
        )
        self.contexts.append(context)
        await context.add_init_script(WITHOUT_CAMERA)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        await page.goto(at)
        return page

    async def ends(self) -> None:
        for context in self.contexts:
            await context.close()
        assert self.errors == []


@pytest_asyncio.fixture(loop_scope="session")
async def day(empty_installation: Installation, browsers: list[Browser]) -> AsyncIterator[Day]:
    begun = Day(empty_installation.address, browsers)
    yield begun
    await begun.ends()


async def employ(installation: Installation) -> None:
    """An officer, a secretary, and a standing board of five."""
    database, now = await open_database(installation.settings), Clock().utc()
    try:
        password_hash = await organization.hashed(PASSWORD)
        async with database.writing() as session:
            plan = AccountPlan("nhung.lth", "system_admin", SECRETARY, "Chánh Văn phòng", UNIT, "commune")
            account = await open_account(session, plan, password_hash, now)
            unit = (await session.get_one(organization.Person, account.person_id)).unit_id
            body = await bodies.add_body(session, SYSTEM_OFFICER, unit, "standing", "Ban Thường trực Hoa Sen", now)
            for name in (CHAIR, BAO, *OTHERS):
                person = await organization.add_person(session, SYSTEM_OFFICER, name, "Ủy viên", unit, now)
                position = "head" if name == CHAIR else "member"
                day = bodies.day_of(now)
                await bodies.add_member(session, SYSTEM_OFFICER, body.id, person.id, position, day, now)
    finally:
        await database.close()


async def prepare(office: Page) -> dict[str, str]:
    """The officer signs in, writes the draft and hands on the links of those who lead; they by name."""
    await office.get_by_label("Tên đăng nhập").fill("nhung.lth")
    await office.get_by_label("Mật khẩu").fill(PASSWORD)
    await office.keyboard.press("Enter")
    await office.get_by_role("link", name="Tạo cuộc họp").click()
    await office.get_by_label("Tên cuộc họp").fill(TITLE)
    await office.get_by_label("Cơ quan họp").select_option(label=f"Ban Thường trực Hoa Sen · {UNIT}")
    begins = Clock().utc() + timedelta(hours=8)  # the clock of Vietnam, an hour from now
    await office.get_by_label("Thời gian bắt đầu").fill(begins.strftime("%Y-%m-%dT%H:%M"))
    await office.get_by_role("button", name="Tạo cuộc họp").click()
    await expect(office.get_by_text("Thành phần tham dự · 5 người")).to_be_visible()
    await office.get_by_role("button", name="Mời từ danh sách nhân sự").click()
    picking = office.get_by_role("dialog")
    await picking.get_by_role("button", name="Thư ký").click()
    await picking.get_by_role("searchbox").fill("Khôi")
    await picking.get_by_label(SECRETARY).check()
    await picking.get_by_role("button", name="Mời", exact=True).click()
    await expect(office.get_by_text("Thành phần tham dự · 6 người")).to_be_visible()
    await office.get_by_role("button", name="Phát hành liên kết", exact=True).click()
    lines = office.get_by_role("dialog").get_by_role("listitem")
    await expect(lines).to_have_count(6)
    links = {name: await lines.filter(has_text=name).locator("code").inner_text() for name in (CHAIR, SECRETARY)}
    await office.get_by_role("button", name="Đã xong").click()
    return links


async def issue(office: Page, name: str) -> str:
    """A new personal link, handed on by the office to who has no e-mail."""
    await office.get_by_role("button", name=f"Phát hành lại liên kết cho {name}").click()
    await office.get_by_role("dialog").get_by_role("button", name="Cấp lại liên kết").click()
    link = await office.get_by_role("dialog").locator("code").inner_text()
    await office.get_by_role("button", name="Đã xong").click()
    return link


async def hang_wall(installation: Installation, meeting: str) -> str:
    """A screen in the hall, which no officer invites; its link."""
    database, now = await open_database(installation.settings), Clock().utc()
    try:
        async with database.writing() as session:
            system = Actor(meeting)
            added = await meetings.add_participant(session, system, "big_screen", now, name=WALL)
            token = await invitations.issue_link(session, system, added.data["participant"]["id"], now)
    finally:
        await database.close()
    return f"{installation.address}/v/{token}"


async def enter(page: Page, *, prepares: bool = False) -> None:
    """Through the device check; who comes before the doors are open passes by the invitation."""
    if prepares:
        await page.get_by_role("button", name=ENTER).click()
    await expect(page.get_by_role("heading", name="Kiểm tra thiết bị")).to_be_visible()
    await page.get_by_role("button", name=ENTER).click()
    await expect(page.get_by_role("button", name="Rời").first).to_be_visible()


async def cast(page: Page, choice: str) -> None:
    asked = page.get_by_role("dialog", name="Đang biểu quyết")
    await asked.get_by_role("button", name=choice, exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name="Gửi phiếu").click()
    receipt = page.get_by_role("dialog", name="Đã ghi nhận phiếu của đồng chí")
    await receipt.get_by_role("button", name="Đóng", exact=True).click()


async def elect(page: Page, *names: str) -> None:
    asked = page.get_by_role("dialog", name="Đang biểu quyết")
    for name in names:
        await asked.get_by_label(name).check()
    await asked.get_by_role("button", name="Xem lại phiếu").click()
    await page.get_by_role("dialog").get_by_role("button", name="Gửi phiếu").click()
    receipt = page.get_by_role("dialog", name="Đã ghi nhận phiếu của đồng chí")
    await receipt.get_by_role("button", name="Đóng", exact=True).click()


async def test_a_day(empty_installation: Installation, day: Day):
    await employ(empty_installation)
    office = await day.window(f"{empty_installation.address}/vp")
    links = await prepare(office)
    wall = await day.window(await hang_wall(empty_installation, office.url.rpartition("/")[2]))

    # The secretary lays the draft before the chair, with an agenda and a paper.
    secretary = await day.window(links[SECRETARY])
    await enter(secretary, prepares=True)
    await secretary.get_by_role("button", name="Sửa chương trình").click()
    await secretary.get_by_role("button", name="Thêm nội dung").click()
    item = secretary.get_by_role("dialog")
    await item.get_by_label("Nội dung", exact=True).fill("Công tác nhân sự")
    await item.get_by_role("button", name="Lưu").click()
    await secretary.get_by_role("button", name="Trình chủ trì duyệt").click()
    await secretary.get_by_role("tab", name="Tài liệu").click()
    await secretary.get_by_role("button", name="Thêm tài liệu").click()
    adding = secretary.get_by_role("dialog", name="Thêm tài liệu")
    await adding.get_by_label("Tệp").set_input_files(PAPER)
    await adding.get_by_label("Ai được đọc").select_option("everybody")
    await adding.get_by_role("button", name="Tải lên").click()

    # The chair approves, and the invitations go out.
    chair = await day.window(links[CHAIR])
    await enter(chair, prepares=True)
    await chair.get_by_role("button", name="Duyệt", exact=True).click()
    await chair.get_by_role("button", name="Giấy mời và phản hồi").click()
    letters = chair.get_by_role("dialog")
    await letters.get_by_label("Địa danh").fill("Lam Sơn")
    await letters.get_by_label("Chức vụ người ký").fill("Chủ tịch")
    await letters.get_by_label("Họ và tên người ký").fill(CHAIR)
    await letters.get_by_role("button", name="Lưu giấy mời").click()
    await letters.get_by_role("button", name="Phát hành giấy mời").click()
    await expect(letters.get_by_role("button", name="Nhắc người chưa trả lời")).to_be_visible()
    await letters.get_by_role("button", name="Đóng", exact=True).click()

    # A delegate says on a phone that he comes, and the chair sees it.
    bao = await day.window(await issue(office, BAO), PHONE)
    await bao.get_by_role("button", name="Xác nhận tham dự").click()
    await expect(bao.get_by_text("Đồng chí đã xác nhận tham dự.")).to_be_visible()
    await expect(chair.get_by_text("Tham dự 1 ·")).to_be_visible()

    # All come in as the doors open, and are present.
    await secretary.get_by_role("button", name="Duyệt cho đại biểu đọc").click()
    await chair.get_by_role("button", name="Mở điểm danh").click()
    await expect(chair.get_by_role("button", name="Bắt đầu hội nghị")).to_be_visible()
    await bao.reload()
    delegates = [bao] + [await day.window(await issue(office, name), PHONE) for name in OTHERS]
    for page in delegates:
        await enter(page)
    await expect(chair.get_by_text("6/6 có mặt")).to_be_visible()
    await chair.get_by_role("button", name="Bắt đầu hội nghị").click()
    await chair.get_by_role("button", name="Mở mục 1").click()

    # The paper is on everybody's screen.
    await secretary.get_by_role("button", name=re.compile("^Tờ trình")).click()
    await secretary.get_by_role("button", name="Trình chiếu").click()
    await expect(bao.get_by_role("region", name="Tờ trình", exact=True)).to_be_visible()
    await expect(wall.get_by_role("img", name="Đang trình chiếu: Tờ trình, trang 1")).to_be_visible()
    await secretary.get_by_role("button", name="Dừng trình chiếu").click()

    # The floor is asked for on the phone and given from the desk.
    await bao.get_by_role("button", name="Giơ tay").click()
    await chair.get_by_role("button", name=f"Mời {BAO} phát biểu").click()
    await bao.get_by_role("button", name="Bật micrô và phát biểu").click()
    await expect(bao.get_by_role("button", name="Tắt micrô", exact=True)).to_be_visible()
    await chair.get_by_role("button", name=f"Dừng lượt phát biểu của {BAO}").click()

    # An open vote, by the majority that the body's rules ask for.
    await chair.get_by_role("button", name="Mở biểu quyết").click()
    opening = chair.get_by_role("dialog", name="Mở biểu quyết")
    await opening.get_by_role("button", name="Cần quá nửa tổng số ủy viên").click()
    for page, choice in zip(delegates, ("Tán thành", "Tán thành", "Tán thành", "Không tán thành"), strict=True):
        await cast(page, choice)
    await cast(chair, "Tán thành")
    await expect(chair.get_by_text("Đã biểu quyết 5/5").first).to_be_visible()
    await chair.get_by_role("button", name="Đóng biểu quyết").click()
    await chair.get_by_role("button", name="Công bố kết quả").click()
    told = "Cần quá nửa tổng số ủy viên (3/5), đã có 4 phiếu tán thành."
    for page in (chair, wall):
        await expect(page.get_by_text(told)).to_be_visible()

    # The election, and the minutes of its count.
    await chair.get_by_role("button", name="Mở biểu quyết").click()
    await opening.get_by_label("Nội dung biểu quyết").fill("Bầu bổ sung Phó Trưởng ban")
    await opening.get_by_role("button", name="Bầu cử").click()
    await opening.get_by_label("Danh sách ứng cử").fill(f"{BAO}, Ủy viên\n{OTHERS[0]}, Ủy viên")
    await opening.get_by_role("button", name="Cần quá nửa tổng số ủy viên").click()
    for page, name in zip((chair, *delegates), (BAO, BAO, BAO, OTHERS[0], BAO), strict=True):
        await elect(page, name)
    await expect(chair.get_by_text("Đã biểu quyết 5/5").first).to_be_visible()
    await chair.get_by_role("button", name="Đóng biểu quyết").click()
    await chair.get_by_role("button", name="Công bố kết quả").click()
    for page in (wall, *delegates):
        await expect(page.get_by_text("Trúng cử 1/1 người")).to_be_visible()
    await chair.get_by_role("button", name="Biên bản kiểm phiếu").click()
    minutes = chair.get_by_role("dialog", name="Biên bản kiểm phiếu")
    await expect(minutes.get_by_text(f"Kết quả: Trúng cử: {BAO}.")).to_be_visible()
    await minutes.get_by_role("button", name="Đóng", exact=True).click()

    # What was concluded is written down, and the day ends for everybody.
    await secretary.get_by_role("tab", name="Chương trình").click()
    await secretary.get_by_role("button", name="Ghi kết luận").click()
    conclusion = secretary.get_by_role("dialog")
    await conclusion.get_by_label("Nội dung kết luận").fill("Thống nhất kết quả bầu bổ sung.")
    await conclusion.get_by_role("button", name="Lưu").click()
    await expect(chair.get_by_text("Thống nhất kết quả bầu bổ sung.")).to_be_visible()
    await chair.get_by_role("button", name="Kết thúc hội nghị").click()
    await chair.get_by_role("dialog").get_by_role("button", name="Kết thúc hội nghị").click()
    for page in (chair, secretary, *delegates):
        await expect(page.get_by_text("Hội nghị đã kết thúc.").first).to_be_visible()

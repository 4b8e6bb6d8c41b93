"""Every refusal says in plain Vietnamese what happened and what to do."""

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests import browser
from tests.stories.conftest import DESKTOP, Hall
from tests.stories.installation import Installation

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = {"Phạm Thu Hà": "chair", "Trần Quốc Bảo": "delegate"}


@pytest_asyncio.fixture(loop_scope="session")
async def plain(playwright):
    """Opens pages of a browser without any device; `script` runs before the page's own."""
    running: list[Browser] = []

    async def open_page(address: str, *, script: str = "", arguments: tuple[str, ...] = ()) -> Page:
        running.append(await browser.launch(playwright, arguments=arguments))
        context = await browser.new_context(running[-1], locale="vi-VN", viewport=DESKTOP)
        await context.add_init_script(script)
        page = await context.new_page()
        await page.goto(address)
        return page

    yield open_page
    for one in running:
        await one.close()


async def test_a_wrong_link(installation, plain):
    page = await plain(f"{installation.address}/v/khong-co-that")
    await expect(page.get_by_text("Liên kết này không đúng hoặc đã bị thu hồi.")).to_be_visible()
    await expect(page.get_by_text("Hãy mở lại liên kết hoặc quét mã QR trong giấy mời")).to_be_visible()


async def test_a_used_link_knocks_and_the_chair_lets_in(open_hall, plain):
    hall = await open_hall(PEOPLE)
    chair = await hall.comes("Phạm Thu Hà", 1, camera=False)
    await hall.comes("Trần Quốc Bảo", 2, camera=False)
    token = hall.conference.tokens["Trần Quốc Bảo"]
    page = await plain(f"{hall.installation.address}/v/{token}")
    await expect(page.get_by_text("Liên kết này đã được dùng trên một thiết bị khác.")).to_be_visible()
    await page.get_by_role("button", name="Xin vào bằng thiết bị này").click()
    await page.get_by_role("button", name="Vào chỉ nghe và xem").click()
    await expect(page.get_by_text("Đang chờ chủ trì hoặc thư ký cho vào")).to_be_visible()
    await chair.page.get_by_role("button", name="Cho vào: Trần Quốc Bảo").click()
    await expect(page.get_by_role("button", name="Rời họp")).to_be_visible()


async def test_a_closed_meeting(installation, plain):
    conference = await installation.hold(PEOPLE, state="closed")
    page = await plain(f"{installation.address}/v/{conference.tokens['Trần Quốc Bảo']}")
    await expect(page.get_by_text("Hội nghị đã kết thúc hoặc bị hủy nên không thể vào được nữa.")).to_be_visible()


async def test_a_browser_without_webrtc(installation, plain):
    conference = await installation.hold(PEOPLE)
    page = await plain(
        f"{installation.address}/v/{conference.tokens['Trần Quốc Bảo']}", script="delete window.RTCPeerConnection"
    )
    await expect(page.get_by_text("Trình duyệt này không họp trực tuyến được.")).to_be_visible()


async def test_no_camera_and_no_microphone(installation, plain):
    conference = await installation.hold(PEOPLE)
    page = await plain(
        f"{installation.address}/v/{conference.tokens['Trần Quốc Bảo']}",
        arguments=("--use-fake-ui-for-media-stream",),
    )
    await expect(page.get_by_text("Không tìm thấy máy ảnh nào.")).to_be_visible()
    await expect(page.get_by_text("Không tìm thấy micrô nào.")).to_be_visible()
    await page.get_by_role("button", name="Vào chỉ nghe và xem").click()
    await expect(page.get_by_role("button", name="Rời họp")).to_be_visible()


async def test_permission_denied(installation, plain):
    conference = await installation.hold(PEOPLE)
    page = await plain(
        f"{installation.address}/v/{conference.tokens['Trần Quốc Bảo']}",
        arguments=("--use-fake-device-for-media-stream",),
    )
    await expect(page.get_by_text("Trình duyệt đang chặn micrô của trang này.")).to_be_visible()
    await expect(page.get_by_role("button", name="Vào chỉ nghe và xem")).to_be_enabled()


async def test_a_full_room(browsers, tmp_path, ends):
    crowded = Installation(tmp_path, seats=1)
    ends.push_async_callback(crowded.stop)
    await crowded.start()
    hall = Hall(crowded, browsers, await crowded.hold(PEOPLE))
    ends.push_async_callback(hall.leave)
    first = await hall.comes("Phạm Thu Hà", 1, camera=False)
    await expect(first.page.get_by_role("button", name="Rời họp")).to_be_visible()
    second = await hall.comes("Trần Quốc Bảo", 2, camera=False)
    await expect(second.page.get_by_text("Phòng họp đã đủ 1 người kết nối.")).to_be_visible()


async def test_messages_too_large_or_broken_disturb_nobody(open_hall):
    hall = await open_hall(PEOPLE)
    chair = await hall.comes("Phạm Thu Hà", 1, camera=False)
    delegate = await hall.comes("Trần Quốc Bảo", 2)
    await chair.until_sees(delegate)
    await delegate.page.get_by_role("tab", name="Trao đổi").click()
    field = delegate.page.get_by_label("Viết cho mọi người")
    await field.evaluate("field => field.removeAttribute('maxlength')")
    await field.fill("dài " * 1000)
    await delegate.page.keyboard.press("Enter")
    await expect(delegate.page.get_by_text("Nội dung gửi đi quá lớn.").first).to_be_visible()
    assert await field.input_value(), "what was written is not lost"
    assert (await chair.until_sees(delegate))["who"] == delegate.who

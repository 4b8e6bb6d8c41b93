"""Thirty delegates in the hall of a site, a telephone each: checked in by its code, without sound or picture."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from meeting_app import invitations, sites
from meeting_app.acting import Actor
from signaling.clock import Clock
from signaling.database import open_database
from tests.converter.files import pdf
from tests.stories.conftest import PHONE, Hall, Person

pytestmark = pytest.mark.asyncio(loop_scope="session")

CHAIR, WALL, SITE = "Phạm Thu Hà", "Màn hình hội trường", "Điểm cầu xã Nậm Cắn"
DELEGATES = [f"Đại biểu {number}" for number in range(1, 31)]
AGAINST = DELEGATES[:7]
REPORT = {"name": "Báo cáo.pdf", "mimeType": "application/pdf", "buffer": pdf("Trang mot", "Trang hai")}
AT_ONCE = 6  # hands that a small machine moves at the same moment


@pytest_asyncio.fixture(loop_scope="session")
async def hall(installation, open_hall) -> Hall:
    """A conference whose site has a screen of its own, with one camera and one microphone."""
    people = dict.fromkeys(DELEGATES, "delegate") | {CHAIR: "chair", WALL: "big_screen"}
    hall = await open_hall(people, mode="chaired")
    conference, now = hall.conference, Clock().utc()
    database = await open_database(installation.settings)
    async with database.writing() as session:
        system = Actor(conference.meeting)
        operator = (await sites.add_site(session, system, SITE, now, capacity=30)).data["operator"]["id"]
        conference.ids[SITE] = operator
        conference.tokens[SITE] = await invitations.issue_link(session, system, operator, now)
    await database.close()
    return hall


One = TypeVar("One")


async def each(those: Iterable[One], do: Callable[[One], Awaitable[None]]) -> None:
    hands = asyncio.Semaphore(AT_ONCE)

    async def by_one(one: One) -> None:
        async with hands:
            await do(one)

    async with asyncio.TaskGroup() as group:
        for one in those:
            group.create_task(by_one(one))


async def code_on(screen: Page) -> str:
    """What the code that hangs at the site says, as a telephone's camera reads it."""
    drawn = await screen.get_by_role("img", name="Mã QR để điểm danh").get_attribute("src")
    return parse_qs(urlsplit(drawn).query)["link"][0]


async def read(person: Person) -> None:
    await person.page.get_by_role("button", name="Xem", exact=True).click()
    await expect(person.page.locator("svg.text")).to_have_text("Trang mot")


async def vote(person: Person) -> None:
    choice = "Không tán thành" if person.name in AGAINST else "Tán thành"
    asked = person.page.get_by_role("dialog", name="Đang biểu quyết")
    await asked.get_by_role("button", name=choice, exact=True).click()
    await person.page.get_by_role("dialog").get_by_role("button", name="Gửi phiếu").click()
    receipt = person.page.get_by_role("dialog", name="Đã ghi nhận phiếu của đồng chí")
    await receipt.get_by_role("button", name="Đóng", exact=True).click()


async def test_thirty_companions(hall: Hall):
    chair = await hall.comes(CHAIR, 1, camera=False)
    site = await hall.comes(SITE, 2, camera=False)
    wall = await hall.comes(WALL, 1, enter=None)

    # Each opens the link of the invitation, and scans the code at the site's screen.
    await site.page.get_by_role("button", name="Điểm danh").click()
    phones: list[Person] = []

    async def check_in(name: str) -> None:
        person = await hall.comes(name, 3 + len(phones) % 2, viewport=PHONE, camera=False, enter=None)
        phones.append(person)
        await expect(person.page.get_by_role("heading", name="Kiểm tra thiết bị")).to_be_visible()
        await person.page.goto(await code_on(site.page))
        await expect(person.page.get_by_text(SITE)).to_be_visible()
        await person.page.get_by_role("button", name="Theo dõi họp trên điện thoại này").click()
        await expect(person.page.get_by_role("button", name="Giơ tay")).to_be_visible()

    await each(DELEGATES, check_in)
    await expect(chair.page.get_by_text("31/31 có mặt")).to_be_visible()
    await site.page.get_by_role("button", name="Đóng", exact=True).click()

    # A page that is shown lies in thirty hands.
    await chair.shows(REPORT, "Báo cáo")
    await each(phones, read)
    await chair.page.get_by_role("button", name="Dừng trình chiếu").click()

    # Who asks for the floor on the telephone speaks into the microphone of the site.
    speaker = phones[11]
    await speaker.page.get_by_role("button", name="Giơ tay").click()
    await chair.page.get_by_role("tab", name="Điều hành").click()
    await chair.page.get_by_role("button", name=f"Mời {speaker.name} phát biểu", exact=True).click()
    await expect(speaker.page.get_by_text(f"Mời đồng chí phát biểu bằng micrô của {SITE}.")).to_be_visible()
    await site.unmute()
    await chair.until_hears([site.who])
    await chair.page.get_by_role("button", name=f"Dừng lượt phát biểu của {speaker.name}", exact=True).click()
    await chair.until_hears([])

    # They vote within a minute, and each ballot counts once.
    await chair.page.get_by_role("button", name="Mở biểu quyết").click()
    opening = chair.page.get_by_role("dialog", name="Mở biểu quyết")
    await opening.get_by_label("Nội dung biểu quyết").fill("Thông qua báo cáo")
    await opening.get_by_role("button", name="Cần quá nửa số đại biểu có mặt").click()
    await each(phones, vote)
    await expect(wall.page.get_by_text("Đã biểu quyết 30/31")).to_be_visible()
    await chair.page.get_by_role("dialog").get_by_role("button", name="Tán thành", exact=True).click()
    await chair.page.get_by_role("dialog").get_by_role("button", name="Gửi phiếu").click()
    await chair.page.get_by_role("dialog").get_by_role("button", name="Đóng", exact=True).click()
    await expect(chair.page.get_by_text("Đã biểu quyết 31/31").first).to_be_visible()
    await chair.page.get_by_role("button", name="Đóng biểu quyết").click()
    await chair.page.get_by_role("button", name="Công bố kết quả").click()
    told = "Cần quá nửa số đại biểu có mặt (16/31), đã có 24 phiếu tán thành."
    await expect(wall.page.get_by_text(told)).to_be_visible()

    # No telephone ever opened a channel for sound or picture.
    assert [await person.page.evaluate("eyes.connections.length") for person in phones] == [0] * len(phones)

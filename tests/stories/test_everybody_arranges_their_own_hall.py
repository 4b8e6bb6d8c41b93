"""One's own camera, sound alone, a search, another language, a lost line: chosen or said at one screen."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.stories.conftest import PATIENCE_S, Person

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = {"Phạm Thu Hà": "chair", "Trần Quốc Bảo": "delegate"}
SEVERAL = 100  # packets, two seconds of a voice
UNLINKED = "Mất liên lạc với máy chủ, đang nối lại."


async def received(person: Person, kind: str) -> tuple[int, int]:
    """Packets and bytes."""
    entries = [entry for entry in await person.stats("inbound-rtp") if entry["kind"] == kind]
    return sum(entry["packetsReceived"] for entry in entries), sum(entry["bytesReceived"] for entry in entries)


async def until_only_voices_come(person: Person) -> None:
    """Until no byte of a picture comes while a voice does."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            _, pictures = await received(person, "video")
            voice, _ = await received(person, "audio")
            while (await received(person, "audio"))[0] < voice + SEVERAL:
                await person.hears()
            if (await received(person, "video"))[1] == pictures:
                return


async def chooses(person: Person, more: str, what: str, close: str) -> None:
    await person.page.get_by_role("button", name=more, exact=True).click()
    await person.page.get_by_role("dialog").get_by_role("button", name=what, exact=True).click()
    await person.page.get_by_role("dialog").get_by_role("button", name=close, exact=True).click()


async def test_their_own_hall(open_hall):
    hall = await open_hall(PEOPLE)
    chair, bao = [await hall.comes(name, who) for who, name in enumerate(PEOPLE, 1)]
    await bao.mute()
    await chair.until_sees(bao)
    await bao.until_sees(chair)

    # The camera, off and on again.
    await bao.page.get_by_role("button", name="Tắt hình").click()
    await expect(bao.page.get_by_role("img", name="Hình của đồng chí")).to_have_count(0)
    await expect(chair.page.locator(f'[data-participant="{bao.id}"][data-picture=on]')).to_have_count(0)
    await bao.page.get_by_role("button", name="Bật hình").click()
    await expect(bao.page.get_by_role("img", name="Hình của đồng chí")).to_be_visible()
    await chair.until_sees(bao)

    # Sound alone, and pictures again.
    await chooses(bao, "Thêm", "Chỉ nghe", "Đóng")
    await expect(bao.page.get_by_text("Chế độ chỉ nghe: đã tắt hình của mọi người.")).to_be_visible()
    await until_only_voices_come(bao)
    await bao.until_hears([chair.who])
    await bao.page.get_by_role("button", name="Bật lại hình").click()
    await bao.until_sees(chair)

    # A name or a unit, typed without its marks.
    await chair.page.get_by_role("tab", name="Đại biểu").click()
    rows = chair.page.get_by_role("tabpanel", name="Đại biểu").get_by_role("listitem")
    search = chair.page.get_by_label("Tìm theo tên hoặc đơn vị")
    await search.fill("bao")
    await expect(rows).to_contain_text(["Trần Quốc Bảo"])
    await expect(chair.page.get_by_text("1 trong 2 người")).to_be_visible()
    await search.fill("nam can")
    await expect(rows).to_contain_text(["Phạm Thu Hà", "Trần Quốc Bảo"])
    await search.fill("muong long")
    await expect(chair.page.get_by_text("Không thấy ai khớp.")).to_be_visible()

    await search.fill("")

    # English at one screen.
    await chooses(chair, "Thêm", "English", "Close")
    await expect(chair.page.get_by_role("button", name="Camera off")).to_be_visible()
    await expect(chair.page.get_by_text("2 people")).to_be_visible()
    await expect(chair.page.locator("html")).to_have_attribute("lang", "en")
    await expect(bao.page.get_by_role("button", name="Tắt hình")).to_be_visible()

    # No line to the service: it is said, the voice goes on, and it is over without a click.
    await bao.page.context.set_offline(True)
    await expect(bao.page.get_by_text(UNLINKED)).to_be_visible()
    await bao.until_hears([chair.who])
    await bao.page.get_by_role("button", name="Giơ tay").click()
    await bao.page.context.set_offline(False)
    await expect(bao.page.get_by_text(UNLINKED)).to_have_count(0)
    rows = chair.page.get_by_role("tabpanel", name="People").get_by_role("listitem")
    await expect(rows.filter(has_text="Trần Quốc Bảo")).to_contain_text("Hand raised")

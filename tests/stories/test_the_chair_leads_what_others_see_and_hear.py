"""What the chair shows reaches every screen; one person is put on the stage, muted and shown out, and only that one."""

import pytest
from playwright.async_api import Locator, expect

from tests.stories.conftest import PATIENCE_S, PHONE, Person

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = {"Phạm Thu Hà": "chair", "Trần Quốc Bảo": "delegate", "Hoàng Thị Lan": "delegate"}

STAGE, SCREEN = ".tile.stage", ".tile.screen"
# Chromium's fake screen moves, and carries nobody's number as the cameras' pictures do.
SHOWS_A_SCREEN = """css => {
  const video = document.querySelector(css + ' video')
  if (!video?.videoWidth || eyes.read(video)) return false
  if (eyes.watched?.video !== video) {
    eyes.watch(video)
    eyes.watched.video = video
  }
  return eyes.watched.width !== null
}"""
SHOWS_A_PERSON = "([css, who]) => eyes.read(document.querySelector(css + ' video'))?.who === who"


async def until_shown(viewer: Person, what: str, given: object) -> None:
    await viewer.page.wait_for_function(what, arg=given, timeout=PATIENCE_S * 1000)


def listed(viewer: Person, other: Person) -> Locator:
    """Somebody's row in the list of people."""
    return viewer.page.get_by_role("tabpanel", name="Đại biểu").get_by_role("button", name=other.name)


async def chooses(chair: Person, other: Person, what: str) -> None:
    await listed(chair, other).click()
    await chair.page.get_by_role("dialog", name=other.name).get_by_role("button", name=what, exact=True).click()


async def test_the_chair_leads(open_hall):
    hall = await open_hall(PEOPLE)
    how = [{}, {"camera": False}, {"viewport": PHONE}]  # of these three, nobody looks for the second's picture
    chair, bao, lan = [await hall.comes(name, who, **how[who - 1]) for who, name in enumerate(PEOPLE, 1)]
    for person in (chair, bao, lan):  # while all are silent, no voice decides who is on a stage
        await person.mute()
    await chair.page.get_by_role("tab", name="Đại biểu").click()

    # A screen.
    await chair.page.get_by_role("button", name="Chia sẻ", exact=True).click()
    for viewer in (bao, lan):
        await expect(viewer.page.get_by_text("Màn hình của Phạm Thu Hà")).to_be_visible()
        await until_shown(viewer, SHOWS_A_SCREEN, SCREEN)
    await until_shown(bao, SHOWS_A_PERSON, [STAGE, chair.who])
    await chair.page.get_by_role("button", name="Dừng chia sẻ").click()
    for viewer in (bao, lan):
        await expect(viewer.page.locator(SCREEN)).to_have_count(0)

    # A person on everybody's stage; nobody's face stands under another's name meanwhile.
    await bao.page.evaluate("people => eyes.compare(people)", {one.id: one.who for one in (chair, bao, lan)})
    for _ in range(3):
        await chooses(chair, lan, "Đưa lên màn hình chung")
        await expect(bao.page.locator(STAGE).get_by_text("Trên màn hình chung")).to_be_visible()
        await until_shown(bao, SHOWS_A_PERSON, [STAGE, lan.who])
        await chooses(chair, lan, "Thôi đưa lên màn hình chung")
        await until_shown(bao, SHOWS_A_PERSON, [STAGE, chair.who])
    compared = await bao.page.evaluate("() => eyes.compared.end()")
    assert compared["faces"] > 0
    assert compared["mistaken"] == []

    # One of two voices.
    for speaker in (bao, lan):
        await speaker.unmute()
    await chair.until_hears([bao.who, lan.who])
    await expect(chair.page.locator(f'.speaking[data-participant="{bao.id}"]').first).to_be_visible()
    await chooses(chair, bao, "Tắt micrô")
    await expect(bao.page.get_by_role("button", name="Micrô bị tắt")).to_be_visible()
    await expect(listed(chair, bao).get_by_text("Bị tắt micrô")).to_be_attached()
    await chair.until_hears([lan.who])
    await expect(chair.page.locator(f'.speaking[data-participant="{bao.id}"]')).to_have_count(0)
    await chooses(chair, bao, "Cho bật micrô")
    await expect(bao.page.get_by_role("button", name="Bật micrô")).to_be_visible()

    # One person out of the room.
    await chooses(chair, bao, "Mời ra khỏi phòng")
    asked = chair.page.get_by_role("dialog", name="Mời Trần Quốc Bảo ra khỏi phòng?")
    await asked.get_by_role("button", name="Mời ra khỏi phòng").click()
    await expect(bao.page.get_by_text("Đồng chí đã được mời ra khỏi phòng họp.")).to_be_visible()
    await expect(listed(chair, bao)).to_have_count(0)
    await expect(chair.page.locator(f'[data-participant="{bao.id}"]')).to_have_count(0)
    await chair.until_hears([lan.who])

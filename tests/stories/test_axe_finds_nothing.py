"""axe-core on the screens of a conference in session, as they are on a phone, a desktop and the wall."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.stories.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.asyncio(loop_scope="session")

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
WALL = {"width": 1920, "height": 1080}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A colour halfway between two is nobody's. What turns as long as it is shown never rests.
AT_REST = """async () => {
  await document.fonts.ready
  const ends = ({ effect }) => Number.isFinite(effect.getComputedTiming().endTime)
  await Promise.allSettled(document.getAnimations().filter(ends).map((one) => one.finished))
}"""
PEOPLE = {"Phạm Thu Hà": "chair", "Trần Quốc Bảo": "delegate", "Màn hình": "big_screen"}


async def faults(page: Page) -> list[str]:
    await page.evaluate(AXE.read_text())  # as an evaluation, since the page's policy lets no foreign script in
    await page.evaluate(AT_REST)
    found = await page.evaluate("rules => axe.run(document, { runOnly: { type: 'tag', values: rules } })", RULES)
    assert len(found["passes"]) > 10, "axe has to have looked"
    return [f"{v['id']}: {[node['target'] for node in v['nodes']]}" for v in found["violations"]]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_from_the_door_to_the_hall(open_hall, ends, size):
    hall = await open_hall(PEOPLE)
    delegate = await hall.comes("Trần Quốc Bảo", 2, viewport=size)
    chair = await hall.comes("Phạm Thu Hà", 1, viewport=size, enter=None)
    await expect(chair.page.get_by_role("button", name="Vào hội trường")).to_be_visible()
    assert await faults(chair.page) == []
    await chair.page.get_by_role("button", name="Vào hội trường").click()
    await chair.until_sees(delegate)
    for tab in await chair.page.get_by_role("tab").all():
        await tab.click()
        assert await faults(chair.page) == [], await tab.inner_text()
    stranger = await ends.enter_async_context(await chair.context.browser.new_page(viewport=size))
    for path in ("/", "/v/khong-co", f"/m/{hall.conference.meeting}", "/khong-co"):
        await stranger.goto(hall.installation.address + path)
        await expect(stranger.get_by_role("main")).to_be_visible()
        assert await faults(stranger) == [], path


async def test_the_wall(open_hall):
    hall = await open_hall(PEOPLE)
    speaker = await hall.comes("Phạm Thu Hà", 1)
    wall = await hall.comes("Màn hình", 2, viewport=WALL, enter=None)
    await wall.until_sees(speaker)
    assert await faults(wall.page) == []

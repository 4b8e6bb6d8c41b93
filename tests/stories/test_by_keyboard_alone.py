"""From the link to the floor without a mouse or a finger."""

import pytest
from playwright.async_api import Page, expect

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = {"Phạm Thu Hà": "chair", "Trần Quốc Bảo": "delegate"}
MOST_TABS = 60
FOCUSED = """() => {
  const e = document.activeElement
  const style = getComputedStyle(e)
  return {
    name: e.getAttribute('aria-label') || e.textContent.trim(),
    marked: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
  }
}"""


async def go_to(page: Page, name: str) -> None:
    """Tab to the element of that name; it must show that it has the focus."""
    for _ in range(MOST_TABS):
        await page.keyboard.press("Tab")
        focused = await page.evaluate(FOCUSED)
        if name in focused["name"]:
            assert focused["marked"], f"{name} does not show that it has the focus"
            return
    raise AssertionError(f"{name!r} is not reached by Tab")


async def press(page: Page, name: str) -> None:
    await go_to(page, name)
    await page.keyboard.press("Enter")


async def test_from_the_link_to_the_floor(open_hall):
    hall = await open_hall(PEOPLE, mode="chaired")
    chair, delegate = [await hall.comes(name, who, enter=None) for who, name in enumerate(PEOPLE, 1)]
    for person in (chair, delegate):
        await expect(person.page.get_by_role("button", name="Vào hội trường")).to_be_visible(timeout=30_000)
        await press(person.page, "Vào hội trường")
        await expect(person.page.get_by_role("button", name="Rời họp")).to_be_visible(timeout=30_000)
    await press(delegate.page, "Giơ tay")
    await expect(chair.page.get_by_role("button", name="Mời Trần Quốc Bảo phát biểu")).to_be_visible()
    await press(chair.page, "Mời Trần Quốc Bảo phát biểu")
    await expect(delegate.page.get_by_role("dialog")).to_be_visible()
    assert await delegate.page.evaluate("document.activeElement.closest('dialog') !== null"), "the dialog has the focus"
    await press(delegate.page, "Bật micrô và phát biểu")
    await expect(delegate.page.get_by_role("button", name="Tắt micrô", exact=True)).to_be_visible()
    await delegate.page.keyboard.press("Control+d")
    await expect(delegate.page.get_by_role("button", name="Bật micrô")).to_be_visible()
    await press(chair.page, "Dừng lượt phát biểu của Trần Quốc Bảo")
    await expect(delegate.page.get_by_role("button", name="Micrô chờ mời")).to_be_visible()

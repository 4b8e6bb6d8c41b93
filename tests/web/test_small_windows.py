"""Nothing covers what is pressed in a hall, however small its window."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests import browser
from tests.web.gallery import show

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]

SIZE = "phone"


PICTURES_AND_BAR = """() => {
  const boxes = (css) => [...document.querySelectorAll(css)].map((one) => one.getBoundingClientRect());
  return [Math.max(...boxes('.tile, .pager button').map(({bottom}) => bottom)), boxes('.tabs')[0].top];
}"""


@pytest.mark.parametrize("screen", ["hall-delegate", "hall-screen"])
@pytest.mark.parametrize(("width", "height"), [(683, 700), (480, 640), (600, 900), (759, 900), (844, 390)])
async def test_no_picture_lies_on_the_bar(page: Page, gallery: str, screen: str, width: int, height: int):
    await page.set_viewport_size({"width": width, "height": height})
    await show(page, gallery, screen, "light")
    bottom, top = await page.evaluate(PICTURES_AND_BAR)
    assert bottom <= top


# As in a browser that lets nothing sound before the page was touched.
SILENT = """
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  const isAllowed = this.tagName !== 'AUDIO' || navigator.userActivation.hasBeenActive;
  if (isAllowed) return this.tagName === 'AUDIO' ? Promise.resolve() : play.call(this);
  return Promise.reject(new DOMException('', 'NotAllowedError'));
};
"""


@pytest.mark.parametrize(("width", "height"), [(360, 640), (1280, 800), (844, 390)])
async def test_the_sound_is_turned_on_beside_the_bar_and_by_any_press(
    page: Page, gallery: str, width: int, height: int
):
    await page.add_init_script(SILENT)
    await page.set_viewport_size({"width": width, "height": height})
    await show(page, gallery, "hall-silent", "light")
    sound = page.get_by_role("button", name="Chạm để bật tiếng")
    await expect(sound).to_be_visible()
    bottom = await sound.evaluate("button => button.getBoundingClientRect().bottom")
    assert bottom <= await page.locator(".bar").evaluate("bar => bar.getBoundingClientRect().top")
    assert width > 759 or bottom <= await page.locator(".tabs").evaluate("tabs => tabs.getBoundingClientRect().top")
    await page.get_by_role("heading").first.click()
    await expect(sound).to_have_count(0)

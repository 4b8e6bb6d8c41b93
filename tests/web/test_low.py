"""A low window, as of a phone on its side or above its keyboard: tabs and controls stand beside each other."""

from __future__ import annotations

import pytest

from tests import browser
from tests.web.gallery import SETTLED, show, window

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]

# Above a keyboard; small phones; a desktop at 200 %; larger phones.
SIZES = [(360, 370), (390, 430), (640, 360), (667, 375), (683, 384), (740, 360), (844, 390)]
SPILLED = """() => {
  const buttons = [...document.querySelectorAll('.tabs button, .bar button')];
  const boxes = buttons.map((button) => button.getBoundingClientRect());
  return buttons.flatMap((button, i) => {
    const words = document.createRange();
    words.selectNodeContents(button);
    const [is, has] = [boxes[i], words.getBoundingClientRect()];
    const over = boxes.some((box, j) => j !== i && box.left < is.right - 0.5 && is.left < box.right - 0.5
      && box.top < is.bottom - 0.5 && is.top < box.bottom - 0.5);
    const fits = has.left > is.left - 0.5 && has.right < is.right + 0.5 && is.right < innerWidth + 0.5;
    return over || !fits || is.height < 43.5 || is.bottom > innerHeight + 0.5 ? [button.textContent] : [];
  });
}"""


@pytest.mark.parametrize("screen", ["hall-chat", "hall-chair", "hall-delegate"])
async def test_each_tab_and_control_has_room_for_its_words(chromium, gallery, screen):
    page = await window(chromium, "phone")
    await show(page, gallery, screen, "light")
    spilled = {}
    for width, height in SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        await page.evaluate(SETTLED)
        spilled[width, height] = await page.evaluate(SPILLED)
    await page.close()
    assert not {size: found for size, found in spilled.items() if found}

"""The screen of a hall keeps its parts in their places, however long the words."""

from __future__ import annotations

import pytest

from tests import browser
from tests.web.gallery import show, window

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]

OVERRUN = """([inner, outer]) => {
  const [a, b] = [inner, outer].map((css) => document.querySelector(css).getBoundingClientRect());
  return [b.left - a.left, b.top - a.top, a.right - b.right, a.bottom - b.bottom].some((by) => by > 0.5);
}"""


@pytest.mark.parametrize(
    ("inner", "outer"), [(".address img", "aside"), (".upper .caption", ".upper .tile"), (".next", "aside")]
)
async def test_a_long_item_and_a_long_title(chromium, gallery: str, inner: str, outer: str):
    page = await window(chromium, "wall")
    await show(page, gallery, "wall-long", "light")
    assert not await page.evaluate(OVERRUN, [inner, outer])
    await page.close()

"""Who asked for less motion sees none that goes on."""

from __future__ import annotations

import pytest

from tests import browser
from tests.web.gallery import show, window

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]


async def test_a_spinner_stands(chromium, gallery: str):
    page = await window(chromium, "desktop")
    await show(page, gallery, "hall-media-down", "light")
    spinner = page.locator(".spinner").first
    await spinner.wait_for()
    assert await spinner.evaluate("one => one.getAnimations({subtree: true}).length") == 0
    await page.close()

"""What becomes of a device while it is looked at is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests import browser
from tests.web.check import open_check

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]

SIZE = "desktop"

GIVEN = """
window.given = [];
navigator.mediaDevices.getUserMedia = async ({video}) => {
  const stream = video
    ? document.createElement('canvas').captureStream()
    : new AudioContext().createMediaStreamDestination().stream;
  given.push(...stream.getTracks());
  return stream;
};
"""
# A browser ends the track first and then tells.
UNPLUG = "() => { for (const track of given.splice(0)) { track.stop(); track.dispatchEvent(new Event('ended')) } }"


async def test_a_device_that_is_unplugged_is_missing_until_it_is_back(page: Page, bundle: Path):
    await open_check(page, bundle, GIVEN)
    microphone = page.get_by_role("button", name="Bật micrô")
    await expect(microphone).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_role("button", name="Bật máy ảnh", pressed=True)).to_be_visible()
    await page.evaluate(UNPLUG)
    await expect(page.get_by_text("Không tìm thấy micrô nào.")).to_be_visible()
    await expect(page.get_by_text("Không tìm thấy máy ảnh nào.")).to_be_visible()
    await expect(page.get_by_role("button", name="Vào hội trường")).to_have_count(0)
    await expect(microphone).to_have_attribute("aria-pressed", "false")
    await microphone.click()
    await expect(page.get_by_text("Không tìm thấy micrô nào.")).to_have_count(0)
    await expect(microphone).to_have_attribute("aria-pressed", "true")

"""Somebody starts the demonstration, opens the address it prints, and comes in as the chair: a delegate speaks."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from demo import cast
from tests import browser
from tests.stories.conftest import DESKTOP, ENTER, EYES
from tests.stories.installation import PATIENCE_S, children, command_of, free_port

pytestmark = pytest.mark.asyncio(loop_scope="session")

ADDRESS = re.compile(rb"http://localhost:\d+")
SPEAKER = cast.ON_CAMERA[0]
PICTURE = f".tile.stage[data-picture=on]:has-text('{SPEAKER}') video"
# The bots stand back for the page, so on a busy machine the first drawing takes its time.
DRAWN_MS = 240_000
# The same few pixels of a picture, as numbers that can be compared.
LOOK = """video => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 36 })
  const context = canvas.getContext('2d')
  context.drawImage(video, 0, 0, 64, 36)
  return context.getImageData(0, 0, 64, 36).data.join()
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def address(tmp_path: Path, pytestconfig: pytest.Config) -> AsyncIterator[str]:
    """What the demonstration prints, with one delegate drawn: that takes seconds, and is kept for the next run."""
    (tmp_path / "clips").symlink_to(pytestconfig.cache.mkdir("clips"))
    ports = {"HOITRUONG_PORT": str(free_port()), "HOITRUONG_SFU_PORT": str(free_port())}
    demonstration = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "demo", "--on-camera", "1"),
        env={**os.environ, **ports, "HOITRUONG_DATA": str(tmp_path)}, stdout=PIPE,
    )  # fmt: skip
    begun = []
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not (found := ADDRESS.search(line := await demonstration.stdout.readline())):
                assert line, "it ended before its page was there"
        yield found[0].decode()
    finally:
        if demonstration.returncode is None:
            begun = children(demonstration.pid)
            demonstration.terminate()
        try:
            await asyncio.wait_for(demonstration.wait(), PATIENCE_S)
        except TimeoutError:
            for pid in (demonstration.pid, *begun):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            raise
    assert not [command_of(pid) for pid in begun if command_of(pid)]


async def test_a_visitor_sees_and_hears_who_speaks(address: str, browsers: list[Browser], ends: AsyncExitStack):
    context = await browser.new_context(
        browsers[0], viewport=DESKTOP, locale="vi-VN", permissions=["camera", "microphone"]
    )
    ends.push_async_callback(context.close)
    await context.add_init_script(EYES)
    start = await context.new_page()
    await start.goto(address)
    async with context.expect_page() as opened:
        await start.get_by_role("link", name=cast.CHAIR.name).click()
    page = await opened.value
    await expect(page.get_by_role("button", name="Bật máy ảnh", pressed=True)).to_be_visible()
    await page.get_by_role("button", name="Bật máy ảnh").click()  # nobody looks at it
    await page.get_by_role("button", name=ENTER).click()
    picture = page.locator(PICTURE)
    await expect(picture).to_be_visible(timeout=DRAWN_MS)
    await page.wait_for_function("video => video.videoWidth > 0", arg=await picture.element_handle())
    decoded, seen = await frames(page), await picture.evaluate(LOOK)
    assert any(await page.evaluate("eyes.listen(2000)")), "nobody is heard"
    assert await frames(page) > decoded + 10
    assert await picture.evaluate(LOOK) != seen


async def frames(page: Page) -> int:
    """How many pictures of all others were decoded until now."""
    return sum(one.get("framesDecoded", 0) for one in await page.evaluate("eyes.stats('inbound-rtp')"))

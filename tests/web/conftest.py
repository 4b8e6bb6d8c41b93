"""What the browser side is tested with, built once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from tests import browser
from tests.web import gallery as made_up
from tests.web import npm as node


@pytest.fixture(scope="session")
def npm():
    """`tests.web.npm`; skips where this machine has no Node."""
    if reason := node.why_not():
        pytest.skip(reason)
    return node


@pytest.fixture(scope="session")
def bundle(npm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The production build."""
    folder = tmp_path_factory.mktemp("bundle")
    npm.build("build", folder)
    return folder


@pytest.fixture(scope="session")
def gallery(npm, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the gallery of made-up screens."""
    with made_up.served(tmp_path_factory.mktemp("gallery")) as address:
        yield address


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        running = await browser.launch(playwright)
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(chromium: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    """A window of the `SIZE` that the module names, with nothing in it."""
    page = await made_up.window(chromium, request.module.SIZE)
    yield page
    await page.close()

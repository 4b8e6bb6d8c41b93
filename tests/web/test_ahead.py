"""Where an address leads is asked once, and the hall's code fetched, while the page itself is still on its way."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, Route, expect

from tests import browser
from tests.web.check import ME

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]

SIZE = "phone"
TOKEN = "a-secret-of-one"
# Of each frame that is painted, whether it shows that one waits.
WAITS = """window.waits = [];
(function look() {
  if (document.querySelector('.door')) waits.push(document.body.textContent.includes('Đang kiểm tra giấy mời'));
  requestAnimationFrame(look);
})()"""


class Slow:
    """The built pages. The first screen's script and all styles come once the service has answered and the hall was
    asked for."""

    def __init__(self, bundle: Path, *, lost: int = 0) -> None:
        self._bundle = bundle
        self._lost = lost  # so many answers get lost on their way
        self.has_answered = asyncio.Event()
        self.hall_was_asked_for = asyncio.Event()
        self.asked: list[tuple[str, object]] = []
        self.addresses: list[str] = []

    async def answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        self.addresses.append(route.request.url)
        if path.startswith("/api/"):
            self.asked.append((path, route.request.post_data_json if route.request.post_data else None))
            if len(self.asked) <= self._lost:
                await route.abort()
            else:
                await route.fulfill(json={"entered": ME} if path == "/api/link" else ME)
            self.has_answered.set()
            return
        file = self._bundle / path[1:]
        if file.name.startswith("inside-"):
            self.hall_was_asked_for.set()
        if file.suffix == ".css" or file.name.startswith("index-"):
            async with asyncio.timeout(browser.PATIENCE_MS / 1000):
                await self.has_answered.wait()
                await self.hall_was_asked_for.wait()
        await route.fulfill(path=file if file.is_file() else self._bundle / "index.html")


async def open_slowly(page: Page, slow: Slow, path: str) -> None:
    await page.route("**/*", slow.answer)
    await page.goto(f"http://localhost{path}")


async def test_a_link_is_followed_before_the_page_is_there(page: Page, bundle: Path):
    slow = Slow(bundle)
    await open_slowly(page, slow, f"/v/{TOKEN}")
    await expect(page.get_by_role("heading", name="Lò Thị Mẩy", exact=False)).to_be_visible()
    device = await page.evaluate("JSON.parse(localStorage.device)")
    assert slow.asked == [("/api/link", {"token": TOKEN, "device": device})]
    assert [one for one in slow.addresses if TOKEN in one] == [f"http://localhost/v/{TOKEN}"]


async def test_who_is_let_in_already_is_not_told_to_wait(page: Page, bundle: Path):
    await page.add_init_script(WAITS)
    await open_slowly(page, Slow(bundle), f"/v/{TOKEN}")
    await expect(page.get_by_role("heading", name="Lò Thị Mẩy", exact=False)).to_be_visible()
    await page.wait_for_function("() => waits.length > 0")
    assert not any(await page.evaluate("waits"))


async def test_a_link_whose_answer_was_lost_is_followed_again_by_the_same_device(page: Page, bundle: Path):
    slow = Slow(bundle, lost=1)
    await open_slowly(page, slow, f"/v/{TOKEN}")
    await page.get_by_role("button", name="Thử lại").click()
    await expect(page.get_by_role("heading", name="Lò Thị Mẩy", exact=False)).to_be_visible()
    assert len(slow.asked) == 2
    assert slow.asked[0] == slow.asked[1]


async def test_who_comes_back_is_known_before_the_page_is_there(page: Page, bundle: Path):
    slow = Slow(bundle)
    await open_slowly(page, slow, "/hop")
    await expect(page.get_by_role("heading", name="Lò Thị Mẩy", exact=False)).to_be_visible()
    assert slow.asked == [("/api/me", None)]


async def test_the_service_words_what_it_refuses_in_the_language_of_the_page(page: Page, bundle: Path):
    languages = []

    async def note(route: Route) -> None:
        languages.append((await route.request.all_headers()).get("cookie"))
        await route.fulfill(status=404, json={"code": "bad_link", "message": "Không. Hãy hỏi lại."})

    slow = Slow(bundle)
    await page.route("**/*", slow.answer)
    await page.route("**/api/link", note)
    slow.has_answered.set()
    await page.goto(f"http://localhost/v/{TOKEN}")
    await expect(page.get_by_role("heading", name="Không.")).to_be_visible()
    assert languages == ["lang=vi"]

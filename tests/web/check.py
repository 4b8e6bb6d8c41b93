"""The device check of the built pages, without a service."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Page, Route

ME = {"place": "hall", "meeting": "m1", "title": "Hội nghị", "name": "Lò Thị Mẩy", "role": "delegate"}


async def open_check(page: Page, bundle: Path, script: str) -> None:
    """`script` makes up the devices before the page asks for them."""

    async def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path == "/api/me":
            await route.fulfill(json=ME)
        else:
            file = bundle / path[1:]
            await route.fulfill(path=file if file.is_file() else bundle / "index.html")

    await page.add_init_script(script)
    await page.route("**/*", answer)
    await page.goto("http://localhost/hop")

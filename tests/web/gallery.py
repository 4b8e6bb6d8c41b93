"""The gallery of made-up screens: served, and each of its screens opened in a browser."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import msgspec
from playwright.async_api import Browser, Page

from signaling.http.qr import drawn
from signaling.settings import Settings
from signaling.texts import problem
from tests import browser
from tests.web import npm, paper

SIZES = {"phone": (390, 844), "phone-lying": (844, 390), "desktop": (1440, 900), "wall": (1920, 1080)}
THEMES = ("light", "dark")

# In one evaluation: a selector to wait for would cost each page a quarter of a second for Playwright's own script.
SETTLED = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  for (let left = 600; !document.querySelector('#root > :not(.loading)'); left--) {
    if (!left) throw new Error('nothing is shown');
    await frame();
  }
  await document.fonts.ready;
  await frame();
  await frame();
}"""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Builds the gallery into `folder`; its address, while it is served."""
    npm.build("gallery", folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Files, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/gallery.html"
        finally:
            server.shutdown()
            thread.join(timeout=5)


async def window(chromium: Browser, size: str) -> Page:
    width, height = SIZES[size]
    page = await chromium.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page.set_default_timeout(browser.PATIENCE_MS)
    return page


async def screens(page: Page, gallery: str, size: str) -> list[str]:
    """Names of the screens that devices of this size show: the wall's own, or all others."""
    await page.goto(gallery)
    return [name for name in await page.evaluate("screens") if name.startswith("wall") == (size == "wall")]


async def show(page: Page, gallery: str, screen: str, theme: str) -> None:
    await page.goto(f"{gallery}?screen={screen}&theme={theme}")
    await page.evaluate(SETTLED)


class _Files(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/api/qr?link="):
            return self._answer("image/svg+xml", drawn(unquote(self.path.partition("=")[2])))
        if self.path.startswith("/refusals/"):
            refused = problem(self.path.rpartition("/")[2], "vi", {"seats": Settings().seats})
            return self._answer("application/json", msgspec.json.encode(refused))
        if made_up := paper.answer(self.path):
            return self._answer(*made_up)
        return super().do_GET()

    def end_headers(self) -> None:
        if self.path.startswith("/assets/"):  # named after what they hold
            self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def _answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what the gallery loads is no news."""

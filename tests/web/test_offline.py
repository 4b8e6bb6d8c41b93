"""What a device keeps is read without a line, and is gone when the service says no."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests import browser
from tests.web import paper

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())),
]

START = "2026-11-22T01:30:00Z"
KEYS = "async () => (await (await caches.open('papers')).keys()).map(one => new URL(one.url).pathname)"
READY = "async () => (await navigator.serviceWorker.getRegistration()).active !== null"
SLOWLY_INSTALLED = b"""self.addEventListener('install', (event) =>
  event.waitUntil(new Promise((done) => setTimeout(done, 500))));
"""
LIST = "async () => (await (await (await caches.open('papers')).match('/api/room')).text())"


def document(name: str, title: str, *, confidential: bool = False) -> dict:
    version = {"id": f"w{name}", "number": 1, "state": "ready", "kind": "pdf", "pages": 2, "size": 9}
    version |= {"problem": None, "added_at": START, "approved_at": START}
    about = {"item": None, "audience": "delegates", "confidential": confidential, "recalled": False}
    return {"id": name, "title": title, "versions": [version], **about}


ROOM = {
    "me": "p7",
    "role": "delegate",
    "meeting": {
        "id": "m1",
        "title": "Hội nghị lần thứ năm",
        "state": "in_session",
        "starts_at": START,
        "floor": {"mode": "chaired", "holder": None, "queue": [], "rules": {}, "spoken": {}, "gone": {}},
        "agenda": [],
        "participants": [],
        "documents": [document("p1", "Báo cáo công tác"), document("p2", "Nhân sự", confidential=True)],
        "shown": None,
        "vote": None,
        "chat": [],
    },
}


class Site(ThreadingHTTPServer):
    """The built pages, with a made-up service that may lose the session or fall silent."""

    signed_out = False
    silent = False
    taken_away = False  # the papers are for others now


class _Answers(SimpleHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        if self.server.silent:
            self.connection.close()
        elif self.path.startswith("/api/") and self.server.signed_out:
            self._answer("application/json", b'{"code": "no_session", "message": ""}', 401)
        elif self.path == "/api/room":
            documents = [] if self.server.taken_away else ROOM["meeting"]["documents"]
            room = {**ROOM, "meeting": {**ROOM["meeting"], "documents": documents}}
            self._answer("application/json", json.dumps(room).encode())
        elif self.path == "/offline.js":
            script = Path(self.translate_path(self.path)).read_bytes()
            self._answer("text/javascript", SLOWLY_INSTALLED + script)
        elif made_up := paper.answer(self.path):
            self._answer(*made_up)
        else:
            if not Path(self.translate_path(self.path)).is_file():
                self.path = "/index.html"
            super().do_GET()

    def _answer(self, kind: str, body: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what the page loads is no news."""


@pytest.fixture
def site(bundle: Path) -> Iterator[Site]:
    with Site(("127.0.0.1", 0), functools.partial(_Answers, directory=bundle)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join(timeout=5)


async def test_kept_papers_are_read_after_a_reload_without_a_line(chromium: Browser, site: Site) -> None:
    page = await chromium.new_page()
    try:
        await page.goto(f"http://127.0.0.1:{site.server_port}/tai-lieu")
        await page.get_by_role("button", name="Lưu để đọc khi mất mạng").click()
        await expect(page.get_by_text("Đã lưu 1 tài liệu trên máy này.")).to_be_visible()
        assert await page.evaluate(READY)  # what is kept is of no use before something answers from it
        kept = await page.evaluate(KEYS)
        assert "/api/papers/wp1/pages/2" in kept
        assert not [path for path in kept if "wp2" in path]  # what is restricted stands on no device
        site.silent = True
        await page.reload()
        await page.get_by_role("button", name="Báo cáo công tác").click()
        await page.get_by_role("button", name="Trang sau").click()
        seen = "() => document.querySelector('.page img')?.naturalWidth > 0"
        await page.wait_for_function(seen)
        await expect(page.locator(".page text").first).to_be_attached()
        site.silent, site.taken_away = False, True
        await page.reload()
        await page.wait_for_function(f"async () => !(await ({KEYS})()).some(path => path.includes('wp1'))")
        await page.wait_for_function(f"async () => !(await ({LIST})()).includes('Báo cáo công tác')")
        site.signed_out = True
        await page.reload()
        await page.wait_for_function("async () => !(await caches.has('papers'))")
    finally:
        await page.close()

"""The built pages as they go out."""

from __future__ import annotations

import asyncio

import msgspec
import pytest
from yarl import URL

from signaling.http import demo
from signaling.messages import DemoLinks, DemoOffice
from signaling.settings import Settings
from tests.signaling.conftest import Person, Province, Service
from tests.signaling.worker import FakeWorker


@pytest.fixture
async def visitor(service: Service):
    person = Person(service)
    yield person
    await person.close()


@pytest.mark.parametrize("path", ["/", "/v/token", "/m/meeting", "/hop", "/tuong", "/dang-nhap", "/vp", "/vp/hop/m1"])
async def test_every_route_of_the_browser_is_the_one_page(visitor: Person, path: str) -> None:
    async with visitor.http.get(path) as response:
        assert response.status == 200 and "Hội Trường" in await response.text()
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.content_type == "text/html"


async def test_the_policy_allows_nothing_inline_nothing_evaluated_no_other_host(visitor: Person) -> None:
    for path in ("/", "/api/me", "/nowhere.js"):
        async with visitor.http.get(path) as response:
            policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "script-src 'self'" in policy
        assert not any(word in policy for word in ("unsafe", "http:", "https:", "*"))


async def test_a_compressed_sibling_is_preferred(visitor: Person) -> None:
    headers = {"Accept-Encoding": "br"}
    async with visitor.http.get("/assets/app-1a2b.js", headers=headers, auto_decompress=False) as response:
        assert response.headers["Content-Encoding"] == "br"
        assert "immutable" in response.headers["Cache-Control"]
        assert response.content_type in ("text/javascript", "application/javascript")
        assert await response.read() == b"compressed"
    headers = {"Accept-Encoding": "identity"}
    async with visitor.http.get("/assets/app-1a2b.js", headers=headers) as response:
        assert await response.text() == "export {}"


async def test_somebody_who_took_a_wrong_turn_gets_a_page_that_says_so(visitor: Person) -> None:
    async with visitor.http.get("/nowhere", headers={"Accept": "text/html,*/*;q=0.8"}) as response:
        assert (response.status, response.content_type) == (404, "text/html")
        assert "Hội Trường" in await response.text()


@pytest.mark.parametrize(
    "path", ["/nowhere", "/assets/none.js", "/..%2f..%2fetc/passwd", "/assets/", "/index.html", "/%00"]
)
async def test_what_is_not_there(visitor: Person, path: str) -> None:
    async with visitor.http.get(URL(visitor.service.url + path, encoded=True)) as response:
        assert response.status == 404


async def test_a_code_is_drawn_for_the_open_address_of_a_meeting_only(visitor: Person) -> None:
    home = visitor.service.url
    async with visitor.http.get("/api/qr", params={"link": f"{home}/m/abc"}) as response:
        assert response.content_type == "image/svg+xml" and b"<svg" in await response.read()
    for link in ("https://elsewhere.example/", "", f"{home}/v/token", f"{home}/m/{'x' * 400}"):
        async with visitor.http.get("/api/qr", params={"link": link}) as response:
            assert response.status == 404


async def test_a_demonstration_says_so_with_each_page_and_nothing_else_does(
    visitor: Person, settings: Settings, province: Province, worker: FakeWorker
) -> None:
    assert "demo" not in (await visitor.http.get("/")).cookies
    service = Service(msgspec.structs.replace(settings, demo=True))
    await service.start()
    guest = Person(service)
    for path in ("/", "/v/guess", "/tuong"):
        assert (await guest.http.get(path)).cookies["demo"].value == "1"
    await guest.close()
    await service.stop()


async def test_the_demonstration_has_no_address_outside_of_it(visitor: Person) -> None:
    assert (await visitor.http.get("/api/demo")).status == 404


async def test_the_first_page_waits_for_the_links_of_a_demonstration(
    settings: Settings, province: Province, worker: FakeWorker
) -> None:
    service = Service(msgspec.structs.replace(settings, demo=True))
    await service.start()
    guest = Person(service)
    asked = asyncio.create_task(links_of(guest))
    await asyncio.wait({asked}, timeout=0.2)
    assert not asked.done()
    links = DemoLinks(meeting="m", title="Hội nghị", links=(), office=DemoOffice(url="", login="", password=""))
    demo.keep(settings.data, links)
    assert msgspec.convert(await asked, DemoLinks) == links
    await guest.close()
    await service.stop()


async def links_of(guest: Person) -> object:
    async with guest.http.get("/api/demo") as response:
        return await response.json()


async def test_a_part_of_a_file_goes_out_and_then_the_next_answer(visitor: Person, settings: Settings) -> None:
    whole = (settings.web / "index.html").read_bytes()
    for _ in range(2):  # on one connection
        async with visitor.http.get("/", headers={"Range": "bytes=5-9", "Accept-Encoding": "identity"}) as response:
            assert response.status == 206 and await response.read() == whole[5:10]
    async with visitor.http.head("/") as response:
        assert response.status == 200 and await response.read() == b""

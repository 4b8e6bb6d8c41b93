"""From the personal link to the device check: what the page fetches on the way, and when."""

import asyncio

import pytest
from playwright.async_api import Route, expect

from tests import browser
from tests.stories.conftest import PHONE

pytestmark = pytest.mark.asyncio(loop_scope="session")

FETCHED = """() => performance.getEntriesByType('resource').map(({ name, startTime, responseEnd }) => (
  { path: new URL(name).pathname, began: startTime, ended: responseEnd }
))"""


async def test_nothing_is_asked_twice_and_the_hall_is_fetched_meanwhile(open_hall):
    """Each question costs a weak line half a second."""
    hall = await open_hall({"Lò Thị Mẩy": "delegate"})
    person = await hall.comes("Lò Thị Mẩy", viewport=PHONE, enter=None)
    await expect(person.page.get_by_role("button", name="Vào hội trường")).to_be_visible()
    fetched = await person.page.evaluate(FETCHED)
    assert [one["path"] for one in fetched if one["path"].startswith("/api/")] == ["/api/link"]
    [followed] = [one for one in fetched if one["path"] == "/api/link"]
    [inside] = [one for one in fetched if one["path"].startswith("/assets/inside-") and one["path"].endswith(".js")]
    assert inside["began"] < followed["ended"]


async def test_the_hall_whose_code_did_not_come_is_fetched_again(open_hall, browsers, installation, ends):
    """A weak line may lose the file in the moment it is pressed for; nobody should have to find that out."""
    hall = await open_hall({"Lò Thị Mẩy": "delegate"})
    context = await browser.new_context(
        browsers[0], viewport=PHONE, locale="vi-VN", permissions=["camera", "microphone"]
    )
    ends.push_async_callback(context.close)
    refused: list[str] = []

    async def refuse(route: Route) -> None:
        refused.append(route.request.url)
        await route.abort()

    await context.route("**/assets/inside-*.js", refuse)
    page = await context.new_page()
    await page.goto(f"{installation.address}/v/{hall.conference.tokens['Lò Thị Mẩy']}")
    await page.get_by_role("button", name="Vào hội trường").click()
    await expect(page.get_by_role("heading", name="Chưa kết nối được với máy chủ hội nghị.")).to_be_visible()
    assert refused
    await context.unroute("**/assets/inside-*.js")
    await expect(page.get_by_role("button", name="Giơ tay")).to_be_visible()


async def test_a_line_that_lets_no_websocket_through_leads_in_as_well(open_hall, installation, ends):
    async def carry(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while piece := await source.read(65_536):
            sink.write(piece)
        sink.close()

    refused = 0

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal refused
        head = await reader.readuntil(b"\r\n\r\n")
        if b"upgrade: websocket" in head.lower():
            refused += 1
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return writer.close()
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", installation.settings.port)
        far_writer.write(head)
        await asyncio.gather(carry(reader, far_writer), carry(far_reader, writer), return_exceptions=True)

    proxy = await asyncio.start_server(take, "127.0.0.1", 0)
    ends.callback(proxy.close)
    hall = await open_hall({"Phạm Thu Hà": "chair", "Lò Thị Mẩy": "delegate"}, mode="chaired")
    chair = await hall.comes("Phạm Thu Hà", camera=False)
    person = await hall.comes("Lò Thị Mẩy", camera=False, at=f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}")
    await person.page.get_by_role("button", name="Giơ tay").click()
    await expect(chair.page.get_by_role("button", name="Mời Lò Thị Mẩy", exact=False)).to_be_visible()
    assert refused

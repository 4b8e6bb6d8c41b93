"""A delegate whose line carries 150 kbit/s each way, and nothing at all now and then: hears, reads, speaks, votes."""

from __future__ import annotations

import asyncio

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.converter.files import pdf
from tests.relay import Relay
from tests.rounds import AT_MOST, holds
from tests.stories.conftest import PATIENCE_S, PHONE, Hall, Person
from tests.stories.installation import Installation, free_port
from tests.thin_line import ThinLine

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = {"Phạm Thu Hà": "chair", "Lò Thị Mẩy": "delegate"}
LINE = {"rate_bps": 150_000, "delay_us": 40_000, "queue_us": 1_000_000}  # as deep as mobile networks queue
PAGES = [f"Trang so {number}" for number in range(1, AT_MOST + 2)]
REPORT = {"name": "Báo cáo.pdf", "mimeType": "application/pdf", "buffer": pdf(*PAGES)}
HEARD, TURNED_S, VOTED_S = 0.9, 3.0, 2.0  # share of the voice; until a turned page is there; until a vote is recorded
LISTENED_S = 2.0
CUT_S = 4.0


@pytest_asyncio.fixture(loop_scope="session")
async def thin(tmp_path, browsers, ends):
    """A chair on a good line, a delegate on a thin one."""
    relay = Relay(("127.0.0.1", free_port()))
    ends.push_async_callback(relay.close)
    running = Installation(tmp_path, sfu_port=relay.target[1], sfu_advertise=f"127.0.0.1:{relay.address[1]}")
    ends.push_async_callback(running.stop)
    await running.start()
    hall = Hall(running, browsers, await running.hold(PEOPLE))
    ends.push_async_callback(hall.leave)
    chair = await hall.comes("Phạm Thu Hà", 1)
    await chair.until_connected()  # or the chair's media would take the thin line too
    line = ThinLine(running.settings.port, relay, **LINE)
    port = await line.open()
    ends.push_async_callback(line.close)
    ends.push_async_callback(hall.leave)  # first of all, and above if this was not reached
    delegate = await hall.comes("Lò Thị Mẩy", 2, viewport=PHONE, at=f"http://localhost:{port}")
    return chair, delegate, line


async def voice_packets(speaker: Person, listener: Person) -> tuple[tuple[int, float], tuple[int, float]]:
    """Of the speaker's voice: packets sent so far, and those that came to the listener in time to be played.

    Each with when it was counted, in ms: two pages that share a processor are not asked at the same moment.
    """
    sent = [one for one in await speaker.stats("outbound-rtp") if one["kind"] == "audio"]
    came = [one for one in await listener.stats("inbound-rtp") if one["kind"] == "audio"]
    return (
        (sum(one["packetsSent"] for one in sent), sent[0]["timestamp"]),
        (sum(one["packetsReceived"] - one.get("packetsDiscarded", 0) for one in came), came[0]["timestamp"]),
    )


def share_of_voice(before: tuple, after: tuple) -> float:
    sent, came = ((now[0] - then[0]) / (now[1] - then[1]) for then, now in zip(before, after, strict=True))
    return came / sent


async def test_a_delegate_on_a_thin_line(thin):
    chair, delegate, line = thin
    clock = asyncio.get_running_loop().time
    await delegate.until_hears([chair.who])
    shares: list[float] = []
    ends = clock() + PATIENCE_S
    while not shares or shares[-1] < HEARD:  # until pictures are given up to the voice
        assert clock() < ends, shares
        before = await voice_packets(chair, delegate)
        await asyncio.sleep(LISTENED_S)
        shares.append(share_of_voice(before, await voice_packets(chair, delegate)))

    # It goes on while a page is fetched; now and then the line is tried with a picture, and the voice pays for it.
    await chair.shows(REPORT, "Báo cáo")
    await expect(delegate.page.locator("svg.text")).to_have_text(PAGES[0])
    turned: list[tuple[float, float]] = []

    async def turns() -> bool:
        before, began = await voice_packets(chair, delegate), clock()
        await chair.page.get_by_role("button", name="Trang sau").click()
        await expect(delegate.page.locator("svg.text")).to_have_text(PAGES[len(turned) + 1])
        took_s = clock() - began
        await asyncio.sleep(max(0.0, LISTENED_S - took_s))
        turned.append((took_s, share_of_voice(before, await voice_packets(chair, delegate))))
        return took_s < TURNED_S and turned[-1][1] > HEARD

    assert await holds(turns), turned

    # After a tunnel the page that is shown meanwhile is there, and one speaks.
    await asyncio.gather(line.cut(CUT_S), chair.page.get_by_role("button", name="Dừng trình chiếu").click())
    await delegate.unmute()
    await chair.until_hears([delegate.who])

    # The vote.
    await chair.page.get_by_role("tab", name="Điều hành").click()
    voted_s: list[float] = []

    async def votes() -> bool:
        await chair.page.get_by_role("button", name="Mở biểu quyết").click()
        opening = chair.page.get_by_role("dialog", name="Mở biểu quyết")
        await opening.get_by_label("Nội dung biểu quyết").fill("Thông qua báo cáo")
        await opening.get_by_role("button", name="Cần quá nửa số đại biểu có mặt").click()
        await delegate.page.get_by_role("dialog").get_by_role("button", name="Tán thành", exact=True).click()
        began = clock()
        await delegate.page.get_by_role("dialog").get_by_role("button", name="Gửi phiếu").click()
        await expect(delegate.page.get_by_role("dialog", name="Đã ghi nhận phiếu của đồng chí")).to_be_visible()
        voted_s.append(clock() - began)
        await chair.page.get_by_role("dialog").get_by_role("button", name="Để sau").click()
        await chair.page.get_by_role("button", name="Hủy biểu quyết").click()
        await chair.page.get_by_role("dialog").get_by_role("button", name="Hủy biểu quyết").click()
        await expect(delegate.page.get_by_role("dialog")).to_have_count(0)
        return voted_s[-1] < VOTED_S

    assert await holds(votes), voted_s

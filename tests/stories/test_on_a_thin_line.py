"""A delegate whose line carries 150 kbit/s each way, and nothing at all now and then: hears, reads, speaks, votes."""

from __future__ import annotations

import asyncio

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.converter.files import pdf
from tests.relay import Relay
from tests.stories.conftest import PHONE, Hall, Person
from tests.stories.installation import Installation, free_port
from tests.thin_line import ThinLine

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = {"Phạm Thu Hà": "chair", "Lò Thị Mẩy": "delegate"}
LINE = {"rate_bps": 150_000, "delay_us": 40_000, "queue_us": 1_000_000}  # as deep as mobile networks queue
REPORT = {"name": "Báo cáo.pdf", "mimeType": "application/pdf", "buffer": pdf("Trang mot", "Trang hai", "Trang ba")}
HEARD, TURNED_S, VOTED_S = 0.9, 3.0, 2.0  # share of the voice; until a turned page is there; until a vote is recorded
CUT_S = 4.0


@pytest_asyncio.fixture(loop_scope="session")
async def thin(tmp_path, browsers):
    """A chair on a good line, a delegate on a thin one."""
    relay = Relay(("127.0.0.1", free_port()))
    running = Installation(tmp_path, sfu_port=relay.target[1], sfu_advertise=f"127.0.0.1:{relay.address[1]}")
    await running.start()
    hall = Hall(running, browsers, await running.hold(PEOPLE))
    chair = await hall.comes("Phạm Thu Hà", 1)
    await chair.unmute()
    line = ThinLine(running.settings.port, relay, **LINE)
    delegate = await hall.comes("Lò Thị Mẩy", 2, viewport=PHONE, at=f"http://localhost:{await line.open()}")
    yield chair, delegate, line
    await hall.leave()
    await line.close()
    await running.stop()
    await relay.close()


async def voice_packets(speaker: Person, listener: Person) -> tuple[int, int]:
    """Of the speaker's voice: packets sent so far, and those that came to the listener in time to be played."""
    sent = [one["packetsSent"] for one in await speaker.stats("outbound-rtp") if one["kind"] == "audio"]
    came = [one for one in await listener.stats("inbound-rtp") if one["kind"] == "audio"]
    return sum(sent), sum(one["packetsReceived"] - one.get("packetsDiscarded", 0) for one in came)


def share_of_voice(before: tuple[int, int], after: tuple[int, int]) -> float:
    return (after[1] - before[1]) / (after[0] - before[0])


def seconds_since(began: float) -> float:
    return asyncio.get_running_loop().time() - began


@pytest.mark.timeout(240)
async def test_a_delegate_on_a_thin_line(thin):
    chair, delegate, line = thin
    clock = asyncio.get_running_loop().time
    await delegate.until_hears([chair.who], timeout_s=40)
    shares = []
    while not shares or shares[-1] < HEARD:  # until pictures are given up to the voice
        before = await voice_packets(chair, delegate)
        await asyncio.sleep(2)
        shares.append(share_of_voice(before, await voice_packets(chair, delegate)))
        assert len(shares) < 8, shares

    # It goes on while a page is fetched.
    before = await voice_packets(chair, delegate)
    await chair.shows(REPORT, "Báo cáo")
    await expect(delegate.page.locator("svg.text")).to_have_text("Trang mot", timeout=40_000)
    turned_s = []
    for word in ("hai", "ba"):
        began = clock()
        await chair.page.get_by_role("button", name="Trang sau").click()
        await expect(delegate.page.locator("svg.text")).to_have_text(f"Trang {word}")
        turned_s.append(seconds_since(began))
    assert share_of_voice(before, await voice_packets(chair, delegate)) > HEARD
    assert min(turned_s) < TURNED_S, turned_s

    # After a tunnel the page that is shown meanwhile is there, and one speaks.
    await asyncio.gather(line.cut(CUT_S), chair.page.get_by_role("button", name="Dừng trình chiếu").click())
    await delegate.unmute()
    await chair.until_hears([delegate.who], timeout_s=40)

    # The vote.
    await chair.page.get_by_role("tab", name="Điều hành").click()
    await chair.page.get_by_role("button", name="Mở biểu quyết").click()
    opening = chair.page.get_by_role("dialog", name="Mở biểu quyết")
    await opening.get_by_label("Nội dung biểu quyết").fill("Thông qua báo cáo")
    await opening.get_by_role("button", name="Cần quá nửa số đại biểu có mặt").click()
    await delegate.page.get_by_role("dialog").get_by_role("button", name="Tán thành", exact=True).click()
    began = clock()
    await delegate.page.get_by_role("dialog").get_by_role("button", name="Gửi phiếu").click()
    await expect(delegate.page.get_by_role("dialog", name="Đã ghi nhận phiếu của đồng chí")).to_be_visible()
    assert seconds_since(began) < VOTED_S

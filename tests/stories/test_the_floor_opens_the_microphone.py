"""In a chaired meeting the floor decides who is heard, whatever a page sends."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.stories.conftest import PATIENCE_S

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = {"Phạm Thu Hà": "chair", "Trần Quốc Bảo": "delegate", "Hoàng Thị Lan": "delegate"}

# What a cheat would do: give the connection a microphone and put the page's own switches out of the way.
SEND_ANYWAY = """async () => {
  const [track] = (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks()
  const [sender] = eyes.connections.at(-1).getSenders().filter((s) => s.transport).slice(0, 1)
  await sender.replaceTrack(track)
  sender.replaceTrack = async () => {}
}"""


SEVERAL = 100  # packets, two seconds of a voice


async def packets_sent(person) -> int:
    return sum(entry["packetsSent"] for entry in await person.stats("outbound-rtp") if entry["kind"] == "audio")


async def hears_nothing_while_it_is_sent(listener, speaker) -> None:
    before = await packets_sent(speaker)
    async with asyncio.timeout(PATIENCE_S):
        while await packets_sent(speaker) < before + SEVERAL:
            assert await listener.hears() == []


async def test_the_chair_gives_the_floor_and_takes_it(open_hall):
    hall = await open_hall(PEOPLE, mode="chaired")
    chair, speaker, listener = [await hall.comes(name, who, camera=False) for who, name in enumerate(PEOPLE, 1)]
    await chair.mute()
    await speaker.page.get_by_role("button", name="Giơ tay").click()
    await expect(speaker.page.get_by_role("button", name="Đang chờ phát biểu, lượt 1")).to_be_visible()
    await chair.page.get_by_role("button", name="Mời Trần Quốc Bảo phát biểu").click()
    await speaker.page.get_by_role("button", name="Bật micrô và phát biểu").click()
    await listener.until_hears([speaker.who])

    # From here on the page sends whatever the meeting says.
    await speaker.page.evaluate(SEND_ANYWAY)
    await chair.page.get_by_role("button", name="Dừng lượt phát biểu của Trần Quốc Bảo").click()
    await expect(speaker.page.get_by_role("button", name="Micrô chờ mời")).to_be_visible()
    await listener.until_hears([])
    await hears_nothing_while_it_is_sent(listener, speaker)

    await chair.page.get_by_role("tab", name="Đại biểu").click()
    await chair.page.get_by_role("button", name="Trần Quốc Bảo").first.click()
    await chair.page.get_by_role("button", name="Mời phát biểu").click()
    await listener.until_hears([speaker.who])


async def test_a_page_that_unmutes_itself_is_not_heard(open_hall):
    hall = await open_hall(PEOPLE, mode="chaired")
    chair, cheat, listener = [await hall.comes(name, who, camera=False) for who, name in enumerate(PEOPLE, 1)]
    await chair.mute()
    for person in (cheat, listener):
        await person.until_connected()
    await listener.until_hears([])  # the chair's last word is over
    await cheat.page.evaluate(SEND_ANYWAY)
    await hears_nothing_while_it_is_sent(listener, cheat)


async def test_muting_all_silences_an_open_meeting(open_hall):
    hall = await open_hall(PEOPLE)
    chair, speaker, listener = [await hall.comes(name, who, camera=False) for who, name in enumerate(PEOPLE, 1)]
    await chair.mute()
    await speaker.unmute()
    await listener.until_hears([speaker.who])
    await chair.page.get_by_role("button", name="Tắt micrô tất cả").click()
    await listener.until_hears([])
    await expect(speaker.page.get_by_role("button", name="Micrô chờ mời")).to_be_visible()

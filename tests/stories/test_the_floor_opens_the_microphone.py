"""In a chaired meeting the floor decides who is heard, whatever a page sends."""

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = {"Phạm Thu Hà": "chair", "Trần Quốc Bảo": "delegate", "Hoàng Thị Lan": "delegate"}

# What a cheat would do: give the connection a microphone and put the page's own switches out of the way.
SEND_ANYWAY = """async () => {
  const [track] = (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks()
  const [sender] = eyes.connections.at(-1).getSenders().filter((s) => s.transport).slice(0, 1)
  await sender.replaceTrack(track)
  sender.replaceTrack = async () => {}
}"""


async def packets_sent(person) -> int:
    return sum(entry["packetsSent"] for entry in await person.stats("outbound-rtp") if entry["kind"] == "audio")


async def test_the_chair_gives_the_floor_and_takes_it(open_hall):
    hall = await open_hall(PEOPLE, mode="chaired")
    chair, speaker, listener = [await hall.comes(name, who) for who, name in enumerate(PEOPLE, 1)]
    await chair.mute()
    await speaker.page.get_by_role("button", name="Giơ tay").click()
    await expect(speaker.page.get_by_role("button", name="Đang chờ phát biểu, lượt 1")).to_be_visible()
    await chair.page.get_by_role("button", name="Mời Trần Quốc Bảo phát biểu").click()
    await speaker.page.get_by_role("button", name="Bật micrô và phát biểu").click()
    await listener.until_hears([speaker.who])

    # From here on the page sends whatever the meeting says.
    await speaker.page.evaluate(SEND_ANYWAY)
    await chair.page.get_by_role("button", name="Dừng lượt phát biểu của Trần Quốc Bảo").click()
    await listener.until_hears([])
    before = await packets_sent(speaker)
    assert await listener.hears() == []
    assert await packets_sent(speaker) > before + 30, "the page was to go on sending"

    await chair.page.get_by_role("tab", name="Đại biểu").click()
    await chair.page.get_by_role("button", name="Trần Quốc Bảo").first.click()
    await chair.page.get_by_role("button", name="Mời phát biểu").click()
    await listener.until_hears([speaker.who])


async def test_a_page_that_unmutes_itself_is_not_heard(open_hall):
    hall = await open_hall(PEOPLE, mode="chaired")
    chair, cheat, listener = [await hall.comes(name, who) for who, name in enumerate(PEOPLE, 1)]
    await chair.mute()
    await cheat.page.wait_for_function("eyes.connections.at(-1)?.connectionState === 'connected'")
    await cheat.page.evaluate(SEND_ANYWAY)
    before = await packets_sent(cheat)
    assert await listener.hears(3) == []
    assert await packets_sent(cheat) > before + 100


async def test_muting_all_silences_an_open_meeting(open_hall):
    hall = await open_hall(PEOPLE)
    chair, speaker, listener = [await hall.comes(name, who) for who, name in enumerate(PEOPLE, 1)]
    await chair.mute()
    await speaker.unmute()
    await listener.until_hears([speaker.who])
    await chair.page.get_by_role("button", name="Tắt micrô tất cả").click()
    await listener.until_hears([])
    await expect(speaker.page.get_by_role("button", name="Micrô chờ mời")).to_be_visible()

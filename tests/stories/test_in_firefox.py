"""A delegate with Firefox among others with Chromium: seen and heard, seeing and hearing, kept while all is quiet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from tests import firefox
from tests.known import TONES_HZ
from tests.stories.conftest import DESKTOP, ENTER, EYES, Hall, Person

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(firefox.why_not() is not None, reason=str(firefox.why_not())),
]

CHAIR, DELEGATE = "Phạm Thu Hà", "Trần Quốc Bảo"
# Firefox asks whether the path still holds every 4 to 6 s (RFC 7675 5.1), and is lost after 5 s without a word.
QUIET_S = 12
CONNECTED = "eyes.connections.at(-1)?.connectionState === 'connected'"
# Without a sound card Firefox starts no AudioContext, and a test cannot listen as in Chromium.
LOUDNESS = "eyes.stats('inbound-rtp').then(all => Math.max(0, ...all.map(one => one.totalAudioEnergy ?? 0)) > 0.05)"
DECODED = "document.querySelector(css)?.getVideoPlaybackQuality().totalVideoFrames"


@pytest_asyncio.fixture(loop_scope="session")
async def fox(tmp_path: Path, ends: AsyncExitStack) -> AsyncIterator[firefox.Window]:
    window = await ends.enter_async_context(firefox.window(tmp_path / "profile", EYES))
    await window.resize(**DESKTOP)
    yield window
    assert not window.errors, window.errors


async def enters(fox: firefox.Window, hall: Hall) -> None:
    await fox.goto(f"{hall.installation.address}/v/{hall.conference.tokens[DELEGATE]}")
    await fox.press(ENTER)
    await fox.until(CONNECTED)


def picture_of(person: Person) -> str:
    return f"eyes.read(document.querySelector('[data-participant=\"{person.id}\"][data-slot] video'))"


async def test_firefox_and_chromium_see_and_hear_each_other(open_hall, fox: firefox.Window):
    hall = await open_hall({CHAIR: "chair", DELEGATE: "delegate"}, mode="open")
    chair = await hall.comes(CHAIR, 1)
    await chair.unmute()
    await enters(fox, hall)
    await fox.until(f"{picture_of(chair)}?.who === {chair.who}")
    first = (await fox.evaluate(picture_of(chair)))["frame"]
    await fox.until(f"({picture_of(chair)}?.frame ?? {first}) !== {first}")
    await fox.until(LOUDNESS)
    await chair.until_hears([TONES_HZ.index(firefox.TONE_HZ) + 1])
    css = f'[data-participant="{hall.conference.ids[DELEGATE]}"][data-slot] video'
    await chair.page.wait_for_function(f"css => {DECODED} > 30", arg=css)
    await fox.reload()
    await fox.until(CONNECTED)
    await fox.until(f"{picture_of(chair)}?.who === {chair.who}")


async def test_who_sees_and_hears_nothing_stays_connected(open_hall, fox: firefox.Window):
    hall = await open_hall({CHAIR: "chair", DELEGATE: "delegate"})
    await enters(fox, hall)
    await fox.press("Tắt hình")
    await asyncio.sleep(QUIET_S)  # nothing is waited for: this is how long nothing must happen
    assert await fox.evaluate("eyes.connections.map(one => one.connectionState)") == ["connected"]

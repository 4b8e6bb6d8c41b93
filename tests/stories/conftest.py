"""One installation and four browsers with known pictures and voices, shared by all stories of a run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    BrowserContext,
    FilePayload,
    Locator,
    Page,
    Playwright,
    async_playwright,
    expect,
)

from tests import browser
from tests.known import TONES_HZ, write_picture, write_voice
from tests.stories.installation import Conference, Installation

EYES = (Path(__file__).parent / "eyes.js").read_text()
CAMERA_OFF = "try { localStorage.setItem('wants-camera', 'false') } catch {}"  # no page of ours has no storage
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
ENTER = "Vào hội trường"
# A line that looked narrow for a moment, as on a busy machine, is tried again after up to 160 s.
PATIENCE_S = 240
# Only for what hangs for good: pytest strikes wherever the loop is. In Playwright, all that follow would fail.
LONGEST_S = 1200


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "stories" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(LONGEST_S))
            item.add_marker(pytest.mark.skipif(browser.why_not() is not None, reason=str(browser.why_not())))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def installation(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    running = Installation(tmp_path_factory.mktemp("data"))
    try:
        await running.start()
        yield running
    finally:
        await running.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def empty_installation(tmp_path: Path) -> AsyncIterator[Installation]:
    """One that nobody has used: what a story founds in it can be founded again."""
    running = Installation(tmp_path / "data")
    try:
        await running.start()
        yield running
    finally:
        await running.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def playwright() -> AsyncIterator[Playwright]:
    async with async_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, Path]]:
    """Everybody's picture and voice."""
    folder = tmp_path_factory.mktemp("clips")
    return [
        (write_picture(folder / f"{who}.y4m", who), write_voice(folder / f"{who}.wav", tone))
        for who, tone in enumerate(TONES_HZ, 1)
    ]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def launched(playwright: Playwright) -> AsyncIterator[list[Browser]]:
    """Those that run; `playwright` ends after them."""
    running: list[Browser] = []
    yield running
    for one in running:
        await one.close()


@pytest_asyncio.fixture(loop_scope="session")
async def browsers(playwright: Playwright, clips: list[tuple[Path, Path]], launched: list[Browser]) -> list[Browser]:
    """Person n+1's picture and tone come from browser n. One that died is no story's but the one it died in."""
    for at, (picture, voice) in enumerate(clips):
        if at == len(launched) or not launched[at].is_connected():
            launched[at : at + 1] = [await browser.launch(playwright, picture=picture, voice=voice)]
    return launched


@pytest_asyncio.fixture(loop_scope="session")
async def ends() -> AsyncIterator[AsyncExitStack]:
    """What a story opens and enters here is closed however it ends, so that the next one has the machine to itself."""
    async with AsyncExitStack() as stack:
        yield stack


@dataclass
class Person:
    """Somebody in front of a screen."""

    name: str
    who: int  # the number in their picture
    id: str
    context: BrowserContext
    page: Page
    errors: list[str]

    @property
    def tone_hz(self) -> int:
        return TONES_HZ[self.who - 1]

    def picture_of(self, other: Person) -> str:
        """CSS of the video that shows somebody."""
        return f'[data-participant="{other.id}"][data-slot] video'

    async def sees(self, other: Person) -> dict | None:
        """What this person's screen shows of the other: `who`, `frame`, `width`, `flash`."""
        return await self.page.evaluate("css => eyes.read(document.querySelector(css))", self.picture_of(other))

    async def until_connected(self) -> None:
        await self.page.wait_for_function("() => eyes.connections.at(-1)?.connectionState === 'connected'")

    async def until_sees(self, other: Person) -> dict:
        css = self.picture_of(other)
        handle = await self.page.wait_for_function(
            "([css, who]) => { const seen = eyes.read(document.querySelector(css)); return seen?.who === who && seen }",
            arg=[css, other.who], timeout=PATIENCE_S * 1000,
        )  # fmt: skip
        return await handle.json_value()

    async def until_asks(self, layers: str, others: list[Person]) -> None:
        """Until this page asks for the others' pictures in these layers, one letter each."""
        await self.page.wait_for_function(
            "([sources, layers]) => sources.map(eyes.asked).sort().join('') === layers",
            arg=[[f"{other.id}:camera" for other in others], "".join(sorted(layers))], timeout=PATIENCE_S * 1000,
        )  # fmt: skip

    async def until_sees_as_asked(self, other: Person) -> None:
        """Until the other's picture is as wide as the layer that this page asks for is sent.

        A browser that is short of processor may send all layers smaller.
        """
        source, css = f"{other.id}:camera", self.picture_of(other)
        ends = asyncio.get_running_loop().time() + PATIENCE_S
        while True:
            layer, seen = await self.page.evaluate(
                "([source, css]) => [eyes.asked(source), document.querySelector(css)?.videoWidth]", [source, css]
            )
            sent = {one.get("rid"): one.get("frameWidth") for one in await other.stats("outbound-rtp")}
            if layer is not None and seen and seen == sent.get(layer):
                return
            assert asyncio.get_running_loop().time() < ends, f"{self.name} asks for {layer} of {sent}, and sees {seen}"
            await asyncio.sleep(0.2)

    async def unmute(self) -> None:
        await self.page.get_by_role("button", name="Bật micrô").or_(self._microphone_is_on).first.wait_for()
        if not await self._microphone_is_on.is_visible():
            await self.page.get_by_role("button", name="Bật micrô").click()
            await self._microphone_is_on.wait_for()

    async def mute(self) -> None:
        await self._microphone_is_on.click()
        await self.page.get_by_role("button", name="Bật micrô").wait_for()

    async def shows(self, file: FilePayload, title: str) -> None:
        """Who leads adds a paper for everybody, approves it and shows its first page."""
        await self.page.get_by_role("tab", name="Tài liệu").click()
        await self.page.get_by_role("button", name="Thêm tài liệu").click()
        adding = self.page.get_by_role("dialog", name="Thêm tài liệu")
        await adding.get_by_label("Tệp").set_input_files(file)
        await adding.get_by_label("Ai được đọc").select_option("everybody")
        await adding.get_by_role("button", name="Tải lên").click()
        await self.page.get_by_role("button", name="Duyệt cho đại biểu đọc").click()
        await self.page.get_by_role("button", name=title).first.click()
        await self.page.get_by_role("button", name="Trình chiếu").click()

    @property
    def _microphone_is_on(self) -> Locator:
        return self.page.get_by_role("button", name="Tắt micrô", exact=True)

    async def hears(self, for_s: float = 1.3) -> list[int]:
        """The people (their numbers) whose tones come out of this person's loudspeakers."""
        found = await self.page.evaluate("ms => eyes.listen(ms)", for_s * 1000)
        return sorted(
            who for who, tone in enumerate(TONES_HZ, 1) if any(slot and abs(slot["hz"] - tone) < 15 for slot in found)
        )

    async def until_hears(self, expected: list[int]) -> None:
        ends = asyncio.get_running_loop().time() + PATIENCE_S
        while (heard := await self.hears()) != expected:
            assert asyncio.get_running_loop().time() < ends, f"{self.name} hears {heard} instead of {expected}"

    async def stats(self, kind: str) -> list[dict]:
        return await self.page.evaluate("kind => eyes.stats(kind)", kind)


class Hall:
    """A conference and the people who came to it."""

    def __init__(self, installation: Installation, browsers: list[Browser], conference: Conference) -> None:
        self.installation, self.conference = installation, conference
        self._browsers = browsers
        self._people: list[Person] = []

    async def comes(
        self,
        name: str,
        who: int = 1,
        *,
        viewport: dict = DESKTOP,
        enter: str | None = ENTER,
        camera: bool = True,
        at: str | None = None,
    ) -> Person:
        """A person opens their link, finds camera and microphone on, and goes in; with `enter` None they stay outside.

        Without a `camera`, which they had switched off before, where no picture is asked for: to open and encode
        them costs more than all the rest of a story.
        `at` is where the service is for this person, when it is not where the others find it.
        """
        context = await browser.new_context(
            self._browsers[who - 1], viewport=viewport, locale="vi-VN", permissions=["camera", "microphone"]
        )
        await context.add_init_script(EYES)
        if not camera:
            await context.add_init_script(CAMERA_OFF)
        page = await context.new_page()
        person = Person(name, who, self.conference.ids[name], context, page, [])
        page.on("pageerror", lambda error: person.errors.append(str(error)))
        self._people.append(person)
        await page.goto(f"{at or self.installation.address}/v/{self.conference.tokens[name]}")
        if enter is not None:
            for device, is_on in (("Bật micrô", True), ("Bật máy ảnh", camera)):
                await expect(page.get_by_role("button", name=device, pressed=is_on)).to_be_visible()
            await page.get_by_role("button", name=enter).click()
        return person

    async def leave(self) -> None:
        people, self._people = self._people, []
        for person in people:
            await person.context.close()
        errors = [f"{person.name}: {error}" for person in people for error in person.errors]
        assert not errors, errors


@pytest_asyncio.fixture(loop_scope="session")
async def open_hall(installation: Installation, browsers: list[Browser], ends: AsyncExitStack):
    """`await open_hall({name: role, …})` holds a conference; everybody's pages are closed at the end."""

    async def hold(people: dict[str, str], **how) -> Hall:
        hall = Hall(installation, browsers, await installation.hold(people, **how))
        ends.push_async_callback(hall.leave)
        return hall

    return hold

"""How soon a personal link can be used on a weak phone and a weak line.

`python -m bench.link` prints a table; with `--json` one object a line, whose keys are

    kbps    of the line, both ways
    rtt_ms  that each answer takes besides
    slower  how many times slower than this machine the browser's processor is
    page_s  from opening the link until "enter the hall" can be pressed; the median of `--rounds`, as all that follow
    hall_s  from pressing it until the hall's own buttons can be pressed
    both_s  from opening the link until then, by somebody who presses at once

The built pages, the whole service and Chromium run as they do. Each round is the first visit of another person, with
nothing kept. Chromium itself holds its requests up and its page back (the DevTools protocol's
`Network.emulateNetworkConditions` and `Emulation.setCPUThrottlingRate`).
What is not in it: the gate's TLS, and the media, which have a port of their own and come after `hall_s`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from tests.browser import FAKE_DEVICES, launch, new_context, why_not
from tests.stories.installation import Installation

PHONE = {"width": 390, "height": 844}
LINES = ((1600, 150), (400, 400))  # kbit/s, ms
SLOWER = 4
NAME = "Lò Thị Mẩy"
ENTER, RAISE = "Vào hội trường", "Giơ tay"

# On the page's own clock, which begins when the link is opened.
USABLE = """name => {
    const button = [...document.querySelectorAll('button')].find(one => one.textContent.trim() === name)
    return button && !button.disabled && button.offsetParent && performance.now()
}"""
PRESS = """name => {
    const pressed = performance.now();
    [...document.querySelectorAll('button')].find(one => one.textContent.trim() === name).click()
    return pressed
}"""


@dataclass(frozen=True)
class Figures:
    """One line of the table; the module says what the names mean."""

    kbps: int
    rtt_ms: int
    slower: int
    page_s: float
    hall_s: float
    both_s: float


async def measure(lines: list[tuple[int, int]], slower: int, rounds: int) -> list[Figures]:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Path(folder))
        try:
            await installation.start()
            async with async_playwright() as playwright:
                browser = await launch(playwright, arguments=FAKE_DEVICES)
                for kbps, rtt_ms in lines:
                    visits = [await visit(installation, browser, kbps, rtt_ms, slower) for _ in range(rounds)]
                    page_s, hall_s = (statistics.median(column) for column in zip(*visits, strict=True))
                    both_s = statistics.median(map(sum, visits))
                    found.append(Figures(kbps, rtt_ms, slower, round(page_s, 2), round(hall_s, 2), round(both_s, 2)))
                await browser.close()
        finally:
            await installation.stop()
    return found


async def visit(
    installation: Installation, browser: Browser, kbps: int, rtt_ms: int, slower: int
) -> tuple[float, float]:
    """Seconds until one can go in, and from then until one is in."""
    conference = await installation.hold({NAME: "delegate"}, mode="chaired")
    context = await new_context(browser, viewport=PHONE, locale="vi-VN", permissions=["camera", "microphone"])
    try:
        page = await context.new_page()
        await slow_down(page, kbps, rtt_ms, slower)
        await page.goto(f"{installation.address}/v/{conference.tokens[NAME]}", wait_until="commit")
        page_ms = await usable(page, ENTER)
        pressed_ms = await page.evaluate(PRESS, ENTER)
        return page_ms / 1000, (await usable(page, RAISE) - pressed_ms) / 1000
    finally:
        await context.close()


async def slow_down(page: Page, kbps: int, rtt_ms: int, slower: int) -> None:
    devtools = await page.context.new_cdp_session(page)
    octets_per_s = kbps * 1000 / 8
    await devtools.send("Network.enable")
    await devtools.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": rtt_ms, "downloadThroughput": octets_per_s, "uploadThroughput": octets_per_s},
    )
    await devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})


async def usable(page: Page, name: str) -> float:
    """When a button of that name could first be pressed, in ms of the page's clock."""
    return await (await page.wait_for_function(USABLE, arg=name)).json_value()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.link", description=__doc__.splitlines()[0])
    parser.add_argument("--kbps", type=int, help="of one line alone")
    parser.add_argument("--rtt", type=int, default=LINES[0][1], help="ms, of that line")
    parser.add_argument("--slower", type=int, default=SLOWER, help="times; 1: the processor as it is")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="one object a line")
    asked = parser.parse_args()
    if (missing := why_not()) is not None:
        sys.exit(missing)
    lines = list(LINES) if asked.kbps is None else [(asked.kbps, asked.rtt)]
    if not asked.json:
        print("  ".join(Figures.__dataclass_fields__))
    for found in asyncio.run(measure(lines, asked.slower, asked.rounds)):
        figures = asdict(found)
        if asked.json:
            print(json.dumps(figures))
        else:
            print("  ".join(f"{value}".rjust(len(name)) for name, value in figures.items()))


if __name__ == "__main__":
    main()

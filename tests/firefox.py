"""Real Firefox with fake devices, spoken to over WebDriver BiDi (W3C), for which Debian's needs no driver."""

from __future__ import annotations

import asyncio
import itertools
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

PATIENCE_S = 240  # only ends what hangs
LISTENING = b"WebDriver BiDi listening on "
TONE_HZ = 1500  # of its fake microphone
PREFERENCES = {
    "app.normandy.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "intl.locale.requested": "vi",
    "media.autoplay.default": 0,  # allowed, as where a person has touched the page
    "media.navigator.audio.fake_frequency": TONE_HZ,
    "media.navigator.permission.disabled": True,
    "media.navigator.streams.fake": True,
    "media.peerconnection.ice.force_interface": "lo",
    "media.peerconnection.ice.loopback": True,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "permissions.default.camera": 1,
    "permissions.default.microphone": 1,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


# Where the button of a name is, in the middle of it; null while there is none that can be clicked.
PLACE = """(name => {
  const said = button => (button.getAttribute('aria-label') ?? button.textContent).trim()
  const button = [...document.querySelectorAll('button')].find(one => said(one) === name && !one.disabled)
  if (!button?.checkVisibility()) return null
  button.scrollIntoView({ block: 'nearest' })
  const { x, y, width, height } = button.getBoundingClientRect()
  const middle = [Math.round(x + width / 2), Math.round(y + height / 2)]
  return button.contains(document.elementFromPoint(...middle)) ? middle : null
})(%s)"""


def find_firefox() -> str | None:
    return shutil.which("firefox-esr") or shutil.which("firefox")


def why_not() -> str | None:
    """Why there can be no Firefox here; None when there can."""
    return None if find_firefox() else "no Firefox (apt install firefox-esr)"


class Window:
    """One page. Raises `RuntimeError` when Firefox refuses a command, or a script throws."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._context = ""
        self.errors: list[str] = []  # that scripts of the page threw

    async def begin(self, preload: str) -> None:
        await self._ask("session.new", capabilities={})
        await self._ask("session.subscribe", events=["log.entryAdded"])
        [only] = (await self._ask("browsingContext.getTree", maxDepth=0))["contexts"]
        self._context = only["context"]
        await self._ask("script.addPreloadScript", functionDeclaration=f"() => {{ {preload} }}")

    async def resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height}
        await self._ask("browsingContext.setViewport", context=self._context, viewport=size)

    async def goto(self, address: str) -> None:
        await self._ask("browsingContext.navigate", context=self._context, url=address, wait="complete")

    async def reload(self) -> None:
        await self._ask("browsingContext.reload", context=self._context, wait="complete")

    async def evaluate(self, expression: str) -> Any:
        """What a JavaScript expression, or the promise it gives, is worth as JSON."""
        given = await self._ask(
            "script.evaluate",
            expression=f"(async () => JSON.stringify((await ({expression})) ?? null))()",
            target={"context": self._context},
            awaitPromise=True,
        )
        if given["type"] == "exception":
            raise RuntimeError(given["exceptionDetails"]["text"])
        return json.loads(given["result"]["value"])

    async def until(self, expression: str) -> Any:
        """Its first value that is true."""
        async with asyncio.timeout(PATIENCE_S):
            while not (value := await self.evaluate(expression)):  # noqa: ASYNC110 - it happens in another process
                await asyncio.sleep(0.1)
        return value

    async def press(self, name: str) -> None:
        """Click the button of this name with the mouse, once it is there and stays where it is."""
        before, at = None, await self.until(PLACE % json.dumps(name))
        while at != before:
            await asyncio.sleep(0.1)
            before, at = at, await self.until(PLACE % json.dumps(name))
        move = {"type": "pointerMove", "x": at[0], "y": at[1]}
        press = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        mouse = {"type": "pointer", "id": "mouse", "actions": [move, *press]}
        await self._ask("input.performActions", context=self._context, actions=[mouse])

    async def _ask(self, method: str, **parameters: Any) -> Any:
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        async with asyncio.timeout(PATIENCE_S):
            while (said := await self._socket.receive_json()).get("id") != number:
                entry = said.get("params", {})
                if entry.get("type") == "javascript" and entry.get("level") == "error":
                    self.errors.append(entry["text"])
        if said["type"] == "error":
            raise RuntimeError(f"{method}: {said['message']}")
        return said["result"]


@asynccontextmanager
async def window(profile: Path, preload: str) -> AsyncIterator[Window]:
    """A Firefox of its own, with `preload` run before the scripts of each page."""
    _lay_out(profile)
    running = await asyncio.create_subprocess_exec(
        *(find_firefox(), "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"),
        stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    reading = asyncio.create_task(_read(running.stderr, listening := asyncio.get_running_loop().create_future()))
    try:
        async with asyncio.timeout(PATIENCE_S):
            address = await listening
        async with aiohttp.ClientSession() as http, http.ws_connect(f"{address}/session", max_msg_size=0) as socket:
            page = Window(socket)
            await page.begin(preload)
            yield page
    finally:
        if running.returncode is None:
            running.terminate()
        await running.wait()
        await reading


def _lay_out(profile: Path) -> None:
    profile.mkdir()
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines))


async def _read(said: asyncio.StreamReader, listening: asyncio.Future[str]) -> None:
    """All that it says, so that it never waits to be read, and where it listens."""
    last = b""
    while line := await said.readline():
        last = line
        if LISTENING in line and not listening.done():
            listening.set_result(line.partition(LISTENING)[2].decode().strip())
    if not listening.done():
        listening.set_exception(RuntimeError(f"Firefox ended before it listened: {last.decode(errors='replace')}"))

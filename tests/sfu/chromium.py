"""Pages of real Chromium connected straight to a worker, without a service in between."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from aiohttp import web
from playwright.async_api import Browser, Page

from sfu import control
from sfu.listener import Listener
from sfu.settings import Settings
from tests.browser import new_context
from tests.relay import Relay

HERE = Path(__file__).parent
# A line that looked narrow for a moment, as on a busy machine, is tried again after up to 160 s.
PICTURE_PATIENCE_S = 240
ANSWER_PATIENCE_S = 60
EYES = HERE.parent / "stories" / "eyes.js"


class Director:
    """Asks a worker over its control socket and keeps what it tells."""

    def __init__(self, socket: str) -> None:
        self._socket = socket
        self._asked = 0
        self._waiting: dict[int, asyncio.Future[control.Reply]] = {}
        self.events: list[control.Message] = []
        self.on_event = lambda event: None

    async def start(self) -> None:
        self._http = aiohttp.ClientSession(connector=aiohttp.UnixConnector(self._socket))
        self._stream = await self._http.ws_connect("http://worker/control")
        self._reading = asyncio.ensure_future(self._read())

    async def close(self) -> None:
        self._reading.cancel()
        await self._stream.close()
        await self._http.close()

    async def _read(self) -> None:
        async for message in self._stream:
            event = control.decode_event(message.data)
            if isinstance(event, control.Reply):
                self._waiting.pop(event.id).set_result(event)
            else:
                self.events.append(event)
                self.on_event(event)

    async def ask(self, request: type[control.Request], **fields) -> control.Reply:
        self._asked += 1
        reply = self._waiting[self._asked] = asyncio.get_running_loop().create_future()
        await self._stream.send_str(control.encode(request(id=self._asked, **fields)).decode())
        return await asyncio.wait_for(reply, ANSWER_PATIENCE_S)


@dataclass
class Viewer:
    """One page: its slots by number, in the order of its offer."""

    name: str
    page: Page
    offer: str
    pictures: list[str] = field(default_factory=list)  # empty until it has joined

    def video(self, slot: int) -> str:
        return f"document.querySelector('video[data-mid=\"{self.pictures[slot]}\"]')"

    async def sees(self, slot: int = 0) -> dict | None:
        return await self.page.evaluate(f"eyes.read({self.video(slot)})")

    async def until_wide(self, width: int, slot: int = 0) -> None:
        """Wait for a picture of this width."""
        await self.page.wait_for_function(
            f"{self.video(slot)}.videoWidth === {width}", timeout=PICTURE_PATIENCE_S * 1000
        )

    async def inbound(self, slot: int = 0) -> dict:
        found = await self.page.evaluate("eyes.stats('inbound-rtp')")
        return next(entry for entry in found if entry["mid"] == self.pictures[slot])


class Stage:
    """A worker with one room, and pages in it; with `through_relay` their packets pass a `Relay`."""

    def __init__(self, folder: Path, through_relay: bool = False) -> None:
        self._folder, self._through_relay = folder, through_relay
        self.relay: Relay | None = None
        self._pages: dict[str, Page] = {}
        self._demands: set[asyncio.Task] = set()

    async def start(self) -> None:
        socket = str(self._folder / "control.sock")
        if self._through_relay:
            self.relay = Relay(("127.0.0.1", 0))
        advertise = (f"127.0.0.1:{self.relay.address[1]}",) if self.relay else ()
        self.listener = Listener(Settings(control=socket, port=0, advertise=advertise))
        await self.listener.start()
        if self.relay:
            self.relay.target = self.listener.worker.port.address
        self.director = Director(socket)
        await self.director.start()
        self.director.on_event = self._on_event
        app = web.Application()
        app.router.add_get("/", self._index)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()

    async def close(self) -> None:
        for page in self._pages.values():
            await page.context.close()
        await self.director.close()
        await self._runner.cleanup()
        await self.listener.close()
        if self.relay:
            await self.relay.close()

    async def arrive(self, browser: Browser, name: str, *, publishes: bool = False, held_back_ms: int = 0) -> Viewer:
        """A page that has loaded, has its devices if it publishes, and its offer ready. Nobody else knows of it.

        With `held_back_ms` its pictures leave so much later than its voice.
        """
        context = await new_context(browser, permissions=["camera", "microphone"] if publishes else [])
        await context.add_init_script(path=EYES)
        page = self._pages[name] = await context.new_page()
        await page.goto(f"http://localhost:{self._runner.addresses[0][1]}/")
        return Viewer(name, page, await page.evaluate(f"offer({str(publishes).lower()}, 2, {held_back_ms})"))

    async def join(self, viewer: Viewer) -> None:
        """Its offer is answered; the connection has begun and does not stand yet."""
        reply = await self.director.ask(control.Join, room="r", peer=viewer.name, offer=viewer.offer)
        assert reply.error is None, reply
        viewer.pictures = [slot.slot for slot in reply.slots if slot.kind == "picture"]
        await viewer.page.evaluate("answer => accept(answer)", reply.answer)

    async def enter(self, browser: Browser, name: str, *, publishes: bool = False, held_back_ms: int = 0) -> Viewer:
        """A page with a connection that stands."""
        viewer = await self.arrive(browser, name, publishes=publishes, held_back_ms=held_back_ms)
        await self.join(viewer)
        await viewer.page.evaluate("connected()")
        return viewer

    async def watch(self, viewer: Viewer, *wishes: tuple[int, str, control.LayerName]) -> None:
        """`wishes` are slot number, source and layer, the most important first."""
        asked = tuple(control.Wish(viewer.pictures[slot], source, layer) for slot, source, layer in wishes)
        await self.director.ask(control.Watch, room="r", peer=viewer.name, wishes=asked)

    def _on_event(self, event: control.Message) -> None:
        if isinstance(event, control.Demand) and event.peer in self._pages:
            task = asyncio.ensure_future(self._pages[event.peer].evaluate("l => camera && demand(l)", event.camera))
            self._demands.add(task)
            task.add_done_callback(self._demands.discard)

    async def _index(self, _: web.Request) -> web.Response:
        script = (HERE / "page.js").read_text()
        return web.Response(text=f"<!doctype html><body><script>{script}</script>", content_type="text/html")

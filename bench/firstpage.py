"""How soon the first page of a paper is seen on a weak line.

`python -m bench.firstpage` prints one JSON object a paper, whose keys are

    paper         text: the demonstration's report; scan: a noisy photograph of a page
    first_page_s  from opening the paper to having the picture that is shown first, over a line of `--kbps`
    sharp_s       until the page's own picture is here as well; the same where it came first
    first_octets  of that first picture
    kbps          of the line, whose answers also take `--rtt` ms

The service runs as it does, with a converter of its own; between it and the reader is a relay that lets so many
octets pass. The reader asks as the page does: picture, text and sizes of the pages at once, then the sharper picture.
What is not in it: the script of the viewer (28 KB once), and the time a phone takes to show a picture.
"""

import argparse
import asyncio
import contextlib
import dataclasses
import io
import json
import tempfile
import time
from pathlib import Path

import aiohttp
from aiohttp import web
from PIL import Image

from demo.papers import FOLDER
from signaling.app import create_app
from signaling.settings import Settings
from tests.signaling.conftest import seed

PATIENCE_S = 60
PIECE = 1460
SHARP = 600  # px, as the page has it


@dataclasses.dataclass(frozen=True)
class Figures:
    paper: str
    first_page_s: float
    sharp_s: float
    first_octets: int
    kbps: int


class SlowLine:
    """A TCP relay to `port`; what comes down shares one line of that rate, and each answer waits."""

    def __init__(self, port: int, kbps: int, rtt_ms: int) -> None:
        self._port = port
        self._octets_per_s = kbps * 1000 / 8
        self._late_s = rtt_ms / 1000
        self._free_at = 0.0
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> int:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_connection("127.0.0.1", self._port)
        for way in (self._up(reader, forth), self._down(back, writer)):
            task = asyncio.create_task(way)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(PIECE):
                await asyncio.sleep(self._late_s)
                writer.write(data)

    async def _down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(PIECE):
                self._free_at = max(self._free_at, loop.time()) + len(data) / self._octets_per_s
                await asyncio.sleep(self._free_at - loop.time())
                writer.write(data)


async def measure(kbps: int, rtt_ms: int) -> list[Figures]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), port=0)
        province = await seed(settings)
        runner = web.AppRunner(await create_app(settings))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = runner.addresses[0][1]
        line = SlowLine(port, kbps, rtt_ms)
        try:
            slow = f"http://127.0.0.1:{await line.open()}"
            jar = aiohttp.CookieJar(unsafe=True)
            async with aiohttp.ClientSession(cookie_jar=jar) as http:
                token = {"token": province.tokens["secretary"]}
                async with http.post(f"http://127.0.0.1:{port}/api/enter", json=token) as answer:
                    answer.raise_for_status()
                found = []
                for name, content in papers().items():
                    version = await add(http, f"http://127.0.0.1:{port}", name, content)
                    found.append(await read(http, slow, name, version, kbps))
                return found
        finally:
            await line.close()
            await runner.cleanup()


def papers() -> dict[str, bytes]:
    scan = Image.effect_noise((1650, 2330), 25).convert("RGB")
    out = io.BytesIO()
    scan.save(out, "JPEG", quality=85)
    return {"text": (FOLDER / "bao-cao.pdf").read_bytes(), "scan": out.getvalue()}


async def add(http: aiohttp.ClientSession, home: str, name: str, content: bytes) -> str:
    """A whole file; the version's id, once it has pages."""
    body = {"key": f"bench-{name}", "size": len(content), "title": name}
    async with http.post(f"{home}/api/uploads", json=body) as answer:
        standing = await answer.json()
    while standing["version"] is None:
        piece = content[standing["offset"] : standing["offset"] + 2**20]
        asked = {"offset": standing["offset"]}
        async with http.patch(f"{home}/api/uploads/{standing['upload']}", params=asked, data=piece) as answer:
            standing = await answer.json()
    async with asyncio.timeout(PATIENCE_S):
        while True:
            async with http.get(f"{home}/api/papers/{standing['version']}") as answer:
                if answer.status == 200:
                    return standing["version"]
            await asyncio.sleep(0.05)


async def read(http: aiohttp.ClientSession, home: str, name: str, version: str, kbps: int) -> Figures:
    address = f"{home}/api/papers/{version}"

    async def get(path: str) -> bytes:
        async with http.get(address + path) as answer:
            answer.raise_for_status()
            return await answer.read()

    began = time.monotonic()
    beside = [asyncio.create_task(get("/text/1")), asyncio.create_task(get(""))]
    first = await get("/pages/1?size=first")
    first_s = time.monotonic() - began
    with Image.open(io.BytesIO(first)) as picture:
        if picture.width < SHARP:
            await get("/pages/1")
    sharp_s = time.monotonic() - began
    await asyncio.gather(*beside)
    return Figures(name, round(first_s, 2), round(sharp_s, 2), len(first), kbps)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kbps", type=int, default=400)
    parser.add_argument("--rtt", type=int, default=400, help="ms")
    asked = parser.parse_args()
    for figures in asyncio.run(measure(asked.kbps, asked.rtt)):
        print(json.dumps(dataclasses.asdict(figures)))


if __name__ == "__main__":
    main()

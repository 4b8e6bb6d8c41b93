"""A push for many arrives at each as if it had been written for it alone."""

from __future__ import annotations

import asyncio
import zlib

import aiohttp
import msgspec
import pytest

from signaling.frames import TAIL, SharedText
from tests.signaling.conftest import Join, Service
from tests.signaling.waiting import PATIENCE_S

TEXT = "Đại biểu đã biểu quyết. " * 8


@pytest.mark.parametrize("window_bits", [9, 15])
def test_a_compressed_payload_stands_alone(window_bits: int) -> None:
    shared = SharedText('42["push",' + TEXT)
    payload = shared.compressed(window_bits)
    assert zlib.decompressobj(-window_bits).decompress(payload + TAIL).decode() == shared
    assert shared.compressed(window_bits) is payload


async def pushes(socket: aiohttp.ClientWebSocketResponse, count: int) -> list[str]:
    """The texts of so many lines of chat, as they come between other pushes."""
    found: list[str] = []
    async with asyncio.timeout(PATIENCE_S):
        while len(found) < count:
            text = await socket.receive_str()
            if text == "2":
                await socket.send_str("3")
            elif text.startswith("42"):
                message = msgspec.json.decode(text[2:])[1]
                if message.get("name") == "said":
                    found.append(message["data"]["text"])
    return found


@pytest.mark.parametrize("compress", [0, 9, 15], ids=["plain", "small window", "as browsers"])
async def test_pushes_for_all_and_for_one_are_read_in_turn(join: Join, service: Service, compress: int) -> None:
    """Were a message to refer to one that another connection got, the reader would fail."""
    chair, an = await join("chair"), await join("an", connect=False)
    async with an.http.ws_connect("/socket.io/?EIO=4&transport=websocket", compress=compress) as socket:
        assert bool(socket.compress) == bool(compress)
        await socket.receive_str()
        await socket.send_str('40{"seq":null}')
        async with asyncio.timeout(PATIENCE_S):
            while '"welcome"' not in await socket.receive_str():
                pass
        said = []
        for n in range(6):
            said.append(f"{n} {TEXT}".strip())
            done = await chair.command("say", text=said[-1])
            assert done["ok"], done
            # The answer to a message of one's own is written for oneself alone.
            await socket.send_str(f'42{n}["command",{{"type":"raise_hand","key":"key-of-an-{n:04}"}}]')
        assert await pushes(socket, len(said)) == said

"""What one bot sends over its connection: the layers that somebody watches, and its voice while it speaks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from demo.media import FRAME_RATE, LAYERS, VOICE_FRAME_S, Clip, Layer
from demo.reel import CLOCK_RATE, Reel
from demo.voice import RATE
from sfu.client import Connection
from sfu.wire import rtcp

REPORT_EVERY_S = 2.0
LATE_S = 0.5  # after a pause of the machine the past is not made up for
IS_VOICE_DBOV = -45


@dataclass(slots=True)
class Stream:
    """The counters of one SSRC, as its sender reports tell them."""

    sequence: int = 0
    packets: int = 0
    octets: int = 0
    reported_at: float = field(default=-REPORT_EVERY_S)


class Sender:
    """Plays a clip over one connection until closed; it rests while nobody watches and nothing is said."""

    def __init__(self, clip: Clip, connection: Connection) -> None:
        self._clip = clip
        self._connection = connection
        self._reels = {layer: Reel(clip.listening[layer], clip.speaking[layer]) for layer in LAYERS}
        self._layer_of = {connection.ssrcs["camera", layer]: layer for layer in LAYERS}
        self._streams = {ssrc: Stream() for ssrc in connection.ssrcs.values()}
        self._watched: frozenset[Layer] = frozenset()
        self._is_watched = asyncio.Event()
        self._speaks = asyncio.Event()
        self._clock = asyncio.get_running_loop().time
        connection.on_rtcp = self._on_rtcp
        self._tasks = [asyncio.create_task(self._show()), asyncio.create_task(self._speak())]

    def watch(self, layers: frozenset[Layer]) -> None:
        """What is wanted from now on; a layer that was not begins with a keyframe."""
        for layer in layers - self._watched:
            self._reels[layer].rewind()
        self._watched = layers
        _set(self._is_watched, bool(layers))

    def speak(self, speaks: bool) -> None:
        _set(self._speaks, speaks)

    async def close(self) -> None:
        """May be called twice."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._connection.close()

    async def _show(self) -> None:
        pace = Pace(1 / FRAME_RATE, self._clock)
        while True:
            await self._is_watched.wait()
            now = await pace.next()
            for layer in self._watched:
                payloads = self._reels[layer].frame(self._speaks.is_set())
                for payload in payloads:
                    self._send("camera", layer, now, payload is payloads[-1], payload)

    async def _speak(self) -> None:
        pace = Pace(VOICE_FRAME_S, self._clock)
        position = 0
        while True:
            begins = not self._speaks.is_set()
            await self._speaks.wait()
            now = await pace.next()
            level = self._clip.levels[position]
            self._send("microphone", None, now, begins, self._clip.voice[position], level)
            position = (position + 1) % len(self._clip.voice)

    def _send(
        self, kind: str, layer: Layer | None, now: float, marker: bool, payload: bytes, level: int = -127
    ) -> None:
        ssrc = self._connection.ssrcs[kind, layer]
        stream = self._streams[ssrc]
        timestamp = round(now * (RATE if kind == "microphone" else CLOCK_RATE))
        self._connection.send_rtp(
            kind, stream.sequence, timestamp, marker, payload, layer, level, level > IS_VOICE_DBOV
        )
        stream.sequence += 1
        stream.packets += 1
        stream.octets += len(payload)
        if now - stream.reported_at >= REPORT_EVERY_S:
            stream.reported_at = now
            late_s = self._clock() - now
            ntp = rtcp.ntp_from_us(round((time.time() - late_s) * 1e6))
            report = rtcp.sender_report(ssrc, ntp, timestamp & 0xFFFFFFFF, stream.packets, stream.octets)
            self._connection.send_rtcp(report)

    def _on_rtcp(self, packets: list[rtcp.Packet]) -> None:
        """Keyframes when asked for. Losses are not repaired: a bot's line is the loopback."""
        for packet in packets:
            match packet:
                case rtcp.Pli(media=ssrc) if ssrc in self._layer_of:
                    self._reels[self._layer_of[ssrc]].rewind()
                case rtcp.Fir(requests=requests):
                    for ssrc, _ in requests:
                        if ssrc in self._layer_of:
                            self._reels[self._layer_of[ssrc]].rewind()


class Pace:
    """Equal steps of time, caught up when late by a little, begun anew when late by much."""

    def __init__(self, step_s: float, clock: Callable[[], float]) -> None:
        self._step_s = step_s
        self._clock = clock
        self._due = clock()

    async def next(self) -> float:
        """The moment for which the step was due."""
        now = self._clock()
        self._due += self._step_s
        if now - self._due > LATE_S:
            self._due = now
        if self._due > now:
            await asyncio.sleep(self._due - now)
        return self._due


def _set(event: asyncio.Event, is_set: bool) -> None:
    if is_set:
        event.set()
    else:
        event.clear()

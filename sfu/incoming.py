"""What one SSRC of a peer carries: a voice, one layer of a picture, or repairs for one.

`receive` takes a decrypted packet in the port's buffer; the payload is data[start:end], times are µs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sfu.flow.timeline import SenderClock
from sfu.layer import Layer
from sfu.reception import Reception
from sfu.source import Source
from sfu.wire.rtp import audio_level, find_extension

if TYPE_CHECKING:
    from sfu.peer import Peer


class VoiceStream:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.layer: Layer | None = None
        self.clock: SenderClock = source.clock

    @property
    def reception(self) -> Reception:
        return self.source.reception

    def receive(
        self, peer: Peer, data: bytearray, size: int, start: int, end: int,
        sequence: int, timestamp: int, marker: bool, now: int,
    ) -> None:  # fmt: skip
        source = self.source
        index = source.unwrapper.unwrap(sequence)
        if index < 0 or start == end:
            return
        source.reception.count(index, timestamp, now)
        source.last_us = now
        at = find_extension(data, size, peer.level_id)
        voice, level = audio_level(data[at]) if at >= 0 else (False, -127)
        peer.room.heard(peer, index, timestamp, marker, bytes(data[start:end]), level, voice, now)


class PictureStream:
    def __init__(self, source: Source, layer: Layer) -> None:
        self.source, self.layer, self.clock = source, layer, layer.clock

    @property
    def reception(self) -> Reception:
        return self.layer.reception

    def receive(
        self, peer: Peer, data: bytearray, size: int, start: int, end: int,
        sequence: int, timestamp: int, marker: bool, now: int,
    ) -> None:  # fmt: skip
        wakes = not self.layer.flows(now)
        self.layer.receive(sequence, timestamp, marker, bytes(data[start:end]), now)
        if self.layer.has_open_run:
            peer.room.open_layers.add(self.layer)
        if wakes:
            peer.room.follow_flows(now)


class RepairStream(PictureStream):
    """RTX (RFC 4588): the payload of a lost packet behind its sequence number."""

    def receive(
        self, peer: Peer, data: bytearray, size: int, start: int, end: int,
        sequence: int, timestamp: int, marker: bool, now: int,
    ) -> None:  # fmt: skip
        if end - start > 2:  # less is a probe
            original = data[start] << 8 | data[start + 1]
            super().receive(peer, data, size, start + 2, end, original, timestamp, marker, now)


Stream = VoiceStream | PictureStream

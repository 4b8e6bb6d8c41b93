"""What a bot sends, encoded once: VP8 in three sizes while listening and while speaking, and Opus.

A clip is kept in one file; sending it later costs no more than reading packets from a list.
Its runs end where they begin, so each can follow itself and, at a keyframe, the other.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np

from demo import canvas, lettering, portrait, voice
from demo.portrait import HEIGHT, PERIOD_S, WIDTH, Portrait

Layer = Literal["q", "h", "f"]

FRAME_RATE = 15
KEYFRAME_EVERY = 2 * FRAME_RATE
VOICE_FRAME_S = 0.02
# Divisor of the size, and the bit rate that a still background leaves room in.
LAYERS: dict[Layer, tuple[int, int]] = {"q": (4, 60_000), "h": (2, 170_000), "f": (1, 500_000)}
VOICE_BPS = 24_000


class Clip(msgspec.Struct, frozen=True):
    """The frames of each layer, every `KEYFRAME_EVERY`th of them a keyframe, and 20 ms packets of a voice."""

    listening: dict[str, list[bytes]]
    speaking: dict[str, list[bytes]]
    voice: list[bytes]
    levels: list[int]  # of each packet of the voice, in dBov: 0 is full scale, -127 silence


def prepared(person: Portrait, folder: Path) -> Clip:
    """The clip of `person` from `folder`, made first if it isn't there; making one takes some seconds."""
    path = folder / f"{_name(person)}.clip"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(msgspec.msgpack.encode(encode(person)))
        unfinished.rename(path)
    return msgspec.msgpack.decode(path.read_bytes(), type=Clip)


def _name(person: Portrait) -> str:
    """Changes with the person and with the code that draws, speaks and encodes."""
    digest = hashlib.sha256(repr(person).encode())
    for module in (canvas, lettering, portrait, voice):
        digest.update(Path(module.__file__).read_bytes())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()[:16]


def encode(person: Portrait) -> Clip:
    samples = voice.babble(person.number)
    return Clip(
        listening=_pictures(person, speaking=False),
        speaking=_pictures(person, speaking=True),
        voice=list(_voice(samples)),
        levels=_levels(samples),
    )


def _pictures(person: Portrait, speaking: bool) -> dict[str, list[bytes]]:
    import av  # only who encodes pays for loading it

    encoders = {}
    for layer, (divisor, bitrate) in LAYERS.items():
        encoder = av.CodecContext.create("libvpx", "w")
        encoder.width, encoder.height = WIDTH // divisor, HEIGHT // divisor
        encoder.pix_fmt = "yuv420p"
        encoder.time_base = Fraction(1, FRAME_RATE)
        encoder.framerate = Fraction(FRAME_RATE)
        encoder.bit_rate = bitrate
        encoder.thread_count = 1
        # Every reference is renewed by a keyframe, and no frame is shown later than it comes.
        encoder.options = {
            "deadline": "realtime",
            "cpu-used": "12",
            "auto-alt-ref": "0",
            "lag-in-frames": "0",
        }
        encoders[layer] = encoder
    frames: dict[str, list[bytes]] = {layer: [] for layer in LAYERS}
    for number in range(round(PERIOD_S * FRAME_RATE)):
        pixels = person.frame(number / FRAME_RATE, speaking).rgb()
        full = av.VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format="yuv420p")
        for layer, encoder in encoders.items():
            picture = full.reformat(encoder.width, encoder.height, interpolation="AREA")
            picture.pts = number
            wants_keyframe = number % KEYFRAME_EVERY == 0
            picture.pict_type = av.video.frame.PictureType.I if wants_keyframe else av.video.frame.PictureType.NONE
            [packet] = encoder.encode(picture)
            frames[layer].append(bytes(packet))
    return frames


def _cut(samples: np.ndarray) -> np.ndarray:
    """One row for each packet."""
    return samples.reshape(-1, round(voice.RATE * VOICE_FRAME_S))


def _voice(samples: np.ndarray) -> Iterator[bytes]:
    import av

    encoder = av.CodecContext.create("libopus", "w")
    encoder.sample_rate = voice.RATE
    encoder.layout = "mono"
    encoder.format = "flt"
    encoder.bit_rate = VOICE_BPS
    encoder.options = {"application": "voip", "frame_duration": "20"}
    for number, row in enumerate(_cut(samples)):
        frame = av.AudioFrame.from_ndarray(row[None, :], format="flt", layout="mono")
        frame.sample_rate = voice.RATE
        frame.pts = number * len(row)
        yield from map(bytes, encoder.encode(frame))


def _levels(samples: np.ndarray) -> list[int]:
    loudness = np.sqrt(np.square(_cut(samples)).mean(axis=1))
    return [max(-127, round(20 * np.log10(max(one, 1e-9)))) for one in loudness]

"""Pictures and voices that a test recognises when they come out at the other end.

A picture carries two numbers as black and white cells along its top: who it is, and which frame. It flashes in its
lower right corner while the voice beeps, once a second. The cells are read back by `tests/stories/eyes.js`.
"""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

WIDTH, HEIGHT, FRAMES_PER_S = 960, 540, 15  # below 960x540 Chromium drops the smallest simulcast layer
SECONDS = 2
CELLS = 16  # white, black, 6 bits of who, 8 bits of frame
CELL = WIDTH // CELLS
CELL_HEIGHT = 120
BEEP_S = 0.3
RATE = 48_000
TONES_HZ = (420, 700, 1050, 1500)  # of person 1, 2, 3, 4; no harmonics of each other


def write_picture(path: Path, who: int) -> Path:
    """A Y4M clip of `SECONDS`, which Chromium's fake camera plays in a loop."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{FRAMES_PER_S}:1 Ip A1:1 C420jpeg\n".encode())
        for frame in range(SECONDS * FRAMES_PER_S):
            luma = (96 + 48 * np.sin((columns + 6 * frame) / 40) * np.cos(rows / 55)).astype(np.uint8)
            bits = [1, 0, *(who >> bit & 1 for bit in range(6)), *(frame >> bit & 1 for bit in range(8))]
            for cell, bit in enumerate(bits):
                luma[:CELL_HEIGHT, cell * CELL : (cell + 1) * CELL] = 235 if bit else 16
            flashes = frame % FRAMES_PER_S < BEEP_S * FRAMES_PER_S
            luma[-160:, -200:] = 235 if flashes else 16
            chroma = np.full((2, HEIGHT // 2, WIDTH // 2), 128, np.uint8)
            chroma[0, 100:, :] = 90 + 20 * who
            file.write(b"FRAME\n" + luma.tobytes() + chroma.tobytes())
    return path


def write_voice(path: Path, tone_hz: int) -> Path:
    """A WAV clip of `SECONDS`: a beep at the beginning of every second."""
    time_s = np.arange(SECONDS * RATE) / RATE
    beeps = (time_s % 1.0) < BEEP_S
    samples = (0.35 * np.sin(2 * np.pi * tone_hz * time_s) * beeps * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    return path

"""A voice that says nothing: syllables with the tones of Vietnamese, made of harmonics under moving formants.

It is there so that levels move and slots change as with people; a listener hears at once that it is not one.
"""

from __future__ import annotations

from math import pi

import numpy as np

RATE = 48_000
SECONDS = 6.0
SYLLABLE_S = 0.24
PEAK = 0.18  # of full scale: modest beside a real voice

# The first three resonances in Hz of a, e, i, o, u, ơ: textbook values for an adult.
VOWELS = np.array(
    [
        (800, 1300, 2600),
        (530, 1850, 2500),
        (300, 2250, 3000),
        (480, 900, 2500),
        (330, 750, 2400),
        (500, 1400, 2450),
    ],
    np.float64,
)
RESONANCE_WIDTH_HZ = np.array([90, 110, 160])

# Pitch against its mean at the beginning, middle and end of a syllable: ngang, huyền, sắc, hỏi, ngã, nặng.
TONES = np.array(
    [
        (1.05, 1.05, 1.04),
        (0.95, 0.88, 0.82),
        (1.0, 1.08, 1.25),
        (0.98, 0.85, 1.0),
        (1.0, 0.94, 1.22),
        (0.96, 0.88, 0.78),
    ]
)


def babble(number: int) -> np.ndarray:
    """Mono float32 samples, the same for the same `number`; they begin and end in silence."""
    chance = np.random.default_rng(number)
    count = int(SECONDS * RATE)
    pitch, loudness = np.ones(count), np.zeros(count)
    formants = np.tile(VOWELS[0], (count, 1))
    length = int(SYLLABLE_S * RATE)
    phase = np.linspace(0, 1, length)
    for begin in range(int(0.3 * RATE), count - length, length):
        if chance.random() < 0.14:
            continue  # a breath
        here = slice(begin, begin + length)
        pitch[here] = np.interp(phase, (0, 0.5, 1), TONES[chance.integers(len(TONES))])
        first, last = VOWELS[chance.integers(len(VOWELS), size=2)]
        formants[here] = first + (last - first) * phase[:, None]
        loudness[here] = np.sin(pi * np.clip(phase * 1.15, 0, 1)) ** 0.6 * (0.7 + 0.3 * chance.random())
    mean_hz = 115 if number % 2 else 205
    turns = np.cumsum(mean_hz * pitch / RATE) * 2 * pi
    samples = np.zeros(count)
    for harmonic in range(1, 3400 // mean_hz + 1):
        hz = harmonic * mean_hz * pitch[:, None]
        gain = (1 / (1 + ((hz - formants) / RESONANCE_WIDTH_HZ) ** 2) * (1.0, 0.5, 0.25)).sum(axis=1)
        samples += gain * np.sin(harmonic * turns)
    samples *= loudness
    return (samples * (PEAK / np.abs(samples).max())).astype(np.float32)

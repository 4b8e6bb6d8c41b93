"""Smooth shapes on an array of pixels.

Each shape is a signed distance, negative inside, that becomes coverage over one pixel at its edge; only the
pixels around the shape are touched, so that a frame of a few shapes costs a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

Colour = tuple[int, int, int]
Point = tuple[float, float]


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


class Canvas:
    """`pixels` are float32 of height × width × RGB, 0 to 255."""

    def __init__(self, width: int, height: int, colour: Colour = (0, 0, 0)) -> None:
        self.pixels = np.empty((height, width, 3), np.float32)
        self.pixels[:] = colour

    def copy(self) -> Canvas:
        twin = Canvas.__new__(Canvas)
        twin.pixels = self.pixels.copy()
        return twin

    def rgb(self) -> np.ndarray:
        return self.pixels.astype(np.uint8)

    def ellipse(self, centre: Point, radii: Point, colour: Colour) -> None:
        (cx, cy), (rx, ry) = centre, radii
        found = self._around(Box(cx - rx, cy - ry, cx + rx, cy + ry))
        if found:
            area, x, y = found
            distance = (np.hypot((x - cx) / rx, (y - cy) / ry) - 1) * min(rx, ry)
            _paint(area, distance, colour)

    def rectangle(self, box: Box, colour: Colour, radius: float = 0) -> None:
        found = self._around(box)
        if found:
            area, x, y = found
            dx = np.abs(x - (box.left + box.right) / 2) - (box.right - box.left) / 2 + radius
            dy = np.abs(y - (box.top + box.bottom) / 2) - (box.bottom - box.top) / 2 + radius
            outside = np.hypot(np.maximum(dx, 0), np.maximum(dy, 0))
            _paint(area, outside + np.minimum(np.maximum(dx, dy), 0) - radius, colour)

    def stroke(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        """A line through `points` with round ends and corners."""
        half = width / 2
        columns, rows = [p[0] for p in points], [p[1] for p in points]
        box = Box(min(columns) - half, min(rows) - half, max(columns) + half, max(rows) + half)
        found = self._around(box)
        if found:
            area, x, y = found
            distance = np.full(np.broadcast_shapes(x.shape, y.shape), np.inf, np.float32)
            for (ax, ay), (bx, by) in pairwise(points):
                length2 = max((bx - ax) ** 2 + (by - ay) ** 2, 1e-9)
                along = np.clip(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2, 0, 1)
                distance = np.minimum(distance, np.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)))
            _paint(area, distance - half, colour)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        """A convex polygon, its corners clockwise as seen on the screen."""
        columns, rows = [p[0] for p in points], [p[1] for p in points]
        found = self._around(Box(min(columns), min(rows), max(columns), max(rows)))
        if found:
            area, x, y = found
            distance = np.full(np.broadcast_shapes(x.shape, y.shape), -np.inf, np.float32)
            for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
                length = np.hypot(bx - ax, by - ay)
                distance = np.maximum(distance, ((by - ay) * (x - ax) - (bx - ax) * (y - ay)) / length)
            _paint(area, distance, colour)

    def _around(self, box: Box) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
        """The pixels around `box` and the coordinates of their columns and rows; None off the canvas."""
        height, width = self.pixels.shape[:2]
        left, top = max(0, int(box.left) - 1), max(0, int(box.top) - 1)
        right, bottom = min(width, int(box.right) + 2), min(height, int(box.bottom) + 2)
        if left >= right or top >= bottom:
            return None
        x = np.arange(left, right, dtype=np.float32)[None, :] + 0.5
        y = np.arange(top, bottom, dtype=np.float32)[:, None] + 0.5
        return self.pixels[top:bottom, left:right], x, y


def _paint(area: np.ndarray, distance: np.ndarray, colour: Colour) -> None:
    coverage = np.clip(0.5 - distance, 0, 1)[..., None]
    area += coverage * (np.asarray(colour, np.float32) - area)

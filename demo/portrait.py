"""A delegate before a camera, drawn: a hall behind, a plate in front, a head that moves gently and speaks.

Positions are pixels of the full size; what moves is a function of the time in seconds, so that a loop of
`PERIOD_S` seconds ends where it began.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import pi, sin
from typing import Literal

from demo.canvas import Box, Canvas, Colour
from demo.lettering import text_width, write

WIDTH, HEIGHT = 1024, 576
PERIOD_S = 6.0
MIDDLE = WIDTH / 2
HEAD_Y = 232.0
PLATE_X = 622  # right of the middle: the name that screens lay over a picture stands on the left

Hair = Literal["short", "bun", "long", "grey"]
Dress = Literal["suit", "shirt", "ao_dai", "brocade"]

SKINS: tuple[Colour, ...] = ((226, 182, 146), (214, 166, 128), (201, 150, 114), (235, 196, 164))
WALLS: tuple[Colour, ...] = ((214, 205, 188), (196, 207, 204), (221, 213, 201), (203, 199, 210))
DRESSES: dict[Dress, tuple[Colour, ...]] = {
    "suit": ((46, 58, 78), (58, 54, 60), (38, 62, 66)),
    "shirt": ((236, 236, 232), (205, 220, 232), (228, 222, 208)),
    "ao_dai": ((150, 40, 58), (58, 92, 120), (112, 74, 128)),
    "brocade": ((34, 38, 60), (40, 32, 44), (28, 52, 56)),
}
RED, GOLD, WOOD, DARK = (166, 30, 38), (240, 208, 120), (122, 82, 52), (38, 32, 32)


@dataclass(frozen=True)
class Portrait:
    """How one delegate looks; `number` varies what the rest leaves open."""

    number: int
    plate: str  # in capitals on the desk
    hair: Hair
    dress: Dress
    glasses: bool = False

    def frame(self, at_s: float, speaking: bool) -> Canvas:
        canvas = self._still.copy()
        turn = 2 * pi * (at_s / PERIOD_S + self.number / 7)
        x = MIDDLE + 9 * sin(turn) + (5 * sin(3 * turn) if speaking else 0)
        y = HEAD_Y + 4 * sin(2 * turn) + (5 * sin(4 * turn) if speaking else 0)
        self._draw_head(canvas, x, y)
        self._draw_face(canvas, x + 3 * sin(turn), y, at_s, speaking)
        return canvas

    @property
    def _skin(self) -> Colour:
        return SKINS[self.number % len(SKINS)]

    @property
    def _hair_colour(self) -> Colour:
        return (150, 148, 146) if self.hair == "grey" else (30, 25, 24)

    @cached_property
    def _still(self) -> Canvas:
        """All that doesn't move."""
        canvas = Canvas(WIDTH, HEIGHT, WALLS[self.number % len(WALLS)])
        self._draw_hall(canvas)
        self._draw_body(canvas)
        self._draw_desk(canvas)
        return canvas

    def _draw_hall(self, canvas: Canvas) -> None:
        wall = WALLS[self.number % len(WALLS)]
        shade = _mixed(wall, DARK, 0.12)
        canvas.rectangle(Box(0, 380, WIDTH, HEIGHT), shade)
        if self.number % 2:
            for fold in range(8):
                colour = _mixed(RED, DARK, 0.35 + 0.2 * (fold % 2))
                canvas.rectangle(Box(fold * 34, 0, fold * 34 + 36, 470), colour, 6)
            canvas.rectangle(Box(760, 70, 930, 300), _mixed(wall, (255, 255, 255), 0.55), 4)
            canvas.stroke([(845, 72), (845, 298)], 5, shade)
            canvas.stroke([(762, 185), (928, 185)], 5, shade)
        else:
            canvas.rectangle(Box(690, 64, 940, 236), WOOD, 6)
            canvas.rectangle(Box(700, 74, 930, 226), (236, 228, 205), 3)
            for line in range(4):
                canvas.stroke([(724, 104 + 30 * line), (906 - 34 * (line % 3), 104 + 30 * line)], 6, shade)
            canvas.rectangle(Box(104, 360, 176, 450), (150, 92, 62), 10)
            for leaf in range(5):
                tip = (140 + (leaf - 2) * 44, 190 + 22 * abs(leaf - 2))
                canvas.stroke([(140, 370), tip], 20, (62 + 8 * leaf, 110 + 6 * leaf, 70))

    def _draw_body(self, canvas: Canvas) -> None:
        choices = DRESSES[self.dress]
        cloth = choices[self.number % len(choices)]
        canvas.rectangle(Box(MIDDLE - 44, 290, MIDDLE + 44, 400), _mixed(self._skin, DARK, 0.14), 20)
        canvas.ellipse((MIDDLE, 560), (232, 202), _mixed(cloth, DARK, 0.18))
        canvas.ellipse((MIDDLE, 566), (224, 202), cloth)
        if self.dress == "suit":
            canvas.polygon([(MIDDLE - 46, 362), (MIDDLE + 46, 362), (MIDDLE, 500)], (238, 238, 236))
            canvas.polygon([(MIDDLE - 12, 372), (MIDDLE + 12, 372), (MIDDLE, 520)], RED)
            for side in (-1, 1):
                canvas.stroke([(MIDDLE + side * 52, 362), (MIDDLE, 520)], 14, _mixed(cloth, DARK, 0.3))
        elif self.dress == "shirt":
            for side in (-1, 1):
                canvas.stroke([(MIDDLE + side * 48, 360), (MIDDLE, 404)], 18, _mixed(cloth, DARK, 0.1))
            canvas.stroke([(MIDDLE, 410), (MIDDLE, 570)], 3, _mixed(cloth, DARK, 0.25))
        elif self.dress == "ao_dai":
            canvas.rectangle(Box(MIDDLE - 52, 346, MIDDLE + 52, 384), cloth, 16)
            canvas.stroke([(MIDDLE + 10, 384), (MIDDLE + 90, 440)], 4, GOLD)
        else:
            for band, colour in enumerate((RED, GOLD, (64, 140, 110))):
                canvas.stroke([(MIDDLE - 62 + 14 * band, 362), (MIDDLE - 14 + 8 * band, 560)], 9, colour)
                canvas.stroke([(MIDDLE + 62 - 14 * band, 362), (MIDDLE + 14 - 8 * band, 560)], 9, colour)

    def _draw_desk(self, canvas: Canvas) -> None:
        canvas.rectangle(Box(-20, 508, WIDTH + 20, HEIGHT + 20), WOOD)
        canvas.rectangle(Box(-20, 508, WIDTH + 20, 518), _mixed(WOOD, (255, 255, 255), 0.25))
        canvas.stroke([(334, 520), (356, 440)], 7, DARK)
        canvas.ellipse((358, 432), (13, 17), DARK)
        letters = 26.0
        half = text_width(self.plate, letters) / 2
        left, right = PLATE_X - half - 28, PLATE_X + half + 28
        canvas.rectangle(Box(left - 2, 484, right + 2, 560), _mixed(RED, DARK, 0.5), 8)
        canvas.rectangle(Box(left, 482, right, 556), RED, 8)
        write(canvas, self.plate, (PLATE_X - half, 510), letters, (252, 238, 200))

    def _draw_head(self, canvas: Canvas, x: float, y: float) -> None:
        hair, skin = self._hair_colour, self._skin
        if self.hair == "long":
            canvas.rectangle(Box(x - 104, y - 70, x + 104, y + 150), hair, 70)
            canvas.rectangle(Box(x - 44, y + 70, x + 44, y + 152), _mixed(skin, DARK, 0.14), 12)
        elif self.hair == "bun":
            canvas.ellipse((x, y - 128), (44, 36), hair)
        canvas.ellipse((x, y - 22), (98, 112), hair)
        for side in (-1, 1):
            canvas.ellipse((x + side * 88, y + 14), (15, 24), _mixed(skin, DARK, 0.1))
        canvas.ellipse((x, y + 12), (86, 108), skin)
        canvas.ellipse((x + 16, y - 86), (80, 36), hair)
        canvas.ellipse((x - 40, y - 78), (44, 32), hair)

    def _draw_face(self, canvas: Canvas, x: float, y: float, at_s: float, speaking: bool) -> None:
        skin = self._skin
        # Eyes close for an eighth of a second twice in a period, at other moments for each.
        blinks = (at_s + 0.37 * self.number) % (PERIOD_S / 2) < 0.13
        for side in (-1, 1):
            eye = (x + side * 34, y)
            if blinks:
                canvas.stroke([(eye[0] - 10, eye[1]), (eye[0] + 10, eye[1])], 4, DARK)
            else:
                canvas.ellipse(eye, (12, 8), (250, 248, 244))
                canvas.ellipse(eye, (7, 7.5), DARK)
            canvas.stroke([(eye[0] - side * 15, y - 21), (eye[0] + side * 15, y - 22)], 6, self._hair_colour)
            canvas.ellipse((x + side * 50, y + 40), (18, 11), _mixed(skin, (220, 90, 80), 0.16))
            if self.glasses:
                corners = [(-22, -15), (22, -15), (20, 15), (-20, 15), (-22, -15)]
                canvas.stroke([(eye[0] + dx, eye[1] + dy) for dx, dy in corners], 4, (70, 62, 60))
        if self.glasses:
            canvas.stroke([(x - 12, y - 4), (x + 12, y - 4)], 4, (70, 62, 60))
        canvas.stroke([(x, y + 4), (x - 7, y + 34), (x + 5, y + 36)], 4, _mixed(skin, DARK, 0.22))
        self._draw_mouth(canvas, x, y + 66, at_s, speaking)

    def _draw_mouth(self, canvas: Canvas, x: float, y: float, at_s: float, speaking: bool) -> None:
        lips = _mixed(self._skin, (170, 50, 56), 0.6)
        if speaking:
            # About four syllables a second, in phrases; both frequencies close with the period.
            opening = abs(sin(2 * pi * at_s * 2)) * (0.55 + 0.45 * sin(2 * pi * at_s / PERIOD_S * 2))
            canvas.ellipse((x, y), (24, 4 + 13 * opening), lips)
            canvas.ellipse((x, y), (18, 1 + 9 * opening), (84, 26, 30))
        else:
            canvas.stroke([(x - 22, y - 3), (x - 9, y + 3), (x + 9, y + 3), (x + 22, y - 3)], 5, lips)


def _mixed(colour: Colour, other: Colour, share: float) -> Colour:
    r, g, b = (round(mine + share * (its - mine)) for mine, its in zip(colour, other, strict=True))
    return r, g, b

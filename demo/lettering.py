"""Capital letters of Vietnamese as strokes, for the plates that stand before the delegates.

A letter is a handful of lines on a grid four wide and six high, y growing downward; marks are strokes above
or below it. Drawn this way no font has to be installed where the pictures are made.
"""

from __future__ import annotations

import unicodedata

from demo.canvas import Canvas, Colour, Point

GRID_HEIGHT = 6
GAP = 1.5

# Each line is written as its corners, two digits (x, y) a corner.
LETTERS = {
    "A": ["062046", "1434"],
    "B": ["06003041423344453606", "0333"],
    "C": ["41301001051636", "3645"],
    "D": ["0600304145360600"],
    "E": ["40000646", "0333"],
    "F": ["400006", "0333"],
    "G": ["4130100105163645432343"],
    "H": ["0006", "4046", "0343"],
    "I": ["1016"],
    "K": ["0006", "400346"],
    "L": ["000646"],
    "M": ["0600244046"],
    "N": ["06004640"],
    "O": ["1030414536160501", "0110"],
    "P": ["0600304142330333"],
    "Q": ["1030414536160501", "0110", "2446"],
    "R": ["06003041423303", "2346"],
    "S": ["41301001021333444536160516"],
    "T": ["0040", "2026"],
    "U": ["000516364540"],
    "V": ["002640"],
    "X": ["0046", "4006"],
    "Y": ["002340", "2326"],
}
NARROW = {"I": 2}  # how wide, where that is not four

# Strokes of marks as points relative to the middle of the letter's top; the dot below relative to its foot.
ABOVE: dict[str, list[list[Point]]] = {
    "\N{COMBINING CIRCUMFLEX ACCENT}": [[(-1.2, -0.7), (0, -1.6), (1.2, -0.7)]],
    "\N{COMBINING BREVE}": [[(-1.2, -1.6), (-0.6, -0.9), (0.6, -0.9), (1.2, -1.6)]],
    "\N{COMBINING HORN}": [[(2.0, 0.3), (2.6, 0), (2.6, -0.8)]],
    "\N{COMBINING ACUTE ACCENT}": [[(-0.4, -0.8), (0.7, -1.9)]],
    "\N{COMBINING GRAVE ACCENT}": [[(0.4, -0.8), (-0.7, -1.9)]],
    "\N{COMBINING TILDE}": [[(-1.2, -1.0), (-0.5, -1.6), (0.4, -1.1), (1.2, -1.7)]],
    "\N{COMBINING HOOK ABOVE}": [[(-0.6, -1.9), (0.2, -2.1), (0.5, -1.6), (0, -1.2), (0, -0.8)]],
}
BASE_MARKS = "\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING BREVE}"
DOT_BELOW = "\N{COMBINING DOT BELOW}"
TONE_ABOVE_MARK = -1.1  # a tone stands above a circumflex or a breve


def text_width(text: str, height: float) -> float:
    """In pixels, of `text` whose letters are `height` pixels high."""
    units = 0.0
    for character in _split(text):
        units += (2.5 if character[0] == " " else NARROW.get(character[0], 4)) + GAP
    return max(units - GAP, 0) * height / GRID_HEIGHT


def write(canvas: Canvas, text: str, left_top: Point, height: float, colour: Colour) -> None:
    """Writes capitals `height` pixels high; marks reach half of that above and a quarter below.

    Raises KeyError for a character that has no strokes.
    """
    scale = height / GRID_HEIGHT
    left, top = left_top
    pen = scale * 0.9

    def line(points: list[Point]) -> None:
        canvas.stroke([(left + x * scale, top + y * scale) for x, y in points], pen, colour)

    for base, *marks in _split(text):
        if base == " ":
            left += (2.5 + GAP) * scale
            continue
        for corners in LETTERS["D" if base == "Đ" else base]:
            line([(int(corners[i]), int(corners[i + 1])) for i in range(0, len(corners), 2)])
        if base == "Đ":
            line([(-0.9, 3), (1.6, 3)])
        width = NARROW.get(base, 4)
        raised = any(mark in BASE_MARKS for mark in marks)
        for mark in marks:
            if mark == DOT_BELOW:
                line([(width / 2, GRID_HEIGHT + 1.4)] * 2)
                continue
            lift = TONE_ABOVE_MARK if raised and mark not in BASE_MARKS else 0
            for stroke in ABOVE[mark]:
                line([(width / 2 + x, y + lift) for x, y in stroke])
        left += (width + GAP) * scale


def _split(text: str) -> list[str]:
    """Each letter with the marks that belong to it."""
    letters: list[str] = []
    for character in unicodedata.normalize("NFD", text.upper()):
        if unicodedata.combining(character):
            letters[-1] += character
        else:
            letters.append(character)
    return letters

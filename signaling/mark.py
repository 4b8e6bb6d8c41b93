"""The name of who looks, and when, drawn across the pages of restricted papers.

In the picture itself, so that a copy of it says whose it was; each reader's picture is another, made when it is asked
for: two at a time, so that a hall that turns a page at once takes no more of the machine than that. What was made
last is kept for the minute that it names.
"""

from __future__ import annotations

import asyncio
import io
from collections import OrderedDict
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from meeting_app.times import LOCAL

if TYPE_CHECKING:
    from PIL import Image

AT_ONCE = 2
KEPT = 64  # pictures, some 100 KB each
QUALITY = 72
FONT = Path(__file__).parents[1] / "meeting_app" / "printing" / "fonts" / "LiberationSerif-Bold.ttf"
COLOUR = (168, 32, 42, 46)  # red, and so thin that what is below can be read
SLANT = 28  # degrees
COARSE = 2  # drawn that much smaller, which costs a quarter
LETTERS = 1 / 34  # of the page's width


def words_for(name: str, now: datetime) -> str:
    return f"{name} · {now.astimezone(LOCAL):%d/%m/%Y %H:%M}"


def marked(picture: bytes, words: str) -> bytes:
    """The WebP with the words across it."""
    from PIL import Image  # most meetings have no restricted paper, and the service starts without it

    with Image.open(io.BytesIO(picture), formats=("WEBP",)) as opened:
        page = opened.convert("RGB")
    page.paste(COLOUR[:3], mask=_across(page.width, page.height, words))
    out = io.BytesIO()
    page.save(out, "WEBP", quality=QUALITY, method=0)
    return out.getvalue()


@lru_cache(maxsize=8)
def _across(width: int, height: int, words: str) -> Image.Image:
    """Where a page of that size is coloured, and how much."""
    from PIL import Image, ImageDraw, ImageFont

    small, low = max(1, width // COARSE), max(1, height // COARSE)
    size = max(6, round(small * LETTERS))
    font = ImageFont.truetype(FONT, size)
    side = round((small**2 + low**2) ** 0.5)
    sheet = Image.new("L", (side, side))
    draw = ImageDraw.Draw(sheet)
    step = round(draw.textlength(f"{words}     ", font=font))
    for line, top in enumerate(range(0, side, 6 * size)):
        for left in range(-(line % 2) * step // 2, side, step):
            draw.text((left, top), words, fill=COLOUR[3], font=font)
    turned = sheet.rotate(SLANT, resample=Image.Resampling.BILINEAR)
    left, top = (side - small) // 2, (side - low) // 2
    return turned.crop((left, top, left + small, top + low)).resize((width, height))


class Marks:
    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._made: OrderedDict[tuple[Path, str], bytes] = OrderedDict()

    async def of(self, path: Path, words: str) -> bytes:
        """The picture in the file with the words across it."""
        async with self._turn:
            found = self._made.get((path, words))
            if found is None:
                found = await asyncio.to_thread(lambda: marked(path.read_bytes(), words))
            self._made[path, words] = found
            self._made.move_to_end((path, words))
            while len(self._made) > KEPT:
                self._made.popitem(last=False)
        return found

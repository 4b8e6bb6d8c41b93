"""Images and text of each page of a PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pypdfium2 as pdfium
from PIL import Image

from converter.control import Page, Run
from converter.errors import Unusable

WIDTH = 1080  # px; what a phone shows at full width
SMALL_WIDTH = 180
# Of a page that is larger than this a phone on 0.4 Mbit/s first gets one that is there within a second.
PREVIEW_ABOVE = 60_000  # octets
PREVIEW_WIDTH = 540
PREVIEW_QUALITIES = (35, 15, 1)  # the first that is small enough
PREVIEW_MOST = 45_000  # octets
# Text and drawings are smallest without loss (38 KB a page), scans with it.
LOSSY_ABOVE = 150_000
DRAWN_COLOURS = 2048  # smoothed text has hundreds; a scan in colour has thousands, and in grey no plain paper
PLAIN = 0.5  # of the page in one colour
QUALITY = 72
SMALLEST_PT, LARGEST_PT = 1, 14_400  # ISO 32000-1 C.2
TALLEST = 6  # times the width; what is taller is made narrower


def render(pdf_path: Path, folder: Path) -> tuple[Page, ...]:
    """Write `1.webp`, `1.small.webp`, `1.json` and so on; the pages. Raises `Unusable`."""
    try:
        with pdfium.PdfDocument(pdf_path) as pdf:
            pdf.init_forms()  # what was filled in is drawn
            return tuple(_render_page(pdf, number, folder) for number in range(1, len(pdf) + 1))
    except pdfium.PdfiumError as error:
        raise Unusable("corrupt", str(error)) from error


def _render_page(pdf: pdfium.PdfDocument, number: int, folder: Path) -> Page:
    page = pdf[number - 1]
    width, height = page.get_size()
    if not (SMALLEST_PT <= width <= LARGEST_PT and SMALLEST_PT <= height <= LARGEST_PT):
        raise Unusable("corrupt", f"page {number} is {width} x {height} points")
    scale = min(WIDTH / width, TALLEST * WIDTH / height)
    bitmap = page.render(scale=scale)
    image = bitmap.to_pil().convert("RGB")
    sharp = compressed(image)
    (folder / f"{number}.webp").write_bytes(sharp)
    if len(sharp) > PREVIEW_ABOVE:
        (folder / f"{number}.preview.webp").write_bytes(_preview(image))
    image.thumbnail((SMALL_WIDTH, 2 * SMALL_WIDTH))
    image.save(folder / f"{number}.small.webp", quality=QUALITY)
    place = bitmap.get_posconv(page)
    (folder / f"{number}.json").write_bytes(msgspec.json.encode(list(_runs(page, place, scale))))
    page.close()
    return Page(round(width, 2), round(height, 2))


def compressed(image: Image.Image) -> bytes:
    """As WebP, without loss unless that is large."""
    if not _is_drawn(image):
        return _encoded(image, quality=QUALITY, method=4)
    lossless = _encoded(image, lossless=True, quality=80, method=4)
    if len(lossless) <= LOSSY_ABOVE:
        return lossless
    return min(lossless, _encoded(image, quality=QUALITY, method=4), key=len)


def _preview(image: Image.Image) -> bytes:
    small = image.copy()
    small.thumbnail((PREVIEW_WIDTH, TALLEST * PREVIEW_WIDTH))
    for quality in PREVIEW_QUALITIES:
        made = _encoded(small, quality=quality, method=4)
        if len(made) <= PREVIEW_MOST:
            break
    return made


def _is_drawn(image: Image.Image) -> bool:
    """Whether it is text and drawings on plain paper: of a scan the attempt without loss takes seconds for nothing."""
    colours = image.getcolors(DRAWN_COLOURS)
    return colours is not None and max(count for count, _ in colours) >= PLAIN * image.width * image.height


def _encoded(image: Image.Image, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", **how)
    return out.getvalue()


def _runs(page: pdfium.PdfPage, place: pdfium.PdfPosConv, scale: float) -> Iterator[Run]:
    text = page.get_textpage()
    for number in range(text.count_rects()):
        box = text.get_rect(number)
        found = text.get_text_bounded(*box).strip()
        if not found:
            continue
        left, bottom, right, top = box
        # Through the bitmap, because pages may be turned and cropped.
        corners = place.to_bitmap(left, top), place.to_bitmap(right, bottom)
        (x1, x2), (y1, y2) = (sorted(axis) for axis in zip(*corners, strict=True))
        yield Run(found, *(round(value / scale, 1) for value in (x1, y1, x2 - x1, y2 - y1)))
    text.close()

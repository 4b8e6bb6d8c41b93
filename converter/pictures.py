"""A photograph or a scan as a PDF."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from converter.album import Album
from converter.errors import Unusable

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
MOST_PIXELS = 100_000_000  # of one picture
FINEST = 2480  # pixels of the shorter side: A4 at 300 to the inch
WIDTH_PT = 595  # of A4: a picture is as wide as a page


def to_pdf(source: Path, target: Path, most_pages: int) -> None:
    """Each picture in the file becomes a page. Raises `Unusable`."""
    Image.MAX_IMAGE_PIXELS = None  # measured here, before a pixel is read
    try:
        with Image.open(source, formats=FORMATS) as image:
            if getattr(image, "n_frames", 1) > most_pages:
                raise Unusable("too_many_pages")
            with Album(target, WIDTH_PT) as album:
                for frame in ImageSequence.Iterator(image):
                    if frame.width * frame.height > MOST_PIXELS:
                        raise Unusable("too_large_picture", f"{frame.width} x {frame.height}")
                    album.add(_on_paper(frame))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Unusable("corrupt", str(error)) from error


def _on_paper(frame: Image.Image) -> Image.Image:
    """Upright, on white where it is transparent, and no finer than anybody prints it."""
    upright = ImageOps.exif_transpose(frame)
    if upright.width > FINEST and upright.height > FINEST:
        scale = FINEST / min(upright.size)
        upright = upright.convert("L" if upright.mode == "1" else upright.mode)
        upright.thumbnail((upright.width * scale, upright.height * scale))
    if upright.mode in ("1", "L", "RGB"):
        return upright
    with_alpha = upright.convert("RGBA")
    paper = Image.new("RGB", with_alpha.size, "white")
    paper.paste(with_alpha, mask=with_alpha.getchannel("A"))
    return paper

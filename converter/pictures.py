"""A photograph or a scan as a PDF."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from converter.errors import Unusable

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
MOST_PIXELS = 100_000_000  # of one picture
WIDTH_PT = 595  # of A4: a picture is as wide as a page


def to_pdf(source: Path, target: Path, most_pages: int) -> None:
    """Each picture in the file becomes a page. Raises `Unusable`."""
    Image.MAX_IMAGE_PIXELS = None  # measured here, before a pixel is read
    try:
        with Image.open(source, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Unusable("too_large_picture", f"{image.width} x {image.height}")
            if getattr(image, "n_frames", 1) > most_pages:
                raise Unusable("too_many_pages")
            pages = [_on_paper(frame) for frame in ImageSequence.Iterator(image)]
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Unusable("corrupt", str(error)) from error
    first, *others = pages
    first.save(target, "PDF", save_all=True, append_images=others, resolution=72 * first.width / WIDTH_PT, quality=90)


def _on_paper(frame: Image.Image) -> Image.Image:
    """Upright, and on white where it is transparent."""
    upright = ImageOps.exif_transpose(frame)
    if upright.mode in ("RGB", "L"):
        return upright.copy()
    with_alpha = upright.convert("RGBA")
    paper = Image.new("RGB", with_alpha.size, "white")
    paper.paste(with_alpha, mask=with_alpha.getchannel("A"))
    return paper

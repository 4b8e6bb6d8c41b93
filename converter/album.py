"""A PDF of pictures, written one after the other: of however many, one is in memory."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from types import TracebackType

from PIL import Image

QUALITY = 90  # of JPEG
_PAGES = 2  # number of the object that lists the pages; 1 is the catalogue


class Album:
    """Opened with `with`; `add` writes a page. ISO 32000-1 7.5 has the structure, 8.9.5 images."""

    def __init__(self, path: Path, width_pt: float) -> None:
        self._file = path.open("wb")
        self._width = width_pt
        self._at: dict[int, int] = {}  # object → where in the file it begins
        self._pages: list[int] = []

    def __enter__(self) -> Album:
        self._file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")  # what is no ASCII says that the file is binary
        self._write(1, b"<< /Type /Catalog /Pages %d 0 R >>" % _PAGES)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None):
        with self._file:
            if kind is None:
                self._finish()

    def add(self, picture: Image.Image) -> None:
        """A page as wide as all are, with the picture; it is of mode 1, L or RGB."""
        first = _PAGES + 1 + 3 * len(self._pages)
        page, drawing, image = first, first + 1, first + 2
        height = self._width * picture.height / picture.width
        self._write(
            page,
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R "
            b"/Resources << /XObject << /P %d 0 R >> >> >>" % (_PAGES, self._width, height, drawing, image),
        )
        self._write(drawing, b"<< %b >>", b"%.2f 0 0 %.2f 0 0 cm /P Do" % (self._width, height))
        space, bits = (b"/DeviceRGB", 8) if picture.mode == "RGB" else (b"/DeviceGray", 1 if picture.mode == "1" else 8)
        if picture.mode == "1":  # as a fax machine scans; JPEG would blur it and be larger
            how, content = b"/FlateDecode", zlib.compress(picture.tobytes())
        else:
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=QUALITY)
            how, content = b"/DCTDecode", out.getvalue()
        shape = b"/Width %d /Height %d /ColorSpace %b /BitsPerComponent %d" % (*picture.size, space, bits)
        self._write(image, b"<< /Type /XObject /Subtype /Image %b /Filter %b %%b >>" % (shape, how), content)
        self._pages.append(page)

    def _write(self, number: int, head: bytes, content: bytes | None = None) -> None:
        """An object; `head` has a place for the length of the content, where it has one."""
        self._at[number] = self._file.tell()
        if content is not None:
            head = head % (b"/Length %d" % len(content)) + b"\nstream\n" + content + b"\nendstream"
        self._file.write(b"%d 0 obj\n%b\nendobj\n" % (number, head))

    def _finish(self) -> None:
        kids = b" ".join(b"%d 0 R" % page for page in self._pages)
        self._write(_PAGES, b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(self._pages), kids))
        begin = self._file.tell()
        self._file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(self._at) + 1))
        for number in sorted(self._at):
            self._file.write(b"%010d 00000 n \n" % self._at[number])
        self._file.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(self._at) + 1, begin))

"""`python -m converter.marking [--unconfined] FILE SHEET TARGET`: a PDF with the sheet laid across each page."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import pikepdf
from pikepdf import Page, Pdf, Rectangle

from converter.confine import may_go_on


def cover(whole: Pdf, pages: Iterable[Page], sheet: Page) -> None:
    """Lay the square sheet on these pages of `whole`, each time as large as the longer side of the page."""
    form = whole.copy_foreign(sheet.as_form_xobject())
    for page in pages:
        x1, y1, x2, y2 = map(float, page.cropbox)  # ISO 32000-1 7.9.5: opposite corners, whichever
        half = max(abs(x2 - x1), abs(y2 - y1)) / 2
        x, y = (x1 + x2) / 2, (y1 + y2) / 2
        page.add_overlay(form, Rectangle(x - half, y - half, x + half, y + half))


def open_flat(source: Path) -> Pdf:
    """The file with its annotations made part of its pages: they would lie over what is laid on these.

    Links stay, and what brings no picture of its own. What shows on no screen is gone.
    """
    pdf = pikepdf.open(source)
    pdf.flatten_annotations("screen")
    return pdf


def mark(source: Path, sheet: Path, target: Path) -> None:
    with open_flat(source) as whole, pikepdf.open(sheet) as marked:
        cover(whole, whole.pages, marked.pages[0])
        whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def main() -> None:
    said, (source, sheet, target) = sys.argv[1:-3], map(Path, sys.argv[-3:])
    if not may_go_on(said, [source, sheet], target.parent):
        sys.exit(1)
    mark(source, sheet, target)


if __name__ == "__main__":
    main()

"""A sheet across every page, however the page lies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name

from converter.control import Paper, Plan, Section
from converter.marking import mark
from converter.pack import pack
from meeting_app.printing.typesetting import typeset

WORDS = "Nguyễn Thị Mẩy · 03/03/2026 03:05"
PRINTED = 4  # ISO 32000-1 12.5.3
STRIPS = 10  # of a page, lying and standing: in each a piece of the words


def mark_in_pack(source: Path, sheet: Path, target: Path) -> None:
    pack(Plan((Section("Chung", (Paper("Nhân sự", str(source), True),)),), str(sheet)), target)


@pytest.fixture
async def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(await typeset("mark", {"words": WORDS}))
    return path


def blank(path: Path, *pages: tuple[list[int], int]) -> Path:
    """Empty pages, each with its box and its turn."""
    with pikepdf.new() as whole:
        for (left, bottom, right, top), turn in pages:
            page = whole.add_blank_page(page_size=(abs(right - left), abs(top - bottom)))
            page.mediabox = [left, bottom, right, top]
            page.rotate(turn, relative=False)
        whole.save(path)
    return path


def test_every_page_bears_the_words_everywhere(tmp_path: Path, sheet: Path):
    """Upright, lying, turned, with an origin of its own, tiny and long, from another corner."""
    boxes = (
        ([0, 0, 595, 842], 0),
        ([0, 0, 842, 595], 0),
        ([0, 0, 595, 842], 90),
        ([-300, 100, 295, 942], 180),
        ([0, 0, 60, 60], 0),
        ([0, 0, 200, 3000], 0),
        ([600, 800, 0, 0], 0),
        ([600, 0, 0, 800], 90),
    )
    mark(blank(tmp_path / "blank.pdf", *boxes), sheet, tmp_path / "made.pdf")
    with pikepdf.open(tmp_path / "made.pdf") as made:
        assert made.check_pdf_syntax() == []
        assert [[round(float(edge)) for edge in page.mediabox] for page in made.pages] == [box for box, _ in boxes]
    shown = pypdfium2.PdfDocument(tmp_path / "made.pdf")
    try:
        for number, page in enumerate(shown):
            picture = page.render(scale=1).to_pil().convert("L")
            width, height = picture.size
            for columns, rows in ((2, 2), (1, STRIPS), (STRIPS, 1)):
                for left in range(columns):
                    for top in range(rows):
                        part = picture.crop(
                            (
                                left * width // columns,
                                top * height // rows,
                                (left + 1) * width // columns,
                                (top + 1) * height // rows,
                            )
                        )
                        assert part.getextrema()[0] < 250, (number, columns, rows, left, top)
        assert WORDS in shown[0].get_textpage().get_text_bounded()
    finally:
        shown.close()


def test_the_typeface_is_in_the_file_once(tmp_path: Path, sheet: Path):
    boxes = [([0, 0, 595, 842], 0)] * 50
    mark(blank(tmp_path / "blank.pdf", *boxes), sheet, tmp_path / "made.pdf")
    assert (tmp_path / "made.pdf").stat().st_size < 2 * sheet.stat().st_size + 50_000
    with pikepdf.open(tmp_path / "made.pdf") as made:
        fonts = [one for one in made.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        names = {str(font.BaseFont).partition("+")[2] or str(font.BaseFont) for font in fonts}
        assert all("LiberationSerif-Bold" in name for name in names), names
        held = [one for one in made.objects if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one]
        held += [one for one in made.objects if isinstance(one, pikepdf.Dictionary) and "/FontFile3" in one]
        assert len(held) == 1


def annotated(path: Path) -> Path:
    """A page that an annotation covers all over, in white, with a link."""
    with pikepdf.new() as whole:
        page = whole.add_blank_page(page_size=(595, 842))
        look = whole.make_stream(b"1 g 0 0 595 842 re f")
        look.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": [0, 0, 595, 842]})
        stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, F=PRINTED, Rect=[0, 0, 595, 842], AP=Dictionary(N=look))
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Dest=[page.obj, Name.Fit])
        page.Annots = whole.make_indirect(pikepdf.Array([stamp, link]))
        whole.save(path)
    return path


@pytest.mark.parametrize("make", [mark, mark_in_pack])
def test_no_annotation_lies_over_the_words(tmp_path: Path, sheet: Path, make: Callable[[Path, Path, Path], None]):
    made = tmp_path / "made.pdf"
    make(annotated(tmp_path / "annotated.pdf"), sheet, made)
    shown = pypdfium2.PdfDocument(made)
    try:
        assert shown[0].render(scale=1).to_pil().convert("L").getextrema()[0] < 250
    finally:
        shown.close()
    with pikepdf.open(made) as whole:
        assert [one.Subtype for one in whole.pages[0].Annots] == [Name.Link]

"""A list of people as an Excel sheet: read without executing anything, and written.

A file is a ZIP of XML from anywhere: what it unpacks to is bounded before it is unpacked, and formulas are told, never
worked out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meeting_app.errors import SheetColumns, SheetTooLong, SheetUnreadable
from meeting_app.names import folded

if TYPE_CHECKING:  # openpyxl is loaded with the first sheet: reading its modules takes longer than any sheet
    from openpyxl import Workbook
    from openpyxl.cell import Cell

FILE_BYTES = 5 * 1024 * 1024
UNPACKED_BYTES = 60 * 1024 * 1024
MOST_PARTS = 500  # files within the ZIP
MOST_LINES = 5000
MOST_COLUMNS = 50
HEADER_WITHIN = 10  # the first lines often hold the name of the office and a title

COLUMNS = ("Họ và tên", "Chức vụ", "Đơn vị")
NEEDED = ("Họ và tên", "Đơn vị")
POSITION = "Chức danh trong cơ quan"  # in a list of members of a body; may be left out
SITE = "Điểm cầu"  # in a list of delegates of a meeting; may be left out
_KEYS = {folded(column): column for column in (*COLUMNS, POSITION, SITE)} | {
    "ho ten": "Họ và tên",
    "cuong vi": POSITION,
}
WIDTHS = (32, 32, 44, 28, 48, 48)


@dataclass(frozen=True)
class Line:
    """A line of the sheet below its header; `number` is the one that Excel shows."""

    number: int
    name: str
    title: str
    unit: str
    has_formula: bool = False
    position: str = ""
    site: str = ""


def read(content: bytes) -> list[Line]:
    """Raises `SheetUnreadable`, `SheetColumns`, `SheetTooLong`."""
    from openpyxl import load_workbook

    _check_size(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            return list(_lines(book.worksheets[0].iter_rows(max_col=MOST_COLUMNS)))
        finally:
            book.close()
    except (SheetColumns, SheetTooLong):
        raise
    except Exception as error:
        # openpyxl meets a damaged file with whatever its parsers raise; none of it is ours.
        raise SheetUnreadable(f"the sheet cannot be read: {error!r}", "file") from error


def _check_size(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile as error:
        raise SheetUnreadable("not an .xlsx file", "file") from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED_BYTES:
        raise SheetTooLong("the file unpacks to more than is read", "file")


def _lines(rows: Iterable[Sequence[Cell]]) -> Iterator[Line]:
    places: dict[str, int] | None = None
    seen: list[str] = []
    for number, row in enumerate(rows, 1):
        texts = ["" if cell.value is None else str(cell.value).strip() for cell in row]
        if places is None:
            found = {
                _KEYS[key]: at for at, text in enumerate(texts) if (key := " ".join(folded(text).split())) in _KEYS
            }
            if all(column in found for column in NEEDED):
                places = found
            elif number <= HEADER_WITHIN:
                seen = max(seen, [text for text in texts if text], key=len)
            if number > HEADER_WITHIN and places is None:
                break
            continue
        if not any(texts):
            continue
        if number > MOST_LINES:
            raise SheetTooLong(f"more than {MOST_LINES} lines", "file")
        used = {column: texts[at] for column, at in places.items() if at < len(texts)}
        has_formula = any(row[at].data_type == "f" for at in places.values() if at < len(row))
        said = (used.get(column, "") for column in COLUMNS)
        yield Line(number, *said, has_formula, used.get(POSITION, ""), used.get(SITE, ""))
    if places is None:
        missing = tuple(column for column in NEEDED if folded(column) not in {folded(text) for text in seen})
        raise SheetColumns(missing or NEEDED, tuple(seen))


def template(units: Iterable[str], more: str | None = None) -> bytes:
    """An empty sheet with the right columns, and the units' names to copy from beside it; `more`: a further column."""
    from openpyxl import Workbook

    book = Workbook()
    _write(book.active, "Nhân sự", COLUMNS if more is None else (*COLUMNS, more), ())
    _write(book.create_sheet(), "Đơn vị", ("Tên đơn vị",), ((unit,) for unit in units))
    return _packed(book)


def report(lines: Iterable[tuple[Line, str]], more: str | None = None) -> bytes:
    """The lines that were not taken, each with why, ready to be corrected and sent again."""
    from openpyxl import Workbook

    book = Workbook()
    rows = (
        (line.name, line.title, line.unit, *_further(line, more), str(line.number), reason) for line, reason in lines
    )
    header = (*COLUMNS, *(() if more is None else (more,)), "Dòng trong tệp", "Lý do")
    _write(book.active, "Dòng bị loại", header, rows)
    return _packed(book)


def _further(line: Line, more: str | None) -> tuple[str, ...]:
    return () if more is None else (line.position if more == POSITION else line.site,)


def _write(sheet, title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.title = title
    for row in (header, *rows):
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            # A name that begins with "=" is still a name: nobody's Excel works out what a stranger wrote.
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def _packed(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

"""A sheet from anywhere is read within bounds, or refused with what is wrong."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from meeting_app.errors import SheetColumns, SheetTooLong, SheetUnreadable
from meeting_app.office import sheets
from meeting_app.office.sheets import Line, read, report, template

HEADER = ["STT", "Họ và tên", "Chức vụ", "Đơn vị"]


def book(*rows: list) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_lines_are_found_below_a_header_wherever_it_stands():
    content = book(["ỦY BAN MTTQ"], [], HEADER, [1, " Vi Thị An ", None, "Xã A"], [], [2, "Lò Văn Ân", "Chủ tịch", 7])
    assert read(content) == [Line(4, "Vi Thị An", "", "Xã A"), Line(6, "Lò Văn Ân", "Chủ tịch", "7")]


def test_columns_are_known_without_marks_and_in_any_order():
    assert read(book(["don vi", "HỌ TÊN"], ["Xã A", "Vi Thị An"])) == [Line(2, "Vi Thị An", "", "Xã A")]


def test_missing_columns_are_named_with_those_that_are_there():
    with pytest.raises(SheetColumns) as caught:
        read(book(["Tên", "Chức vụ", "Đơn vị"], ["Vi Thị An", "", "Xã A"]))
    assert caught.value.missing == ("Họ và tên",)
    assert caught.value.seen == ("Tên", "Chức vụ", "Đơn vị")
    with pytest.raises(SheetColumns):
        read(book())


def test_a_formula_is_told_and_not_worked_out():
    [line] = read(book(["Họ và tên", "Đơn vị"], ['=HYPERLINK("http://x","An")', "Xã A"]))
    assert line.has_formula


def test_what_is_no_sheet_is_unreadable():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        parts.writestr("readme.txt", "no sheet")
    good = book(HEADER, [1, "Vi Thị An", "", "Xã A"])
    for content in (b"", b"\xd0\xcf\x11\xe0 an old or locked file", packed.getvalue(), good[:-40]):
        with pytest.raises(SheetUnreadable):
            read(content)


def test_what_unpacks_to_too_much_is_not_unpacked():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b" " * (sheets.UNPACKED_BYTES + 1))
    assert len(packed.getvalue()) < sheets.FILE_BYTES
    with pytest.raises(SheetTooLong):
        read(packed.getvalue())


def test_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheets, "MOST_LINES", 3)
    with pytest.raises(SheetTooLong):
        read(book(HEADER, *([1, "Vi Thị An", "", "Xã A"] for _ in range(3))))


def test_the_template_is_a_sheet_that_can_be_read():
    assert read(template(["Xã A"])) == []
    assert load_workbook(io.BytesIO(template(["Xã A"])))["Đơn vị"]["A2"].value == "Xã A"


def test_the_report_can_be_corrected_and_read_again_and_holds_no_formula():
    lines = [(Line(7, "=1+1", "", "Xã Z"), "Không có đơn vị tên này"), (Line(9, "Vi Thị An", "", "Xã Z"), "…")]
    content = report(lines)
    assert [(line.name, line.unit, line.has_formula) for line in read(content)] == [
        ("=1+1", "Xã Z", False),
        ("Vi Thị An", "Xã Z", False),
    ]

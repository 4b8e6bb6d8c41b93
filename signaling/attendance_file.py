"""The attendance sheet as an Excel file, in the words of the office."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from meeting_app.attendance_sheet import Count, Line, Sheet
from meeting_app.times import LOCAL

ROLES = {"chair": "Chủ trì", "secretary": "Thư ký", "delegate": "Đại biểu", "guest": "Khách mời"}
WAYS = {"in_person": "Trực tiếp", "remote": "Trực tuyến"}
METHODS = {"qr": "Quét mã QR", "on_behalf": "Ghi nhận tại bàn điểm danh", "remote": "Vào họp trực tuyến"}
PEOPLE = (
    *("STT", "Họ và tên", "Chức vụ", "Đơn vị", "Vai trò", "Điểm cầu", "Có mặt", "Cách điểm danh", "Đến lúc"),
    *("Về lúc", "Lý do xin vắng"),
)
COUNTS = ("Tổng số", "Trực tiếp", "Trực tuyến", "Đã về", "Vắng có lý do", "Vắng không lý do")


def workbook_of(title: str, sheet: Sheet, now: datetime) -> bytes:
    """Everybody by name, then the sums by unit and by site."""
    from openpyxl import Workbook  # takes long, and few services ever write a sheet

    book = Workbook()
    quorum = sheet.quorum
    head = (
        (title,),
        (f"Bảng điểm danh lúc {_moment(now)}",),
        (f"Có mặt {quorum.present}/{quorum.convened} đại biểu được triệu tập; cần ít nhất {quorum.needed}.",),
        (),
    )
    people = [_person(number, line) for number, line in enumerate(sheet.lines, 1)]
    _write(book.active, "Điểm danh", head, PEOPLE, people, (6, 28, 32, 36, 12, 24, 12, 28, 18, 18, 36))
    for name, counts in (("Theo đơn vị", sheet.units), ("Theo điểm cầu", sheet.sites)):
        if counts:
            rows = [_sums(count) for count in counts]
            header = ("Đơn vị" if counts is sheet.units else "Điểm cầu", *COUNTS)
            _write(book.create_sheet(), name, (), header, rows, (44, 12, 12, 12, 12, 16, 20))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _person(number: int, line: Line) -> Sequence[object]:
    if line.is_here:
        here = WAYS[line.how or "remote"]
    elif line.how is not None:
        here = "Đã về"
    else:
        here = _absent(line)
    return (
        number,
        line.name,
        line.title,
        line.unit,
        ROLES.get(line.role, ""),
        line.site or "",
        here,
        METHODS[line.method] if line.method else "",
        _moment(datetime.fromisoformat(line.came_at)) if line.came_at else "",
        _moment(datetime.fromisoformat(line.left_at)) if line.left_at else "",
        line.reason,
    )


def _sums(count: Count) -> Sequence[object]:
    gone = count.all - count.in_person - count.remote - count.excused - count.unexcused
    here = (count.all, count.in_person, count.remote, gone)
    return (count.name or "(không ghi)", *here, count.excused, count.unexcused)


def _absent(line: Line) -> str:
    if line.is_excused:
        return "Vắng có lý do"
    if line.answer != "declined":
        return "Vắng không lý do"
    return "Xin vắng, chưa được đồng ý" if line.excused is False else "Xin vắng, chưa có ý kiến"


def _moment(moment: datetime) -> str:
    return moment.astimezone(LOCAL).strftime("%H:%M %d/%m/%Y")


def _write(
    sheet,
    name: str,
    head: Iterable[Sequence[object]],
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    widths: Sequence[int],
) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.title = name
    for row in head:
        sheet.append(row)
    if sheet.max_row > 1:
        sheet["A1"].font = Font(bold=True, size=14)
    sheet.append(header)
    first = sheet.max_row
    for cell in sheet[first]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a name that begins with "=" is still a name
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"A{first + 1}"

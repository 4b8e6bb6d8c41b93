"""The report of a survey as Excel: a sheet of tables with charts, and the answers one by one where they have names."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from meeting_app.surveys.counting import Question
from meeting_app.surveys.reading import NamedAnswer, Results
from meeting_app.surveys.shares import decimal, percent
from meeting_app.times import VIETNAM

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

CHART_ROWS = 16  # that a chart takes beside its table
HIDDEN = "Dưới 5 phiếu, không hiển thị"
STILL_OPEN = "Khảo sát ẩn danh chỉ có kết quả sau khi kết thúc nhận phiếu"
GROUP_SIZE = "Số phiếu của nhóm trả lời câu này"


def report(results: Results, answers: Sequence[NamedAnswer]) -> bytes:
    """An .xlsx file."""
    from openpyxl import Workbook  # only who asks for a report pays for loading it

    book = Workbook()
    _write_counts(book.active, results)
    if results.groups:
        _write_groups(book.create_sheet("Theo nhóm"), results)
    if answers:
        _write_answers(book.create_sheet("Từng phiếu"), results.questions, answers)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_counts(sheet: Worksheet, results: Results) -> None:
    from openpyxl.styles import Font

    sheet.title = "Kết quả"
    sheet.column_dimensions["A"].width = 60
    for row in heading(results):
        _add(sheet, row)
    sheet["A1"].font = Font(bold=True, size=14)
    questions = {one.place: one for one in results.questions}
    for count in results.counts:
        question = questions[count.place]
        sheet.append([])
        _add(sheet, [f"Câu {question.place}. {question.text}"])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        if count.is_hidden:
            _add(sheet, [HIDDEN])
            continue
        if question.kind == "text":
            for text in count.texts:
                _add(sheet, [text])
            continue
        _add(sheet, ["Trả lời", "Số phiếu", "Tỷ lệ"])
        first = sheet.max_row + 1
        for label, votes in zip(question.labels, count.counts, strict=True):
            _add(sheet, [label, votes, percent(votes, count.answered)])
        last = sheet.max_row
        _add(sheet, ["Số phiếu trả lời câu này", count.answered])
        if count.total is not None and count.answered:
            _add(sheet, ["Điểm trung bình", decimal(count.total, count.answered)])
        _chart(sheet, question, first, last)
        for _ in range(max(0, CHART_ROWS - (sheet.max_row - first))):
            sheet.append([])


def _chart(sheet: Worksheet, question: Question, first: int, last: int) -> None:
    from openpyxl.chart import BarChart, Reference

    chart = BarChart()
    chart.type, chart.legend, chart.title = "bar", None, f"Câu {question.place}"
    chart.height, chart.width = 7, 14
    chart.add_data(Reference(sheet, min_col=2, min_row=first, max_row=last))
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    sheet.add_chart(chart, f"E{first - 1}")


def _write_groups(sheet: Worksheet, results: Results) -> None:
    questions = {one.place: one for one in results.questions}
    sheet.column_dimensions["A"].width = 60
    _add(sheet, [f"Theo câu {results.by}. {questions[results.by or 0].text}"])
    for place, groups in results.groups.items():
        question = questions[place]
        sheet.append([])
        _add(sheet, [f"Câu {place}. {question.text}", *(group.label for group in groups)])
        _add(sheet, [GROUP_SIZE, *(HIDDEN if group.size is None else group.size for group in groups)])
        for index, label in enumerate(question.labels):
            _add(sheet, [label, *("" if group.size is None else group.counts[index] for group in groups)])


def _write_answers(sheet: Worksheet, questions: Sequence[Question], answers: Iterable[NamedAnswer]) -> None:
    _add(sheet, ["Họ và tên", "Thời điểm", *(f"{one.place}. {one.text}" for one in questions)])
    sheet.freeze_panes = "A2"
    for answer in answers:
        at = answer.given_at.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")
        _add(sheet, [answer.name, at, *(words(one, answer.data.get(str(one.place))) for one in questions)])


def words(question: Question, value: Any) -> str:
    """An answer as it was read by who gave it."""
    if value is None:
        return ""
    if question.kind == "text":
        return str(value)
    if question.kind == "scale":
        return str(value)
    return "; ".join(question.options[index] for index in (value if question.kind == "multiple" else [value]))


def heading(results: Results) -> list[list[str | int]]:
    """What a report begins with."""
    rows: list[list[str | int]] = [[results.title], [results.unit], ["Số phiếu", results.answers]]
    if results.is_anonymous:
        rows.append(["Khảo sát ẩn danh"])
    if results.is_hidden:
        rows.append([STILL_OPEN if results.is_open else HIDDEN])
    return rows


def _add(sheet: Worksheet, row: Sequence[str | int]) -> None:
    sheet.append(list(row))
    for cell in sheet[sheet.max_row]:
        # What begins with "=" is still what somebody wrote: nobody's Excel works it out.
        if isinstance(cell.value, str):
            cell.data_type = "s"

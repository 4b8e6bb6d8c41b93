"""The report of a survey as Word: a table and a picture of bars for each question."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from meeting_app.surveys.counting import Count, Question
from meeting_app.surveys.reading import Results
from meeting_app.surveys.shares import decimal, percent
from meeting_app.surveys.sheet import GROUP_SIZE, HIDDEN, heading

if TYPE_CHECKING:
    from docx.document import Document
    from PIL.ImageFont import FreeTypeFont

FONT = Path(__file__).parents[1] / "printing" / "fonts" / "LiberationSerif-Regular.ttf"
WIDTH, ROW, LABEL, MARGIN = 1200, 56, 420, 16  # pixels
BAR, INK, GROUND = "#a8202a", "#211d19", "#f1ece4"


def report(results: Results) -> bytes:
    """A .docx file."""
    import docx  # only who asks for a report pays for loading it
    from docx.shared import Mm, Pt

    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    for section in document.sections:
        # Decree 30/2020, appendix I.I.4: 20 to 25 mm above and below, 30 to 35 left, 15 to 20 right.
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(15)
    document.core_properties.title = results.title
    document.add_heading("BÁO CÁO KẾT QUẢ KHẢO SÁT", level=1)
    for row in heading(results):
        document.add_paragraph(": ".join(str(cell) for cell in row))
    questions = {one.place: one for one in results.questions}
    for count in results.counts:
        _add_question(document, questions[count.place], count)
    for place, groups in results.groups.items():
        question = questions[place]
        document.add_heading(f"Câu {place} theo câu {results.by}", level=2)
        rows = [[GROUP_SIZE, *(HIDDEN if group.size is None else str(group.size) for group in groups)]]
        for index, label in enumerate(question.labels):
            rows.append([label, *("" if group.size is None else str(group.counts[index]) for group in groups)])
        _add_table(document, ["", *(group.label for group in groups)], rows)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_question(document: Document, question: Question, count: Count) -> None:
    from docx.shared import Mm

    document.add_heading(f"Câu {question.place}. {question.text}", level=2)
    if count.is_hidden:
        document.add_paragraph(HIDDEN)
        return
    if question.kind == "text":
        for text in count.texts:
            document.add_paragraph(text, style="List Bullet")
        return
    rows = [
        [label, str(votes), percent(votes, count.answered)]
        for label, votes in zip(question.labels, count.counts, strict=True)
    ]
    _add_table(document, ["Trả lời", "Số phiếu", "Tỷ lệ"], rows)
    said = f"Số phiếu trả lời câu này: {count.answered}."
    if count.total is not None and count.answered:
        said += f" Điểm trung bình: {decimal(count.total, count.answered)}."
    document.add_paragraph(said)
    document.add_picture(io.BytesIO(bars(question.labels, count.counts)), width=Mm(160))


def _add_table(document: Document, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(header))
    table.style = "Table Grid"
    for number, row in enumerate((header, *rows)):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
            if number == 0:
                for run in cell.paragraphs[0].runs:
                    run.bold = True


def bars(labels: Sequence[str], counts: Sequence[int]) -> bytes:
    """A PNG with a bar for each label, the longest as wide as there is room."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH, ROW * len(labels) + 2 * MARGIN), "white")
    draw = ImageDraw.Draw(picture)
    room, most = WIDTH - LABEL - 120, max(*counts, 1)
    for number, (label, count) in enumerate(zip(labels, counts, strict=True)):
        top = MARGIN + number * ROW
        draw.text((0, top + 12), _fitting(label), fill=INK, font=_font())
        draw.rectangle((LABEL, top + 8, LABEL + room, top + ROW - 8), fill=GROUND)
        if count:
            draw.rectangle((LABEL, top + 8, LABEL + room * count // most, top + ROW - 8), fill=BAR)
        draw.text((LABEL + room + 12, top + 12), str(count), fill=INK, font=_font())
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _fitting(label: str) -> str:
    font = _font()
    if font.getlength(label) <= LABEL - MARGIN:
        return label
    while label and font.getlength(label + "…") > LABEL - MARGIN:
        label = label[:-1]
    return label.rstrip() + "…"


@lru_cache
def _font() -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(FONT, 28)

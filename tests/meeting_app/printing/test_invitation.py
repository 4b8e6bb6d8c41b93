"""The Giấy mời as form 1.7 wants it, set by the press that the service uses."""

import io
from dataclasses import replace
from datetime import date, datetime

import pypdf
import pytest

from meeting_app.letters import Paper
from meeting_app.printing.invitation import data_of, dated, moment, numbered, subject
from meeting_app.printing.typesetting import TypesettingFailed, typeset
from meeting_app.times import LOCAL
from tests.meeting_app.hall import WORDS

PAPER = Paper(
    words=WORDS,
    kind="conference",
    subject="Hội nghị lần thứ năm",
    starts_at=datetime(2026, 2, 12, 8, 0, tzinfo=LOCAL),
    place="Hội trường tầng 2",
    chair="Trần Thị Chủ, Chủ tịch",
    guest="Lò Văn Mẩy",
    guest_title="Chủ tịch, Xã Nậm Lau Hoa",
    meeting="m1",
    budget_s=0,
    link="hB0c",
)
MARKUP = '#panic() *đậm* $x^2$ \\ `mã` // ] #include "press.py" = @nhãn <nhãn>'
ADDRESS = "https://hop.lamson.example"


async def read(paper: Paper) -> tuple[pypdf.PdfReader, str]:
    reader = pypdf.PdfReader(io.BytesIO(await typeset("invitation", data_of(paper, ADDRESS))))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


async def test_it_says_what_the_form_wants_in_its_order():
    reader, text = await read(PAPER)
    places = [
        text.index(part)
        for part in (
            "ỦY BAN TRUNG ƯƠNG MTTQ VIỆT NAM",
            "Số: 05/GM-MTTQ-BTT",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Lam Sơn, ngày 05 tháng 02 năm 2026",
            "GIẤY MỜI",
            "Ủy ban MTTQ Việt Nam tỉnh Lam Sơn trân trọng kính mời: Lò Văn Mẩy, Chủ tịch, Xã Nậm Lau Hoa",
            "Tới dự hội nghị lần thứ năm.",
            "Chủ trì: Trần Thị Chủ, Chủ tịch.",
            "Thời gian: 08 giờ 00, thứ Năm, ngày 12 tháng 02 năm 2026.",
            "Địa điểm: Hội trường tầng 2.",
            "./.",
            "Nơi nhận:",
            "TM. BAN THƯỜNG TRỰC CHỦ TỊCH Trần Thị Chủ",
            f"{ADDRESS}/v/hB0c",
        )
    ]
    assert places == sorted(places)
    page = reader.pages[0]
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]  # A4
    assert len(reader.pages) == 1


async def test_its_typeface_is_in_the_file():
    reader, _ = await read(PAPER)
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert len(fonts) >= 3  # upright, bold, italic
    for font in fonts:
        (descendant,) = font["/DescendantFonts"]
        described = descendant.get_object()["/FontDescriptor"]
        assert "LiberationSerif" in described["/FontName"]
        assert {"/FontFile2", "/FontFile3"} & set(described)


async def test_what_people_write_is_no_markup():
    _, text = await read(replace(PAPER, subject=MARKUP, guest=MARKUP, words=replace(WORDS, note=MARKUP)))
    assert text.count("#panic() *đậm* $x^2$") >= 3


async def test_a_letter_without_link_or_number_is_one_as_well():
    _, text = await read(replace(PAPER, link=None, chair="", place="", words=replace(WORDS, number="")))
    assert "Quét mã" not in text and "/GM-" in text and "Chủ trì" not in text and "Họp trực tuyến" in text


async def test_a_long_letter_numbers_its_second_page_and_not_the_first():
    reader, _ = await read(replace(PAPER, words=replace(WORDS, note="\n".join(["Nội dung lưu ý dài."] * 60))))
    first, second = (page.extract_text().strip() for page in reader.pages[:2])
    assert not first.startswith("1") and second.startswith("2")


async def test_the_press_says_what_it_cannot_set():
    with pytest.raises(TypesettingFailed, match="No such file"):
        await typeset("nowhere", {})


def test_numbers_days_and_hours_are_written_as_the_decree_says():
    assert (numbered("5/GM"), numbered("12/GM"), numbered("")) == ("05/GM", "12/GM", "")
    assert dated(date(2026, 3, 9)) == "ngày 09 tháng 3 năm 2026"
    assert moment(datetime(2026, 11, 22, 7, 5, tzinfo=LOCAL)) == "07 giờ 05, Chủ nhật, ngày 22 tháng 11 năm 2026"


@pytest.mark.parametrize(
    ("kind", "title", "said"),
    [
        ("conference", "Hội nghị lần thứ năm", "hội nghị lần thứ năm"),
        ("standing_committee", "Họp thường kỳ", "cuộc họp Ban Thường trực: Họp thường kỳ"),
        ("critique", "Dự thảo Nghị quyết", "hội nghị phản biện xã hội: Dự thảo Nghị quyết"),
    ],
)
def test_the_kind_of_meeting_is_said_once(kind: str, title: str, said: str):
    assert subject(kind, title) == said

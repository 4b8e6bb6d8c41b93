"""Words are found as people type them, and excerpts show where."""

import pytest

from meeting_app.documents.search import IndexedPage, find, spelled, words_of

PAGES = [
    IndexedPage("Báo cáo công tác Mặt trận sáu tháng đầu năm của tỉnh Lam Sơn."),
    IndexedPage("Hoà giải ở cơ sở; bảo cao su; Đại đoàn kết toàn dân tộc."),
    IndexedPage(""),
    IndexedPage("BÁO CÁO TÓM TẮT, kèm phụ lục."),
]


def pages(query: str) -> list[int]:
    return [hit.page for hit in find(PAGES, words_of(query))]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("báo cáo", [1, 4]),
        ("Báo Cáo", [1, 4]),
        ("bao cao", [1, 2, 4]),
        ("bảo cao", [2]),
        ("hòa giải", [2]),
        ("hoà giải", [2]),
        ("dai doan ket", [2]),
        ("đại đo", [2]),
        ("công t", [1]),
        ("báo cá", [1, 4]),
        ("báo ca", [1, 4]),
        ("công tác trận", []),
        ("giải ở cơ sở bảo", [2]),
        ("tóm tắt kèm", [4]),
        ("", []),
        ("  ; ", []),
        ("mat tran", [1]),
    ],
)
def test_a_query_finds_its_pages(query: str, found: list[int]):
    assert pages(query) == found


def test_decomposed_text_is_the_same_text():
    decomposed = "Ba\u0301o ca\u0301o"
    assert pages(decomposed) == [1, 4]
    assert IndexedPage(decomposed).find(1, words_of("báo cáo")) is not None


def test_what_is_spelled_as_asked_comes_first():
    several = [IndexedPage("bảo cao"), IndexedPage("bao cao"), IndexedPage("báo cáo")]
    assert [(hit.page, hit.exact) for hit in find(several, words_of("bao cao"))] == [(2, True), (1, False), (3, False)]


def test_the_excerpt_shows_the_place_in_whole_words():
    text = " ".join(f"chữ{number}" for number in range(100))
    (hit,) = find([IndexedPage(text)], words_of("chữ50"))
    assert hit.match == "chữ50"
    assert hit.before.startswith("chữ") and hit.before.endswith("chữ49 ")
    assert hit.after.startswith(" chữ51") and hit.after.split()[-1] in text.split()


def test_the_tone_may_stand_on_either_vowel():
    assert spelled("Hòa") == spelled("hoà") != spelled("hoa")
    assert spelled("thuỷ") == spelled("thủy")
    assert spelled("Đ") == "đ" != spelled("d")

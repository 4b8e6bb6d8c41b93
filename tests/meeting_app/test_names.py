"""Names are found without their marks and stand in the order of Vietnamese dictionaries."""

from __future__ import annotations

import random
import unicodedata

import pytest

from meeting_app.names import folded, order_key, search_key

IN_ORDER = [
    "Nguyễn Văn A",
    "Lê Thị An",
    "Nguyễn An",
    "Nguyễn Văn An",
    "Nguyễn Văn Án",
    "Nguyễn Thị Anh",
    "Hồ Ân",
    "Phạm Dung",
    "Phạm Đức",
    "Trần Hòa",
    "Trần Hoa Hồng",
    "Bùi Ơn",
    "Bùi Yến",
]


def test_given_name_then_family_name_then_the_rest():
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=order_key) == IN_ORDER


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_keys_do_not_depend_on_how_the_name_was_typed(form: str):
    name = unicodedata.normalize(form, "Đặng Thị Ngọc Ánh")
    assert folded(name) == "dang thi ngoc anh"
    assert order_key(name) == order_key("Đặng Thị Ngọc Ánh")
    assert order_key(name).isascii()


def test_a_word_is_found_where_it_begins():
    key = search_key("Lò Thị Mẩy", "Phó Chủ tịch")
    assert " may" in key and " pho" in key and " hi" not in key

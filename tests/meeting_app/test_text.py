"""Only text that can be stored and shown comes in."""

import msgspec
import pytest

from meeting_app.errors import BadInput
from meeting_app.models import DoneCommand
from meeting_app.text import CHAT_MAX, NAME_MAX, UNIT_MAX, clean
from signaling import messages


def test_decomposed_vietnamese_is_composed():
    assert clean("  Nguye\u0302\u0303n ", "name", 20) == "Nguyễn"


def test_length_is_counted_after_composing():
    assert clean("e\u0302\u0301" * 10, "name", 10) == "ế" * 10
    with pytest.raises(BadInput, match="name has 11 characters, at most 10") as caught:
        clean("ế" * 11, "name", 10)
    assert caught.value.field == "name"


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u3164", "\u200b \u2800"])
def test_empty_text_is_refused_unless_allowed(text: str):
    with pytest.raises(BadInput, match="empty"):
        clean(text, "text", 10)
    assert clean(text, "text", 10, may_be_empty=True) == ""


@pytest.mark.parametrize("text", ["a\0b", "a\x1bb", "a\x85b", "a\ud800b", "a\ue000b"])
def test_what_no_database_stores_or_screen_shows_is_refused(text: str):
    for is_prose in (False, True):
        with pytest.raises(BadInput, match="control character"):
            clean(text, "text", 10, is_prose=is_prose)


def test_lines_and_emoji_joiners_stay_in_prose():
    assert clean("một\nhai\u2028ba 👨‍👩‍👧", "text", 20, is_prose=True) == "một\nhai\u2028ba 👨‍👩‍👧"


@pytest.mark.parametrize("marks", ["\u200d", "\u034f", "\ufe0f", "\u180b", "\u17b5", "\u0301" * 9])
def test_marks_alone_are_no_text(marks: str):
    with pytest.raises(BadInput, match="empty"):
        clean(marks, "text", 20, is_prose=True)


@pytest.mark.parametrize("end", ["\n", "\t", "\u2028", "\u2029"])
def test_a_name_has_one_line(end: str):
    with pytest.raises(BadInput, match="control character"):
        clean(f"Lê Văn{end}Chủ", "name", 20)


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b", "\u00ad", "\ufeff", "\u200d", "\u3164"])
def test_what_cannot_be_seen_is_left_out_of_a_name(hidden: str):
    assert clean(f"{hidden}Lê Văn Chu{hidden}\u0309{hidden}", "name", 20) == "Lê Văn Chủ"


def test_what_a_message_may_carry_a_row_can_hold():
    def longest(message: type, field: str) -> int:
        (info,) = (each for each in msgspec.inspect.type_info(message).fields if each.name == field)
        return info.type.max_length

    assert longest(messages.KnockRequest, "name") == NAME_MAX
    assert longest(messages.KnockRequest, "unit") == UNIT_MAX
    assert longest(messages.Say, "text") == CHAT_MAX
    assert longest(messages.Say, "key") == DoneCommand.__table__.c.key.type.length

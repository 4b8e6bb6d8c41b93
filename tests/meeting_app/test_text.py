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


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_empty_text_is_refused_unless_allowed(text: str):
    with pytest.raises(BadInput, match="empty"):
        clean(text, "text", 10)
    assert clean(text, "text", 10, may_be_empty=True) == ""


@pytest.mark.parametrize("text", ["a\0b", "a\x1bb", "a\x85b", "a\ud800b"])
def test_what_no_database_stores_or_screen_shows_is_refused(text: str):
    with pytest.raises(BadInput, match="control character"):
        clean(text, "text", 10)


def test_lines_and_emoji_joiners_stay():
    assert clean("một\nhai 👨‍👩‍👧", "text", 20) == "một\nhai 👨‍👩‍👧"


def test_what_a_message_may_carry_a_row_can_hold():
    def longest(message: type, field: str) -> int:
        (info,) = (each for each in msgspec.inspect.type_info(message).fields if each.name == field)
        return info.type.max_length

    assert longest(messages.KnockRequest, "name") == NAME_MAX
    assert longest(messages.KnockRequest, "unit") == UNIT_MAX
    assert longest(messages.Say, "text") == CHAT_MAX
    assert longest(messages.Say, "key") == DoneCommand.__table__.c.key.type.length

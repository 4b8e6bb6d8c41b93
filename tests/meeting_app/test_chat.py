"""What is written reaches the log once, composed and bounded."""

import pytest

from meeting_app import chat, meetings
from meeting_app.errors import BadInput, NotAllowed
from tests.meeting_app.hall import Hall


async def test_a_line_carries_its_writer_and_is_kept_composed(hall: Hall):
    event = await hall.does(chat.say, hall.an, " Ti\u0302\u0301p theo \n")
    assert event.data["name"] == "Nguyễn Văn An"
    assert event.data["participant"] == hall.an.participant
    assert event.data["text"] == "Tî\u0301p theo"


@pytest.mark.parametrize("text", ["", " ", "a\0b", "x" * 2001])
async def test_what_is_no_text_is_refused_and_not_logged(hall: Hall, text: str):
    before = await hall.log()
    with pytest.raises(BadInput):
        await hall.does(chat.say, hall.an, text)
    assert await hall.log() == before


async def test_a_big_screen_says_nothing(hall: Hall):
    with pytest.raises(NotAllowed):
        await hall.does(chat.say, hall.wall, "Xin chào")


async def test_the_newest_lines_come_oldest_first_also_from_who_was_removed(hall: Hall):
    for number in range(5):
        await hall.does(chat.say, hall.an, f"dòng {number}")
    await hall.does(meetings.remove_participant, hall.chair, hall.an.participant)
    lines = await hall.asks(chat.last_lines, hall.meeting, 3)
    assert [line.text for line in lines] == ["dòng 2", "dòng 3", "dòng 4"]

"""The walls follow what happens until somebody chooses, and again when they are let."""

import pytest

from meeting_app import wall
from meeting_app.errors import AlreadySo, BadInput
from tests.meeting_app.hall import Hall


async def test_what_was_chosen_is_shown_until_it_is_chosen_anew(hall: Hall):
    assert (await hall.seen()).wall == "auto"
    for shows in ("agenda", "speaker", "auto"):
        event = await hall.does(wall.show_on_wall, hall.secretary, shows)
        assert event.data == {"shows": shows}
        assert (await hall.seen()).wall == shows
    with pytest.raises(AlreadySo):
        await hall.does(wall.show_on_wall, hall.chair, "auto")
    with pytest.raises(BadInput):
        await hall.does(wall.show_on_wall, hall.chair, "films")

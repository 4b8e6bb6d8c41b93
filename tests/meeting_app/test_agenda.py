"""The agenda is a tree, one item of it is current, and its time is measured."""

import pytest

from meeting_app import agenda
from meeting_app.db import Database
from meeting_app.errors import AlreadySo, BadInput, NotFound, WrongState
from meeting_app.views import PresenterView
from tests.meeting_app.hall import Hall, convene


async def test_items_are_numbered_as_a_tree_and_read_in_its_order(db: Database):
    hall = await convene(db, "draft")
    second = hall.items[1]
    below = [await hall.does(agenda.add_item, hall.secretary, f"Mục {n}", parent=second) for n in range(11)]
    deep = await hall.does(
        agenda.add_item,
        hall.secretary,
        "Số liệu",
        parent=below[0].data["item"]["id"],
        presenters=(PresenterView(hall.secretary.participant, ""), PresenterView(None, "Ông Bảo")),
        budget_s=600,
    )
    assert deep.data["item"]["number"] == "2.1.1"
    assert [one["name"] for one in deep.data["item"]["presenters"]] == ["Lê Văn Thư", "Ông Bảo"]
    assert (deep.data["item"]["parent"], deep.data["item"]["budget_s"]) == (below[0].data["item"]["id"], 600)
    numbers = [item.number for item in (await hall.seen()).agenda]
    assert numbers == ["1", "2", "2.1", "2.1.1", *(f"2.{n}" for n in range(2, 12)), "3"]


async def test_an_item_needs_a_title_a_known_parent_and_no_negative_time(hall: Hall):
    for arguments, error in (
        ({"title": " "}, BadInput),
        ({"title": "Khác", "budget_s": -1}, BadInput),
        ({"title": "Khác", "parent": "none"}, NotFound),
    ):
        with pytest.raises(error):
            await hall.does(agenda.add_item, hall.chair, **arguments)


async def test_opening_an_item_ends_the_one_before_it_and_times_it(hall: Hall):
    first, second, _ = hall.items
    opened = await hall.does(agenda.open_item, hall.chair, first)
    assert opened.data == {"item": first, "previous": None}
    with pytest.raises(AlreadySo):
        await hall.does(agenda.open_item, hall.chair, first)
    opened = await hall.later(61.5).does(agenda.open_item, hall.secretary, second)
    assert opened.data == {"item": second, "previous": {"item": first, "spent_s": 61}}
    states = {item.id: (item.state, item.opened_at) for item in (await hall.seen()).agenda}
    assert states[first] == ("done", None)
    assert states[second] == ("current", opened.at)


async def test_an_item_that_is_opened_again_adds_its_times(hall: Hall):
    first = hall.items[0]
    for _ in range(3):
        await hall.does(agenda.open_item, hall.chair, first)
        closed = await hall.later(1.5).does(agenda.close_item, hall.chair)
    assert closed.data == {"item": first, "spent_s": 4}
    assert (await hall.seen()).agenda[0].spent_s == 4
    with pytest.raises(WrongState):
        await hall.does(agenda.close_item, hall.chair)


async def test_items_open_only_in_session(db: Database):
    hall = await convene(db, "check_in")
    with pytest.raises(WrongState):
        await hall.does(agenda.open_item, hall.chair, hall.items[0])


async def test_an_unknown_item_is_not_opened(hall: Hall):
    with pytest.raises(NotFound):
        await hall.does(agenda.open_item, hall.chair, "none")

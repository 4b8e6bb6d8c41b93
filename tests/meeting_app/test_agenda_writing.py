"""The agenda is written by several people, also while the meeting runs, and nobody's words are lost."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting_app import agenda, meetings, votes
from meeting_app.agenda.writing import ITEMS_MAX
from meeting_app.db import Database
from meeting_app.errors import AlreadySo, BadInput, ItemBegun, MeetingError, NotFound, Outdated
from meeting_app.models import AgendaItem
from meeting_app.views import ItemView, PresenterView
from tests.meeting_app.hall import START, Hall, convene, convene_within
from tests.meeting_app.model import against_a_model


async def titles(hall: Hall) -> list[tuple[str, str]]:
    return [(item.number, item.title) for item in (await hall.seen()).agenda]


async def add(hall: Hall, title: str, parent: str | None = None) -> str:
    return (await hall.does(agenda.add_item, hall.secretary, title, parent=parent)).data["item"]["id"]


async def test_the_second_writer_is_refused_and_may_write_over_what_they_have_seen(hall: Hall):
    item = hall.items[1]
    first = await hall.does(agenda.change_item, hall.chair, item, 1, "Báo cáo 6 tháng", budget_s=900)
    assert (first.data["item"]["revision"], first.data["item"]["changed_by"]) == (2, hall.chair.participant)
    with pytest.raises(Outdated):
        await hall.does(agenda.change_item, hall.secretary, item, 1, "Báo cáo quý II")
    assert (await hall.seen()).agenda[1].title == "Báo cáo 6 tháng"
    again = await hall.does(agenda.change_item, hall.secretary, item, 2, "Báo cáo quý II")
    assert again.data["item"]["revision"] == 3
    # Both texts stay in the log.
    written = [event.data["item"]["title"] for event in await hall.log() if event.name == "item_changed"]
    assert written == ["Báo cáo 6 tháng", "Báo cáo quý II"]


async def test_an_item_that_says_so_already_is_not_changed(hall: Hall):
    with pytest.raises(AlreadySo):
        await hall.does(agenda.change_item, hall.chair, hall.items[0], 1, "Khai mạc")
    assert (await hall.seen()).agenda[0].revision == 1


async def test_presenters_are_participants_or_people_by_name(hall: Hall):
    planned = START + timedelta(minutes=15)
    event = await hall.does(
        agenda.change_item,
        hall.chair,
        hall.items[0],
        1,
        "Khai mạc",
        presenters=(PresenterView(hall.an.participant, "tên khác"), PresenterView(None, " Bà Hồ Thị Lụa ")),
        planned_at=planned,
    )
    seen = (await hall.seen()).agenda[0]
    assert seen.presenters == (
        PresenterView(hall.an.participant, "Nguyễn Văn An"),
        PresenterView(None, "Bà Hồ Thị Lụa"),
    )
    assert seen.planned_at == event.data["item"]["planned_at"] == "2026-11-22T01:15:00.000000Z"
    for presenters, error in (
        ((PresenterView("nobody", ""),), NotFound),
        ((PresenterView(None, " "),), BadInput),
        ((PresenterView(None, "Bà Lụa"),) * 21, BadInput),
    ):
        with pytest.raises(error):
            await hall.does(agenda.change_item, hall.chair, hall.items[0], 2, "Khai mạc", presenters=presenters)
    assert (await hall.seen()).agenda[0] == seen


@pytest.mark.parametrize("budget_s", [-1, 86_401])
async def test_a_budget_is_neither_negative_nor_longer_than_a_day(hall: Hall, budget_s: int):
    with pytest.raises(BadInput):
        await hall.does(agenda.change_item, hall.chair, hall.items[0], 1, "Khai mạc", budget_s=budget_s)


async def test_only_what_changes_after_the_invitation_is_marked(db: Database):
    hall = await convene(db, "draft")
    await hall.does(agenda.change_item, hall.secretary, hall.items[0], 1, "Khai mạc hội nghị")
    assert {item.late_change_at for item in (await hall.seen()).agenda} == {None}
    hall = await convene(db, "invited")
    late = await hall.later(60).does(agenda.move_item, hall.secretary, hall.items[2], None, hall.items[0])
    assert late.data["item"]["late_change_at"] == late.at
    assert [item.late_change_at for item in (await hall.seen()).agenda] == [late.at, None, None]


async def test_a_moved_item_takes_what_is_below_it_along_and_all_are_numbered_anew(hall: Hall):
    first, second, third = hall.items
    below = await add(hall, "Tham luận", second)
    event = await hall.does(agenda.move_item, hall.chair, second, None, first)
    assert event.data["numbers"] == {second: "1", below: "1.1", first: "2"}
    assert await titles(hall) == [("1", "Báo cáo"), ("1.1", "Tham luận"), ("2", "Khai mạc"), ("3", "Thảo luận")]
    await hall.does(agenda.move_item, hall.chair, third, second, below)
    assert [number for number, _ in await titles(hall)] == ["1", "1.1", "1.2", "2"]
    with pytest.raises(AlreadySo):
        await hall.does(agenda.move_item, hall.chair, third, second, below)


@pytest.mark.parametrize("where", ["itself", "its child"])
async def test_an_item_is_never_below_itself(hall: Hall, where: str):
    item = hall.items[0]
    child = await add(hall, "Mục con", item)
    with pytest.raises(BadInput):
        await hall.does(agenda.move_item, hall.chair, item, item if where == "itself" else child, None)


async def test_an_agenda_has_four_levels_and_an_end(db: Database):
    hall = await convene(db, "draft")
    parent = None
    for level in range(4):
        parent = await add(hall, f"Tầng {level}", parent)
    with pytest.raises(BadInput):
        await add(hall, "Tầng 5", parent)
    with pytest.raises(BadInput):
        await hall.does(agenda.move_item, hall.chair, hall.items[0], parent, None)
    async with db.writing() as session:
        many = ITEMS_MAX - len((await hall.seen()).agenda)
        session.add_all(
            AgendaItem(
                id=f"item {n}", meeting_id=hall.meeting, number=str(n), title="Mục", budget_s=0, state="pending",
                spent_ms=0, revision=1,
            )
            for n in range(1000, 1000 + many)
        )  # fmt: skip
    with pytest.raises(BadInput):
        await add(hall, "Thêm")


async def test_what_was_never_opened_can_be_taken_off_and_nothing_else(hall: Hall):
    first, second, third = hall.items
    below = await add(hall, "Tham luận", second)
    event = await hall.does(agenda.remove_item, hall.secretary, first)
    assert event.data == {"items": [first], "title": "Khai mạc", "numbers": {second: "1", below: "1.1", third: "2"}}
    await hall.does(agenda.open_item, hall.chair, below)
    for item in (below, second):
        with pytest.raises(ItemBegun):
            await hall.does(agenda.remove_item, hall.chair, item)
    with pytest.raises(NotFound):
        await hall.does(agenda.open_item, hall.chair, first)
    assert (await add(hall, "Khai mạc")) != first


async def test_a_vote_on_an_item_that_is_taken_off_afterwards_stays(hall: Hall):
    await hall.opens_a_vote(hall.chair, hall.an, hall.binh, item=hall.items[2])
    await hall.does(agenda.remove_item, hall.chair, hall.items[2])
    assert (await hall.asks(votes.last, hall.meeting)).item == hall.items[2]


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "move", "remove", "open"]), st.integers(0, 9), st.integers(0, 9)), max_size=16
)


@given(steps=STEPS)
@against_a_model
async def test_the_agenda_is_always_a_tree_numbered_in_order(db: Database, steps: list[tuple[str, int, int]]):
    async with db.writing() as session:
        hall = await convene_within(session, db)
        for what, one, other in steps:
            rows = await agenda.items(session, hall.meeting)
            item = rows[one % len(rows)].id if rows else "none"
            parent = None if other == 9 or not rows else rows[other % len(rows)].id
            try:
                async with session.begin_nested():
                    match what:
                        case "add":
                            await agenda.add_item(session, hall.chair, "Mục", hall.now, parent=parent)
                        case "move":
                            await agenda.move_item(session, hall.chair, item, parent, None, hall.now)
                        case "remove":
                            await agenda.remove_item(session, hall.chair, item, hall.now)
                        case "open":
                            await agenda.open_item(session, hall.chair, item, hall.now)
            except MeetingError:
                session.expire_all()
            assert numbered(await agenda.items(session, hall.meeting))
        await session.rollback()


def numbered(items: tuple[ItemView, ...]) -> bool:
    """Each number is its parent's and its place among the siblings."""
    numbers = {item.id: item.number for item in items}
    places: dict[str | None, int] = {}
    for item in items:
        places[item.parent] = places.get(item.parent, 0) + 1
        prefix = "" if item.parent is None else f"{numbers[item.parent]}."
        if item.number != f"{prefix}{places[item.parent]}":
            return False
    return True


async def test_an_item_whose_presenter_was_removed_is_still_written(hall: Hall):
    an, item = hall.an.participant, hall.items[0]
    named = (PresenterView(an, ""),)
    await hall.does(agenda.change_item, hall.chair, item, 1, "Khai mạc", presenters=named)
    await hall.does(meetings.remove_participant, hall.chair, an)
    await hall.does(agenda.change_item, hall.chair, item, 2, "Bế mạc", presenters=named)
    (kept,) = (await hall.seen()).agenda[0].presenters
    assert kept.participant == an and kept.name
    await hall.does(agenda.change_item, hall.chair, item, 3, "Bế mạc")
    with pytest.raises(NotFound):
        await hall.does(agenda.change_item, hall.chair, item, 4, "Bế mạc", presenters=named)

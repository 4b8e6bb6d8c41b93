"""Writing the agenda over real sockets: two secretaries at one item, and who is told."""

from __future__ import annotations

from signaling.messages import AnyPush
from tests.signaling.conftest import Join, Province, as_type


async def test_everybody_sees_what_is_written(join: Join, province: Province) -> None:
    secretary, an, wall = await join("secretary"), await join("an"), await join("wall")
    presenters = [{"participant": province.ids["an"]}, {"name": "Bà Hồ Thị Lụa"}]
    done = await secretary.command(
        "add_item",
        title="Tham luận",
        parent=province.items[0],
        presenters=presenters,
        planned_at="2026-03-02T08:30:00+07:00",
        budget_s=300,
    )
    assert done["ok"], done
    for person in (an, wall):
        added = await person.until("item_added")
        as_type(added, AnyPush)
        item = added["data"]["item"]
        assert (item["number"], item["planned_at"]) == ("1.1", "2026-03-02T01:30:00.000000Z")
        assert [one["name"] for one in item["presenters"]] == ["an", "Bà Hồ Thị Lụa"]
        assert item["late_change_at"] == added["at"]
    assert (await secretary.command("move_item", item=item["id"], before=province.items[0]))["ok"]
    numbers = (await an.until("item_moved"))["data"]["numbers"]
    assert numbers == {item["id"]: "1", province.items[0]: "2", province.items[1]: "3"}
    assert (await secretary.command("remove_item", item=item["id"]))["ok"]
    assert (await an.until("item_removed"))["data"]["items"] == [item["id"]]
    assert (await an.command("remove_item", item=province.items[1]))["problem"]["code"] == "not_allowed"


async def test_the_second_of_two_writers_is_told_and_then_writes(join: Join, province: Province) -> None:
    chair, secretary = await join("chair"), await join("secretary")
    item = province.items[0]
    assert (await chair.command("change_item", item=item, revision=1, title="Khai mạc hội nghị"))["ok"]
    refused = await secretary.command("change_item", item=item, revision=1, title="Chào cờ, khai mạc")
    assert refused["problem"]["code"] == "outdated"
    assert "text" in refused["problem"]["message"]
    changed = (await secretary.until("item_changed"))["data"]["item"]
    assert (changed["title"], changed["changed_by"]) == ("Khai mạc hội nghị", province.ids["chair"])
    again = await secretary.command(
        "change_item", item=item, revision=changed["revision"], title="Chào cờ, khai mạc", budget_s=600
    )
    assert again["ok"]


async def test_what_was_opened_stays_and_says_so(join: Join, province: Province) -> None:
    chair = await join("chair")
    await chair.command("open_item", item=province.items[0])
    answer = await chair.command("remove_item", item=province.items[0])
    assert answer["problem"]["code"] == "item_begun"


async def test_a_repeated_command_adds_one_item(join: Join, province: Province) -> None:
    chair = await join("chair")
    first = await chair.command("add_item", key="the-same-key", title="Giải lao", planned_at="2026-03-02T09:00:00Z")
    again = await chair.command("add_item", key="the-same-key", title="Giải lao", planned_at="2026-03-02T09:00:00Z")
    assert first == again and first["ok"]
    await chair.leave()
    await chair.connect()
    welcome = await chair.until("welcome")
    assert [item["title"] for item in welcome["meeting"]["agenda"]] == ["Khai mạc", "Thảo luận", "Giải lao"]
    malformed = await chair.command("add_item", title="Giải lao", planned_at="2026-03-02T09:00:00")
    assert malformed["problem"]["code"] == "malformed"

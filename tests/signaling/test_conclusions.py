"""Conclusions over real sockets: everybody sees them, and who has a task reports on it."""

from __future__ import annotations

from signaling.messages import AnyPush
from tests.signaling.conftest import Join, Province, as_type


async def test_everybody_sees_what_was_concluded_and_how_far_it_is(join: Join, province: Province) -> None:
    chair, an, binh, wall = [await join(name) for name in ("chair", "an", "binh", "wall")]
    await chair.command("open_item", item=province.items[0])
    task = {"text": "Hoàn thiện báo cáo", "unit": "Xã A", "participant": province.ids["an"], "due_on": "2026-03-31"}
    done = await chair.command("write_conclusion", item=province.items[0], text="Thống nhất.", tasks=[task])
    assert done["ok"], done
    for person in (an, wall):
        written = await person.until("conclusion_written")
        as_type(written, AnyPush)
        conclusion = written["data"]["conclusion"]
        assert (conclusion["text"], conclusion["tasks"][0]["due_on"]) == ("Thống nhất.", "2026-03-31")
    mine = conclusion["tasks"][0]["id"]
    assert (await an.command("set_progress", task=mine, progress=40))["ok"]
    assert (await binh.command("set_progress", task=mine, progress=90))["problem"]["code"] == "not_allowed"
    told = await wall.until("progress_set")
    assert told["data"] == {"task": mine, "progress": 40, "done_at": None}
    await binh.leave()
    await binh.connect()
    welcome = await binh.until("welcome")
    as_type(welcome, AnyPush)
    assert welcome["meeting"]["conclusions"][0]["tasks"][0]["progress"] == 40
    malformed = await chair.command(
        "write_conclusion", item=province.items[0], text="Thống nhất.", tasks=[{**task, "due_on": "31/3"}]
    )
    assert malformed["problem"]["code"] == "malformed"


async def test_nothing_is_concluded_on_what_was_not_opened(join: Join, province: Province) -> None:
    chair = await join("chair")
    answer = await chair.command("write_conclusion", item=province.items[1], text="Thống nhất.")
    assert answer["problem"]["code"] == "wrong_state"

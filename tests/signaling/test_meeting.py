"""In the hall: welcome, commands, events to everybody, presence, attendance."""

from __future__ import annotations

from signaling.messages import AnyPush
from tests.signaling.conftest import Join, Province, as_type


async def test_a_personal_link_leads_to_a_welcome(join: Join, province: Province) -> None:
    chair = await join("chair")
    welcome = await chair.until("welcome")
    as_type(welcome, AnyPush)
    assert (welcome["me"], welcome["role"]) == (province.ids["chair"], "chair")
    assert welcome["meeting"]["title"] == "Hội nghị thử"
    assert "give_floor" in welcome["may"]
    assert {person["name"] for person in welcome["meeting"]["participants"]} == {
        "chair",
        "secretary",
        "an",
        "binh",
    }


async def test_an_event_reaches_everybody(join: Join, province: Province) -> None:
    chair, an = await join("chair"), await join("an")
    done = await an.command("raise_hand")
    assert done["ok"], done
    for person in (chair, an):
        event = await person.until("hand_raised")
        assert event["seq"] == done["seq"] and event["actor"] == province.ids["an"]

"""Who leads chooses what the walls show, and who comes later sees the same."""

from __future__ import annotations

from tests.signaling.conftest import Join


async def test_the_walls_are_told_what_to_show(join: Join) -> None:
    secretary, an, wall = [await join(name) for name in ("secretary", "an", "wall")]
    assert (await secretary.command("show_on_wall", shows="agenda"))["ok"]
    assert (await wall.until("wall_set"))["data"] == {"shows": "agenda"}
    assert (await an.command("show_on_wall", shows="speaker"))["problem"]["code"] == "not_allowed"
    assert (await secretary.command("show_on_wall", shows="films"))["problem"]["code"] == "malformed"
    await wall.leave()
    await wall.connect()
    assert (await wall.until("welcome"))["meeting"]["wall"] == "agenda"

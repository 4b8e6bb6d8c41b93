"""People in the hall are here without a connection of their own."""

from __future__ import annotations

import asyncio

from signaling.messages import AnyPush
from tests.signaling.conftest import Join, Province, Service, as_type, while_nobody_writes


async def test_a_telephone_that_goes_away_takes_nobody_out_of_the_hall(
    join: Join, province: Province, service: Service
) -> None:
    secretary, an, binh = await join("secretary"), await join("an"), await join("binh")
    assert (await secretary.command("check_in_at_hall", participant=province.ids["an"]))["ok"]
    sits = await secretary.until(lambda push: push.get("data", {}).get("how") == "in_person")
    as_type(sits, AnyPush)
    assert sits["data"]["participant"] == province.ids["an"]
    assert (await binh.command("check_in_at_hall", participant=province.ids["binh"]))["problem"]["code"] == (
        "not_allowed"
    )
    await an.leave()
    await binh.leave()
    service.clock.push(60)
    left = await secretary.until("left")
    assert left["data"] == {"participant": province.ids["binh"]}
    await secretary.leave()
    await secretary.connect()
    welcome = await secretary.until("welcome")
    how = {person["id"]: person["how"] for person in welcome["meeting"]["participants"]}
    assert (how[province.ids["an"]], how[province.ids["binh"]]) == ("in_person", None)
    assert (await secretary.command("note_leaving", participant=province.ids["an"]))["ok"]


async def test_who_left_the_hall_and_is_still_connected_is_here_by_the_connection(
    join: Join, province: Province
) -> None:
    secretary, an = await join("secretary"), await join("an")
    whose = {"participant": province.ids["an"]}
    await secretary.command("check_in_at_hall", **whose)
    await secretary.command("note_leaving", **whose)
    await an.until("left")

    def presence() -> list[dict[str, str]]:
        return [push["data"] for push in an.pushes if push.get("name") == "checked_in"]

    sat = {**whose, "how": "in_person", "method": "on_behalf", "site": None}
    connected = {**whose, "how": "remote", "method": "remote", "site": None}
    await an.until(lambda _: presence()[-2:] == [sat, connected])


async def test_who_is_here_by_the_connection_again_is_told_after_what_was_written_together(
    join: Join, province: Province
) -> None:
    """A page that is told a later number first passes over the earlier."""
    chair, secretary, an = await join("chair"), await join("secretary"), await join("an")
    binh = await join("binh")
    await secretary.command("check_in_at_hall", participant=province.ids["binh"])
    await chair.command(
        "open_vote", question="?", kind="open", rule="more_than_half", base="present", item=None, tellers=[],
        candidates=[], seats=1, least=1, repeats=None,
    )  # fmt: skip
    ballot = {"vote": (await an.until("vote_opened"))["data"]["vote"]["id"], "choice": "for"}
    async with while_nobody_writes():
        asked = []
        for command in (
            chair.command("cast_ballot", **ballot),
            secretary.command("note_leaving", participant=province.ids["binh"]),
            an.command("cast_ballot", **ballot),
        ):
            asked.append(asyncio.create_task(command))
            await asyncio.sleep(0.05)  # in this order
    assert all([(await one)["ok"] for one in asked])
    await binh.until(lambda push: push.get("name") == "checked_in" and push["data"]["how"] == "remote")
    numbers = [push["seq"] for push in binh.pushes if push["type"] == "event"]
    assert numbers[-1] - numbers[0] == len(numbers) - 1
    assert numbers == sorted(numbers)

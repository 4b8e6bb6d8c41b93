"""A reload, a new address, a killed worker, a killed service: all are back without a click, with what they missed."""

import asyncio
from itertools import count

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.relay import Relay
from tests.rounds import holds
from tests.stories.conftest import PATIENCE_S, Hall
from tests.stories.installation import Installation, free_port

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = {"Phạm Thu Hà": "chair", "Trần Quốc Bảo": "delegate"}
BACK_S = 5.0


@pytest_asyncio.fixture(loop_scope="session")
async def fragile(tmp_path, ends):
    """An installation of its own, whose media pass a relay."""
    relay = Relay(("127.0.0.1", free_port()))
    ends.push_async_callback(relay.close)
    running = Installation(tmp_path, sfu_port=relay.target[1], sfu_advertise=f"127.0.0.1:{relay.address[1]}")
    ends.push_async_callback(running.stop)
    await running.start()
    return running, relay


@pytest_asyncio.fixture(loop_scope="session")
async def call(fragile, browsers: list[Browser], ends):
    """Two people who see each other."""
    installation, _ = fragile
    hall = Hall(installation, browsers, await installation.hold(PEOPLE))
    ends.push_async_callback(hall.leave)
    chair, delegate = [await hall.comes(name, who) for who, name in enumerate(PEOPLE, 1)]
    await chair.until_sees(delegate)
    await delegate.until_sees(chair)
    return chair, delegate


async def moving(viewer, other, since: float) -> float:
    """Seconds from `since` until the viewer sees a picture of the other that changes."""
    clock = asyncio.get_running_loop().time
    while True:
        first = await viewer.sees(other)
        await asyncio.sleep(0.2)
        second = await viewer.sees(other)
        if first and second and first["who"] == second["who"] == other.who and first["frame"] != second["frame"]:
            return clock() - since
        assert clock() - since < PATIENCE_S, f"{viewer.name} no longer sees {other.name}"


async def both_moving(one, other, since: float) -> float:
    """The later of the two; afterwards they hear each other as well."""
    took_s = max(await moving(one, other, since), await moving(other, one, since))
    await asyncio.gather(one.until_hears([other.who]), other.until_hears([one.who]))
    return took_s


async def test_a_reloaded_tab_takes_its_seat_again(call):
    chair, delegate = call
    clock = asyncio.get_running_loop().time
    took_s: list[float] = []

    async def is_soon() -> bool:
        since = clock()
        await delegate.page.reload()
        took_s.append(await both_moving(delegate, chair, since))
        return took_s[-1] < BACK_S

    assert await holds(is_soon), took_s
    await chair.page.get_by_role("tab", name="Đại biểu").click()
    await expect(chair.page.get_by_text("2 người")).to_be_visible()


async def test_a_changed_address_is_followed(fragile, call):
    _, relay = fragile
    chair, delegate = call
    clock = asyncio.get_running_loop().time
    took_s: list[float] = []

    async def is_soon() -> bool:
        relay.move()
        since = clock()
        await asyncio.sleep(0.3)  # what was on the way to the screen is shown
        took_s.append(await both_moving(delegate, chair, since))
        return took_s[-1] < BACK_S

    assert await holds(is_soon), took_s


@pytest.mark.parametrize("dead_s", [4, 12], ids=["addresses renewed", "connection renewed"])
async def test_a_line_that_was_dead_is_taken_up_again(fragile, call, dead_s: int):
    """The socket lives on. After eight seconds a page gives its media connection up."""
    _, relay = fragile
    chair, delegate = call
    clock = asyncio.get_running_loop().time
    took_s: list[float] = []

    async def is_soon() -> bool:
        relay.cut = True
        await asyncio.sleep(dead_s)
        relay.cut = False
        took_s.append(await both_moving(delegate, chair, clock()))
        return took_s[-1] < BACK_S

    assert await holds(is_soon), took_s


async def test_a_killed_worker_is_replaced(fragile, call):
    installation, _ = fragile
    chair, delegate = call
    clock = asyncio.get_running_loop().time
    took_s: list[float] = []

    async def is_soon() -> bool:
        await installation.until_spare("sfu")
        killed = installation.kill("sfu")
        since = clock()
        await asyncio.sleep(0.3)  # what was on the way to the screen is shown
        took_s.append(await both_moving(delegate, chair, since))
        assert installation.pid_of("sfu") != killed
        return took_s[-1] < BACK_S

    assert await holds(is_soon), took_s


async def test_a_killed_service_costs_no_picture_and_no_event(fragile, call):
    installation, _ = fragile
    chair, delegate = call
    clock = asyncio.get_running_loop().time
    for person in call:
        await person.page.get_by_role("tab", name="Trao đổi").click()
    took_s: list[float] = []
    number = count(1)

    async def is_soon() -> bool:
        said = f"Đề nghị các điểm cầu ổn định chỗ ngồi, lần {next(number)}."
        await installation.until_spare("signaling")
        await delegate.page.evaluate("css => void eyes.watch(document.querySelector(css))", delegate.picture_of(chair))
        installation.kill("signaling")
        since = clock()
        await chair.page.get_by_label("Viết cho mọi người").fill(said)
        await chair.page.keyboard.press("Enter")
        for person in call:  # what the chair wrote while nobody listened is carried out once, and told to all
            lines = person.page.get_by_role("list", name="Trao đổi").get_by_text(said)
            await expect(lines, person.name).to_have_count(1)
        took_s.append(clock() - since)
        shown = await delegate.page.evaluate("eyes.watched.end()")
        await both_moving(delegate, chair, clock())
        # Media had to flow on while the service was away.
        return took_s[-1] < BACK_S and shown["longest"] < 3000

    assert await holds(is_soon), took_s


async def test_who_was_away_gets_what_was_missed(call):
    chair, delegate = call
    clock = asyncio.get_running_loop().time
    for person in call:
        await person.page.get_by_role("tab", name="Trao đổi").click()
    took_s: list[float] = []
    number = count(1)

    async def is_soon() -> bool:
        said = f"Hội nghị tiếp tục sau mười phút, lần {next(number)}."
        await delegate.page.context.set_offline(True)
        await chair.page.get_by_label("Viết cho mọi người").fill(said)
        await chair.page.keyboard.press("Enter")
        await expect(chair.page.get_by_role("list", name="Trao đổi").get_by_text(said)).to_be_visible()
        await delegate.page.context.set_offline(False)
        since = clock()
        await expect(delegate.page.get_by_role("list", name="Trao đổi").get_by_text(said)).to_have_count(1)
        took_s.append(clock() - since)
        return took_s[-1] < BACK_S

    assert await holds(is_soon), took_s

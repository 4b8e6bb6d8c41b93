"""A reload, a new address, a killed worker, a killed service: all are back without a click, with what they missed."""

import asyncio

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.relay import Relay
from tests.stories.conftest import Hall
from tests.stories.installation import Installation, free_port

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = {"Phạm Thu Hà": "chair", "Trần Quốc Bảo": "delegate"}
BACK_S = 5.0


@pytest_asyncio.fixture(loop_scope="session")
async def fragile(tmp_path):
    """An installation of its own, whose media pass a relay."""
    relay = Relay(("127.0.0.1", free_port()))
    running = Installation(tmp_path, sfu_port=relay.target[1], sfu_advertise=f"127.0.0.1:{relay.address[1]}")
    try:
        await running.start()
        yield running, relay
    finally:
        await running.stop()
        await relay.close()


@pytest_asyncio.fixture(loop_scope="session")
async def call(fragile, browsers: list[Browser]):
    """Two people who see each other."""
    installation, _ = fragile
    hall = Hall(installation, browsers, await installation.hold(PEOPLE))
    chair, delegate = [await hall.comes(name, who) for who, name in enumerate(PEOPLE, 1)]
    await chair.until_sees(delegate)
    await delegate.until_sees(chair)
    yield chair, delegate
    await hall.leave()


async def moving(viewer, other, since: float) -> float:
    """Seconds from `since` until the viewer sees a picture of the other that changes."""
    clock = asyncio.get_running_loop().time
    while True:
        first = await viewer.sees(other)
        await asyncio.sleep(0.2)
        second = await viewer.sees(other)
        if first and second and first["who"] == second["who"] == other.who and first["frame"] != second["frame"]:
            return clock() - since
        assert clock() - since < 20, f"{viewer.name} no longer sees {other.name}"


async def test_a_reloaded_tab_takes_its_seat_again(call):
    chair, delegate = call
    since = asyncio.get_running_loop().time()
    await delegate.page.reload()
    assert await moving(delegate, chair, since) < BACK_S
    assert await moving(chair, delegate, since) < BACK_S
    await chair.page.get_by_role("tab", name="Đại biểu").click()
    await expect(chair.page.get_by_text("2 người")).to_be_visible()


async def test_a_changed_address_is_followed(fragile, call):
    _, relay = fragile
    chair, delegate = call
    relay.move()
    since = asyncio.get_running_loop().time()
    await asyncio.sleep(0.3)
    assert await moving(delegate, chair, since) < BACK_S
    assert await moving(chair, delegate, since) < BACK_S


async def test_a_killed_worker_is_replaced(fragile, call):
    installation, _ = fragile
    chair, delegate = call
    killed = installation.kill("sfu")
    since = asyncio.get_running_loop().time()
    assert await moving(delegate, chair, since) < BACK_S
    assert await moving(chair, delegate, since) < BACK_S
    assert installation.pid_of("sfu") != killed


async def test_a_killed_service_costs_no_picture_and_no_event(fragile, call):
    installation, _ = fragile
    chair, delegate = call
    clock = asyncio.get_running_loop().time
    watching = asyncio.ensure_future(
        delegate.page.evaluate("css => eyes.watchFor(document.querySelector(css), 4000)", delegate.picture_of(chair))
    )
    for person in call:
        await person.page.get_by_role("tab", name="Trao đổi").click()
    installation.kill("signaling")
    since = clock()
    await chair.page.get_by_label("Viết cho mọi người").fill("Đề nghị các điểm cầu ổn định chỗ ngồi.")
    await chair.page.keyboard.press("Enter")
    for person in call:  # what the chair wrote while nobody listened is carried out once, and told to all
        lines = person.page.get_by_role("list", name="Trao đổi").get_by_text("Đề nghị các điểm cầu")
        await expect(lines, person.name).to_have_count(1, timeout=30_000)
    assert clock() - since < BACK_S
    assert (await watching)["longest"] < 3000, "media had to flow on while the service was away"
    assert await moving(delegate, chair, clock()) < BACK_S


async def test_who_was_away_gets_what_was_missed(call):
    chair, delegate = call
    for person in call:
        await person.page.get_by_role("tab", name="Trao đổi").click()
    await delegate.page.context.set_offline(True)
    await chair.page.get_by_label("Viết cho mọi người").fill("Hội nghị tiếp tục sau mười phút.")
    await chair.page.keyboard.press("Enter")
    await expect(chair.page.get_by_role("list", name="Trao đổi").get_by_text("tiếp tục sau mười phút")).to_be_visible()
    await delegate.page.context.set_offline(False)
    missed = delegate.page.get_by_role("list", name="Trao đổi").get_by_text("tiếp tục sau mười phút")
    await expect(missed).to_have_count(1, timeout=BACK_S * 1000)

"""Units, people and accounts changed from the office; two who write at once; sessions listed and ended."""

from __future__ import annotations

import asyncio
import threading

import pytest

from meeting_app import organization
from tests.signaling.conftest import Person, Service
from tests.signaling.office.conftest import CHEAP, PASSWORD, Officer, Offices, SignIn
from tests.signaling.waiting import PATIENCE_S

NEW_PASSWORD = "một câu khác cũng dài"


class SlowHasher:
    """Hashes when it is told to, or after a while."""

    def __init__(self) -> None:
        self.begun, self.go = threading.Event(), threading.Event()
        self.ended = False
        self.verify = CHEAP.verify

    def hash(self, password: str) -> str:
        self.begun.set()
        self.go.wait(PATIENCE_S / 3)
        self.ended = True
        return CHEAP.hash(password)


async def does(officer: Officer, path: str, **body: object) -> None:
    async with officer.http.post(f"/api/office/{path}", json=body) as response:
        assert response.status in (200, 204), await response.text()


async def test_a_unit_from_its_opening_to_its_end(sign_in: SignIn, offices: Offices) -> None:
    admin = await sign_in("admin")
    province = offices.units["Tỉnh Lam Sơn"]
    new = {"key": "new-unit", "name": "Ban Dân chủ", "level": "body", "parent": province}
    units = {unit["name"]: unit for unit in (await admin.asks("units", **new))["units"]}
    ban = units["Ban Dân chủ"]
    changed = {"key": "rename-1", "name": "Ban Dân chủ - Pháp luật", "parent": offices.units["Xã A"], "revision": 1}
    units = {unit["name"]: unit for unit in (await admin.asks(f"units/{ban['id']}", **changed))["units"]}
    ban = units["Ban Dân chủ - Pháp luật"]
    assert (ban["parent"], ban["revision"]) == (offices.units["Xã A"], 2)
    assert await admin.is_refused(f"units/{offices.units['Xã A']}/close", key="close-above") == (409, "units_below")
    units = {unit["id"]: unit for unit in (await admin.asks(f"units/{ban['id']}/close", key="close-it"))["units"]}
    assert units[ban["id"]]["is_closed"]
    starts = "2026-12-01T01:00:00Z"
    new = {"key": "late-meeting", "title": "Họp", "unit": ban["id"], "starts_at": starts}
    assert await admin.is_refused("meetings", **new) == (409, "unit_closed")


async def test_two_who_write_at_once_lose_nothing(sign_in: SignIn, offices: Offices) -> None:
    admin, clerk = await sign_in("admin"), await sign_in("clerk")
    path = f"people/{offices.people['head']}"
    seen = (await clerk.asks(path))["person"]
    written = {"unit": seen["unit"], "revision": seen["revision"]}
    first = await admin.asks(path, key="first-writer", name="Lò Văn Ân", title="Chủ tịch", **written)
    assert (first["person"]["title"], first["person"]["revision"]) == ("Chủ tịch", 2)
    second = {"key": "second-writer", "name": "Lò Văn Ân", "title": "Phó Chủ tịch", **written}
    assert await clerk.is_refused(path, **second) == (400, "outdated")
    current = (await clerk.asks(path))["person"]
    assert current["title"] == "Chủ tịch"
    second |= {"key": "second-again", "revision": current["revision"]}
    assert (await clerk.asks(path, **second))["person"]["title"] == "Phó Chủ tịch"
    assert [one["name"] for one in (await clerk.asks("people?q=pho"))["people"]] == ["Lò Văn Ân"]
    unit = {"name": "Xã A mới", "parent": offices.units["Tỉnh Lam Sơn"], "revision": 7}
    assert await admin.is_refused(f"units/{offices.units['Xã A']}", key="old-unit", **unit) == (400, "outdated")


async def test_nobody_reaches_further_than_their_units(sign_in: SignIn, offices: Offices) -> None:
    head, clerk = await sign_in("head"), await sign_in("clerk")
    other, province = offices.people["other"], offices.units["Tỉnh Lam Sơn"]
    for officer, path, body in (
        (head, f"people/{other}", {}),
        (head, f"people/{other}", {"key": "change-1", "name": "X Y", "unit": offices.units["Xã A"], "revision": 1}),
        (head, f"people/{offices.people['clerk']}", {"key": "change-2", "name": "X", "unit": province, "revision": 1}),
        (head, "units", {"key": "new-unit", "name": "Ban", "level": "body", "parent": province}),
        (head, f"units/{offices.units['Xã B']}/close", {"key": "close-it"}),
        (head, f"accounts/{offices.accounts['other']}/close", {"key": "close-it"}),
        (head, f"accounts/{offices.accounts['admin']}/password", {"key": "password-1", "password": NEW_PASSWORD}),
        (head, f"accounts/{offices.accounts['other']}/reopen", {"key": "open-again"}),
        (head, f"sessions?account={offices.accounts['admin']}", {}),
        (clerk, f"accounts/{offices.accounts['clerk']}/close", {"key": "close-it"}),
        (clerk, "units", {"key": "new-unit", "name": "Ban", "level": "body", "parent": offices.units["Xã A"]}),
    ):
        assert await officer.is_refused(path, **body) == (403, "out_of_reach"), path
    assert (await clerk.asks(f"people/{offices.people['head']}"))["accounts"] == []
    assert [a["login"] for a in (await head.asks(f"people/{offices.people['clerk']}"))["accounts"]] == ["clerk"]


async def test_an_account_is_opened_reset_and_closed(sign_in: SignIn, offices: Offices) -> None:
    head, browser = await sign_in("head"), await sign_in()
    new = {"person": offices.people["head"], "login": "An.LV", "password": PASSWORD, "role": "clerk"}
    assert await head.is_refused("accounts", key="short-one", **{**new, "password": "ngắn"}) == (400, "password_short")
    assert await head.is_refused("accounts", key="taken-one", **{**new, "login": "clerk"}) == (409, "login_taken")
    assert await head.is_refused("accounts", key="too-high", **{**new, "role": "system_admin"}) == (403, "out_of_reach")
    made = await head.asks("accounts", key="new-account", **new)
    assert made["login"] == "an.lv"
    await browser.asks("sign-in", login="an.lv", password=PASSWORD)
    await does(head, f"accounts/{made['id']}/password", key="another-password", password=NEW_PASSWORD)
    assert await browser.is_refused("me") == (401, "not_signed_in")
    await browser.is_refused("sign-in", login="an.lv", password=PASSWORD)
    await browser.asks("sign-in", login="an.lv", password=NEW_PASSWORD)
    await does(head, f"accounts/{made['id']}/close", key="close-account")
    assert await browser.is_refused("me") == (401, "not_signed_in")
    assert await browser.is_refused("sign-in", login="an.lv", password=NEW_PASSWORD) == (401, "sign_in_failed")
    locked = (await head.asks(f"people/{offices.people['head']}"))["accounts"][-1]
    assert (locked["login"], locked["is_closed"]) == ("an.lv", True)
    await does(head, f"accounts/{made['id']}/reopen", key="open-again")
    assert await head.is_refused(f"accounts/{made['id']}/reopen", key="open-twice") == (400, "already_so")
    assert await browser.is_refused("me") == (401, "not_signed_in")  # what was ended stays so
    await browser.asks("sign-in", login="an.lv", password=NEW_PASSWORD)


async def test_roles_that_one_may_give_are_offered_and_no_others(sign_in: SignIn, offices: Offices) -> None:
    roles = {}
    for login in ("admin", "head", "clerk"):
        officer = await sign_in(login)
        roles[login] = (await officer.asks(f"people/{offices.people['clerk']}"))["roles"]
    assert roles == {"admin": ["system_admin", "unit_admin", "clerk"], "head": ["unit_admin", "clerk"], "clerk": []}


async def test_sessions_are_listed_and_ended_by_oneself_and_by_an_administrator(
    sign_in: SignIn, offices: Offices
) -> None:
    here, there, admin = await sign_in("clerk"), await sign_in("clerk"), await sign_in("admin")
    sessions = (await here.asks("sessions"))["sessions"]
    assert [one["is_this"] for one in sessions].count(True) == 1 and len(sessions) == 2
    [other] = [one for one in sessions if not one["is_this"]]
    assert "Python" in other["device"]
    stranger = await sign_in("other")
    assert await stranger.is_refused(f"sessions/{other['id']}/close", key="not-mine") == (403, "out_of_reach")
    await does(here, f"sessions/{other['id']}/close", key="end-the-other")
    assert await there.is_refused("me") == (401, "not_signed_in")
    [left] = (await admin.asks(f"sessions?account={offices.accounts['clerk']}"))["sessions"]
    await does(admin, f"sessions/{left['id']}/close", key="end-the-last")
    assert await here.is_refused("me") == (401, "not_signed_in")


@pytest.mark.parametrize("change", ["accounts", "accounts/{}/password", "password"])
async def test_nobody_waits_for_a_hash(
    sign_in: SignIn, offices: Offices, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    clerk, admin = await sign_in("clerk"), await sign_in("admin")
    slow = SlowHasher()
    monkeypatch.setattr(organization, "HASHER", slow)
    asked: dict[str, str] = {"key": "a-password"}
    if change == "accounts":
        asked |= {"password": PASSWORD, "person": offices.people["clerk"], "login": "clerk2", "role": "clerk"}
    elif change == "password":
        asked |= {"password": PASSWORD, "new_password": NEW_PASSWORD}
    else:
        asked |= {"password": NEW_PASSWORD}
    hashing = asyncio.create_task(does(admin, change.format(offices.accounts["head"]), **asked))
    await asyncio.to_thread(slow.begun.wait, PATIENCE_S)
    await clerk.asks("people", key="meanwhile", name="Hồ Thị Một", unit=offices.units["Xã A"])
    assert not slow.ended
    slow.go.set()
    await hashing


async def test_a_repeated_change_of_password_is_answered_as_the_first(sign_in: SignIn) -> None:
    clerk = await sign_in("clerk")
    for _ in range(2):
        await does(clerk, "password", key="the-same-key", password=PASSWORD, new_password=NEW_PASSWORD)


async def test_another_password_signs_all_other_browsers_out(sign_in: SignIn) -> None:
    here, there = await sign_in("clerk"), await sign_in("clerk")
    wrong = {"key": "wrong-password", "password": "không phải", "new_password": NEW_PASSWORD}
    assert await here.is_refused("password", **wrong) == (401, "sign_in_failed")
    await does(here, "password", key="right-password", password=PASSWORD, new_password=NEW_PASSWORD)
    await here.asks("me")
    assert await there.is_refused("me") == (401, "not_signed_in")
    await there.asks("sign-in", login="clerk", password=NEW_PASSWORD)


async def test_a_device_that_is_signed_out_leaves_the_hall_at_once(
    sign_in: SignIn, offices: Offices, house: Service
) -> None:
    clerk = await sign_in("clerk")
    path = f"meetings/{offices.meetings['Xã A']}"
    shown = await clerk.asks(f"{path}/invited", key="the-chair", role="chair", people=[offices.people["head"]])
    [chair] = shown["invited"]
    [link] = (await clerk.asks(f"{path}/links", key="the-link", participants=[chair["id"]]))["links"]
    person = Person(house)
    await person.post("/api/enter", {"token": link["url"].rsplit("/", 1)[1]})
    await person.connect()
    await person.until("welcome")
    await clerk.asks(f"{path}/signed-out", key="sign-it-out", participant=chair["id"])
    assert (await person.until("ended"))["reason"] == "revoked"
    assert (await person.get("/api/me"))[0] == 401
    assert await clerk.is_refused(f"{path}/signed-out", key="again-out", participant=chair["id"]) == (404, "not_found")
    await person.close()


async def test_an_account_gets_a_role_at_another_unit_and_loses_it(sign_in: SignIn, offices: Offices) -> None:
    admin, clerk = await sign_in("admin"), await sign_in("clerk")
    person, other = offices.people["head"], offices.units["Xã B"]
    account = (await admin.asks(f"people/{person}"))["accounts"][0]["id"]
    head = await sign_in("head")
    people = {one["id"] for one in (await head.asks("people"))["people"]}
    assert offices.people["other"] not in people
    asked = {"role": "clerk", "unit": other}
    assert (await clerk.is_refused(f"accounts/{account}/roles", key="no-right-1", **asked))[0] == 403
    assert (await head.is_refused(f"accounts/{account}/roles", key="no-reach-1", **asked))[0] == 403
    await does(admin, f"accounts/{account}/roles", key="give-role-1", **asked)
    await does(admin, f"accounts/{account}/roles", key="give-role-1", **asked)
    assert await admin.is_refused(f"accounts/{account}/roles", key="give-role-2", **asked) == (400, "already_so")
    own = {"role": "clerk", "unit": offices.units["Xã A"]}
    assert await admin.is_refused(f"accounts/{account}/roles", key="give-role-3", **own) == (400, "bad_input")
    (shown,) = (await admin.asks(f"people/{person}"))["accounts"]
    assert shown["elsewhere"] == [{"role": "clerk", "unit": other, "unit_name": "Xã B"}]

    # At once, and only there what a clerk may do.
    people = {one["id"] for one in (await head.asks("people"))["people"]}
    assert offices.people["other"] in people
    assert (await head.asks(f"people/{offices.people['other']}"))["accounts"] == []
    new = {"name": "Thôn", "level": "hamlet", "parent": other}
    assert (await head.is_refused("units", key="hamlet-01", **new))[0] == 403

    await does(admin, f"accounts/{account}/roles/{other}/close", key="end-role-1")
    assert (await admin.is_refused(f"accounts/{account}/roles/{other}/close", key="end-role-2"))[0] == 404
    assert offices.people["other"] not in {one["id"] for one in (await head.asks("people"))["people"]}


async def test_whoever_reaches_one_of_two_units_does_not_take_over_the_account(
    sign_in: SignIn, offices: Offices
) -> None:
    """Another password would let them act at the unit that they do not reach."""
    admin, head = await sign_in("admin"), await sign_in("head")
    new = {"key": "new-clerk-1", "name": "Vi Thị Hai", "unit": offices.units["Xã A"]}
    person = (await admin.asks("people", **new))["person"]
    new = {"key": "new-login-1", "person": person, "login": "hai", "password": NEW_PASSWORD, "role": "clerk"}
    account = (await head.asks("accounts", **new))["id"]
    await does(head, f"accounts/{account}/password", key="reset-it-1", password=NEW_PASSWORD)
    await does(admin, f"accounts/{account}/roles", key="give-it-1", role="clerk", unit=offices.units["Xã B"])
    assert (await head.is_refused(f"accounts/{account}/password", key="reset-it-2", password=PASSWORD))[0] == 403

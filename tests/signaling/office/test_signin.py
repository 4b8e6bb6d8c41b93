"""Signing in: the cookie, what is refused alike, and when a session ends."""

from __future__ import annotations

from datetime import timedelta

from meeting_app.office.sessions import IDLE, LONGEST
from meeting_app.sessions import SEEN_EVERY
from tests.signaling.conftest import Service, while_nothing_can_be_written
from tests.signaling.office.conftest import PASSWORD, Offices, SignIn


async def test_who_signs_in_is_an_officer_of_their_unit(sign_in: SignIn, offices: Offices) -> None:
    head = await sign_in("head")
    me = await head.asks("me")
    assert (me["name"], me["role"], me["unit"], me["unit_name"]) == (
        "Lò Văn Ân",
        "unit_admin",
        offices.units["Xã A"],
        "Xã A",
    )
    assert "change_accounts" in me["may"] and "give_floor" not in me["may"]


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(sign_in: SignIn) -> None:
    browser = await sign_in()
    async with browser.http.post("/api/office/sign-in", json={"login": "CLERK ", "password": PASSWORD}) as response:
        cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/" in cookie


async def test_a_wrong_password_and_an_unknown_name_are_told_alike(sign_in: SignIn) -> None:
    browser = await sign_in()
    answers = [
        await browser.post("/api/office/sign-in", {"login": login, "password": password})
        for login, password in (("clerk", "sai mật khẩu"), ("khong.co", PASSWORD))
    ]
    assert answers[0] == answers[1] and answers[0][0] == 401 and answers[0][1]["code"] == "sign_in_failed"
    assert await browser.is_refused("me") == (401, "not_signed_in")


async def test_guessing_ends_after_a_few_attempts_from_an_address(sign_in: SignIn, house: Service) -> None:
    browser = await sign_in()
    for _ in range(house.settings.sign_ins_burst):
        await browser.is_refused("sign-in", login="admin", password="đoán mò")
    assert await browser.is_refused("sign-in", login="admin", password=PASSWORD) == (429, "too_many")
    house.clock.push(2 / house.settings.sign_ins_per_s)
    await browser.asks("sign-in", login="admin", password=PASSWORD)


async def test_signing_out_ends_the_session_on_the_server(sign_in: SignIn) -> None:
    clerk = await sign_in("clerk")
    kept = clerk.cookie
    async with clerk.http.post("/api/office/sign-out", json={}) as response:
        assert response.status == 204
    thief = await sign_in()
    async with thief.http.get("/api/office/me", headers={"Cookie": kept}) as response:
        assert response.status == 401


async def test_a_session_ends_by_itself(sign_in: SignIn, house: Service) -> None:
    clerk = await sign_in("clerk")
    house.clock.push(IDLE.total_seconds() - 60)
    await clerk.asks("me")
    house.clock.push(IDLE.total_seconds() + 60)
    assert await clerk.is_refused("me") == (401, "not_signed_in")
    clerk = await sign_in("clerk")
    for _ in range(LONGEST // (IDLE - timedelta(hours=1))):
        house.clock.push((IDLE - timedelta(hours=1)).total_seconds())
        await clerk.asks("me")
    house.clock.push((IDLE - timedelta(hours=1)).total_seconds())
    assert await clerk.is_refused("me") == (401, "not_signed_in")


async def test_who_only_looks_does_so_while_nothing_can_be_written(sign_in: SignIn, house: Service) -> None:
    clerk = await sign_in("clerk")
    house.clock.push(SEEN_EVERY.total_seconds() + 1)
    with while_nothing_can_be_written():
        await clerk.asks("me")
        assert await clerk.is_refused("people", key="new-0001", name="Vi Văn Thế", unit="u") == (503, "not_recorded")


async def test_a_page_from_elsewhere_changes_nothing(sign_in: SignIn, offices: Offices) -> None:
    clerk = await sign_in("clerk")
    body = {"key": "from-elsewhere", "name": "Kẻ Gian", "unit": offices.units["Xã A"]}
    for path, asked in (("people", body), ("sign-out", {}), ("sign-in", {"login": "clerk", "password": PASSWORD})):
        headers = {"Origin": "https://evil.example"}
        async with clerk.http.post(f"/api/office/{path}", json=asked, headers=headers) as response:
            assert (response.status, (await response.json())["code"]) == (403, "wrong_origin")
    assert (await clerk.asks("people?q=ke gian"))["people"] == []

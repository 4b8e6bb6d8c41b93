"""The office gives a meeting a new time, and the hall sees it at once."""

from __future__ import annotations

from signaling.messages import AnyPush
from tests.signaling.conftest import Person, Service, as_type
from tests.signaling.office.conftest import Offices, SignIn

NEW = {"starts_at": "2026-12-08T01:00:00Z", "place": "Hội trường lớn"}


async def test_those_in_the_hall_see_the_new_time(sign_in: SignIn, offices: Offices, house: Service) -> None:
    clerk, other = await sign_in("clerk"), await sign_in("other")
    path = f"meetings/{offices.meetings['Xã A']}"
    shown = await clerk.asks(f"{path}/invited", key="the-chair", role="chair", people=[offices.people["head"]])
    links = await clerk.asks(f"{path}/links", key="the-links", participants=[shown["invited"][0]["id"]])
    chair = Person(house)
    await chair.post("/api/enter", {"token": links["links"][0]["url"].rsplit("/", 1)[1]})
    await chair.connect()
    await chair.until("welcome")

    asked = {"key": "another-time", "before": shown["starts_at"], **NEW}
    assert await other.is_refused(f"{path}/time", **asked) == (403, "out_of_reach")
    moved = await clerk.asks(f"{path}/time", **asked)
    assert (moved["starts_at"], moved["place"]) == ("2026-12-08T01:00:00.000000Z", "Hội trường lớn")
    assert await clerk.asks(f"{path}/time", **asked) == moved  # a retry moves it no second time
    told = await chair.until("rescheduled")
    as_type(told, AnyPush)
    assert (told["data"]["starts_at"], told["data"]["mails"]) == (moved["starts_at"], None)

    assert await clerk.is_refused(f"{path}/time", **{**asked, "key": "by-somebody"}) == (400, "outdated")
    again = {"before": moved["starts_at"], "starts_at": "2026-12-09T01:00:00Z", "place": ""}
    assert (await chair.command("reschedule", **again))["ok"]
    assert (await clerk.asks(path))["starts_at"] == "2026-12-09T01:00:00.000000Z"
    past = {"key": "in-the-past", "before": "2026-12-09T01:00:00Z", "starts_at": "2020-01-01T01:00:00Z"}
    status, problem = await clerk.post(f"/api/office/{path}/time", past)
    assert (status, problem["code"], problem["field"]) == (400, "bad_input", "starts_at")
    await chair.close()

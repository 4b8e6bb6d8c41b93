"""Sites are prepared in the office, and those in the hall see it at once."""

from __future__ import annotations

from tests.signaling.conftest import Person, Service
from tests.signaling.office.conftest import Offices, SignIn

SITE = {"name": "Điểm cầu xã A", "unit": "Xã A", "capacity": 40}


async def test_a_site_is_added_filled_renamed_and_taken_off(sign_in: SignIn, offices: Offices, house: Service) -> None:
    clerk = await sign_in("clerk")
    path = f"meetings/{offices.meetings['Xã A']}"
    shown = await clerk.asks(f"{path}/invited", key="delegates-1", role="delegate", people=[offices.people["head"]])
    ids = [one["id"] for one in shown["invited"] if one["role"] == "delegate"]
    added = await clerk.asks(f"{path}/sites", key="new-site-1", **SITE)
    assert await clerk.asks(f"{path}/sites", key="new-site-1", **SITE) == added  # a retry makes no second one
    [site] = added["sites"]
    assert {name: site[name] for name in SITE} == SITE
    [screen] = [one for one in added["invited"] if one["role"] == "site_operator"]
    assert (screen["name"], screen["site"]) == (SITE["name"], site["id"])

    links = (await clerk.asks(f"{path}/links", key="the-links-1", participants=[screen["id"]]))["links"]
    room = Person(house)
    _, entered = await room.post("/api/enter", {"token": links[0]["url"].rsplit("/", 1)[1]})
    assert entered["role"] == "site_operator"
    await room.connect()
    await room.until("welcome")

    placed = await clerk.asks(f"{path}/placed", key="placed-001", site=site["id"], participants=ids)
    assert [one["site"] for one in placed["invited"] if one["id"] in ids] == [site["id"]]
    assert (await room.until("placed"))["data"] == {"site": site["id"], "participants": ids}
    renamed = await clerk.asks(f"{path}/sites/{site['id']}", key="renamed-1", **{**SITE, "name": "Điểm cầu phường A"})
    assert renamed["sites"][0]["name"] == "Điểm cầu phường A"
    assert await clerk.is_refused(f"{path}/uninvited", key="uninvite-1", participant=screen["id"])
    gone = await clerk.asks(f"{path}/sites/{site['id']}/remove", key="removed-1")
    assert gone["sites"] == [] and all(one["site"] is None for one in gone["invited"])
    assert (await room.until("ended"))["reason"] == "removed"
    await room.close()


async def test_sites_of_other_units_are_out_of_reach(sign_in: SignIn, offices: Offices) -> None:
    clerk, stranger = await sign_in("clerk"), await sign_in()
    path = f"meetings/{offices.meetings['Xã B']}"
    tries = (
        ("sites", {"key": "new-site-1", **SITE}),
        ("sites/s1", {"key": "new-site-2", **SITE}),
        ("sites/s1/remove", {"key": "removed-1"}),
        ("placed", {"key": "placed-001", "site": None, "participants": ["p1"]}),
    )
    for where, body in tries:
        assert await clerk.is_refused(f"{path}/{where}", **body) == (403, "out_of_reach"), where
        assert await stranger.is_refused(f"{path}/{where}", **body) == (401, "not_signed_in"), where


async def test_a_site_without_a_name_is_refused_with_its_field(sign_in: SignIn, offices: Offices) -> None:
    clerk = await sign_in("clerk")
    path = f"meetings/{offices.meetings['Xã A']}/sites"
    assert await clerk.is_refused(path, key="new-site-1", **{**SITE, "name": " "}) == (400, "bad_input")
    await clerk.asks(path, key="new-site-2", **SITE)
    assert await clerk.is_refused(path, key="new-site-3", **SITE) == (409, "site_known")

"""Preparing a meeting from the office: create, invite, links, and what those in the hall see of it."""

from __future__ import annotations

from tests.signaling.conftest import Person, Service
from tests.signaling.office.conftest import Offices, SignIn

AT = "2026-12-01T01:00:00Z"


async def test_from_nothing_to_a_link_that_opens_the_meeting(sign_in: SignIn, offices: Offices, house: Service) -> None:
    clerk = await sign_in("clerk")
    new = {"key": "new-meeting", "title": " Hội nghị lần thứ tám ", "unit": offices.units["Xã A"], "starts_at": AT}
    made = await clerk.asks("meetings", **new)
    assert await clerk.asks("meetings", **new) == made  # a retry makes no second one
    lines = (await clerk.asks("meetings"))["meetings"]
    assert [line["title"] for line in lines] == ["Hội nghị lần thứ tám", "Họp Xã A"]

    path = f"meetings/{made['meeting']}"
    await clerk.asks(f"{path}/invited", key="the-chair", role="chair", people=[offices.people["head"]])
    both = [offices.people["clerk"]]
    shown = await clerk.asks(f"{path}/invited", key="delegates", role="delegate", people=both)
    assert [(one["name"], one["role"], one["link"]) for one in shown["invited"]] == [
        ("Lò Văn Ân", "chair", "none"),
        ("Vi Thị An", "delegate", "none"),
    ]
    ids = [one["id"] for one in shown["invited"]]
    links = (await clerk.asks(f"{path}/links", participants=ids))["links"]
    assert [link["participant"] for link in links] == ids
    assert links[0]["url"].startswith(f"{house.url}/v/")
    assert [one["link"] for one in (await clerk.asks(path))["invited"]] == ["issued", "issued"]

    chair = Person(house)
    status, entered = await chair.post("/api/enter", {"token": links[0]["url"].rsplit("/", 1)[1]})
    assert (status, entered["role"], entered["name"]) == (200, "chair", "Lò Văn Ân")
    assert [one["link"] for one in (await clerk.asks(path))["invited"]] == ["used", "issued"]

    # The chair is in the hall and sees who is added later, and who is taken off the list.
    await chair.connect()
    await chair.until("welcome")
    await clerk.asks(f"{path}/invited", key="one-guest", role="guest", people=[offices.people["admin"]])
    added = await chair.until("participant_added")
    assert added["data"]["participant"]["name"] == "Phạm Thu Hà"
    shown = await clerk.asks(f"{path}/uninvited", key="no-guest", participant=added["data"]["participant"]["id"])
    assert [one["name"] for one in shown["invited"]] == ["Lò Văn Ân", "Vi Thị An"]
    assert (await chair.until("participant_removed"))["data"]["participant"] == added["data"]["participant"]["id"]
    await chair.close()


async def test_nothing_is_seen_or_done_outside_of_ones_units(sign_in: SignIn, offices: Offices) -> None:
    clerk, admin, stranger = await sign_in("clerk"), await sign_in("admin"), await sign_in()
    assert [line["title"] for line in (await clerk.asks("meetings"))["meetings"]] == ["Họp Xã A"]
    assert len((await admin.asks("meetings"))["meetings"]) == 2
    other = f"meetings/{offices.meetings['Xã B']}"
    person = [offices.people["other"]]
    tries = (
        (other, {}),
        ("meetings", {"key": "new-meeting", "title": "Họp", "unit": offices.units["Xã B"], "starts_at": AT}),
        (f"{other}/invited", {"key": "invited-1", "role": "delegate", "people": person}),
        (f"{other}/uninvited", {"key": "uninvited-1", "participant": "p1"}),
        (f"{other}/links", {"participants": ["p1"]}),
        ("people", {"key": "new-person", "name": "Ai Đó", "unit": offices.units["Xã B"]}),
    )
    for path, body in tries:
        assert await clerk.is_refused(path, **body) == (403, "not_allowed"), path
        assert await stranger.is_refused(path, **body) == (401, "not_signed_in"), path
    assert (await admin.asks(other))["invited"] == []


async def test_people_of_another_unit_are_invited_all_or_none(sign_in: SignIn, offices: Offices) -> None:
    admin = await sign_in("admin")
    path = f"meetings/{offices.meetings['Xã A']}"
    people = [offices.people["head"], "nobody"]
    assert await admin.is_refused(f"{path}/invited", key="invited-1", role="delegate", people=people) == (
        404,
        "not_found",
    )
    assert (await admin.asks(path))["invited"] == []


async def test_a_key_is_for_one_change(sign_in: SignIn, offices: Offices) -> None:
    clerk = await sign_in("clerk")
    body = {"key": "the-same-key", "name": "Hồ Thị Một", "unit": offices.units["Xã A"]}
    await clerk.asks("people", **body)
    assert await clerk.is_refused("people", **{**body, "name": "Hồ Thị Hai"}) == (400, "key_reused")


async def test_what_cannot_be_used_names_its_field(sign_in: SignIn, offices: Offices) -> None:
    clerk = await sign_in("clerk")
    body = {"key": "new-meeting", "title": "  ", "unit": offices.units["Xã A"], "starts_at": AT}
    status, problem = await clerk.post("/api/office/meetings", body)
    assert (status, problem["code"], problem["field"]) == (400, "bad_input", "title")
    for wrong in ({"starts_at": "mai"}, {"starts_at": "2026-12-01T01:00:00"}, {"key": "short"}, {"more": 1}):
        assert await clerk.is_refused("meetings", **{**body, **wrong}) == (400, "malformed")
    assert await clerk.is_refused("meetings", **{**body, "title": "x" * 200_000}) == (413, "too_large")


async def test_people_are_found_without_marks_and_come_in_the_order_of_given_names(
    sign_in: SignIn, offices: Offices
) -> None:
    admin = await sign_in("admin")
    everybody = (await admin.asks("people"))["people"]
    assert [one["name"] for one in everybody] == ["Vi Thị An", "Lò Văn Ân", "Đỗ Minh Đức", "Phạm Thu Hà"]
    for query, found in (("do duc", ["Đỗ Minh Đức"]), ("ĐỖ", ["Đỗ Minh Đức"]), ("hà", ["Phạm Thu Hà"]), ("%", [])):
        people = (await admin.asks(f"people?q={query.replace('%', '%25')}"))["people"]
        assert [one["name"] for one in people] == found
    unit = offices.units["Xã B"]
    assert [one["name"] for one in (await admin.asks(f"people?unit={unit}"))["people"]] == ["Đỗ Minh Đức"]


async def test_units_are_those_in_reach(sign_in: SignIn, offices: Offices) -> None:
    names = {}
    for login in ("admin", "clerk"):
        officer = await sign_in(login)
        names[login] = {unit["name"] for unit in (await officer.asks("units"))["units"]}
    assert names == {"admin": {"Tỉnh Lam Sơn", "Xã A", "Xã B"}, "clerk": {"Xã A"}}

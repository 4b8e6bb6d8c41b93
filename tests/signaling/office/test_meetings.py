"""Preparing a meeting from the office: create, invite, links, and what those in the hall see of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode

from sqlalchemy import Engine, event

from meeting_app import meetings, organization
from meeting_app.acting import SYSTEM_OFFICER
from meeting_app.office.meetings import PAGE
from signaling.database import open_database
from tests.signaling.conftest import NOW, Person, Service
from tests.signaling.office.conftest import Offices, SignIn

AT = "2026-12-01T01:00:00Z"
LONG_AGO = "2020-01-01T01:00:00Z"


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
    asked = {"key": "the-links", "participants": ids}
    links = (await clerk.asks(f"{path}/links", **asked))["links"]
    assert (await clerk.asks(f"{path}/links", **asked))["links"] == links  # the answer was lost: still the same ones
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
        (f"{other}/links", {"key": "the-links-1", "participants": ["p1"]}),
        ("people", {"key": "new-person", "name": "Ai Đó", "unit": offices.units["Xã B"]}),
    )
    for path, body in tries:
        assert await clerk.is_refused(path, **body) == (403, "out_of_reach"), path
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


async def test_nothing_of_a_long_list_is_lost_when_many_start_at_once(
    sign_in: SignIn, offices: Offices, house: Service
) -> None:
    admin = await sign_in("admin")
    database = await open_database(house.settings)
    try:
        async with database.writing() as session:
            for number in range(PAGE + 5):
                at = NOW + timedelta(days=1)
                await meetings.create(session, SYSTEM_OFFICER, f"Họp {number}", offices.units["Xã A"], at, NOW)
    finally:
        await database.close()
    first = await admin.asks("meetings")
    last = first["meetings"][-1]
    rest = await admin.asks("meetings?" + urlencode({"before": last["starts_at"], "id": last["id"]}))
    seen = [line["id"] for line in (*first["meetings"], *rest["meetings"])]
    assert (first["more"], rest["more"]) == (True, False)
    assert len(seen) == len(set(seen)) == PAGE + 5 + 2


async def test_who_is_invited_already_is_named_as_the_reason(sign_in: SignIn, offices: Offices) -> None:
    admin = await sign_in("admin")
    path = f"meetings/{offices.meetings['Xã A']}"
    head, clerk = offices.people["head"], offices.people["clerk"]
    await admin.asks(f"{path}/invited", key="invited-1", role="delegate", people=[head])
    for people in ([clerk, head], [clerk, clerk]):
        body = {"key": "invited-2", "role": "delegate", "people": people}
        assert await admin.is_refused(f"{path}/invited", **body) == (400, "already_invited")
    assert [one["person"] for one in (await admin.asks(path))["invited"]] == [head]


async def test_inviting_many_asks_the_database_no_more_often(sign_in: SignIn, offices: Offices, house: Service) -> None:
    """The one who writes waits for nobody's list."""
    admin = await sign_in("admin")
    people = []
    database = await open_database(house.settings)
    try:
        async with database.writing() as session:
            for number in range(60):
                add = organization.add_person
                added = await add(session, SYSTEM_OFFICER, f"Lò Văn {number}", "", offices.units["Xã A"], NOW)
                people.append(added.id)
    finally:
        await database.close()
    path, counts = f"meetings/{offices.meetings['Xã A']}", []
    for some in (people[:2], people[2:]):
        with counted() as statements:
            await admin.asks(f"{path}/invited", key=f"invite-{len(some)}", role="delegate", people=some)
        with counted() as of_links:
            shown = await admin.asks(path)
            without = [one["id"] for one in shown["invited"] if one["link"] == "none"]
            await admin.asks(f"{path}/links", key=f"the-links-{len(some)}", participants=without)
        counts.append((len(statements), len(of_links)))
    # The hall writes meanwhile, too: a few more or fewer, but none for each of 58 people.
    assert all(abs(many - few) < 20 for few, many in zip(*counts, strict=True))
    seqs = [one["name"] for one in (await admin.asks(path))["invited"]]
    assert seqs == [f"Lò Văn {number}" for number in range(60)]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are executed meanwhile, many rows at once as one."""
    statements: list[str] = []

    def note(_connection, _cursor, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def test_a_meeting_like_an_earlier_one_is_made_once(sign_in: SignIn, offices: Offices) -> None:
    clerk, other = await sign_in("clerk"), await sign_in("other")
    path = f"meetings/{offices.meetings['Xã A']}"
    await clerk.asks(f"{path}/invited", key="the-chair", role="chair", people=[offices.people["head"]])
    new = {"key": "another-one", "title": "Họp Xã A, ngày 01/12/2026", "starts_at": AT}
    made = await clerk.asks(f"{path}/again", **new)
    assert await clerk.asks(f"{path}/again", **new) == made
    shown = await clerk.asks(f"meetings/{made['meeting']}")
    assert (shown["title"], shown["state"]) == (new["title"], "draft")
    assert [(one["name"], one["role"], one["link"]) for one in shown["invited"]] == [("Lò Văn Ân", "chair", "none")]
    assert len((await clerk.asks("meetings"))["meetings"]) == 2
    assert await other.is_refused(f"{path}/again", **new) == (403, "out_of_reach")
    status, problem = await clerk.post(f"/api/office/{path}/again", {**new, "key": "long-ago-1", "starts_at": LONG_AGO})
    assert (status, problem["code"], problem["field"]) == (400, "bad_input", "starts_at")

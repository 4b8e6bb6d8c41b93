"""Bodies over HTTP: founded, filled, changed, convened to a meeting, ended."""

from __future__ import annotations

from tests.signaling.conftest import NOW
from tests.signaling.office.conftest import Offices, SignIn

TODAY = NOW.date().isoformat()


async def test_a_body_from_its_founding_to_its_meeting(sign_in: SignIn, offices: Offices) -> None:
    head = await sign_in("head")
    asked = {"unit": offices.units["Xã A"], "kind": "standing", "name": "Ban Thường trực", "term": "2024 - 2029"}
    card = await head.asks("bodies", key="body-key-01", **asked)
    body = card["body"]
    assert (body["quorum"], body["base"], body["members"]) == ("two_thirds", "all_members", 0)
    assert await head.asks("bodies", key="body-key-01", **asked) == card
    assert [one["id"] for one in (await head.asks("bodies"))["bodies"]] == [body["id"]]

    people = {"people": [offices.people["head"]], "position": "head", "joined_on": TODAY}
    await head.asks(f"bodies/{body['id']}/members", key="member-key1", **people)
    people = {"people": [offices.people["clerk"]], "position": "member", "joined_on": TODAY}
    card = await head.asks(f"bodies/{body['id']}/members", key="member-key2", **people)
    assert [(one["name"], one["position"]) for one in card["members"]] == [
        ("Lò Văn Ân", "head"),
        ("Vi Thị An", "member"),
    ]
    refused = await head.is_refused(f"bodies/{body['id']}/members", key="member-key3", **people)
    assert refused == (400, "already_so")

    plan = {"title": "Họp Ban Thường trực", "unit": asked["unit"], "starts_at": NOW.isoformat(), "body": body["id"]}
    meeting = (await head.asks("meetings", key="meeting-key", **plan))["meeting"]
    seen = await head.asks(f"meetings/{meeting}")
    assert (seen["body"], seen["missing"]) == ("Ban Thường trực", 0)
    assert [(one["name"], one["role"]) for one in seen["invited"]] == [
        ("Lò Văn Ân", "chair"),
        ("Vi Thị An", "delegate"),
    ]
    stranger = {"role": "delegate", "people": [offices.people["admin"]]}
    admin = await sign_in("admin")
    refused = await admin.is_refused(f"meetings/{meeting}/invited", key="invite-key1", **stranger)
    assert refused == (400, "not_member")

    people = {"people": [offices.people["admin"]], "position": "member", "joined_on": TODAY}
    await admin.asks(f"bodies/{body['id']}/members", key="member-key4", **people)
    assert (await head.asks(f"meetings/{meeting}"))["missing"] == 1
    assert (await head.asks(f"meetings/{meeting}/convened", key="convene-key"))["missing"] == 0


async def test_a_body_is_changed_and_closed(sign_in: SignIn, offices: Offices) -> None:
    head = await sign_in("head")
    asked = {"unit": offices.units["Xã A"], "kind": "advisory", "name": "Hội đồng tư vấn"}
    body = (await head.asks("bodies", key="body-key-01", **asked))["body"]["id"]
    own = {"revision": 1, "name": "Hội đồng", "term": "", "quorum": "two_thirds", "rule": "two_thirds"}
    own |= {"base": "present", "basis": "Điều 3 Quy chế"}
    changed = (await head.asks(f"bodies/{body}", key="change-key1", **own))["body"]
    assert (changed["basis"], changed["revision"]) == ("Điều 3 Quy chế", 2)
    assert await head.is_refused(f"bodies/{body}", key="change-key2", **own) == (400, "outdated")
    people = {"people": [offices.people["clerk"]], "position": "member", "joined_on": TODAY}
    card = await head.asks(f"bodies/{body}/members", key="member-key1", **people)
    member = card["members"][0]["id"]
    path = f"bodies/{body}/members/{member}/end"
    assert await head.is_refused(path, key="end-key-001", left_on="2001-01-01") == (400, "bad_input")
    await head.asks(path, key="end-key-002", left_on=TODAY)
    assert (await head.asks(f"bodies/{body}/close", key="close-key-1"))["body"]["is_closed"]


async def test_bodies_are_written_in_ones_reach(sign_in: SignIn, offices: Offices) -> None:
    head, clerk, other = await sign_in("head"), await sign_in("clerk"), await sign_in("other")
    asked = {"unit": offices.units["Xã A"], "kind": "advisory", "name": "Hội đồng tư vấn"}
    assert await clerk.is_refused("bodies", key="body-key-01", **asked) == (403, "out_of_reach")
    body = (await head.asks("bodies", key="body-key-02", **asked))["body"]["id"]
    assert (await other.asks("bodies"))["bodies"] == []
    assert await other.is_refused(f"bodies/{body}") == (403, "out_of_reach")
    assert (await clerk.asks(f"bodies/{body}"))["body"]["name"] == "Hội đồng tư vấn"

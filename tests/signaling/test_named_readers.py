"""A paper that names its readers, on the screens and at the addresses of those it names and of all others."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.errors import NotRecorded
from signaling import own_papers
from signaling.messages import AnyPush
from tests.signaling.conftest import Join, Person, Province, as_type
from tests.signaling.papers import TWO_PAGES, add_approved, add_ready, announce, read, told


def naming(*participants: str) -> dict[str, list[str]]:
    return {"participants": list(participants), "units": [], "roles": []}


def own(push: dict[str, Any], count: int) -> bool:
    return push["type"] == "own_papers" and len(push["documents"]) == count


async def welcomed(person: Person, seq: int | None = None) -> dict[str, Any]:
    await person.leave()
    await person.connect(seq)
    return as_type(welcome := await person.until("welcome"), AnyPush) and welcome


async def test_it_reaches_whom_it_names_and_nobody_else(join: Join, province: Province) -> None:
    chair, secretary, an, binh, wall = [await join(name) for name in ("chair", "secretary", "an", "binh", "wall")]
    named = {"audience": "named", "readers": naming(province.ids["an"])}
    version = await add_approved(secretary, title="Hồ sơ nhân sự", **named)
    told = await an.until(lambda push: own(push, 1))
    as_type(told, AnyPush)
    assert told["documents"][0]["readers"] is None
    assert (await secretary.until("version_approved"))["data"]["document"]["readers"]["participants"] == [
        province.ids["an"]
    ]
    for path in ("", "/pages/1", "/text/1", "/file"):
        assert (await read(an, f"/api/papers/{version}{path}"))[0] == 200, path
        for person in (binh, wall):
            assert (await read(person, f"/api/papers/{version}{path}"))[0] == 404, path
    assert (await read(an, f"/api/notes/{version}"))[0] == 200
    assert (await read(binh, f"/api/notes/{version}"))[0] == 404
    assert (await read(binh, f"/api/ink/{version}/1"))[0] == 404
    assert (await an.get("/api/search?q=phu"))[1]["hits"]
    assert not (await binh.get("/api/search?q=phu"))[1]["hits"]
    assert (await read(an, "/api/pack"))[0] == 200
    assert (await read(binh, "/api/pack"))[0] == 404
    assert (await an.get("/api/room"))[1]["meeting"]["documents"] == told["documents"]
    assert (await binh.get("/api/room"))[1]["meeting"]["documents"] == []
    for person in (binh, wall):
        assert not [push for push in person.pushes if "Hồ sơ" in str(push)]
    # The same after a reload, and after a line that was gone for a moment.
    for seq in (None, 1):
        assert [paper["title"] for paper in (await welcomed(an, seq))["papers"]["documents"]] == ["Hồ sơ nhân sự"]
        assert (await welcomed(binh, seq))["papers"]["documents"] == []
    assert (await welcomed(chair))["papers"] is None


async def test_who_may_not_see_the_page_is_told_that_there_is_one(join: Join, province: Province) -> None:
    chair, secretary, an, binh = [await join(name) for name in ("chair", "secretary", "an", "binh")]
    named = {"audience": "named", "readers": naming(province.ids["an"])}
    version = await add_approved(secretary, **named)
    assert (await chair.command("show_page", version=version, page=1))["ok"]
    assert (await binh.until("showing_ended"))["data"] == {"shown_to_others": True}
    shown = await an.until(lambda push: push["type"] == "own_papers" and push["shown"] is not None)
    assert (shown["shown"]["version"], shown["shown"]["page"]) == (version, 1)
    assert (await chair.media("point", version=version, page=1, at={"x": 1, "y": 2}))["ok"]
    await an.until("pointer")
    assert not [push for push in binh.pushes if push["type"] == "pointer"]
    late = await welcomed(binh)
    assert (late["meeting"]["shown"], late["meeting"]["shown_to_others"]) == (None, True)
    assert (await welcomed(an))["papers"]["shown"]["version"] == version
    assert (await chair.command("stop_showing"))["ok"]
    await an.until(lambda push: own(push, 1) and push["shown"] is None)


async def test_recalled_it_is_gone_from_the_screens_of_those_it_named(join: Join, province: Province) -> None:
    secretary, an = await join("secretary"), await join("an")
    named = {"audience": "named", "readers": naming(province.ids["an"])}
    await add_approved(secretary, **named)
    document = (await an.until(lambda push: own(push, 1)))["documents"][0]["id"]
    seen = len(an.pushes)
    assert (await secretary.command("recall_document", document=document))["ok"]
    await an.until(lambda push: own(push, 0) and an.pushes.index(push) >= seen)


async def test_recalled_it_is_gone_though_the_database_did_not_say_at_once_what_is_left(
    join: Join, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    secretary, an = await join("secretary"), await join("an")
    await add_approved(secretary, audience="named", readers=naming(province.ids["an"]))
    document = (await an.until(lambda push: own(push, 1)))["documents"][0]["id"]
    read_named, refusals, seen = own_papers.named_papers, [True], len(an.pushes)

    async def refuse_first(session: AsyncSession, meeting: str) -> own_papers.NamedPapers:
        if refusals:
            refusals.pop()
            raise NotRecorded("the database did not answer", "database")
        return await read_named(session, meeting)

    monkeypatch.setattr(own_papers, "named_papers", refuse_first)
    assert (await secretary.command("recall_document", document=document))["ok"]
    await an.until(lambda push: own(push, 0) and an.pushes.index(push) >= seen)
    for person in (secretary, an):
        said = await person.command("say", text="xong")
        await person.until(lambda push, seq=said["seq"]: push.get("seq") == seq)
        assert [push.get("name") for push in person.pushes].count("document_recalled") == 1


async def test_who_comes_back_learns_nothing_of_what_was_withdrawn_meanwhile(join: Join) -> None:
    chair, secretary, an, wall = [await join(name) for name in ("chair", "secretary", "an", "wall")]
    stays = await add_approved(secretary, title="Còn đó", audience="everybody")
    known = (await an.until("version_approved"))["seq"]
    for person in (an, wall):
        await person.leave()
    documents = []
    for number, title in enumerate(("Thu hồi A", "Thu hồi B")):
        version = await add_approved(secretary, key=f"file-000{number + 2}", title=title, audience="delegates")
        documents.append((await told(secretary, "version_approved", version))["id"])
    recalled, narrowed = documents
    change = {"document": narrowed, "revision": 0, "audience": "everybody"}
    assert (await secretary.command("change_readers", **change))["ok"]
    assert (await chair.command("show_page", version=version, page=1))["ok"]
    assert (await secretary.command("recall_document", document=recalled))["ok"]
    change |= {"revision": 1, "audience": "leaders"}
    assert (await secretary.command("change_readers", **change))["ok"]

    async def missed(person: Person) -> list[tuple[str, dict[str, Any]]]:
        welcome = await welcomed(person, known)
        assert "Thu hồi" not in str(welcome)
        of_papers = ("version", "readers", "document", "page", "showing")
        return [(one["name"], one["data"]) for one in welcome["events"] if one["name"].startswith(of_papers)]

    hidden = ("showing_ended", {"shown_to_others": True})
    gone = ("readers_changed", {"gone": narrowed})
    not_shown = {"document": recalled, "was_shown": False}
    assert await missed(an) == [gone, hidden, ("document_recalled", not_shown), gone]
    assert await missed(wall) == [hidden, ("document_recalled", not_shown), gone]
    assert "Thu hồi" in str(await welcomed(secretary, known))
    # Nor does a page that is shown no more stand on a screen for ever.
    assert (await chair.command("show_page", version=stays, page=1))["ok"]
    known = (await an.until("page_shown"))["seq"]
    await an.leave()
    version = await add_approved(secretary, key="file-0004", title="Thu hồi C", audience="delegates")
    document = (await told(secretary, "version_approved", version))["id"]
    assert (await chair.command("show_page", version=version, page=1))["ok"]
    assert (await secretary.command("recall_document", document=document))["ok"]
    assert await missed(an) == [
        ("showing_ended", {"shown_to_others": False}),
        ("document_recalled", {"document": document, "was_shown": True}),
    ]


async def test_whom_one_cannot_name(join: Join) -> None:
    secretary = await join("secretary", connect=False)
    body = {"key": "file-0001", "size": len(TWO_PAGES), "title": "Hồ sơ", "audience": "named"}
    wall = {**naming(), "roles": ["big_screen"]}
    for readers in (None, naming(), naming("nobody"), wall):
        status, problem = await secretary.post("/api/uploads", {**body, "readers": readers})
        assert (status, problem["code"], problem["field"]) == (400, "bad_input", "readers"), readers


async def test_who_knocks_names_a_unit_and_reads_nothing_by_it(join: Join, province: Province) -> None:
    secretary, an, stranger = await join("secretary"), await join("an"), await join("khach", connect=False)
    of_the_unit = {"audience": "named", "readers": {**naming(), "units": ["Xã A"]}}
    before = await add_approved(secretary, **of_the_unit)
    knock = {"meeting": province.meeting, "name": "Vũ Thị Khách", "unit": "Xã A"}
    assert (await stranger.post("/api/knock", knock))[0] == 200
    await stranger.connect()
    assert (await secretary.command("admit", knock=(await stranger.until("waiting"))["knock"]))["ok"]
    await stranger.until("welcome")
    after = await add_approved(secretary, key="file-0002", **of_the_unit)
    await an.until(lambda push: own(push, 2))
    for version in (before, after):
        for path in ("", "/pages/1", "/text/1", "/file"):
            assert (await read(stranger, f"/api/papers/{version}{path}"))[0] == 404, path
        assert (await read(an, f"/api/papers/{version}"))[0] == 200
    assert (await welcomed(stranger))["papers"]["documents"] == []
    # One by one they may be named like anybody.
    guest = next(one for one in (await stranger.until("welcome"))["meeting"]["participants"] if one["role"] == "guest")
    for_them = await add_approved(secretary, key="file-0003", audience="named", readers=naming(guest["id"]))
    assert (await read(stranger, f"/api/papers/{for_them}"))[0] == 200


async def test_a_line_that_broke_finds_the_same_upload_with_its_readers(join: Join, province: Province) -> None:
    secretary = await join("secretary")
    named = {"audience": "named", "readers": naming(province.ids["an"])}
    first = await announce(secretary, TWO_PAGES, **named)
    assert await announce(secretary, TWO_PAGES, **named) == first
    await add_ready(secretary, **named)


def changed(push: dict[str, Any]) -> bool:
    return push["type"] == "event" and push["name"] == "readers_changed"


async def test_changed_readers_lose_it_and_find_it_at_once(join: Join, province: Province) -> None:
    chair, secretary, an, binh, wall = [await join(name) for name in ("chair", "secretary", "an", "binh", "wall")]
    version = await add_approved(secretary, audience="everybody")
    document = (await an.until("version_approved"))["data"]["document"]["id"]
    assert (await chair.command("show_page", version=version, page=1))["ok"]
    assert (await wall.until("page_shown"))["data"]["shown"]["page"] == 1
    only = {"document": document, "revision": 0, "audience": "named", "readers": naming(province.ids["an"])}
    assert (await secretary.command("change_readers", **only))["ok"]
    assert (await chair.until(changed))["data"]["shown"]["audience"] == "named"
    for person, count in ((an, 1), (binh, 0), (wall, 0)):
        told = await person.until(changed)
        assert told["data"] == {"gone": document}
        own_now = await person.until(lambda push, count=count: own(push, count))
        as_type(own_now, AnyPush)
        assert (own_now["shown"] is not None) == bool(count)
    for path in ("", "/pages/1", "/pages/1?size=small", "/text/1", "/file"):
        assert (await read(an, f"/api/papers/{version}{path}"))[0] == 200, path
        for person in (binh, wall):
            assert (await read(person, f"/api/papers/{version}{path}"))[0] == 404, path
    assert (await read(binh, "/api/pack"))[0] == 404
    assert (await chair.media("point", version=version, page=1, at={"x": 1, "y": 2}))["ok"]
    await an.until("pointer")
    assert not [push for push in binh.pushes if push["type"] == "pointer"]
    late = await secretary.command("change_readers", **{**only, "audience": "leaders", "readers": None})
    assert (late["ok"], late["problem"]["code"]) == (False, "outdated")
    opened = {"document": document, "revision": 1, "audience": "delegates"}
    assert (await secretary.command("change_readers", **opened))["ok"]
    seen = await binh.until(lambda push: changed(push) and "document" in push["data"])
    assert (seen["data"]["document"]["audience"], seen["data"]["shown"]["page"]) == ("delegates", 1)
    assert (await read(binh, f"/api/papers/{version}/pages/1"))[0] == 200
    await wall.until(lambda push: push["type"] == "event" and push["name"] == "withheld")
    refused = await an.command("change_readers", **{**opened, "revision": 2})
    assert (refused["ok"], refused["problem"]["code"]) == (False, "not_allowed")

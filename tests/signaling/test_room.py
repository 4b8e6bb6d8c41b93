"""The reading room: what is left to read once the meeting is over, for whom."""

from __future__ import annotations

from signaling.messages import ReadingRoom
from tests.signaling.conftest import Join, Province, as_type
from tests.signaling.papers import add_approved, add_ready, read, told


async def test_after_the_end_one_reads_on_what_one_might_read_and_ones_own_notes(
    join: Join, province: Province
) -> None:
    chair, secretary, an = await join("chair"), await join("secretary"), await join("an")
    kept = await add_approved(secretary, title="Báo cáo")
    recalled = await add_approved(secretary, title="Thu hồi", key="file-0002")
    await add_ready(secretary, title="Chưa duyệt", key="file-0003")
    document = (await told(secretary, "version_approved", recalled))["id"]
    async with an.http.put(f"/api/notes/{kept}/1", json={"text": "Hỏi lại"}) as response:
        assert response.status == 204
    assert (await secretary.command("recall_document", document=document))["ok"]
    assert (await chair.command("set_state", state="closed"))["ok"]
    assert (await an.get("/api/me"))[0] == 410
    status, body = await an.get("/api/room")
    room = as_type(body, ReadingRoom)
    assert status == 200 and room.me == province.ids["an"]
    assert [paper.title for paper in room.meeting.documents] == ["Báo cáo"]
    assert [person.id for person in room.meeting.participants] == [room.me]
    assert (await an.get(f"/api/notes/{kept}"))[1] == {"notes": [{"page": 1, "text": "Hỏi lại"}]}
    assert (await read(an, f"/api/papers/{recalled}/pages/1"))[0] == 404


async def test_a_link_that_nobody_used_still_leads_to_the_papers(join: Join, province: Province) -> None:
    chair, secretary, nobody = await join("chair"), await join("secretary"), await join("nobody", connect=False)
    kept = await add_approved(secretary)
    entering = {"token": province.tokens["binh"]}
    assert (await nobody.post("/api/room", entering))[1]["code"] == "wrong_state"  # the hall is open
    assert (await chair.command("set_state", state="closed"))["ok"]
    status, body = await nobody.post("/api/room", entering)
    assert status == 200 and as_type(body, ReadingRoom).role == "delegate"
    assert (await read(nobody, f"/api/papers/{kept}/pages/1"))[0] == 200
    assert (await nobody.post("/api/room", entering))[0] == 200  # the same device again
    stranger = await join("stranger", connect=False)
    assert (await stranger.post("/api/room", entering))[1]["code"] == "used_link"
    assert (await stranger.post("/api/room", {"token": "none"}))[1]["code"] == "bad_link"
    assert (await stranger.get("/api/room"))[0] == 401


async def test_a_paper_is_recalled_after_the_end_as_well(join: Join) -> None:
    chair, secretary, an = await join("chair"), await join("secretary"), await join("an")
    version = await add_approved(secretary)
    document = (await told(secretary, "version_approved", version))["id"]
    assert (await chair.command("set_state", state="closed"))["ok"]
    asked = {"type": "recall_document", "key": "recall-0001", "document": document}
    assert (await an.post("/api/room/recall", asked))[1]["code"] == "not_allowed"
    for _ in range(2):  # an answer that was lost
        async with secretary.http.post("/api/room/recall", json=asked) as response:
            assert response.status == 204
    assert (await secretary.post("/api/room/recall", {**asked, "key": "recall-0002"}))[1]["code"] == "already_so"
    assert (await read(an, f"/api/papers/{version}/pages/1"))[0] == 404
    assert (await an.get("/api/room"))[1]["meeting"]["documents"] == []

"""Papers over real HTTP and sockets: sent in pieces, converted, approved, read, shown, taken away."""

from __future__ import annotations

import asyncio
import hashlib
import io
import shutil

import msgspec
import pikepdf
import pytest
from PIL import Image

from converter.control import ANSWER, Answer
from signaling.files import Files
from signaling.http.uploads import ANNOUNCED_BURST
from signaling.messages import AnyPush, PaperChanges, PaperHits
from tests.converter.files import pdf
from tests.signaling.conftest import Join, Person, Province, Service, as_type, while_nobody_writes
from tests.signaling.papers import TWO_PAGES, add_approved, add_paper, add_ready, announce, read, send, told


async def test_a_paper_from_the_secretarys_disk_to_a_delegates_screen(join: Join, province: Province) -> None:
    secretary, an = await join("secretary"), await join("an")
    version = await add_ready(secretary, item=province.items[0])
    paper = await told(secretary, "version_converted", version)
    assert (paper["item"], paper["versions"][0]["pages"]) == (province.items[0], 2)
    for path in ("", "/pages/1", "/text/1", "/file"):
        assert (await read(an, f"/api/papers/{version}{path}"))[0] == 404
    assert (await secretary.command("approve_version", version=version))["ok"]
    assert (await told(an, "version_approved", version))["title"] == "Báo cáo"
    # What came before was nothing to a delegate but a number.
    events = [push for push in an.pushes if push["type"] == "event"]
    assert [one["name"] for one in events if one["name"] != "checked_in"] == [
        "withheld",
        "withheld",
        "version_approved",
    ]
    status, sizes, _ = await read(an, f"/api/papers/{version}")
    assert (status, msgspec.json.decode(sizes)) == (200, {"pages": [{"width": 595, "height": 842}] * 2})
    status, image, headers = await read(an, f"/api/papers/{version}/pages/2")
    assert (status, image[:4], image[8:12]) == (200, b"RIFF", b"WEBP")
    assert headers["Content-Type"] == "image/webp" and headers["Cache-Control"] == "private, no-cache"
    known = {"If-None-Match": headers["ETag"]}
    async with an.http.get(f"/api/papers/{version}/pages/2", headers=known) as unchanged:
        assert unchanged.status == 304
    small = (await read(an, f"/api/papers/{version}/pages/2?size=small"))[1]
    assert len(small) < len(image)
    ((text, *_),) = msgspec.json.decode((await read(an, f"/api/papers/{version}/text/2"))[1])
    assert text == "Phu luc"
    assert (await read(an, f"/api/papers/{version}/file"))[1].startswith(b"%PDF-")
    for path in ("/pages/0", "/pages/3", "/pages/x", f"/pages/{'9' * 5000}", "/pages/1?size=large", "/text/3"):
        assert (await read(an, f"/api/papers/{version}{path}"))[0] == 404, path


async def test_a_file_goes_on_where_the_line_broke(join: Join, service: Service) -> None:
    secretary = await join("secretary")
    upload = (await announce(secretary, TWO_PAGES))["upload"]
    assert (await send(secretary, upload, 0, TWO_PAGES[:100]))[1]["offset"] == 100
    await service.stop()
    await service.start()
    await service.until_workers()
    # The page that was told nothing announces the file again, and learns where it stands.
    standing = await announce(secretary, TWO_PAGES)
    assert standing == {"upload": upload, "offset": 100, "size": len(TWO_PAGES), "version": None}
    status, problem = await send(secretary, upload, 50, TWO_PAGES[50:])
    assert (status, problem["code"]) == (409, "wrong_offset")
    _, done = await send(secretary, upload, 100, TWO_PAGES[100:])
    assert done["version"] and (await secretary.get(f"/api/uploads/{upload}"))[1] == done
    # The last piece, whose answer was lost, sent again, makes no second paper.
    assert (await send(secretary, upload, 100, TWO_PAGES[100:]))[1] == done
    await secretary.connect()
    welcome = await secretary.until("welcome")
    assert len(welcome["meeting"]["documents"]) == 1


async def test_two_at_once_send_the_same_piece_once(join: Join) -> None:
    secretary = await join("secretary")
    upload = (await announce(secretary, TWO_PAGES))["upload"]
    answers = await asyncio.gather(*(send(secretary, upload, 0, TWO_PAGES) for _ in range(3)))
    assert 200 in {status for status, _ in answers} <= {200, 409}
    assert (await secretary.get(f"/api/uploads/{upload}"))[1]["version"]


async def test_no_more_comes_than_was_announced(join: Join) -> None:
    secretary = await join("secretary")
    upload = (await announce(secretary, TWO_PAGES))["upload"]
    assert (await send(secretary, upload, 0, TWO_PAGES + b"more"))[0] == 413


async def test_what_is_wrong_with_a_file_is_told_to_who_sent_it(join: Join) -> None:
    secretary, an = await join("secretary"), await join("an")
    version = await add_paper(secretary, pdf("Bao cao", password="secret"))
    paper = await told(secretary, "version_failed", version)
    assert (paper["versions"][0]["state"], paper["versions"][0]["problem"]) == ("failed", "encrypted")
    answer = await secretary.command("approve_version", version=version)
    assert answer["problem"]["code"] == "not_ready"
    assert not [push for push in an.pushes if push.get("name") == "version_failed"]


async def test_only_what_succeeded_is_kept_for_the_same_file(join: Join, service: Service) -> None:
    secretary = await join("secretary")
    files = service.settings.files_folder
    await told(secretary, "version_failed", await add_paper(secretary, pdf("Bao cao", password="secret")))
    assert not list(files.rglob(ANSWER))
    await add_ready(secretary, key="file-0002")
    [answer] = files.rglob(ANSWER)
    answer.write_bytes(answer.read_bytes()[:9])  # a machine that lost its power
    await add_ready(secretary, key="file-0003")
    assert msgspec.json.decode(answer.read_bytes(), type=Answer)


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"size": 0}, 400, "bad_input"),
        ({"size": 2**31}, 413, "file_too_large"),
        ({"title": " "}, 400, "bad_input"),
        ({"item": "none"}, 404, "not_found"),
        ({"audience": "friends"}, 400, "malformed"),
    ],
)
async def test_an_announcement_that_cannot_be(join: Join, fields: dict, status: int, code: str) -> None:
    secretary = await join("secretary", connect=False)
    body = {"key": "file-0001", "size": 100, "title": "Báo cáo", **fields}
    answer = await secretary.post("/api/uploads", body)
    assert (answer[0], answer[1]["code"]) == (status, code)


async def test_who_may_not_send_and_who_is_nobody(join: Join) -> None:
    an, nobody = await join("an", connect=False), await join("nobody", connect=False)
    body = {"key": "file-0001", "size": 100, "title": "Báo cáo"}
    assert (await an.post("/api/uploads", body))[1]["code"] == "not_allowed"
    assert (await nobody.post("/api/uploads", body))[1]["code"] == "no_session"
    secretary = await join("secretary", connect=False)
    upload = (await announce(secretary, TWO_PAGES))["upload"]
    assert (await send(an, upload, 0, TWO_PAGES))[0] == 403
    assert (await send(await join("chair", connect=False), upload, 0, TWO_PAGES))[0] == 404  # another's
    async with secretary.http.post("/api/uploads", json=body, headers={"Origin": "http://elsewhere.example"}) as answer:
        assert answer.status == 403


async def test_the_page_turns_on_every_screen_that_may_show_it(join: Join) -> None:
    chair, secretary, an, wall = [await join(name) for name in ("chair", "secretary", "an", "wall")]
    for_all = await add_approved(secretary, audience="everybody")
    for_delegates = await add_approved(secretary, key="file-0002", audience="delegates")
    assert (await an.command("show_page", version=for_all, page=1))["problem"]["code"] == "not_allowed"
    assert (await chair.command("show_page", version=for_all, page=2))["ok"]
    for person in (an, wall):
        assert (await person.until("page_shown"))["data"]["shown"]["page"] == 2
    assert (await chair.command("show_page", version=for_delegates, page=1))["ok"]
    await an.until(lambda push: push.get("data", {}).get("shown", {}).get("version") == for_delegates)
    # A public hall sees no page that is not for everybody, and not the one before either.
    ended = await wall.until("showing_ended")
    assert ended["data"] == {"shown_to_others": True}
    assert (await read(wall, f"/api/papers/{for_all}/pages/1"))[0] == 200
    assert (await read(wall, f"/api/papers/{for_delegates}/pages/1"))[0] == 404
    for person, version in ((an, for_delegates), (wall, None)):
        await person.leave()
        await person.connect()
        shown = (await person.until("welcome"))["meeting"]["shown"]
        assert (shown and shown["version"]) == version


async def test_a_recalled_paper_is_gone_at_once(join: Join) -> None:
    secretary, an = await join("secretary"), await join("an")
    version = await add_approved(secretary)
    document = (await told(an, "version_approved", version))["id"]
    assert (await read(an, f"/api/papers/{version}/pages/1"))[0] == 200
    assert (await secretary.command("recall_document", document=document))["ok"]
    assert (await an.until("document_recalled"))["data"] == {"document": document, "was_shown": False}
    assert (await read(an, f"/api/papers/{version}/pages/1"))[0] == 404
    assert (await read(secretary, f"/api/papers/{version}/pages/1"))[0] == 200


async def test_papers_are_read_on_after_the_end_but_nothing_is_added(join: Join) -> None:
    chair, secretary, an = await join("chair"), await join("secretary"), await join("an")
    seen, unseen = await add_approved(secretary), await add_ready(secretary, key="file-0002")
    assert (await chair.command("set_state", state="closed"))["ok"]
    for path in ("", "/pages/1", "/text/1", "/file"):
        assert (await read(an, f"/api/papers/{seen}{path}"))[0] == 200
    assert (await read(an, f"/api/papers/{unseen}"))[0] == 404
    body = {"key": "file-0003", "size": 100, "title": "Báo cáo"}
    assert (await secretary.post("/api/uploads", body))[1]["code"] == "closed"


async def test_a_confidential_page_is_kept_by_no_browser(join: Join) -> None:
    secretary = await join("secretary")
    version = await add_ready(secretary, confidential=True)
    assert (await read(secretary, f"/api/papers/{version}/pages/1"))[2]["Cache-Control"] == "no-store"


async def test_a_confidential_paper_leaves_as_a_file_with_nobody_but_who_leads(join: Join) -> None:
    secretary, an = await join("secretary"), await join("an")
    version = await add_approved(secretary, confidential=True)
    assert (await read(an, f"/api/papers/{version}/pages/1"))[0] == 200
    assert (await read(an, f"/api/papers/{version}/file"))[0] == 404
    assert (await read(secretary, f"/api/papers/{version}/file"))[0] == 200


async def test_who_speaks_shows_no_paper_that_they_may_not_see(join: Join, province: Province) -> None:
    chair, secretary, an = await join("chair"), await join("secretary"), await join("an")
    hidden = await add_approved(secretary, audience="leaders")
    assert (await chair.command("give_floor", participant=province.ids["an"]))["ok"]
    assert (await an.command("show_page", version=hidden, page=1))["problem"]["code"] == "not_found"


async def test_what_waited_when_the_service_stopped_is_converted_afterwards(join: Join, service: Service) -> None:
    secretary = await join("secretary")
    version = await add_paper(secretary)
    await service.stop()
    await service.start()
    await service.until_workers()
    await secretary.connect()
    welcome = await secretary.until("welcome")
    ((one,),) = [paper["versions"] for paper in welcome["meeting"]["documents"]]
    if one["state"] == "converting":
        await told(secretary, "version_converted", version)
    else:
        assert one["state"] == "ready"


async def test_words_are_found_in_what_one_may_read(join: Join, province: Province) -> None:
    secretary, an = await join("secretary"), await join("an")
    first = await add_approved(secretary, content=pdf("Bao cao cong tac", "Phu luc"))
    hidden = await add_ready(secretary, content=pdf("Bao cao mat"), key="file-0002")

    async def hits(person: Person, **query: str) -> list[tuple[str, int]]:
        async with person.http.get("/api/search", params=query) as response:
            found = as_type(await response.json(), PaperHits)
        return [(hit.version, hit.page) for hit in found.hits]

    assert await hits(secretary, q="bao cao") == [(first, 1), (hidden, 1)]
    assert await hits(an, q="bao cao") == [(first, 1)]
    assert await hits(an, q="phu l", version=first) == [(first, 2)]
    assert await hits(an, q="") == [] == await hits(an, q="khong co")
    assert (await read(an, f"/api/search?q=bao&version={hidden}"))[0] == 404


async def test_all_papers_come_as_one_with_an_outline_by_the_agenda(join: Join, province: Province) -> None:
    secretary, an = await join("secretary"), await join("an")
    assert (await read(an, "/api/pack"))[0] == 404
    await add_approved(secretary, item=province.items[1], title="Đề cương thảo luận")
    await add_approved(secretary, key="file-0002", title="Quy chế làm việc", content=pdf("Quy che"))
    await add_approved(secretary, key="file-0003", title="Nhân sự", confidential=True)
    await add_ready(secretary, key="file-0004", title="Chưa duyệt")
    status, whole, headers = await read(an, "/api/pack")
    assert (status, headers["Content-Type"]) == (200, "application/pdf")
    with pikepdf.open(io.BytesIO(whole)) as pack, pack.open_outline() as outline:
        assert len(pack.pages) == 3
        listed = [(top.title, [one.title for one in top.children]) for top in outline.root]
        assert listed == [
            ("For the whole meeting", ["Quy chế làm việc"]),
            ("2. Thảo luận", ["Đề cương thảo luận"]),
        ]


async def test_a_note_stays_with_its_writer(join: Join) -> None:
    secretary, an, wall = await join("secretary"), await join("an"), await join("wall")
    version = await add_approved(secretary, audience="everybody")

    async def write(person: Person, page: str, text: str) -> int:
        async with person.http.put(f"/api/notes/{version}/{page}", json={"text": text}) as response:
            return response.status

    assert await write(an, "2", "Hỏi lại số liệu quý II") == 204
    assert (await an.get(f"/api/notes/{version}"))[1] == {"notes": [{"page": 2, "text": "Hỏi lại số liệu quý II"}]}
    assert (await secretary.get(f"/api/notes/{version}"))[1] == {"notes": []}
    assert [await write(an, page, "x") for page in ("3", "x", "-1")] == [400, 404, 404]
    assert await write(wall, "1", "x") == 403
    assert not [push for push in secretary.pushes if "note" in push.get("name", "")]


async def test_what_a_version_changed_is_told_to_who_may_read_both(join: Join) -> None:
    secretary, an = await join("secretary"), await join("an")
    first = await add_approved(secretary, content=pdf("Co mat 380 dai bieu", "Phu luc"))
    paper = (await told(secretary, "version_approved", first))["id"]
    second = await add_ready(secretary, content=pdf("Co mat 391 dai bieu", "Phu luc"), key="file-0002", document=paper)
    address = f"/api/papers/{second}/changes?since={first}"
    assert (await read(an, address))[0] == 404  # the newer one waits for approval
    assert (await secretary.command("approve_version", version=second))["ok"]
    await told(an, "version_approved", second)
    status, body = await an.get(address)
    assert status == 200
    found = as_type(body, PaperChanges)
    assert [(piece.kind, piece.text, piece.page) for piece in found.pieces] == [
        ("same", "Co mat", 1),
        ("removed", "380", 1),
        ("added", "391", 1),
        ("same", "dai bieu", 1),
    ]
    other = await add_approved(secretary, key="file-0003")
    for of, since in ((first, second), (first, first), (second, other), (second, "none")):
        assert (await read(secretary, f"/api/papers/{of}/changes?since={since}"))[0] == 404


async def test_who_may_not_upload_does_not_wait_for_the_writer(join: Join) -> None:
    an = await join("an")
    async with while_nobody_writes():
        refused = await an.post("/api/uploads", {"key": "file-0001", "size": 9, "title": "Báo cáo"})
    assert (refused[0], refused[1]["code"]) == (403, "not_allowed")


async def test_one_person_announces_so_many_files_and_no_more(join: Join) -> None:
    an, secretary = await join("an"), await join("secretary")
    body = {"key": "file-0001", "size": 9, "title": "Báo cáo"}
    codes = [(await an.post("/api/uploads", body))[1]["code"] for _ in range(ANNOUNCED_BURST + 10)]
    assert "too_many" in codes[ANNOUNCED_BURST:] and set(codes[:ANNOUNCED_BURST]) == {"not_allowed"}
    assert (await secretary.post("/api/uploads", body))[0] == 200


async def test_a_disk_without_room_takes_no_file(join: Join, monkeypatch: pytest.MonkeyPatch) -> None:
    secretary = await join("secretary")
    monkeypatch.setattr("signaling.files.RESERVE", 2**60)
    status, problem = await secretary.post("/api/uploads", {"key": "file-0001", "size": 9, "title": "Báo cáo"})
    assert (status, problem["code"]) == (507, "no_room")


async def test_a_paper_that_the_disk_has_lost_says_so(join: Join, service: Service) -> None:
    secretary = await join("secretary")
    kept = await add_ready(secretary, key="file-0001", title="Còn")
    content = pdf("Da mat", "Bao cao")
    lost = await add_ready(secretary, content=content, key="file-0002", title="Mất")
    document = (await told(secretary, "version_converted", lost))["id"]
    newer = await add_ready(secretary, key="file-0003", document=document)
    shutil.rmtree(Files(service.settings.files_folder).pages(hashlib.sha256(content).hexdigest()))
    for path in ("", "/pages/1", "/text/1", "/file"):
        status, body, _ = await read(secretary, f"/api/papers/{lost}{path}")
        assert (status, msgspec.json.decode(body)["code"]) == (404, "file_missing"), path
    status, problem = await secretary.get(f"/api/papers/{newer}/changes?since={lost}")
    assert (status, problem["code"]) == (404, "file_missing")
    hits = (await secretary.get("/api/search?q=bao"))[1]["hits"]
    assert {hit["version"] for hit in hits} == {kept, newer}


async def test_a_file_that_is_gone_before_it_is_converted_says_so(join: Join, monkeypatch: pytest.MonkeyPatch) -> None:
    secretary = await join("secretary")
    drop = Files.drop

    def lose(self: Files, upload: str) -> None:
        drop(self, upload)
        self.file(hashlib.sha256(TWO_PAGES).hexdigest()).unlink()

    monkeypatch.setattr(Files, "drop", lose)
    paper = await told(secretary, "version_failed", await add_paper(secretary))
    assert paper["versions"][0]["problem"] == "missing"


async def test_who_may_see_the_page_sees_where_the_presenter_points(join: Join) -> None:
    chair, secretary, an, wall = [await join(name) for name in ("chair", "secretary", "an", "wall")]
    version = await add_approved(secretary, audience="delegates")
    assert (await chair.command("show_page", version=version, page=1))["ok"]
    for x in range(5):
        assert (await chair.media("point", version=version, page=1, at={"x": x, "y": 40.5}))["ok"]
    moved = await an.until(lambda push: push["type"] == "pointer" and push["at"]["x"] == 4)
    as_type(moved, AnyPush)
    assert sum(push["type"] == "pointer" for push in an.pushes) < 5  # places between were passed over
    assert (await chair.media("point", version=version, page=2, at=None))["ok"]  # of a page that was turned
    assert (await chair.media("point", version=version, page=1, at=None))["ok"]
    await an.until(lambda push: push["type"] == "pointer" and push["at"] is None)
    assert (await an.media("point", version=version, page=1, at=None))["problem"]["code"] == "not_allowed"
    outside = {"x": -1, "y": 20_000}
    assert (await chair.media("point", version=version, page=1, at=outside))["problem"]["code"] == "malformed"
    assert not [push for push in wall.pushes if push["type"] == "pointer"]
    assert (await chair.command("stop_showing"))["ok"]
    answer = await chair.media("point", version=version, page=1, at=None)
    assert answer["problem"]["code"] == "not_allowed"


async def test_of_a_large_page_a_small_one_comes_first(join: Join) -> None:
    secretary, an = await join("secretary"), await join("an")
    scan = Image.effect_noise((900, 1270), 40).convert("RGB")
    out = io.BytesIO()
    scan.save(out, "JPEG", quality=80)
    large, text = await add_approved(secretary, content=out.getvalue()), await add_approved(secretary, key="file-0002")
    first = (await read(an, f"/api/papers/{large}/pages/1?size=first"))[1]
    sharp = (await read(an, f"/api/papers/{large}/pages/1"))[1]
    assert len(first) < 50_000 < len(sharp)
    same = [(await read(an, f"/api/papers/{text}/pages/1{size}"))[1] for size in ("", "?size=first")]
    assert same[0] == same[1]

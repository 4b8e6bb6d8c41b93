"""A restricted paper as a file says whose it is; others take none."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2

from signaling import app, confined
from signaling.files import MARKED_KEPT
from tests.signaling.conftest import Join, Person, Service
from tests.signaling.papers import add_approved, read
from tests.signaling.waiting import until


def texts(content: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as whole:
        assert whole.check_pdf_syntax() == []
    opened = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded() for page in opened]
    finally:
        opened.close()


async def test_who_takes_a_restricted_paper_takes_it_with_their_name(join: Join) -> None:
    chair, secretary, an = [await join(name) for name in ("chair", "secretary", "an")]
    open_to_all = await add_approved(secretary, title="Quy chế")
    restricted = await add_approved(secretary, key="file-0002", title="Nhân sự", confidential=True)
    names: dict[Person, str] = {}
    for person in (chair, secretary):
        names[person] = (await person.get("/api/me"))[1]["name"]
        status, content, headers = await read(person, f"/api/papers/{restricted}/file")
        assert (status, headers["Cache-Control"]) == (200, "no-store")
        assert all(f"{names[person]} · " in text for text in texts(content))
        plain = (await read(person, f"/api/papers/{open_to_all}/file"))[1]
        assert not any(names[person] in text for text in texts(plain))
    assert (await read(an, f"/api/papers/{restricted}/file"))[0] == 404
    pack = texts((await read(chair, "/api/pack"))[1])
    assert [names[chair] in text for text in pack] == [False, False, True, True]
    assert len(texts((await read(an, "/api/pack"))[1])) == 2


async def test_what_cannot_be_marked_is_not_given_out_and_nobody_takes_too_many(join: Join, monkeypatch) -> None:
    secretary = await join("secretary")
    restricted = await add_approved(secretary, title="Nhân sự", confidential=True)
    real = confined.run

    async def too_hard(module: str, *arguments: str, **how: object) -> int | None:
        return None if module in ("converter.marking", "converter.pack") else await real(module, *arguments, **how)

    monkeypatch.setattr(confined, "run", too_hard)
    for path in (f"/api/papers/{restricted}/file", "/api/pack"):
        status, problem = await secretary.get(path)
        assert (status, problem["code"]) == (422, "not_marked")
    for _ in range(4):
        await secretary.get(f"/api/papers/{restricted}/file")
    assert (await secretary.get(f"/api/papers/{restricted}/file"))[0] == 429


async def test_files_that_bear_a_name_do_not_pile_up(join: Join, service: Service, monkeypatch) -> None:
    monkeypatch.setattr(app, "FORGET_EVERY_S", 0.02)
    await service.stop()
    await service.start()
    secretary = await join("secretary")
    restricted = await add_approved(secretary, title="Nhân sự", confidential=True)
    for path in (f"/api/papers/{restricted}/file", "/api/pack"):
        assert (await read(secretary, path))[0] == 200
    marked = service.settings.files_folder / "marked"
    assert len(list(marked.glob("*.pdf"))) == 2
    service.clock.push(MARKED_KEPT.total_seconds() + 1)
    await until(lambda: not list(marked.iterdir()))


async def test_none_is_made_on_a_disk_without_room(join: Join, monkeypatch) -> None:
    secretary = await join("secretary")
    restricted = await add_approved(secretary, title="Nhân sự", confidential=True)
    monkeypatch.setattr("signaling.files.RESERVE", 2**60)
    for path in (f"/api/papers/{restricted}/file", "/api/pack"):
        status, problem = await secretary.get(path)
        assert (status, problem["code"]) == (507, "no_room")

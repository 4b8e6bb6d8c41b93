"""A restricted page bears the name of who looks in the picture itself, and can still be read."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageChops

from signaling.mark import Marks, marked, words_for
from tests.signaling.conftest import Join
from tests.signaling.papers import add_approved, read

NOW = datetime(2026, 3, 2, 20, 5, tzinfo=UTC)


def page(width: int = 1080, height: int = 1527) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "WEBP", lossless=True)
    return out.getvalue()


def opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("RGB")


def test_the_words_are_the_name_with_all_its_marks_and_the_time_in_vietnam() -> None:
    assert words_for("Nguyễn Thị Mẩy", NOW) == "Nguyễn Thị Mẩy · 03/03/2026 03:05"


def test_they_are_everywhere_on_the_page_and_hide_nothing() -> None:
    picture = opened(marked(page(), "Nguyễn Thị Mẩy · 03/03/2026 03:05"))
    assert picture.size == (1080, 1527)
    for left in range(0, 1080, 360):  # whatever part of it is cut out
        for top in range(0, 1527, 509):
            part = picture.crop((left, top, left + 360, top + 509)).convert("L")
            darkest, _ = part.getextrema()
            assert 150 < darkest < 245


def test_another_reader_gets_another_picture() -> None:
    first, second = (opened(marked(page(), words)) for words in ("Lò Thị Mẩy", "Trần Quốc Bảo"))
    assert ImageChops.difference(first, second).getbbox() is not None
    assert opened(marked(page(180, 254), "Lò Thị Mẩy")).size == (180, 254)


async def test_what_was_made_last_is_kept(tmp_path: Path) -> None:
    (tmp_path / "1.webp").write_bytes(page())
    marks = Marks()
    first = await marks.of(tmp_path / "1.webp", "Lò Thị Mẩy")
    (tmp_path / "1.webp").unlink()
    assert await marks.of(tmp_path / "1.webp", "Lò Thị Mẩy") is first


async def test_each_reader_of_a_restricted_page_gets_their_own(join: Join) -> None:
    secretary, an, binh = [await join(name) for name in ("secretary", "an", "binh")]
    open_to_all = await add_approved(secretary)
    restricted = await add_approved(secretary, key="file-0002", confidential=True)
    plain = (await read(an, f"/api/papers/{open_to_all}/pages/1"))[1]
    pictures = []
    for person in (an, binh):
        status, picture, headers = await read(person, f"/api/papers/{restricted}/pages/1")
        assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "image/webp", "no-store")
        pictures.append(picture)
    assert len({plain, *pictures}) == 3
    assert (await read(an, f"/api/papers/{restricted}/pages/9"))[0] == 404

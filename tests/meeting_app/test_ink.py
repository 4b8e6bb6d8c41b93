"""Strokes are one's own, drawn once, and stay on the page."""

import pytest

from meeting_app import documents
from meeting_app.documents import Stroke, ink
from meeting_app.errors import BadInput, InkFull, NotFound
from tests.meeting_app.hall import Hall
from tests.meeting_app.papers import approved_in

LINE = Stroke("stroke-0001", "pen", (100, 200, 5, -3, 0, 7))


async def on(hall: Hall, who, version: str, page: int = 1) -> list[Stroke]:
    async with hall.db.reading() as session:
        return await documents.ink_on(session, who.participant, version, page)


async def test_a_stroke_sent_twice_is_drawn_once_for_who_drew_it_alone(hall: Hall):
    version = await approved_in(hall)
    for _ in range(2):
        await hall.does(documents.draw, hall.an, version, 1, LINE)
    await hall.does(documents.draw, hall.binh, version, 1, Stroke("stroke-0001", "marker", (1, 1)))
    assert await on(hall, hall.an, version) == [LINE]
    assert await on(hall, hall.an, version, 2) == []
    assert [one.tool for one in await on(hall, hall.binh, version)] == ["marker"]


async def test_a_stroke_is_taken_back_by_who_drew_it(hall: Hall):
    version = await approved_in(hall)
    await hall.does(documents.draw, hall.an, version, 1, LINE)
    await hall.does(lambda session, actor, now: documents.rub_out(session, actor, LINE.id), hall.binh)
    assert await on(hall, hall.an, version) == [LINE]
    for _ in range(2):
        await hall.does(lambda session, actor, now: documents.rub_out(session, actor, LINE.id), hall.an)
    assert await on(hall, hall.an, version) == []


@pytest.mark.parametrize(
    ("page", "stroke"),
    [
        (9, LINE),
        (0, LINE),
        (1, Stroke("stroke-0001", "brush", (1, 1))),
        (1, Stroke("stroke-0001", "pen", ())),
        (1, Stroke("stroke-0001", "pen", (1, 2, 3))),
        (1, Stroke("stroke-0001", "pen", (1, 1, -2, 0))),
        (1, Stroke("stroke-0001", "pen", (ink.FARTHEST, 1, 1, 0))),
        (1, Stroke("stroke-0001", "pen", (1, 1) * (ink.LONGEST_STROKE + 1))),
    ],
)
async def test_what_is_no_stroke_on_the_page(hall: Hall, page: int, stroke: Stroke):
    version = await approved_in(hall)
    with pytest.raises(BadInput):
        await hall.does(documents.draw, hall.an, version, page, stroke)


@pytest.mark.parametrize(("limit", "page"), [("STROKES_A_PAGE", 1), ("STROKES_A_MEETING", 2)])
async def test_ink_has_an_end(hall: Hall, monkeypatch: pytest.MonkeyPatch, limit: str, page: int):
    monkeypatch.setattr(ink, limit, 1)
    version = await approved_in(hall)
    for who in (hall.binh, hall.an):
        await hall.does(documents.draw, who, version, 1, LINE)
    with pytest.raises(InkFull):
        await hall.does(documents.draw, hall.an, version, page, Stroke("stroke-0002", "pen", (1, 1)))
    await hall.does(documents.draw, hall.an, version, 1, LINE)  # sent again, it is there


async def test_who_may_not_read_draws_nothing(hall: Hall):
    version = await approved_in(hall, audience="leaders")
    with pytest.raises(NotFound):
        await hall.does(documents.draw, hall.an, version, 1, LINE)

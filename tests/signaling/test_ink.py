"""Ink over real HTTP: sent twice it is drawn once, and the others see nothing of it."""

from __future__ import annotations

from signaling.messages import PageInk
from tests.signaling.conftest import Join, Person, as_type
from tests.signaling.test_papers import add_approved

STROKE = {"tool": "pen", "points": [720, 965, 14, -3]}


async def put(person: Person, path: str, stroke: object) -> int:
    async with person.http.put(path, json=stroke) as response:
        return response.status


async def rub_out(person: Person, path: str) -> int:
    async with person.http.delete(path) as response:
        return response.status


async def strokes(person: Person, path: str) -> PageInk:
    status, body = await person.get(path)
    assert status == 200
    return as_type(body, PageInk)


async def test_what_one_draws_is_there_after_a_reload_and_after_the_meeting(join: Join) -> None:
    chair, secretary, an, binh = [await join(name) for name in ("chair", "secretary", "an", "binh")]
    page = f"/api/ink/{await add_approved(secretary)}/1"
    for _ in range(2):
        assert await put(an, f"{page}/stroke-0001", STROKE) == 204
    longest = {"tool": "marker", "points": [14_000, 14_000] + [-99, 99] * 2 + [-1, 1] * 397}
    assert await put(an, f"{page}/stroke-0002", longest) == 204
    drawn = await strokes(an, page)
    assert [(one.id, one.tool) for one in drawn.strokes] == [("stroke-0001", "pen"), ("stroke-0002", "marker")]
    assert (await strokes(binh, page)).strokes == ()
    for _ in range(2):
        assert await rub_out(an, f"{page}/stroke-0002") == 204
    assert (await chair.command("set_state", state="closed"))["ok"]
    assert [one.id for one in (await strokes(an, page)).strokes] == ["stroke-0001"]
    assert await put(an, f"{page}/stroke-0003", STROKE) == 410


async def test_what_cannot_be_drawn(join: Join) -> None:
    secretary, an = await join("secretary", connect=True), await join("an")
    version = await add_approved(secretary)
    for path, stroke, status in (
        (f"/api/ink/{version}/9/stroke-0001", STROKE, 400),
        (f"/api/ink/{version}/1/short", STROKE, 404),
        (f"/api/ink/{version}/1/stroke-0001", {"tool": "brush", "points": [1, 2]}, 400),
        (f"/api/ink/{version}/1/stroke-0001", {"tool": "pen", "points": [1]}, 400),
        ("/api/ink/none/1/stroke-0001", STROKE, 404),
    ):
        assert await put(an, path, stroke) == status, (path, stroke)

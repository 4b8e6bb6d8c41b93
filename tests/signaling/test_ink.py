"""Ink over real HTTP: sent twice it is drawn once, and the others see nothing of it."""

from __future__ import annotations

import pytest

from meeting_app.documents import ink
from signaling.http import notes
from signaling.messages import PageInk
from tests.signaling.conftest import Join, Person, Service, as_type, while_nobody_writes
from tests.signaling.papers import add_approved

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


async def test_the_last_stroke_is_told_in_a_sentence(join: Join, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ink, "STROKES_A_MEETING", 0)
    secretary, an = await join("secretary"), await join("an")
    version = await add_approved(secretary)
    async with an.http.put(f"/api/ink/{version}/1/stroke-0001", json=STROKE) as response:
        problem = await response.json()
    assert (response.status, problem["code"], "Erase" in problem["message"]) == (400, "ink_full", True)


@pytest.fixture
def small_bursts(monkeypatch: pytest.MonkeyPatch) -> None:
    for of in ("NOTES", "STROKES"):
        monkeypatch.setattr(notes, f"{of}_BURST", 2)
        monkeypatch.setattr(notes, f"{of}_PER_S", 1 / 60)


@pytest.mark.usefixtures("small_bursts")  # before the service begins
async def test_one_person_writes_so_much_and_no_more(join: Join, service: Service) -> None:
    an, binh, wall = await join("an"), await join("binh"), await join("wall")
    note, stroke = "/api/notes/none/1", "/api/ink/none/1/stroke-0001"
    for ask, done in (
        (lambda who: put(who, note, {"text": "Hỏi lại"}), 404),
        (lambda who: rub_out(who, stroke), 204),
    ):
        assert [await ask(an) for _ in range(3)] == [done, done, 429]
        assert [await ask(binh), await ask(wall)] == [done, 403]
    service.clock.push(60)
    assert await rub_out(an, stroke) == 204


async def test_what_is_not_there_is_rubbed_out_without_the_writer(join: Join) -> None:
    secretary, an = await join("secretary"), await join("an")
    page = f"/api/ink/{await add_approved(secretary)}/1"
    assert await put(an, f"{page}/stroke-0001", STROKE) == 204
    async with while_nobody_writes():
        assert await rub_out(an, f"{page}/stroke-0002") == 204
    assert [one.id for one in (await strokes(an, page)).strokes] == ["stroke-0001"]


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

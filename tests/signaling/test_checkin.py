"""Checking in at the hall: by its code, by one's own, and with a telephone that only accompanies."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Callable

import openpyxl
import pytest

from meeting_app import invitations, sites
from meeting_app.acting import Actor
from signaling.database import open_database
from signaling.messages import AttendanceSheet, CheckedIn, HallCode
from signaling.settings import Settings
from tests.signaling.conftest import NOW, Join, Person, Province, Service, as_type
from tests.signaling.worker import FakeWorker

SITE = "Điểm cầu xã Đông"


@pytest.fixture
async def site(settings: Settings, province: Province, service: Service) -> AsyncIterator[str]:
    """A site of the meeting; `dong` is who operates its screen."""
    database = await open_database(settings)
    async with database.writing() as session:
        system = Actor(province.meeting)
        data = (await sites.add_site(session, system, SITE, NOW, capacity=30)).data
        province.ids["dong"] = data["operator"]["id"]
        province.tokens["dong"] = await invitations.issue_link(session, system, province.ids["dong"], NOW)
    await database.close()
    yield data["site"]["id"]


async def code_of(person: Person, query: str = "") -> str:
    status, body = await person.get(f"/api/check-in/code{query}")
    assert status == 200, body
    return as_type(body, HallCode).link.rpartition("/")[2]


async def scan(person: Person, code: str, key: str = "scan-00000001") -> tuple[int, dict]:
    return await person.post("/api/check-in", {"code": code, "key": key})


async def test_who_scans_again_because_the_answer_of_the_database_was_lost_is_shown_to_all(
    join: Join, province: Province, lose_next: Callable[[], None]
) -> None:
    secretary, an = await join("secretary"), await join("an")
    code = await code_of(secretary)
    lose_next()
    status, body = await scan(an, code)
    assert (status, body["code"]) == (503, "not_recorded")
    assert (await scan(an, code))[0] == 200
    came = await secretary.until(lambda push: push.get("data", {}).get("method") == "qr")
    assert came["data"]["participant"] == province.ids["an"]


async def test_who_scans_the_code_of_a_site_sits_there_and_is_told_so(
    site: str, join: Join, province: Province, service: Service
) -> None:
    secretary, operator, an = await join("secretary"), await join("dong"), await join("an")
    code = await code_of(operator)
    assert code == await code_of(secretary, f"?site={site}") != await code_of(secretary)
    status, body = await scan(an, code)
    told = as_type(body, CheckedIn)
    assert (status, told.name, told.site, told.again) == (200, "an", SITE, False)
    came = await secretary.until(lambda push: push.get("data", {}).get("method") == "qr")
    assert came["data"] == {"participant": province.ids["an"], "how": "in_person", "method": "qr", "site": site}
    service.clock.push(5)
    _, repeated = await scan(an, code)
    assert repeated == body, "the same key gets the same answer"
    _, again = await scan(an, code, "scan-00000002")
    assert (again["again"], again["at"]) == (True, told.at)


async def test_a_code_that_is_old_strange_or_for_others_says_so(
    site: str, join: Join, province: Province, service: Service
) -> None:
    wall, an, stranger = await join("wall"), await join("an"), await join("stranger")
    code = await code_of(wall)
    assert (await an.get("/api/check-in/code"))[1]["code"] == "not_allowed"
    assert (await scan(stranger, code))[1]["code"] == "no_session"
    assert (await scan(an, "no-code"))[1]["code"] == "bad_link"
    assert (await scan(wall, code))[1]["code"] == "not_allowed"
    service.clock.push(120)
    assert (await scan(an, code))[1]["code"] == "code_expired"
    async with an.http.get(f"/c/{code}") as page:
        assert page.status == 200
    async with an.http.get("/api/qr", params={"link": f"{service.url}/c/{code}"}) as drawn:
        assert drawn.content_type == "image/svg+xml"


async def test_twice_is_said_and_who_was_here_is_not_replaced(join: Join, province: Province) -> None:
    secretary, an, binh, wall = await join("secretary"), await join("an"), await join("binh"), await join("wall")
    named = {"participant": province.ids["an"], "name": "Vi Văn Thế"}
    assert (await secretary.command("name_substitute", **named))["problem"]["code"] == "seat_taken"
    assert (await scan(binh, await code_of(wall)))[0] == 200
    assert (await secretary.command("check_in_at_hall", participant=province.ids["binh"]))["problem"]["code"] == (
        "already_here"
    )
    link = f"https://hop.example.vn/v/{province.tokens['an']}"
    assert (await secretary.command("check_in_by_link", link=link))["ok"]
    assert (await secretary.command("check_in_by_link", link=link))["problem"]["code"] == "already_here"
    assert (await an.command("check_in_by_link", link=link))["problem"]["code"] == "not_allowed"


async def test_a_site_operator_sees_the_site_and_reaches_no_other(site: str, join: Join, province: Province) -> None:
    operator, secretary = await join("dong"), await join("secretary")
    assert (await operator.command("check_in_at_hall", participant=province.ids["binh"]))["ok"]
    came = await secretary.until(lambda push: push.get("data", {}).get("method") == "on_behalf")
    assert came["data"]["site"] == site
    assert (await operator.command("remove_participant", participant=province.ids["binh"]))["problem"]["code"] == (
        "not_allowed"
    )


async def test_the_sheet_is_told_to_those_who_lead_and_written_for_excel(
    site: str, join: Join, province: Province
) -> None:
    secretary, an = await join("secretary"), await join("an")
    await scan(an, await code_of(secretary, f"?site={site}"))
    assert (await an.get("/api/attendance"))[0] == 403
    status, body = await secretary.get("/api/attendance")
    sheet = as_type(body, AttendanceSheet)
    assert (status, sheet.present, sheet.convened) == (200, 1, 3)
    assert {line.name: line.method for line in sheet.lines}["an"] == "qr"
    async with secretary.http.get("/api/attendance.xlsx") as response:
        book = openpyxl.load_workbook(io.BytesIO(await response.read()))
    rows = [[cell.value for cell in row] for row in book["Điểm danh"].iter_rows()]
    line = next(row for row in rows if row[1] == "an")
    assert line[5:8] == [SITE, "Trực tiếp", "Quét mã QR"]
    assert book["Theo điểm cầu"]["B2"].value == 1


async def test_a_companion_has_no_place_in_the_room(
    site: str, join: Join, province: Province, worker: FakeWorker
) -> None:
    an = await join("an")
    assert (await an.offer())["ok"]
    assert (await an.media("companion", on=True))["ok"]
    assert (await an.until(lambda push: push["type"] == "permit" and push["publish"] == []))["publish"] == []
    assert province.ids["an"] not in worker.rooms[province.meeting]
    assert (await an.offer())["problem"]["code"] == "companion"
    assert (await an.command("say", text="Tôi ngồi tại hội trường"))["ok"]
    assert (await an.media("companion", on=False))["ok"]
    assert (await an.offer())["ok"]


async def test_who_has_the_floor_at_a_site_speaks_through_its_microphone(
    site: str, join: Join, province: Province
) -> None:
    chair, operator, an = await join("chair"), await join("dong"), await join("an")
    await scan(an, await code_of(operator))
    assert (await chair.command("give_floor", participant=province.ids["an"]))["ok"]
    allowed = await operator.until(lambda push: push["type"] == "permit" and "microphone" in push["publish"])
    assert allowed["publish"] == ["camera", "microphone", "screen"]
    assert (await chair.command("take_floor"))["ok"]
    await operator.until(lambda push: push["type"] == "permit" and push["publish"] == ["camera"])

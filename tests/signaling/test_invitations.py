"""From the letter that goes out to the answers that come in, over real sockets."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pypdf
import pytest
from icalendar import Calendar

from meeting_app import delivery
from meeting_app.errors import NotRecorded
from signaling.messages import AnyPush, Followed, GuestList, SubstituteNamed
from signaling.settings import Settings
from tests.signaling.conftest import Join, Person, Province, Service, as_type, seed
from tests.signaling.worker import FakeWorker

LETTER = {
    "number": "5/GM-MTTQ-BTT",
    "above": "",
    "body": "Ủy ban MTTQ Việt Nam tỉnh Lam Sơn",
    "town": "Lam Sơn",
    "dated": "2026-02-05",
    "note": "",
    "powers": "TM. Ban Thường trực",
    "signer_title": "Chủ tịch",
    "signer": "Phạm Thu Hà",
}


@pytest.fixture
async def province(settings: Settings) -> AsyncIterator[Province]:
    """The meeting before its letters are out."""
    yield await seed(settings, state="approved")


async def goes_out(secretary: Person) -> None:
    assert (await secretary.command("write_letter", words=LETTER))["ok"]
    assert (await secretary.command("invite"))["ok"]


async def guests(person: Person) -> GuestList:
    status, body = await person.get("/api/guests")
    assert status == 200, body
    return as_type(body, GuestList)


async def test_the_secretary_writes_the_letter_and_it_goes_out(join: Join, province: Province) -> None:
    secretary, an = await join("secretary"), await join("an")
    before = await guests(secretary)
    assert not before.is_written and not before.sends_mail and before.words.body == "Tỉnh Lam Sơn"
    assert (await secretary.command("invite"))["problem"]["code"] == "no_letter"
    assert (await secretary.command("write_letter", words={**LETTER, "dated": "hôm nay"}))["problem"]["code"] == (
        "bad_input"
    )
    address = {"participant": province.ids["binh"], "email": "binh@example.org"}
    assert (await secretary.command("set_address", **address)) == {"ok": True}
    await goes_out(secretary)
    assert (await an.until("state_changed"))["data"] == {"from": "approved", "to": "invited", "mails": 1}
    listed = {guest.participant: guest for guest in (await guests(secretary)).guests}
    assert listed[province.ids["binh"]].email == "binh@example.org"
    assert listed[province.ids["binh"]].mail == "waiting"
    assert (await an.get("/api/guests"))[0] == 403
    assert (await an.command("invite"))["problem"]["code"] == "not_allowed"


async def test_a_link_shows_the_invitation_without_being_used(join: Join, province: Province) -> None:
    secretary, guest = await join("secretary"), await join("somebody")
    await goes_out(secretary)
    token = {"token": await link_of(secretary, province.ids["binh"])}
    status, body = await guest.post("/api/link", token)
    followed = as_type(body, Followed)
    shown = followed.invitation
    assert followed.entered is None
    assert (status, shown.name, shown.answer, shown.state) == (200, "binh", "pending", "invited")
    assert shown.has_letter and shown.agenda == ("1. Khai mạc", "2. Thảo luận")
    assert (await guest.get("/api/me"))[0] == 401
    assert (await guest.post("/api/enter", token))[0] == 200
    status, body = await guest.post("/api/link", {"token": "made up"})
    assert (status, body["code"]) == (404, "bad_link")


async def test_once_the_doors_are_open_the_link_leads_in(join: Join, province: Province) -> None:
    chair, secretary = await join("chair"), await join("secretary")
    guest, other = await join("somebody"), await join("other")
    await goes_out(secretary)
    binh = province.ids["binh"]
    token = {"token": await link_of(secretary, binh)}
    assert (await chair.command("set_state", state="check_in"))["ok"]
    for _ in range(2):  # also again on the same device
        status, body = await guest.post("/api/link", token)
        followed = as_type(body, Followed)
        assert (status, followed.invitation) == (200, None)
        assert (followed.entered.place, followed.entered.name) == ("hall", "binh")
    assert (await guest.get("/api/me"))[0] == 200
    assert next(one.is_opened for one in (await guests(secretary)).guests if one.participant == binh)
    status, body = await other.post("/api/link", token)
    assert (status, body["code"]) == (409, "used_link")


async def test_the_link_of_a_screen_leads_in_before_the_doors_are_open(join: Join, province: Province) -> None:
    status, body = await (await join("somebody")).post("/api/link", {"token": province.tokens["wall"]})
    assert (status, body["entered"]["place"]) == (200, "wall")


async def test_an_answer_is_seen_at_once_and_its_reason_by_those_who_lead(join: Join, province: Province) -> None:
    secretary = await join("secretary")
    await goes_out(secretary)
    guest = await join("somebody")
    token = await link_of(secretary, province.ids["an"])
    said = {"token": token, "key": "phone-0001", "answer": "declined", "reason": "Đi công tác"}
    for _ in range(2):  # the same again is the same
        status, body = await guest.post("/api/invitation/answer", said)
        assert (status, body["answer"], body["reason"]) == (200, "declined", "Đi công tác")
    told = await secretary.until("invitation_answered")
    as_type(told, AnyPush)
    assert told["data"] == {"participant": province.ids["an"], "answer": "declined"}
    listed = {one.participant: one for one in (await guests(secretary)).guests}
    assert listed[province.ids["an"]].reason == "Đi công tác"
    status, body = await guest.post("/api/invitation/answer", {**said, "key": "phone-0002", "reason": ""})
    assert (status, body["code"]) == (400, "bad_input")


async def test_whether_an_absence_is_agreed_to_is_told_to_those_who_lead(join: Join, province: Province) -> None:
    secretary, binh, wall = await join("secretary"), await join("binh"), await join("wall")
    await goes_out(secretary)
    whom = {"participant": province.ids["an"]}
    said = {**whom, "answer": "declined", "reason": "Ốm"}
    assert (await secretary.command("answer_invitation", **said))["ok"]
    assert (await secretary.command("decide_absence", **whom, excused=False))["ok"]
    assert (await secretary.until("absence_decided"))["data"] == {**whom, "excused": False}
    for other in (binh, wall):
        told = await other.until("withheld")
        assert (told["actor"], told["data"]) == (None, {})
    token = {"token": await link_of(secretary, province.ids["an"])}
    status, body = await (await join("somebody")).post("/api/link", token)
    assert (status, body["invitation"]["excused"]) == (200, False)


async def test_the_page_is_shown_also_while_the_look_cannot_be_noted(
    join: Join, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    secretary, guest = await join("secretary"), await join("somebody")
    await goes_out(secretary)
    an = province.ids["an"]
    token = {"token": await link_of(secretary, an)}

    async def is_busy(*_: object) -> None:
        raise NotRecorded("the database did not answer", "database")

    async def is_opened() -> bool:
        return next(one.is_opened for one in (await guests(secretary)).guests if one.participant == an)

    with monkeypatch.context() as while_busy:
        while_busy.setattr(delivery, "note_opened", is_busy)
        status, body = await guest.post("/api/link", token)
        assert (status, body["invitation"]["name"]) == (200, "an") and not await is_opened()
    await guest.post("/api/link", token)
    assert await is_opened()


async def test_a_substitute_gets_the_seat_and_a_link_to_hand_on(join: Join, province: Province) -> None:
    secretary, an = await join("secretary"), await join("an")
    await goes_out(secretary)
    guest = await join("somebody")
    said = {"token": province.tokens["an"], "key": "phone-0001", "name": "Vi Văn Thế", "title": "Phó Chủ tịch"}
    links = set()
    for _ in range(2):
        status, body = await guest.post("/api/invitation/substitute", said)
        named = as_type(body, SubstituteNamed)
        assert (status, named.name, named.is_mailed) == (200, "Vi Văn Thế", False)
        links.add(named.link)
    (link,) = links
    assert (await an.until("ended"))["reason"] == "removed"
    replaced = await secretary.until("participant_replaced")
    as_type(replaced, AnyPush)
    assert replaced["data"]["participant"] == province.ids["an"]
    status, body = await guest.post("/api/link", {"token": said["token"]})
    assert (body["invitation"]["answer"], body["invitation"]["substitute"]) == ("substituted", "Vi Văn Thế")
    status, body = await guest.post("/api/enter", {"token": urlsplit(link).path.removeprefix("/v/")})
    assert (status, body["name"], body["role"]) == (200, "Vi Văn Thế", "delegate")
    await guest.connect()
    assert (await guest.until("welcome"))["me"] == replaced["data"]["substitute"]["id"]


async def test_the_letter_and_the_calendar_are_given_to_who_has_the_link(
    join: Join, province: Province, service: Service
) -> None:
    secretary = await join("secretary")
    guest = await join("somebody")
    token = {"token": province.tokens["binh"]}
    status, body = await guest.post("/api/invitation/letter", token)
    assert (status, body["code"]) == (400, "no_letter")
    await goes_out(secretary)
    token = {"token": await link_of(secretary, province.ids["binh"])}
    async with guest.http.post("/api/invitation/letter", json=token) as response:
        assert (response.status, response.content_type) == (200, "application/pdf")
        text = pypdf.PdfReader(io.BytesIO(await response.read())).pages[0].extract_text()
    assert f"{service.url}/v/{token['token']}" in text and "binh" in text
    async with guest.http.post("/api/invitation/calendar", json=token) as response:
        assert (response.status, response.content_type) == (200, "text/calendar")
        (event,) = Calendar.from_ical(await response.read()).walk("VEVENT")
    assert event["summary"] == "Hội nghị thử"


async def test_the_secretary_prints_a_letter_of_this_meeting_only(join: Join, province: Province) -> None:
    secretary, an = await join("secretary"), await join("an")
    await goes_out(secretary)
    assert (await an.get(f"/api/guests/{province.ids['binh']}/letter"))[0] == 403
    status, body = await secretary.get("/api/guests/nobody/letter")
    assert (status, body["code"]) == (404, "not_found")


async def link_of(secretary: Person, participant: str) -> str:
    """The token in somebody's letter, read from the paper that the secretary prints."""
    async with secretary.http.get(f"/api/guests/{participant}/letter") as response:
        assert response.status == 200, await response.text()
        text = pypdf.PdfReader(io.BytesIO(await response.read())).pages[0].extract_text()
    return text.rpartition("/v/")[2].split()[0]


@pytest.fixture(autouse=True)
def _at_work(worker: FakeWorker) -> None:
    """A worker answers, as in every hall."""


async def test_who_gave_the_seat_away_is_told_so_at_the_door(join: Join, province: Province) -> None:
    secretary, an = await join("secretary"), await join("an")
    await goes_out(secretary)
    assert (await secretary.get("/api/check-in/code"))[1]["code"] == "check_in_closed"
    assert (await secretary.command("name_substitute", participant=province.ids["an"], name="Vi Văn Thế"))["ok"]
    status, body = await an.post("/api/check-in", {"code": "any", "key": "scan-00000001"})
    assert (status, body["code"]) == (403, "seat_given_away")

"""Surveys over real HTTP: written, opened, answered by a thousand, counted, reported."""

from __future__ import annotations

import asyncio
import io
import time
from typing import Any

import docx
import msgspec
import openpyxl
import pytest

from signaling.messages import Survey, SurveyForm, SurveyLinks, SurveyResults, Surveys
from signaling.settings import Settings
from tests.signaling.conftest import Person, Service, as_type
from tests.signaling.office.conftest import Officer, Offices, SignIn

QUESTIONS = [
    {"place": 1, "kind": "single", "text": "Công tác ở đâu?", "options": ["Xã", "Tỉnh"], "is_required": True},
    {"place": 2, "kind": "multiple", "text": "Cần gì?", "options": ["Máy tính", "Đường truyền", "Tập huấn"]},
    {"place": 3, "kind": "scale", "text": "Hài lòng", "options": ["Kém", "Tốt"], "steps": 5},
    {"place": 4, "kind": "text", "text": "Góp ý"},
]
KNOWN = dict(is_anonymous=True, questions=QUESTIONS)


@pytest.fixture
def burst() -> int:
    """Answers that one address may send at once."""
    return 1500


@pytest.fixture
def settings(settings: Settings, burst: int) -> Settings:
    return msgspec.structs.replace(settings, survey_answers_burst=burst)


async def opened(officer: Officer, offices: Offices, **other: Any) -> tuple[str, str]:
    """The path of an open survey, and the token of its open link."""
    new = {"key": "new-survey", "unit": offices.units["Tỉnh Lam Sơn"], "title": "Khảo sát", **KNOWN, **other}
    made = await officer.asks("surveys", **new)
    assert await officer.asks("surveys", **new) == made  # a retry
    at = f"surveys/{made['survey']}"
    seen = await officer.asks(f"{at}/open", key="open-it-1")
    return at, as_type(seen, Survey) and seen["url"].rpartition("/")[2]


def values(number: int) -> list[dict[str, Any]]:
    return [
        {"place": 1, "chosen": [number % 2]},
        {"place": 2, "chosen": [0, 2]},
        {"place": 3, "number": number % 5 + 1},
        {"place": 4, "text": "Thêm lớp"},
    ]


async def test_from_the_questions_to_the_reports(sign_in: SignIn, offices: Offices, house: Service) -> None:
    admin = await sign_in("admin")
    at, token = await opened(admin, offices, is_anonymous=False)
    form = {"token": token}
    person = Person(house)
    status, shown = await person.post("/api/survey", form)
    assert status == 200 and [one["kind"] for one in as_type(shown, SurveyForm) and shown["questions"]] == [
        "single",
        "multiple",
        "scale",
        "text",
    ]
    for number in range(2):
        answer = {**form, "key": f"answer-{number}", "name": f"Người {number}", "values": values(number)}
        for _ in range(2):  # a retry
            async with person.http.post("/api/survey/answer", json=answer) as response:
                assert response.status == 204

    asked = {"key": "links-0001", "names": ["Vi Thị An"]}
    links = as_type(await admin.asks(f"{at}/links", **asked), SurveyLinks).links
    assert as_type(await admin.asks(f"{at}/links", **asked), SurveyLinks).links == links  # a retry
    own = {"token": links[0].url.rpartition("/")[2]}
    assert (await person.post("/api/survey", own))[1]["name"] == "Vi Thị An"
    async with person.http.post("/api/survey/answer", json={**own, "key": "own-0001", "values": values(0)}) as done:
        assert done.status == 204
    again = await person.post("/api/survey/answer", {**own, "key": "own-0002", "values": values(0)})
    assert (again[0], again[1]["code"]) == (409, "survey_answered")

    entered = {"key": "entered-1", "name": "Bà Mẩy", "values": values(1)}
    seen = await admin.asks(f"{at}/answers", **entered)
    assert seen["by_way"] == {"open": 2, "personal": 1, "interviewer": 1}
    results = as_type(await admin.asks(f"{at}/results?by=1"), SurveyResults)
    assert [count.counts for count in results.counts[:2]] == [(2, 2), (4, 0, 4)]
    assert [group.size for group in results.groups[0].groups] == [2, 2]
    assert await admin.is_refused(f"{at}/results?by=4") == (400, "bad_input")
    async with admin.http.get(f"/api/office/{at}/excel?by=1") as response:
        book = openpyxl.load_workbook(io.BytesIO(await response.read()))
    assert book["Từng phiếu"].max_row == 5
    async with admin.http.get(f"/api/office/{at}/word") as response:
        assert docx.Document(io.BytesIO(await response.read())).tables
    assert not (await admin.asks(f"{at}/close", key="close-it-1"))["is_open"]
    closed = await person.post("/api/survey/answer", {**form, "key": "answer-9", "values": values(0)})
    assert (closed[0], closed[1]["code"]) == (410, "survey_closed")
    assert [line.answers for line in as_type(await admin.asks("surveys"), Surveys).surveys] == [4]
    await person.close()


async def test_a_thousand_answers_come_quickly_and_none_is_lost(
    sign_in: SignIn, offices: Offices, house: Service
) -> None:
    admin = await sign_in("admin")
    at, token = await opened(admin, offices, questions=QUESTIONS[:3], is_anonymous=False)
    person = Person(house)
    began, used = time.monotonic(), time.process_time()

    async def send(number: int) -> int:
        body = {"token": token, "key": f"answer-{number:05}", "values": values(number)[:3]}
        async with person.http.post("/api/survey/answer", json=body) as response:
            return response.status

    statuses = await asyncio.gather(*map(send, range(1000)))
    print(f"1000 answers in {time.monotonic() - began:.1f} s, {time.process_time() - used:.1f} s of a processor")
    assert set(statuses) == {204}
    results = as_type(await admin.asks(f"{at}/results"), SurveyResults)
    assert (results.answers, results.counts[0].counts) == (1000, (500, 500))
    await person.close()


@pytest.mark.parametrize("burst", [20])
async def test_one_address_answers_only_so_often(sign_in: SignIn, offices: Offices, house: Service, burst: int) -> None:
    person = Person(house)
    statuses = []
    for number in range(burst + 20):
        body = {"token": "nothing", "key": f"answer-{number:05}", "values": []}
        statuses.append((await person.post("/api/survey/answer", body))[0])
    assert set(statuses[:burst]) == {404} and statuses.count(429) > 5
    await person.close()


async def test_what_cannot_be_used_is_said(sign_in: SignIn, offices: Offices, house: Service) -> None:
    admin, clerk = await sign_in("admin"), await sign_in("clerk")
    at, token = await opened(admin, offices)
    person = Person(house)
    for body, refusal in (
        ({"token": token, "key": "answer-1", "values": []}, (400, "answer_missing", "questions.1")),
        (
            {"token": token, "key": "answer-1", "values": [{"place": 1, "chosen": [7]}]},
            (400, "bad_input", "questions.1"),
        ),
        ({"token": token, "key": "answer-1", "values": [{"place": 0}]}, (400, "malformed", None)),
        ({"token": "nothing", "key": "answer-1", "values": []}, (404, "survey_unknown", None)),
        (
            {"token": token, "key": "answer-1", "values": [{"place": n, "text": "x" * 8000} for n in range(1, 8)]},
            (413, "too_large", None),
        ),
    ):
        status, problem = await person.post("/api/survey/answer", body)
        assert (status, problem["code"], problem.get("field")) == refusal
    for path, body in (
        (at, {}),
        (f"{at}/results", {}),
        (f"{at}/close", {"key": "close-it-1"}),
        (f"{at}/answers", {"key": "answer-1", "values": []}),
        (f"{at}/links", {"key": "links-0001", "names": ["An"]}),
    ):
        assert await clerk.is_refused(path, **body) == (403, "out_of_reach"), path
    change = {"key": "write-it-1", "title": "Khác", "revision": 1, **KNOWN}
    assert await admin.is_refused(at, **change) == (409, "survey_opened")
    async with person.http.get("/api/qr", params={"link": f"{house.url}/ks/{token}"}) as response:
        assert response.status == 200
    await person.close()

"""A consultation over real HTTP: the draft is converted, units answer, the lead replies, the signer signs."""

from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pikepdf
import pypdf
import pytest

from meeting_app import audit
from signaling.database import open_as_it_is
from signaling.http.consultations import DRAFTS_BURST
from signaling.messages import Consultation, ConsultationChoices, Consultations
from signaling.settings import Settings
from tests.converter.files import pdf
from tests.signaling.conftest import as_type
from tests.signaling.office.conftest import Officer, Offices, SignIn
from tests.signaling.waiting import PATIENCE_S

DRAFT = pdf("Du thao nghi quyet", "Dieu 2")


def in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


DEADLINE = in_days(3)


def new(offices: Offices, **other: Any) -> dict[str, Any]:
    """The province asks both communes; the administrator signs."""
    return {
        "key": "new-consultation",
        "unit": offices.units["Tỉnh Lam Sơn"],
        "title": "Dự thảo Nghị quyết",
        "note": "Xin ý kiến toàn văn",
        "deadline": DEADLINE,
        "signer": offices.accounts["admin"],
        "units": [{"unit": offices.units["Xã A"], "email": "xa-a@lamson.example"}, {"unit": offices.units["Xã B"]}],
        **other,
    }


async def send_draft(officer: Officer, at: str, content: bytes = DRAFT, key: str = "draft-0001") -> tuple[int, Any]:
    async with officer.http.post(f"/api/office/{at}/drafts", params={"key": key}, data=content) as response:
        return response.status, await response.json()


async def converted(officer: Officer, at: str) -> dict[str, Any]:
    """The consultation once its newest draft is no longer being converted."""
    async with asyncio.timeout(PATIENCE_S):
        while (seen := await officer.asks(at))["drafts"][0]["state"] == "converting":  # noqa: ASYNC110 - a process
            await asyncio.sleep(0.05)
    return seen


async def read(officer: Officer, path: str) -> tuple[int, bytes]:
    async with officer.http.get(f"/api/office/{path}") as response:
        return response.status, await response.read()


async def asked(officer: Officer, offices: Offices) -> str:
    """The path of a consultation whose units are asked."""
    made = await officer.asks("consultations", **new(offices))
    at = f"consultations/{made['consultation']}"
    status, seen = await send_draft(officer, at)
    assert (status, seen["drafts"][0]["number"]) == (200, 1), seen
    seen = await converted(officer, at)
    assert (seen["drafts"][0]["state"], seen["drafts"][0]["pages"]) == ("ready", 2)
    seen = await officer.asks(f"{at}/ask", key="ask-them-1")
    assert seen["state"] == "open"
    return at


async def test_from_a_file_to_a_signed_one(sign_in: SignIn, offices: Offices, settings: Settings) -> None:
    admin, clerk, other = await sign_in("admin"), await sign_in("clerk"), await sign_in("other")
    as_type(await admin.asks("consultations/choices"), ConsultationChoices)
    at = await asked(admin, offices)
    assert await admin.asks("consultations", **new(offices)) == {"consultation": at.partition("/")[2]}

    lines = as_type(await clerk.asks("consultations"), Consultations).consultations
    assert [(line.owes, line.asked, line.answered) for line in lines] == [(True, 2, 0)]
    assert (await read(clerk, f"{at}/drafts/1/pages/2"))[1][8:12] == b"WEBP"
    assert len(pikepdf.open(io.BytesIO((await read(clerk, f"{at}/drafts/1/file"))[1])).pages) == 2
    for path in ("drafts/1/pages/3", "drafts/2/file", "drafts/x/file", "signed"):
        assert (await read(clerk, f"{at}/{path}"))[0] == 404, path

    await clerk.asks(f"{at}/opinions", key="opinion-a", choice="agree")
    text = "Khoản 2 Điều 7 trùng Điều 3;\nđề nghị bỏ #strong[khoản] 2."
    mine = await other.asks(f"{at}/opinions", key="opinion-b", choice="disagree", text=text)
    assert [unit["name"] for unit in mine["units"]] == ["Xã B"]
    seen = as_type(await admin.asks(at), Consultation)
    assert seen.gate and seen.gate.unanswered == (offices.units["Xã B"],)
    said = {unit.name: unit.opinions[0].id for unit in seen.units}
    replied = {"key": "reply-to-b", "outcome": "accepted", "text": "Bỏ khoản 2", "revision": 0}
    await admin.asks(f"{at}/opinions/{said['Xã B']}/reply", **replied)
    head = (await admin.asks(at))["head"]
    status, problem = await admin.post(f"/api/office/{at}/sign", {"key": "sign-it-1", "head": head})
    assert (status, problem["code"]) == (409, "opinions_unopened")
    assert "Xã A; Xã B" in problem["message"]
    for number, opinion in enumerate(said.values()):
        await admin.asks(f"{at}/opinions/{opinion}/open", key=f"open-it-{number}")

    assert await admin.is_refused(f"{at}/sign", key="sign-it-1", head=head) == (409, "consultation_changed")
    head = (await admin.asks(at))["head"]
    signed = await admin.asks(f"{at}/sign", key="sign-it-2", head=head)
    assert (signed["state"], signed["gate"]) == ("signed", None)
    assert await admin.asks(f"{at}/sign", key="sign-it-2", head=head) == signed  # a retry
    assert await admin.is_refused(f"{at}/sign", key="sign-it-3", head=head) == (409, "consultation_over")
    status, content = await read(admin, f"{at}/signed")
    assert (status, (await read(clerk, f"{at}/signed"))[0]) == (200, 404)
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    assert "Dieu 2" in pages[1].extract_text()
    matrix = " ".join(page.extract_text() for page in pages[2:]).replace("\n", " ")
    for words in ("#strong[khoản]", "Không đồng ý", "Tiếp thu: Bỏ khoản 2", signed["drafts"][0]["sha256"][:40], "Xã A"):
        assert words in matrix, words

    database = open_as_it_is(settings)
    async with database.reading() as session:
        assert await audit.verify_consultation(session, at.partition("/")[2]) is None
    await database.close()


async def test_nobody_else_sees_or_does_anything(sign_in: SignIn, offices: Offices) -> None:
    admin, clerk, head = await sign_in("admin"), await sign_in("clerk"), await sign_in("head")
    stranger = await sign_in()
    made = await admin.asks("consultations", **new(offices, units=[{"unit": offices.units["Xã B"]}]))
    at = f"consultations/{made['consultation']}"
    assert (await clerk.asks("consultations"))["consultations"] == []
    key = {"key": "some-key-1"}
    tries = (
        (at, {}),
        (f"{at}/ask", key),
        (f"{at}/deadline", {**key, "deadline": in_days(4)}),
        (f"{at}/withdraw", {**key, "reason": "Thôi"}),
        (f"{at}/opinions/o1/reply", {**key, "outcome": "accepted", "revision": 0}),
        ("consultations", new(offices)),
    )
    for officer, status, code in ((clerk, 403, "out_of_reach"), (stranger, 401, "not_signed_in")):
        for path, body in tries:
            assert await officer.is_refused(path, **body) == (status, code), path
        assert (await send_draft(officer, at))[0] == status
    assert await head.is_refused(f"{at}/opinions", **key, choice="agree") == (404, "not_found")
    assert await clerk.is_refused(f"{at}/opinions/o1/open", **key) == (403, "not_signer")
    assert await clerk.is_refused(f"{at}/sign", **key, head="7:0c1f") == (403, "out_of_reach")


async def test_a_file_that_is_none_is_said_and_another_takes_its_place(sign_in: SignIn, offices: Offices) -> None:
    admin = await sign_in("admin")
    made = await admin.asks("consultations", **new(offices))
    at = f"consultations/{made['consultation']}"
    assert (await send_draft(admin, at, b""))[1]["code"] == "file_empty"
    await send_draft(admin, at, b"no document at all")
    seen = await converted(admin, at)
    assert (seen["drafts"][0]["state"], seen["drafts"][0]["problem"]) == ("failed", "unknown_kind")
    assert await admin.is_refused(f"{at}/ask", key="ask-them-1") == (409, "draft_not_ready")


async def test_what_cannot_be_used_is_said(sign_in: SignIn, offices: Offices) -> None:
    admin = await sign_in("admin")
    tries: tuple[tuple[dict[str, Any], tuple[int, str]], ...] = (
        ({"title": " "}, (400, "bad_input")),
        ({"deadline": in_days(-1)}, (400, "deadline_past")),
        ({"deadline": "2026-12-01T08:00:00"}, (400, "malformed")),
        ({"units": []}, (400, "bad_input")),
        ({"signer": "nobody"}, (404, "not_found")),
        ({"more": 1}, (400, "malformed")),
    )
    for wrong, refusal in tries:
        assert await admin.is_refused("consultations", **new(offices, **wrong)) == refusal, wrong
    made = await admin.asks("consultations", **new(offices))
    moved = {"key": "move-it-1", "deadline": in_days(9)}
    seen = await admin.asks(f"consultations/{made['consultation']}/deadline", **moved)
    assert msgspec.convert(seen["deadline"], datetime) > datetime.now(UTC) + timedelta(days=8)
    withdrawn = await admin.asks(f"consultations/{made['consultation']}/withdraw", key="withdraw-1", reason="Thay")
    assert withdrawn["state"] == "withdrawn"


async def test_drafts_are_bounded_by_the_disk_and_for_an_account(
    sign_in: SignIn, offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await sign_in("admin")
    at = f"consultations/{(await admin.asks('consultations', **new(offices)))['consultation']}"
    with monkeypatch.context() as patch:
        patch.setattr("signaling.files.RESERVE", 2**60)
        status, problem = await send_draft(admin, at)
        assert (status, problem["code"]) == (507, "no_room")
    codes = [(await send_draft(admin, at, b""))[1]["code"] for _ in range(DRAFTS_BURST + 5)]
    assert codes[0] == "file_empty" and codes[-1] == "too_many"

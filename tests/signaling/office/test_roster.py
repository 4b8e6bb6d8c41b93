"""People from an Excel sheet: looked at first, taken once, each line that is not taken told."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook, load_workbook

from tests.signaling.office.conftest import Officer, Offices, SignIn

SHEET = (
    ["Họ và tên", "Chức vụ", "Đơn vị"],
    ["Hồ Thị Mới", "Ủy viên", "xã a"],
    ["Vi Thị An", "Văn thư", "Xã A"],
    ["Hồ Thị Mới", "", "Xã A"],
    ["", "Ủy viên", "Xã A"],
    ["Lê Xa", "", "Xã B"],
    ["=1+1", "", "Xã A"],
    ["Đặng\u202e Văn Ánh", "", "Xã A"],
)


def packed(*rows: list) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def sends(officer: Officer, path: str, content: bytes) -> tuple[int, Any]:
    async with officer.http.post(f"/api/office/roster/{path}", data=content) as response:
        is_json = response.content_type == "application/json"
        return response.status, await (response.json() if is_json else response.read())


async def test_a_sheet_is_looked_at_then_taken_once(sign_in: SignIn, offices: Offices) -> None:
    clerk = await sign_in("clerk")
    content = packed(*SHEET)
    status, report = await sends(clerk, "check", content)
    assert status == 200 and (report["new"], report["known"]) == (2, 1)
    assert [(line["number"], line["reason"]) for line in report["rejected"]] == [
        (4, "twice"),
        (5, "name"),
        (6, "unit_unknown"),  # Xã B is another clerk's
        (7, "formula"),
    ]
    assert (await clerk.asks("people?q=moi"))["people"] == []  # only looked at
    for key in ("take-it-once", "take-it-once"):
        assert await sends(clerk, f"take?key={key}", content) == (200, report)
    [person] = (await clerk.asks("people?q=moi"))["people"]
    assert (person["name"], person["title"], person["unit_name"]) == ("Hồ Thị Mới", "Ủy viên", "Xã A")
    assert (await clerk.asks("people?q=dang anh"))["people"][0]["name"] == "Đặng Văn Ánh"
    status, again = await sends(clerk, "take?key=take-it-again", content)
    assert status == 200 and (again["new"], again["known"]) == (0, 3)
    assert len((await clerk.asks("people?q=moi"))["people"]) == 1


async def test_the_rejected_lines_come_back_as_a_sheet(sign_in: SignIn, offices: Offices) -> None:
    clerk = await sign_in("clerk")
    status, content = await sends(clerk, "rejected", packed(*SHEET))
    assert status == 200
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert rows[0] == ("Họ và tên", "Chức vụ", "Đơn vị", "Dòng trong tệp", "Lý do")
    assert rows[3][:4] == ("Lê Xa", None, "Xã B", "6") and "reach" in rows[3][4]


async def test_the_template_names_the_units_in_reach(sign_in: SignIn, offices: Offices) -> None:
    clerk = await sign_in("clerk")
    async with clerk.http.get("/api/office/roster") as response:
        assert "attachment" in response.headers["Content-Disposition"]
        book = load_workbook(io.BytesIO(await response.read()))
    assert [row[0] for row in book["Đơn vị"].iter_rows(values_only=True)] == ["Tên đơn vị", "Xã A"]


async def test_a_sheet_that_cannot_be_used_says_why(sign_in: SignIn, offices: Offices) -> None:
    clerk, stranger = await sign_in("clerk"), await sign_in()
    status, problem = await sends(clerk, "check", packed(["Tên", "Đơn vị"]))
    assert (status, problem["code"]) == (400, "sheet_columns")
    assert "Họ và tên" in problem["message"] and "Tên, Đơn vị" in problem["message"]
    for content, code in ((b"no sheet", "sheet_unreadable"), (b"x" * (5 * 1024 * 1024 + 1), "too_large")):
        assert (await sends(clerk, "check", content))[1]["code"] == code
    assert (await sends(clerk, "take?key=short", packed(*SHEET)))[1]["code"] == "malformed"
    for path in ("check", "rejected", "take?key=long-enough"):
        assert (await sends(stranger, path, packed(*SHEET)))[0] == 401


async def test_members_of_a_body_are_taken_from_a_sheet_once(sign_in: SignIn, offices: Offices) -> None:
    head, clerk = await sign_in("head"), await sign_in("clerk")
    founded = {"unit": offices.units["Xã A"], "kind": "standing", "name": "Ban Thường trực"}
    body = (await head.asks("bodies", key="body-key-01", **founded))["body"]["id"]
    rows = (
        ["Họ và tên", "Chức vụ", "Đơn vị", "Chức danh trong cơ quan"],
        ["Lò Văn Ân", "", "Xã A", "Người đứng đầu"],
        ["Hồ Thị Mới", "Ủy viên", "Xã A", ""],
        ["Hồ Thị Lạ", "", "Xã A", "Thủ quỹ"],
    )
    content, where = packed(*rows), f"body={body}&joined_on=2026-03-01"
    status, report = await sends(head, f"check?{where}", content)
    assert (status, report["new"], report["known"]) == (200, 2, 0)
    assert [(line["number"], line["reason"]) for line in report["rejected"]] == [(4, "position")]
    for key in ("take-them-once", "take-them-once"):
        assert await sends(head, f"take?key={key}&{where}", content) == (200, report)
    members = (await head.asks(f"bodies/{body}"))["members"]
    assert [(one["name"], one["position"], one["joined_on"]) for one in members] == [
        ("Lò Văn Ân", "head", "2026-03-01"),
        ("Hồ Thị Mới", "member", "2026-03-01"),
    ]
    status, sheet = await sends(head, f"rejected?{where}", content)
    header, line = load_workbook(io.BytesIO(sheet)).active.iter_rows(values_only=True)
    assert header[3:5] == ("Chức danh trong cơ quan", "Dòng trong tệp")
    assert (line[3], line[4]) == ("Thủ quỹ", "4")
    async with head.http.get(f"/api/office/roster?{where}") as response:
        book = load_workbook(io.BytesIO(await response.read()))
    assert next(book["Nhân sự"].iter_rows(values_only=True))[3] == "Chức danh trong cơ quan"
    # Of the same key another body, no day, no right.
    assert (await sends(head, f"take?key=take-them-once&body={body}&joined_on=2026-03-02", content))[0] == 400
    assert (await sends(head, f"check?body={body}&joined_on=hôm nay", content))[1]["field"] == "joined_on"
    assert (await sends(clerk, f"check?{where}", content))[1]["code"] == "out_of_reach"


async def test_delegates_are_invited_and_placed_from_a_sheet_once(sign_in: SignIn, offices: Offices) -> None:
    clerk = await sign_in("clerk")
    meeting = offices.meetings["Xã A"]
    await clerk.asks(f"meetings/{meeting}/sites", key="new-site-1", name="Điểm cầu xã A", unit="Xã A", capacity=40)
    rows = (
        ["Họ và tên", "Chức vụ", "Đơn vị", "Điểm cầu"],
        ["Lò Văn Ân", "", "Xã A", "điểm cầu xã a"],
        ["Hồ Thị Mới", "Ủy viên", "Xã A", "Điểm cầu bản Xa"],
        ["Vi Thị An", "", "Xã A", ""],
    )
    content, where = packed(*rows), f"meeting={meeting}"
    status, report = await sends(clerk, f"check?{where}", content)
    assert (status, report["new"], report["known"]) == (200, 2, 0)
    assert [(line["number"], line["reason"]) for line in report["rejected"]] == [(3, "site_unknown")]
    where += "&makes_sites=true"
    for key in ("take-them-once", "take-them-once"):
        status, taken = await sends(clerk, f"take?key={key}&{where}", content)
        assert (status, taken["new"], taken["rejected"]) == (200, 3, [])
    seen = await clerk.asks(f"meetings/{meeting}")
    site = {one["id"]: one["name"] for one in seen["sites"]}
    assert sorted(site.values()) == ["Điểm cầu bản Xa", "Điểm cầu xã A"]
    delegates = {one["name"]: site.get(one["site"]) for one in seen["invited"] if one["role"] == "delegate"}
    assert delegates == {"Lò Văn Ân": "Điểm cầu xã A", "Hồ Thị Mới": "Điểm cầu bản Xa", "Vi Thị An": None}
    # Who is there already is only placed elsewhere.
    moved = packed(rows[0], ["Lò Văn Ân", "", "Xã A", "Điểm cầu bản Xa"], ["Vi Thị An", "", "Xã A", ""])
    status, report = await sends(clerk, f"take?key=take-them-again&{where}", moved)
    assert (status, report["new"], report["known"]) == (200, 1, 1)
    invited = (await clerk.asks(f"meetings/{meeting}"))["invited"]
    assert [site[one["site"]] for one in invited if one["name"] == "Lò Văn Ân"] == ["Điểm cầu bản Xa"]
    other = await sign_in("other")
    assert (await sends(other, f"take?key=take-them-away&{where}", content))[1]["code"] == "out_of_reach"

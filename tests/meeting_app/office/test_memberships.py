"""A sheet of members: who is there, who comes, and every line that is not taken."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from meeting_app import bodies, organization
from meeting_app.acting import SYSTEM_OFFICER, Officer
from meeting_app.errors import NotAllowed
from meeting_app.office import memberships
from meeting_app.office.sheets import Line
from tests.meeting_app.hall import START, Hall

TODAY = bodies.day_of(START)
DAY = timedelta(days=1)


async def test_people_become_members_and_each_line_that_is_not_taken_says_why(hall: Hall):
    async with hall.db.writing() as session:
        unit = await organization.find_unit(session, hall.unit)
        body = await bodies.add_body(session, SYSTEM_OFFICER, hall.unit, "standing", "Ban Thường trực", START)
        people = {}
        for name in ("Vi Thị Có", "Lò Văn Cũ", "Lò Văn Vào", "Hà Thị Trùng", "Hà Thị Trùng"):
            people[name] = (await organization.add_person(session, SYSTEM_OFFICER, name, "", hall.unit, START)).id
        for name in ("Lò Văn Cũ", "Lò Văn Vào"):
            said = (people[name], "member", TODAY - 9 * DAY, START)
            member = await bodies.add_member(session, SYSTEM_OFFICER, body.id, *said)
            if name == "Lò Văn Cũ":
                await bodies.end_membership(session, SYSTEM_OFFICER, member.id, TODAY)
        lines = [
            Line(2, "Vi Thị Có", "", unit.name, position="Trưởng ban"),
            Line(3, "Ngân Văn Mới", "Chuyên viên", unit.name.upper(), position="PHÓ CHỦ TỊCH"),
            Line(4, "Lò Văn Vào", "", unit.name),
            Line(5, "Lò Văn Cũ", "", unit.name),
            Line(6, "Hà Thị Trùng", "", unit.name),
            Line(7, "Hồ Thị Lạ", "", unit.name, position="Thủ quỹ"),
            Line(8, "Hồ Thị Xa", "", "Xã không có"),
            Line(9, "Vi Thị Có", "", unit.name),
        ]
        judged = await memberships.take(session, SYSTEM_OFFICER, body.id, lines, TODAY, START)
        assert [(one.outcome, one.reason) for one in judged] == [
            ("new", ""),
            ("new", ""),
            ("known", ""),
            ("rejected", "member_then"),
            ("rejected", "person_ambiguous"),
            ("rejected", "position"),
            ("rejected", "unit_unknown"),
            ("rejected", "twice"),
        ]
        members = await bodies.members_of(session, body.id, TODAY + DAY)
        assert [(person.name, member.position) for member, person in members] == [
            ("Vi Thị Có", "head"),
            ("Ngân Văn Mới", "deputy"),
            ("Lò Văn Vào", "member"),
        ]
        assert (members[1][1].title, members[1][0].joined_on) == ("Chuyên viên", TODAY)
        again = await memberships.judge(session, SYSTEM_OFFICER, body.id, lines[:3], TODAY)
        assert {one.outcome for one in again} == {"known"}
        # A sheet changes no position, and an empty cell says nothing of it.
        [vacant, other] = await memberships.judge(
            session,
            SYSTEM_OFFICER,
            body.id,
            [Line(2, "Vi Thị Có", "", unit.name), Line(3, "Ngân Văn Mới", "", unit.name, position="Trưởng ban")],
            TODAY,
        )
        assert (vacant.outcome, other.outcome, other.reason) == ("known", "rejected", "position_differs")
        # The day after the earlier membership ended they are taken in again.
        [later] = await memberships.judge(session, SYSTEM_OFFICER, body.id, lines[3:4], TODAY + DAY)
        assert later.outcome == "new"
        with pytest.raises(NotAllowed):
            await memberships.judge(session, Officer("clerk", unit.path), body.id, lines, TODAY)


async def test_a_long_sheet_asks_the_database_no_more_than_a_short_one(hall: Hall):
    asked: list[str] = []

    def ask(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    async with hall.db.writing() as session:
        unit = await organization.find_unit(session, hall.unit)
        body = await bodies.add_body(session, SYSTEM_OFFICER, hall.unit, "standing", "Ban Thường trực", START)
        lines = [Line(number, f"Lò Văn {number}", "", unit.name) for number in range(2, 102)]
        event.listen(hall.db.engine.sync_engine, "before_cursor_execute", ask)
        try:
            judged = await memberships.take(session, SYSTEM_OFFICER, body.id, lines, TODAY, START)
        finally:
            event.remove(hall.db.engine.sync_engine, "before_cursor_execute", ask)
        assert {one.outcome for one in judged} == {"new"}
        assert len(await bodies.members_of(session, body.id, TODAY)) == 100
    assert len(asked) < 20

"""A sheet of delegates and the sites where they sit."""

from __future__ import annotations

from meeting_app import organization
from meeting_app.acting import SYSTEM_OFFICER
from meeting_app.office import seating
from meeting_app.office.sheets import Line
from tests.meeting_app.hall import START, Hall


async def test_people_are_invited_and_placed_each_site_in_one_event(hall: Hall):
    async with hall.db.writing() as session:
        unit = (await organization.find_unit(session, hall.unit)).name
        lines = [
            Line(2, "Vi Thị Có", "", unit, site="Điểm cầu xã Đông"),
            Line(3, "Lò Văn Ân", "", unit, site="ĐIỂM CẦU  xã Đông"),
            Line(4, "Hà Thị Xa", "", unit),
            Line(5, "Hồ Thị Dài", "", unit, site="x" * 500),
        ]
        asked = (session, SYSTEM_OFFICER, hall.meeting, lines, START)
        judged = await seating.judge(*asked, makes_sites=False)
        assert [one.reason or one.outcome for one in judged] == ["site_unknown", "site_unknown", "new", "site"]
        judged, happened = await seating.take(*asked, makes_sites=True)
        assert [one.outcome for one in judged] == ["new", "new", "new", "rejected"]
        assert [event.name for event in happened] == [*["participant_added"] * 3, "site_added", "placed"]
        assert len(happened[-1].data["participants"]) == 2
        again, happened = await seating.take(*asked, makes_sites=True)
        assert [one.outcome for one in again] == ["known", "known", "known", "rejected"] and happened == []

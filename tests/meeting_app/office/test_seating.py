"""A sheet of delegates and the sites where they sit."""

from __future__ import annotations

import unicodedata

from meeting_app import answers, meetings, organization
from meeting_app.acting import SYSTEM_OFFICER, Actor
from meeting_app.db import Database
from meeting_app.office import seating
from meeting_app.office.sheets import Line
from tests.meeting_app.hall import SEAL, START, Hall, convene


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


async def test_who_named_a_substitute_is_not_invited_anew_and_the_substitute_is_placed(db: Database):
    hall = await convene(db, "invited")
    async with hall.db.writing() as session:
        unit = (await organization.find_unit(session, hall.unit)).name
        lines = [Line(2, "Vi Thị Có", "", unit, site="Điểm cầu xã Đông")]
        asked = (session, SYSTEM_OFFICER, hall.meeting)
        _, [invited, *_] = await seating.take(*asked, lines, START, makes_sites=True)
        owner = Actor(hall.meeting, invited.data["participant"]["id"])
        named = await answers.name_substitute(session, owner, owner.participant, SEAL, START, name="Vi Văn Thế")
        first = named.event.data["substitute"]["id"]
        named = await answers.name_substitute(session, Actor(hall.meeting, first), first, SEAL, START, name="Vi Văn Ba")
        substitute = named.event.data["substitute"]["id"]
        [again], happened = await seating.take(*asked, lines, START, makes_sites=True)
        assert (again.outcome, happened) == ("known", [])

        lines = [Line(2, "Vi Thị Có", "", unit, site="Điểm cầu xã Tây")]
        [moved], happened = await seating.take(*asked, lines, START, makes_sites=True)
        assert [event.name for event in happened] == ["site_added", "placed"]
        assert (moved.outcome, happened[-1].data["participants"]) == ("new", [substitute])

        await meetings.remove_participant(session, hall.chair, substitute, START)
        lines = [Line(2, "Vi Thị Có", "", unit, site="Điểm cầu xã Đông")]
        [nobody], happened = await seating.take(*asked, lines, START, makes_sites=True)
        assert (nobody.outcome, happened) == ("known", [])


async def test_a_site_is_known_however_its_name_is_typed_and_what_cannot_be_seen_names_none(hall: Hall):
    async with hall.db.writing() as session:
        unit = (await organization.find_unit(session, hall.unit)).name
        site = "Điểm cầu xã Đông"
        lines = [
            Line(2, "Vi Thị Có", "", unit, site=site),
            Line(3, "Lò Văn Ân", "", unit, site=unicodedata.normalize("NFD", site)),
            Line(4, "Hà Thị Xa", "", unit, site="\u200b"),
        ]
        _, happened = await seating.take(session, SYSTEM_OFFICER, hall.meeting, lines, START, makes_sites=True)
        assert [event.name for event in happened] == [*["participant_added"] * 3, "site_added", "placed"]
        assert len(happened[-1].data["participants"]) == 2

"""The conference of the demonstration is one that could have come about."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from demo import cast, province
from meeting_app import events, invitations, meetings
from meeting_app.db import Database
from meeting_app.models import LogEntry
from tests import tables

PAGE = (Path(__file__).parents[2] / "docs" / "demo.md").read_text("utf-8")
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path):
    database = Database(await tables.lay_out(tmp_path / "demo.sqlite"))
    yield database
    await database.close()


@pytest.fixture
async def conference(database) -> province.Conference:
    async with database.writing() as session:
        await province.found(session, NOW)
        return await province.seed(session, NOW)


async def test_it_is_in_session_with_a_speaker_a_queue_and_an_agenda_under_way(database, conference):
    async with database.reading() as session:
        meeting = (await meetings.snapshot(session, conference.meeting, NOW)).meeting
    names = {person.id: person.name for person in meeting.participants}
    assert meeting.state == "in_session"
    assert meeting.title == conference.title == cast.MEETING_TITLE
    assert [item.state for item in meeting.agenda] == ["done", "current", *["pending"] * 5]
    assert meeting.agenda[0].spent_s == 15 * 60
    assert (meeting.floor.mode, names[meeting.floor.holder]) == ("chaired", cast.ON_CAMERA[0])
    assert tuple(names[request.participant] for request in meeting.floor.queue) == cast.WAITING_TO_SPEAK
    assert [(line.name, line.text) for line in meeting.chat] == list(cast.CHAT)


async def test_forty_delegates_are_seated_with_those_who_lead(database, conference):
    async with database.reading() as session:
        meeting = (await meetings.snapshot(session, conference.meeting, NOW)).meeting
    roles = [person.role for person in meeting.participants]
    assert {role: roles.count(role) for role in roles} == {
        "chair": 1,
        "secretary": 1,
        "delegate": 40,
        "big_screen": 1,
        "site_operator": 1,
    }
    delegates = [person for person in meeting.participants if person.role == "delegate"]
    assert len({person.name for person in delegates}) == 40
    assert all(person.title and person.unit for person in delegates)
    assert {person.unit for person in delegates} == {*cast.COMMUNES, *cast.BODIES}


async def test_every_link_opens_its_place_and_visitors_come_first(database, conference):
    rooms = ["big_screen", "site_operator"]
    assert [link.role for link in conference.links[:7]] == ["chair", "secretary", *["delegate"] * 3, *rooms]
    assert len(conference.links) == 44
    async with database.writing() as session:
        for link in conference.links:
            entry = await invitations.use_link(session, link.token, NOW)
            assert (entry.visitor.participant, entry.visitor.name) == (link.participant, link.name)


async def test_the_log_reads_like_that_of_a_morning(database, conference):
    async with database.reading() as session:
        assert await events.verify(session, conference.meeting) is None
        rows = await session.scalars(
            select(LogEntry).where(LogEntry.meeting_id == conference.meeting).order_by(LogEntry.seq)
        )
        times = [row.at for row in rows]
    assert times == sorted(times)
    assert NOW - timedelta(minutes=1) < times[-1] < NOW


def test_nobody_is_cast_twice():
    names = {person.name for person in cast.DELEGATES}
    assert {*cast.ON_CAMERA, *cast.FOR_VISITORS, *cast.ABSENT, *cast.WAITING_TO_SPEAK} <= names
    assert not set(cast.ON_CAMERA) & {*cast.FOR_VISITORS, *cast.ABSENT}
    assert not set(cast.FOR_VISITORS) & set(cast.ABSENT)
    assert not set(cast.WAITING_TO_SPEAK) & set(cast.ABSENT)
    assert {person.unit for person in cast.DELEGATES} <= {*cast.COMMUNES, *cast.BODIES}


def test_the_page_counts_who_is_there(conference):
    counted = dict(re.findall(r"^\| ([^|]+?) \| (\d+)(?: of the 40)? \|", PAGE, re.MULTILINE))
    roles = [link.role for link in conference.links if link.for_visitor]
    assert set(roles) == {"chair", "secretary", "big_screen", "site_operator", "delegate"}
    assert {who: int(many) for who, many in counted.items()} == {
        "chair, secretary, big screen, site operator": sum(role != "delegate" for role in roles),
        "delegates for visitors": roles.count("delegate"),
        "on camera": len(cast.ON_CAMERA),
        "without media": 40 - roles.count("delegate") - len(cast.ON_CAMERA) - len(cast.ABSENT),
        "absent": len(cast.ABSENT),
    }

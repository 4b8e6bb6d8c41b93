"""The calendar file says when and where, in the zone of Vietnam."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from meeting_app.calendar import calendar_of
from tests.meeting_app.printing.test_invitation import PAPER

NOW = datetime(2026, 2, 1, tzinfo=UTC)


def test_it_says_when_where_and_how_to_come_in():
    text = calendar_of(replace(PAPER, budget_s=5400), "https://hop.example/v/hB0c", NOW)
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == PAPER.starts_at
    assert event["dtstart"].params["TZID"] == "Asia/Ho_Chi_Minh" and calendar.walk("VTIMEZONE")
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=90)
    assert (event["summary"], event["location"], event["uid"]) == (PAPER.subject, PAPER.place, "m1@hoitruong")
    assert "https://hop.example/v/hB0c" in event["description"]
    assert b"METHOD:PUBLISH" in text


def test_a_later_file_replaces_an_earlier_one():
    first, second = (
        Calendar.from_ical(calendar_of(PAPER, None, NOW + timedelta(days=day))).walk("VEVENT")[0] for day in (0, 1)
    )
    assert first["uid"] == second["uid"] and first["sequence"] < second["sequence"]
    assert first.decoded("dtend") - first.decoded("dtstart") == timedelta(hours=3)

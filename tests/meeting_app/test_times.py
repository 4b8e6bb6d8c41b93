"""Moments are UTC in rows and in text."""

from datetime import UTC, datetime, timedelta, timezone

import sqlalchemy as sa

from meeting_app.db import Database
from meeting_app.models import Unit
from meeting_app.times import iso, whole_seconds
from tests.meeting_app.hall import START

HANOI = timezone(timedelta(hours=7))


async def test_a_moment_comes_back_as_it_went_in_whatever_zone_it_was_told_in(db: Database):
    told = datetime(2026, 11, 22, 8, 30, 15, 123456, tzinfo=HANOI)
    async with db.writing() as session:
        session.add(Unit(id="u", path="/u/", level="commune", name="Xã Đông", opened_at=told))
    async with db.reading() as session:
        kept = await session.scalar(sa.select(Unit.opened_at))
    assert kept == told
    assert kept.utcoffset() == timedelta(0)


def test_text_of_a_moment_is_utc_with_a_z():
    assert iso(datetime(2026, 11, 22, 8, 30, tzinfo=HANOI)) == "2026-11-22T01:30:00.000000Z"
    assert datetime.fromisoformat(iso(START)) == START.astimezone(UTC)


def test_seconds_are_whole_and_a_clock_set_back_takes_none_away():
    assert whole_seconds(START, START + timedelta(seconds=61.9)) == 61
    assert whole_seconds(START, START - timedelta(seconds=5)) == 0

"""A cookie is somebody until its session ends."""

import sqlalchemy as sa

from meeting_app import invitations, sessions
from meeting_app.invitations import Entry
from meeting_app.models import DeviceSession
from tests.meeting_app.hall import Hall


async def enter(hall: Hall) -> Entry:
    token = await hall.does(invitations.issue_link, hall.chair, hall.an.participant)
    async with hall.db.writing() as session:
        return await invitations.use_link(session, token, hall.now)


async def test_a_session_that_was_closed_is_nobodys_and_may_be_closed_again(hall: Hall):
    entry = await enter(hall)
    for _ in range(2):
        async with hall.db.writing() as session:
            await sessions.close(session, entry.visitor.session, hall.now)
    assert await hall.asks(sessions.find, entry.cookie) is None


async def test_a_cookie_that_was_made_up_is_nobodys(hall: Hall):
    await enter(hall)
    for cookie in ("", "x", sessions.new_token()):
        assert await hall.asks(sessions.find, cookie) is None


async def test_when_a_device_was_seen_is_kept_to_the_minute(hall: Hall):
    entry = await enter(hall)
    kept, due = [], []
    for seconds in (30, 31, 30):
        hall.later(seconds)
        due.append((await hall.asks(sessions.find, entry.cookie)).is_to_be_seen(hall.now))
        async with hall.db.writing() as session:
            await sessions.seen(session, entry.visitor.session, hall.now)
            at = await session.scalar(sa.select(DeviceSession.seen_at).where(DeviceSession.id == entry.visitor.session))
        kept.append((hall.now - at).total_seconds())
    assert kept == [30, 0, 30]
    assert due == [False, True, False]

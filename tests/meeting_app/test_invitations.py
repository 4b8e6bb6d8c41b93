"""A personal link opens the meeting once, on one device."""

import asyncio

import pytest
import sqlalchemy as sa

from meeting_app import invitations, meetings, sessions
from meeting_app.acting import Actor
from meeting_app.db import Database
from meeting_app.errors import LinkUnknown, LinkUsed, MeetingClosed, NotFound
from meeting_app.invitations import Entry
from tests.meeting_app.hall import Hall, convene

PHONE = "5f0c9b1e7a3d48c6b2f1e0d9c8a7b6f5"


async def issue(hall: Hall, whose: Actor) -> str:
    return await hall.does(invitations.issue_link, hall.secretary, whose.participant)


async def use(hall: Hall, token: str, cookie: str | None = None, device: str | None = None) -> Entry:
    async with hall.db.writing() as session:
        return await invitations.use_link(session, token, hall.now, cookie, device=device)


async def test_a_link_lets_its_owner_in(hall: Hall):
    entry = await use(hall, await issue(hall, hall.an))
    assert (entry.visitor.participant, entry.visitor.role) == (hall.an.participant, "delegate")
    assert (entry.visitor.name, entry.visitor.title) == ("Nguyễn Văn An", "Hội nghị lần thứ năm")
    assert await hall.asks(sessions.find, entry.cookie) == entry.visitor


async def test_the_device_that_used_a_link_may_use_it_again_and_another_may_not(hall: Hall):
    token = await issue(hall, hall.an)
    first = await use(hall, token)
    assert await use(hall, token, first.cookie) == Entry(first.visitor, cookie=None)
    stranger = await use(hall, await issue(hall, hall.binh))
    for cookie in (None, "made up", stranger.cookie):
        with pytest.raises(LinkUsed):
            await use(hall, token, cookie)


async def test_the_device_that_names_itself_comes_in_although_the_answer_was_lost(hall: Hall):
    token = await issue(hall, hall.an)
    lost = await use(hall, token, device=PHONE)
    again = await use(hall, token, device=PHONE)
    assert (again, lost.replaced) == (lost, None)
    assert await use(hall, token, again.cookie, PHONE) == Entry(lost.visitor, cookie=None)
    assert (await hall.asks(sessions.find, again.cookie)).participant == hall.an.participant
    for device in (None, PHONE[::-1]):
        with pytest.raises(LinkUsed):
            await use(hall, token, device=device)


async def test_a_device_whose_session_ended_does_not_come_in_by_its_name(hall: Hall):
    token = await issue(hall, hall.an)
    entry = await use(hall, token, device=PHONE)
    async with hall.db.writing() as session:
        await sessions.close(session, entry.visitor.session, hall.now)
    with pytest.raises(LinkUsed):
        await use(hall, token, device=PHONE)


async def test_of_many_devices_at_once_one_comes_in(hall: Hall):
    token = await issue(hall, hall.an)
    outcomes = await asyncio.gather(*(use(hall, token) for _ in range(8)), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Entry", *["LinkUsed"] * 7]


async def test_a_new_link_withdraws_the_old_and_its_device_takes_the_seat(hall: Hall):
    old = await issue(hall, hall.an)
    first = await use(hall, old)
    new = await issue(hall, hall.an)
    with pytest.raises(LinkUnknown):
        await use(hall, old, first.cookie)
    second = await use(hall, new)
    assert second.replaced == first.visitor.session
    assert await hall.asks(sessions.find, first.cookie) is None
    assert await hall.asks(sessions.find, second.cookie) == second.visitor


@pytest.mark.parametrize("token", ["", "x" * 200, "không có"])
async def test_an_unknown_link_is_unknown(hall: Hall, token: str):
    with pytest.raises(LinkUnknown):
        await use(hall, token)


async def test_a_link_to_a_meeting_that_is_over_says_so(hall: Hall):
    token = await issue(hall, hall.an)
    await hall.does(meetings.set_state, hall.chair, "closed")
    with pytest.raises(MeetingClosed):
        await use(hall, token)
    with pytest.raises(MeetingClosed):
        await issue(hall, hall.an)


async def test_a_link_works_before_the_meeting_begins(db: Database):
    hall = await convene(db, "draft")
    assert (await use(hall, await issue(hall, hall.an))).visitor.state == "draft"


async def test_no_token_is_kept(hall: Hall):
    token = await issue(hall, hall.an)
    cookie = (await use(hall, token)).cookie
    async with hall.db.reading() as session:
        for table in ("personal_links", "sessions", "events"):
            kept = str((await session.execute(sa.text(f"SELECT * FROM {table}"))).all())
            assert token not in kept
            assert cookie not in kept


async def test_there_is_no_link_for_a_stranger(hall: Hall):
    with pytest.raises(NotFound):
        await hall.does(invitations.issue_link, hall.chair, "none")

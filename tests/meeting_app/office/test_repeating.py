"""A meeting made from an earlier one is set up like it, and nothing that happened comes along."""

import dataclasses
from datetime import timedelta

import pytest
import sqlalchemy as sa

from meeting_app import agenda, answers, bodies, letters, lobby, meetings, organization, reminders, sites
from meeting_app.acting import SYSTEM_OFFICER, Actor, Officer
from meeting_app.db import Database
from meeting_app.delivery import guest_list
from meeting_app.errors import BadInput, OutOfReach
from meeting_app.models import BodyMember
from meeting_app.office.repeating import repeat
from meeting_app.reminders import Rules
from meeting_app.times import iso
from meeting_app.views import MeetingView, PresenterView
from tests.meeting_app.hall import SEAL, START, Hall, convene
from tests.meeting_app.test_bodies import founds, meets

WEEK = timedelta(days=7)


async def again(hall: Hall, officer: Officer = SYSTEM_OFFICER, at=START + WEEK) -> MeetingView:
    async with hall.db.writing() as session:
        made = await repeat(session, officer, hall.meeting, "Họp, ngày 29/11/2026", at, "Phòng họp", hall.now)
    return (await hall.asks(meetings.snapshot, made.meeting, hall.now)).meeting


def seats(meeting: MeetingView) -> list[tuple[str, str]]:
    return sorted((one.role, one.name) for one in meeting.participants)


async def test_how_it_is_set_up_comes_along(db: Database):
    hall = await convene(db, "approved")
    does, secretary = hall.does, hall.secretary
    site = (await does(sites.add_site, secretary, "Điểm cầu xã Đông", capacity=30)).data["site"]["id"]
    await does(sites.place, secretary, [hall.an.participant], site)
    await does(letters.set_address, secretary, hall.an.participant, "an@example.org")
    rules = Rules(answer_days=3, day_before=False, hour_before=True, task_days=0)
    await does(reminders.set_reminders, secretary, rules)
    report = {
        "presenters": [PresenterView(hall.an.participant, ""), PresenterView(None, "Bà Hồ Thị Khách")],
        "planned_at": START + timedelta(minutes=30),
        "budget_s": 900,
    }
    await does(agenda.change_item, secretary, hall.items[1], 1, "Báo cáo", **report)
    await does(agenda.add_item, secretary, "Phần một", parent=hall.items[1])
    made, before = await again(hall), await hall.seen()

    assert (made.state, made.kind, made.unit) == ("draft", before.kind, before.unit)
    assert (made.title, made.starts_at, made.place) == ("Họp, ngày 29/11/2026", iso(START + WEEK), "Phòng họp")
    assert seats(made) == seats(before)
    assert not {one.id for one in made.participants} & {one.id for one in before.participants}
    an = next(one for one in made.participants if one.name == "Nguyễn Văn An")
    [copied] = made.sites
    assert (copied.name, copied.capacity, an.site) == ("Điểm cầu xã Đông", 30, copied.id)
    assert [one.email for one in await hall.asks(guest_list, made.id) if one.email] == ["an@example.org"]
    assert await hall.asks(reminders.rules_of, made.id) == rules
    assert [(one.number, one.title) for one in made.agenda] == [(one.number, one.title) for one in before.agenda]
    item = made.agenda[1]
    assert (item.planned_at, item.budget_s) == (iso(START + WEEK + timedelta(minutes=30)), 900)
    assert item.presenters == (PresenterView(an.id, an.name), PresenterView(None, "Bà Hồ Thị Khách"))


async def test_what_happened_stays_where_it_was(db: Database):
    hall = await convene(db, "invited")
    named = {"name": "Vi Văn Thế"}
    await hall.does(answers.name_substitute, hall.chi, hall.chi.participant, SEAL, **named)
    await hall.does(answers.answer, hall.an, hall.an.participant, "declined", reason="Ốm")
    async with db.writing() as session:
        await lobby.knock(session, hall.meeting, "Khách lạ", "", hall.now)
        await lobby.admit(session, hall.secretary, None, hall.now)
    for state in ("check_in", "in_session"):
        await hall.does(meetings.set_state, hall.chair, state)
    await hall.does(agenda.open_item, hall.chair, hall.items[0])
    await hall.does(meetings.set_state, hall.chair, "closed")
    made = await again(hall)
    names = [name for _, name in seats(made)]
    assert "Đỗ Minh Chi" in names and not {"Vi Văn Thế", "Khách lạ"} & set(names)
    assert {one.answer for one in made.participants} == {"pending"}
    assert {(one.state, one.spent_s) for one in made.agenda} == {("pending", 0)}


async def test_a_seat_that_was_handed_on_twice_is_its_owners(db: Database):
    hall = await convene(db, "invited")
    first = await hall.does(answers.name_substitute, hall.chi, hall.chi.participant, SEAL, name="Vi Văn Một")
    again_ = Actor(hall.meeting, first.substitute)
    await hall.does(answers.name_substitute, again_, first.substitute, SEAL, name="Vi Văn Hai")
    names = [name for _, name in seats(await again(hall))]
    assert "Đỗ Minh Chi" in names and not {"Vi Văn Một", "Vi Văn Hai"} & set(names)


async def test_who_was_replaced_and_invited_anew_comes_once_as_they_were_last(db: Database):
    hall = await convene(db, "invited")
    async with db.writing() as session:
        person = await organization.add_person(session, SYSTEM_OFFICER, "Lò Văn Mẩy", "Phó", hall.unit, START)
    for number, role in enumerate(("guest", "delegate", "guest")):
        added = await hall.does(meetings.add_participant, hall.system, role, person=person.id)
        seat = Actor(hall.meeting, added.data["participant"]["id"])
        named = {"name": f"Người thay {number}"}
        await hall.does(answers.name_substitute, seat, seat.participant, SEAL, **named)
        if number:
            assert [role for role, name in seats(await again(hall)) if name == "Lò Văn Mẩy"] == [role]
    await hall.does(meetings.add_participant, hall.system, "delegate", person=person.id)
    assert [role for role, name in seats(await again(hall)) if name == "Lò Văn Mẩy"] == ["delegate"]


async def test_people_come_with_the_titles_of_today(db: Database):
    hall = await convene(db, "draft")
    async with db.writing() as session:
        person = await organization.add_person(session, SYSTEM_OFFICER, "Lò Văn Mẩy", "Phó", hall.unit, START)
        await meetings.add_participant(session, Actor(hall.meeting), "delegate", START, person=person.id)
        person.title = "Chủ tịch"
    made = await again(hall)
    assert [one.title for one in made.participants if one.name == "Lò Văn Mẩy"] == ["Chủ tịch"]


async def test_what_cannot_be(db: Database):
    hall = await convene(db, "draft")
    with pytest.raises(BadInput) as refused:
        await again(hall, at=hall.now)
    assert refused.value.field == "starts_at"
    with pytest.raises(OutOfReach):
        await again(hall, Officer("clerk", "/elsewhere/"))


async def test_in_a_meeting_of_a_body_its_members_of_today_vote(db: Database):
    hall = await convene(db, "draft")
    body, (_, leaves, _) = await founds(hall, 3)
    system, _ = await meets(hall, body, "draft")
    await hall.does(meetings.add_participant, system, "guest", name="Khách mời")
    hall.later(86400)
    async with db.writing() as session:
        member = await session.scalar(sa.select(BodyMember).where(BodyMember.person_id == leaves))
        await bodies.end_membership(session, SYSTEM_OFFICER, member.id, bodies.day_of(START))
        joins = await organization.add_person(session, SYSTEM_OFFICER, "Ủy viên mới", "", hall.unit, hall.now)
        today = bodies.day_of(hall.now)
        await bodies.add_member(session, SYSTEM_OFFICER, body, joins.id, "member", today, hall.now)
    made = await again(dataclasses.replace(hall, meeting=system.meeting))
    assert seats(made) == [
        ("chair", "Ủy viên 0"),
        ("delegate", "Ủy viên 2"),
        ("delegate", "Ủy viên mới"),
        ("guest", "Khách mời"),
    ]

"""A meeting lives by its table, and a snapshot tells all of it."""

import dataclasses
import functools
from datetime import datetime, timedelta

import msgspec
import pytest
import sqlalchemy as sa
from sqlalchemy import event as happenings
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import (
    agenda,
    answers,
    attendance,
    chat,
    conclusions,
    documents,
    floor,
    invitations,
    letters,
    lobby,
    meetings,
    organization,
    reminders,
    rescheduling,
    sessions,
    sites,
    speeches,
    turns,
    votes,
    wall,
)
from meeting_app.acting import SYSTEM_OFFICER, Actor
from meeting_app.conclusions import TaskPlan
from meeting_app.db import Database
from meeting_app.errors import AlreadySo, BadInput, LinkUnknown, NotAllowed, NotFound, WrongState
from meeting_app.models import Meeting, Participant
from meeting_app.views import FloorRulesView
from signaling import messages
from tests.meeting_app.documents import table
from tests.meeting_app.hall import CODE, KEYS, SEAL, START, WORDS, Hall, convene, on_the_last
from tests.meeting_app.papers import (
    add_approved,
    add_failed,
    close_the_last_to_delegates,
    recall_the_last,
    show_the_last,
)


async def test_a_meeting_begins_as_a_draft_with_one_event(db: Database):
    async with db.writing() as session:
        unit = await organization.add_unit(session, SYSTEM_OFFICER, "Ủy ban MTTQ xã", "commune", None, START)
        starts = START + timedelta(days=2)
        event = await meetings.create(session, SYSTEM_OFFICER, " Hội nghị ", unit.id, starts, START)
        brief = await meetings.brief(session, event.meeting)
    assert (event.seq, event.name, event.actor) == (1, "meeting_created", None)
    assert event.data["starts_at"] == "2026-11-24T01:00:00.000000Z"
    assert (brief.title, brief.unit, brief.state) == ("Hội nghị", "Ủy ban MTTQ xã", "draft")


async def test_a_closed_unit_holds_no_new_meeting(db: Database):
    async with db.writing() as session:
        unit = await organization.add_unit(session, SYSTEM_OFFICER, "Huyện cũ", "district", None, START)
        await organization.close_unit(session, SYSTEM_OFFICER, unit.id, START)
        with pytest.raises(WrongState):
            await meetings.create(session, SYSTEM_OFFICER, "Họp", unit.id, START, START)
        with pytest.raises(NotFound):
            await meetings.create(session, SYSTEM_OFFICER, "Họp", "none", START, START)


async def test_a_person_is_invited_once_and_keeps_the_name_of_that_day(hall: Hall):
    async with hall.db.writing() as session:
        person = await organization.add_person(session, SYSTEM_OFFICER, "Vũ Thị Mai", "Phó Chủ tịch", hall.unit, START)
        event = await meetings.add_participant(session, hall.chair, "delegate", START, person=person.id)
        with pytest.raises(AlreadySo):
            await meetings.add_participant(session, hall.chair, "guest", START, person=person.id)
        with pytest.raises(NotFound):
            await meetings.add_participant(session, hall.chair, "guest", START, person="none")
        person.title = "Chủ tịch"
    mai = event.data["participant"]
    assert (mai["name"], mai["title"], mai["unit"]) == ("Vũ Thị Mai", "Phó Chủ tịch", "Ủy ban MTTQ tỉnh")
    assert (await hall.seen()).participants[-1].title == "Phó Chủ tịch"


async def test_a_participant_needs_a_name_and_a_role_of_the_table(hall: Hall):
    with pytest.raises(BadInput, match="name is empty"):
        await hall.does(meetings.add_participant, hall.chair, "guest")
    with pytest.raises(BadInput, match="king"):
        await hall.does(meetings.add_participant, hall.chair, "king", name="Vua")


async def test_removing_somebody_ends_all_that_was_theirs(hall: Hall):
    an = hall.an.participant
    token = await hall.does(invitations.issue_link, hall.chair, an)
    async with hall.db.writing() as session:
        entry = await invitations.use_link(session, token, hall.now)
    await hall.does(attendance.check_in, hall.an, an)
    await hall.does(meetings.pin_to_stage, hall.chair, an)
    await hall.does(floor.give_floor, hall.chair, an)
    removed = await hall.later(40).does(meetings.remove_participant, hall.chair, an)
    assert removed.data == {"participant": an, "previous": {"participant": an, "spoke_s": 40}}
    seen = await hall.seen()
    assert an not in [person.id for person in seen.participants]
    assert (seen.floor.holder, seen.stage) == (None, None)
    async with hall.db.writing() as session:
        assert await sessions.find(session, entry.cookie) is None
        with pytest.raises(LinkUnknown):
            await invitations.use_link(session, token, hall.now, entry.cookie)
        assert await attendance.present_at(session, hall.meeting, hall.now) == frozenset()
        assert await attendance.leave(session, hall.an, an, hall.now) is None
    with pytest.raises(NotFound):
        await hall.does(meetings.remove_participant, hall.chair, an)


async def test_removing_somebody_else_leaves_the_speaker_alone(hall: Hall):
    await hall.does(floor.raise_hand, hall.binh)
    await hall.does(floor.give_floor, hall.chair, hall.an.participant)
    removed = await hall.does(meetings.remove_participant, hall.chair, hall.binh.participant)
    assert removed.data["previous"] is None
    seen = (await hall.seen()).floor
    assert (seen.holder, seen.queue) == (hall.an.participant, ())


async def test_a_chair_is_not_removed(hall: Hall):
    with pytest.raises(NotAllowed):
        await hall.does(meetings.remove_participant, hall.chair, hall.chair.participant)


async def test_one_person_is_pinned_at_a_time(hall: Hall):
    an, binh = hall.an.participant, hall.binh.participant
    for who in (an, binh, None):
        event = await hall.does(meetings.pin_to_stage, hall.chair, who)
        assert event.data == {"participant": who}
        assert (await hall.seen()).stage == who
        with pytest.raises(AlreadySo):
            await hall.does(meetings.pin_to_stage, hall.chair, who)


@pytest.mark.parametrize("end", ["closed", "cancelled", "postponed"])
async def test_the_end_of_a_meeting_ends_what_goes_on_in_it(hall: Hall, end: str):
    an, item = hall.an.participant, hall.items[0]
    await hall.does(attendance.check_in, hall.an, an)
    await hall.does(agenda.open_item, hall.chair, item)
    await hall.later(10).does(floor.give_floor, hall.chair, an)
    await hall.does(floor.raise_hand, hall.binh)
    event = await hall.later(20).does(meetings.set_state, hall.chair, end)
    assert event.data == {
        "from": "in_session",
        "to": end,
        "speech": {"participant": an, "spoke_s": 20},
        "item": {"item": item, "spent_s": 30},
        "vote": None,
    }
    seen = await hall.seen()
    assert (seen.state, seen.floor.holder, seen.floor.queue) == (end, None, ())
    assert (seen.agenda[0].state, seen.agenda[0].spent_s) == ("done", 30)
    assert not any(person.present for person in seen.participants)
    assert await hall.does(attendance.leave, hall.an, an) is None
    assert (await hall.log())[-1] == event


async def test_a_meeting_that_was_postponed_begins_anew_with_its_people(hall: Hall):
    people = [person.id for person in (await hall.seen()).participants]
    for step in ("postponed", "draft"):
        await hall.does(meetings.set_state, hall.chair, step)
    submitted = await hall.does(meetings.submit, hall.secretary)
    assert (submitted.actor, submitted.data) == (hall.secretary.participant, {"from": "draft", "to": "submitted"})
    assert [person.id for person in (await hall.seen()).participants] == people


async def test_a_kind_of_meeting_that_is_none(hall: Hall):
    async with hall.db.writing() as session:
        with pytest.raises(BadInput) as refused:
            await meetings.create(session, SYSTEM_OFFICER, "Họp", hall.unit, START, START, kind="party")
    assert refused.value.field == "kind"


async def test_a_snapshot_tells_all_in_the_order_of_the_lists(hall: Hall):
    await hall.does(attendance.check_in, hall.binh, hall.binh.participant)
    await hall.does(agenda.open_item, hall.chair, hall.items[1])
    await hall.does(floor.raise_hand, hall.an)
    last = await hall.does(chat.say, hall.an, "Xin chào")
    async with hall.db.reading() as session:
        snapshot = await meetings.snapshot(session, hall.meeting, hall.now)
    assert snapshot.seq == last.seq
    seen = snapshot.meeting
    assert (seen.title, seen.unit, seen.state) == (
        "Hội nghị lần thứ năm",
        "Ủy ban MTTQ tỉnh",
        "in_session",
    )
    assert [person.name for person in seen.participants] == [
        "Trần Thị Chủ",
        "Lê Văn Thư",
        "Nguyễn Văn An",
        "Phạm Thị Bình",
        "Đỗ Minh Chi",
        "Màn hình hội trường",
    ]
    assert [person.id for person in seen.participants if person.present] == [hall.binh.participant]
    assert [(item.number, item.state) for item in seen.agenda] == [
        ("1", "pending"),
        ("2", "current"),
        ("3", "pending"),
    ]
    assert seen.floor.queue[0].participant == hall.an.participant
    assert (seen.chat[0].id, seen.chat[0].at) == (last.data["id"], last.at)


async def test_a_snapshot_is_the_message_of_the_same_name(hall: Hall):
    await hall.does(agenda.open_item, hall.chair, hall.items[0])
    await hall.does(floor.raise_hand, hall.an)
    await hall.does(floor.give_floor, hall.chair, hall.binh.participant)
    await hall.does(chat.say, hall.an, "Xin chào")
    seen = await hall.seen()
    message = msgspec.convert(seen, messages.Meeting, from_attributes=True)
    for_whom = {"shown_to_others": False}  # the hall says it, which knows who reads
    assert msgspec.to_builtins(message) == dataclasses.asdict(seen) | for_whom


async def test_a_snapshot_asks_the_same_few_questions_however_many_take_part(hall: Hall):
    async with hall.db.writing() as session:
        session.add_all(
            Participant(
                id=f"delegate {number}",
                meeting_id=hall.meeting,
                seq=100 + number,
                name=f"Đại biểu {number}",
                title="",
                unit="",
                role="delegate",
                muted=False,
                on_stage=False,
            )
            for number in range(300)
        )
    asked: list[str] = []
    engine = hall.db.engine.sync_engine

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    happenings.listen(engine, "before_cursor_execute", count)
    try:
        seen = await hall.seen()
    finally:
        happenings.remove(engine, "before_cursor_execute", count)
    assert len(seen.participants) == 306
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 18


async def test_there_is_no_snapshot_of_no_meeting(db: Database):
    async with db.reading() as session:
        with pytest.raises(NotFound):
            await meetings.snapshot(session, "none", START)


async def opens_by_hands(session, actor, question, tellers, now):
    return await votes.open_vote(session, actor, question, now, kind="show_of_hands", tellers=tellers)


opens_secretly = functools.partial(votes.open_vote, kind="secret", keys=KEYS)
casts_secretly = functools.partial(on_the_last(votes.cast_secret), code=CODE, key="key-00000001")


async def report_on_the_last(session: AsyncSession, actor: Actor, now: datetime) -> None:
    (written,) = await conclusions.conclusions(session, actor.meeting)
    await conclusions.set_progress(session, actor, written.tasks[0].id, 50, now)


async def take_back_the_last(session: AsyncSession, actor: Actor, now: datetime) -> None:
    (written,) = await conclusions.conclusions(session, actor.meeting)
    await conclusions.remove_conclusion(session, actor, written.id, now)


async def test_the_documented_events_are_those_that_happen(db: Database):
    hall = await convene(db, "draft")
    an, item = hall.an.participant, hall.items[0]
    for verb, actor, *args in (
        (meetings.submit, hall.secretary),
        (meetings.set_state, hall.chair, "approved"),
        (letters.write_letter, hall.secretary, WORDS),
        (letters.invite, hall.secretary, SEAL),
        (reminders.set_reminders, hall.secretary, reminders.Rules(1, True, True, 1)),
        (letters.remind, hall.secretary, SEAL),
        (held_a_day_later, hall.secretary),
        (answers.answer, hall.an, an, "accepted"),
        (somebody_is_excused, hall.secretary),
        (somebody_is_replaced, hall.secretary),
        (meetings.set_state, hall.chair, "check_in"),
        (attendance.check_in, hall.an, an),
        (meetings.set_state, hall.chair, "in_session"),
        (floor.raise_hand, hall.an),
        (floor.lower_hand, hall.an, None),
        (floor.set_floor_mode, hall.chair, "open"),
        (floor.mute, hall.chair, an),
        (floor.unmute, hall.chair, an),
        (floor.give_floor, hall.chair, an),
        (speeches.pause_speech, hall.chair),
        (speeches.resume_speech, hall.chair),
        (speeches.extend_speech, hall.chair, 60),
        (floor.take_floor, hall.chair),
        (turns.set_floor_rules, hall.chair, FloorRulesView("unit")),
        (floor.mute_all, hall.chair),
        (agenda.open_item, hall.chair, item),
        (agenda.close_item, hall.chair),
        (agenda.change_item, hall.chair, item, 1, "Khai mạc hội nghị"),
        (conclusions.write_conclusion, hall.chair, item, "Nhất trí", (TaskPlan("Báo cáo lại"),)),
        (report_on_the_last, hall.chair),
        (wall.show_on_wall, hall.chair, "agenda"),
        (take_back_the_last, hall.chair),
        (agenda.move_item, hall.chair, item, None, None),
        (agenda.remove_item, hall.chair, hall.items[1]),
        (meetings.pin_to_stage, hall.chair, an),
        (attendance.check_in, hall.chair, hall.chair.participant),
        (attendance.check_in, hall.binh, hall.binh.participant),
        (votes.open_vote, hall.secretary, "Thông qua chương trình"),
        (on_the_last(votes.cancel), hall.secretary),
        (votes.open_vote, hall.chair, "Thông qua báo cáo"),
        (on_the_last(votes.cast), hall.an, "for"),
        (on_the_last(votes.close), hall.chair),
        (on_the_last(votes.publish), hall.chair),
        (attendance.check_in, hall.chi, hall.chi.participant),
        *((attendance.check_in, one, one.participant) for one in await hall.more(1)),
        (opens_by_hands, hall.chair, "Thống nhất", [hall.chi.participant, hall.binh.participant]),
        (on_the_last(votes.count_hands), hall.chi, {"for": 2, "against": 0, "other": 0}),
        (on_the_last(votes.cancel), hall.chair),
        (opens_secretly, hall.chair, "Tín nhiệm"),
        (casts_secretly, hall.binh, ["against"]),
        (chat.say, hall.an, "Xin chào"),
        (add_failed, hall.chair),
        (add_approved, hall.secretary),
        (show_the_last, hall.chair),
        (documents.stop_showing, hall.chair),
        (close_the_last_to_delegates, hall.secretary),
        (recall_the_last, hall.chair),
        (lobby.admit, hall.chair, None),
        (attendance.leave, hall.an, an),
        (a_site_comes_and_goes, hall.chair),
        (meetings.remove_participant, hall.chair, an),
        (meetings.set_state, hall.chair, "closed"),
    ):
        await hall.does(verb, actor, *args)
    documented = {name: data for name, data in table("Events")[1:]}
    happened = {event.name: event for event in await hall.log()}
    assert set(happened) == set(documented)
    for name, event in happened.items():
        assert all(f"`{field}`" in f"`{documented[name]}`" for field in event.data), name


async def a_site_comes_and_goes(session: AsyncSession, actor: Actor, now: datetime) -> None:
    site = (await sites.add_site(session, actor, "Điểm cầu xã Đông", now)).data["site"]["id"]
    await sites.change_site(session, actor, site, "Điểm cầu phường Đông", now, capacity=40)
    await sites.place(session, actor, [actor.participant], site, now)
    await sites.remove_site(session, actor, site, now)


async def held_a_day_later(session: AsyncSession, actor: Actor, now: datetime) -> None:
    before = (await session.get_one(Meeting, actor.meeting)).starts_at
    await rescheduling.reschedule(session, actor, before, before + timedelta(days=1), "", SEAL, now)


async def somebody_is_excused(session: AsyncSession, actor: Actor, now: datetime) -> None:
    added = await meetings.add_participant(session, actor, "guest", now, name="Lò Thị Ốm")
    absent = added.data["participant"]["id"]
    await answers.answer(session, actor, absent, "declined", now, reason="Ốm")
    await answers.decide_absence(session, actor, absent, True, now)


async def somebody_is_replaced(session: AsyncSession, actor: Actor, now: datetime) -> None:
    added = await meetings.add_participant(session, actor, "guest", now, name="Lương Văn Vắng")
    absent = added.data["participant"]["id"]
    await answers.name_substitute(session, actor, absent, SEAL, now, name="Vi Văn Thế")


async def test_a_removed_persons_rows_stay(hall: Hall):
    """The archive still says who had been invited."""
    await hall.does(meetings.remove_participant, hall.chair, hall.an.participant)
    async with hall.db.reading() as session:
        name = await session.scalar(
            sa.text("SELECT name FROM participants WHERE id = :id"), {"id": hall.an.participant}
        )
    assert name == "Nguyễn Văn An"

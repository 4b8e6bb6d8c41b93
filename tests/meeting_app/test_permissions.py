"""Every verb obeys the table of who may do what."""

import itertools
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import (
    agenda,
    answers,
    attendance,
    bodies,
    chat,
    conclusions,
    delivery,
    documents,
    floor,
    invitations,
    letters,
    lobby,
    meetings,
    organization,
    reminders,
    rescheduling,
    sites,
    speeches,
    turns,
    votes,
    wall,
)
from meeting_app.acting import SYSTEM_OFFICER, Actor, Officer
from meeting_app.conclusions import TaskPlan
from meeting_app.db import Database
from meeting_app.documents import Plan
from meeting_app.errors import MeetingError, NotAllowed
from meeting_app.models import Meeting
from meeting_app.permissions import MEETING_ROLES, OFFICER_ROLES, SYSTEM, TABLE, UNCOUNTED, actions_of, may
from meeting_app.reminders import Rules
from meeting_app.states import POSSIBLE_IN
from meeting_app.views import FloorRulesView
from tests.meeting_app.documents import table
from tests.meeting_app.hall import CODE, KEYS, SEAL, START, WORDS, Hall, convene_within, on_the_last
from tests.meeting_app.papers import (
    add_approved,
    add_ready,
    approve_the_last,
    note_on_the_last,
    open_up_the_last,
    recall_the_last,
    show_the_last,
)

HOUR = timedelta(hours=1)
HANDS = {"for": 1, "against": 0, "other": 0}
Try = Callable[[AsyncSession, Hall, Actor, str], Awaitable[Any]]  # session, hall, who acts, on whom

# Actions on oneself or another.
PERSONAL: dict[str, Try] = {
    "raise_hand": lambda s, h, actor, whom: floor.raise_hand(s, actor, START),
    "lower_hand": lambda s, h, actor, whom: floor.lower_hand(s, actor, whom, START),
    "take_floor": lambda s, h, actor, whom: floor.take_floor(s, actor, START),
    "cast_ballot": lambda s, h, actor, whom: on_the_last(votes.cast)(s, actor, "for", now=START),
    "cast_secret_ballot": lambda s, h, actor, whom: on_the_last(votes.cast_secret)(
        s, actor, ["for"], CODE, now=START, key="key-00000001"
    ),
    "count_hands": lambda s, h, actor, whom: on_the_last(votes.count_hands)(s, actor, HANDS, now=START),
    "show_page": lambda s, h, actor, whom: show_the_last(s, actor, START),
    "keep_note": lambda s, h, actor, whom: note_on_the_last(s, actor, START),
    "stop_showing": lambda s, h, actor, whom: documents.stop_showing(s, actor, START),
    "set_progress": lambda s, h, actor, whom: report_on_the_last(s, h, actor),
    "check_in": lambda s, h, actor, whom: attendance.check_in(s, actor, whom, START),
    "answer_invitation": lambda s, h, actor, whom: answers.answer(s, actor, whom, "accepted", START),
    "name_substitute": lambda s, h, actor, whom: answers.name_substitute(
        s, actor, whom, SEAL, START, name="Vi Văn Thế"
    ),
    "leave": lambda s, h, actor, whom: attendance.leave(s, actor, whom, START),
}
# These name nobody, so there is no other to do them to.
OF_ONESELF = ("raise_hand", "keep_note", "cast_ballot", "cast_secret_ballot", "count_hands")
# Actions that need more than a participant's own; on a delegate, where they are done to somebody.
COMMON: dict[str, Try] = {
    "give_floor": lambda s, h, actor, whom: floor.give_floor(s, actor, h.an.participant, START),
    "set_floor_mode": lambda s, h, actor, whom: floor.set_floor_mode(s, actor, "open", START),
    "set_floor_rules": lambda s, h, actor, whom: turns.set_floor_rules(
        s, actor, FloorRulesView(turn_order="unit"), START
    ),
    "pause_speech": lambda s, h, actor, whom: speeches.pause_speech(s, actor, START),
    "resume_speech": lambda s, h, actor, whom: speeches.resume_speech(s, actor, START),
    "extend_speech": lambda s, h, actor, whom: speeches.extend_speech(s, actor, 60, START),
    "mute": lambda s, h, actor, whom: floor.mute(s, actor, h.an.participant, START),
    "unmute": lambda s, h, actor, whom: floor.unmute(s, actor, h.chi.participant, START),
    "mute_all": lambda s, h, actor, whom: floor.mute_all(s, actor, START),
    "pin_to_stage": lambda s, h, actor, whom: meetings.pin_to_stage(s, actor, h.an.participant, START),
    "say": lambda s, h, actor, whom: chat.say(s, actor, "Xin chào", START),
    "check_in_at_hall": lambda s, h, actor, whom: attendance.check_in_at_hall(s, actor, h.an.participant, START),
    "note_leaving": lambda s, h, actor, whom: attendance.note_leaving(s, actor, h.an.participant, START),
    "change_sites": lambda s, h, actor, whom: sites.add_site(s, actor, "Điểm cầu xã Đông", START),
    "set_state": lambda s, h, actor, whom: meetings.set_state(s, actor, "paused", START),
    "submit_meeting": lambda s, h, actor, whom: meetings.submit(s, actor, START),
    "open_item": lambda s, h, actor, whom: agenda.open_item(s, actor, h.items[1], START),
    "close_item": lambda s, h, actor, whom: agenda.close_item(s, actor, START),
    "show_on_wall": lambda s, h, actor, whom: wall.show_on_wall(s, actor, "agenda", START),
    "write_conclusion": lambda s, h, actor, whom: conclusions.write_conclusion(
        s, actor, h.items[0], "Kết luận", (), START
    ),
    "remove_conclusion": lambda s, h, actor, whom: take_back_the_last(s, h, actor),
    "open_vote": lambda s, h, actor, whom: votes.open_vote(s, actor, "Thông qua báo cáo", START),
    "ask_opinions": lambda s, h, actor, whom: votes.ask_opinions(s, actor, "Cho ý kiến", START + HOUR, START),
    "close_vote": lambda s, h, actor, whom: on_the_last(votes.close)(s, actor, now=START),
    "cancel_vote": lambda s, h, actor, whom: on_the_last(votes.cancel)(s, actor, now=START),
    "publish_vote": lambda s, h, actor, whom: on_the_last(votes.publish)(s, actor, now=START),
    "admit": lambda s, h, actor, whom: lobby.admit(s, actor, None, START),
    "refuse": lambda s, h, actor, whom: refuse_the_first(s, h, actor),
    "remove_participant": lambda s, h, actor, whom: meetings.remove_participant(s, actor, h.an.participant, START),
    "add_participant": lambda s, h, actor, whom: meetings.add_participant(
        s, actor, "delegate", START, name="Hồ Thị Mới"
    ),
    "write_letter": lambda s, h, actor, whom: letters.write_letter(s, actor, WORDS, START),
    "set_address": lambda s, h, actor, whom: letters.set_address(s, actor, h.an.participant, "an@example.org", START),
    "invite": lambda s, h, actor, whom: letters.invite(s, actor, SEAL, START),
    "remind": lambda s, h, actor, whom: letters.remind(s, actor, SEAL, START),
    "set_reminders": lambda s, h, actor, whom: reminders.set_reminders(s, actor, Rules(1, False, True, 0), START),
    "decide_absence": lambda s, h, actor, whom: answers.decide_absence(s, actor, h.an.participant, True, START),
    "resend": lambda s, h, actor, whom: delivery.resend(s, actor, [h.an.participant], SEAL, START),
    "reschedule": lambda s, h, actor, whom: rescheduling.reschedule(s, actor, START, START + HOUR, "", SEAL, START),
    "issue_link": lambda s, h, actor, whom: invitations.issue_link(s, actor, h.an.participant, START),
    "add_item": lambda s, h, actor, whom: agenda.add_item(s, actor, "Nội dung khác", START),
    "change_item": lambda s, h, actor, whom: agenda.change_item(s, actor, h.items[1], 1, "Nội dung khác", START),
    "move_item": lambda s, h, actor, whom: agenda.move_item(s, actor, h.items[2], None, h.items[0], START),
    "remove_item": lambda s, h, actor, whom: agenda.remove_item(s, actor, h.items[2], START),
    "add_document": lambda s, h, actor, whom: documents.begin_upload(
        s, actor, "file-key", Plan(1000, title="Báo cáo"), START
    ),
    "approve_version": lambda s, h, actor, whom: approve_the_last(s, actor, START),
    "change_readers": lambda s, h, actor, whom: open_up_the_last(s, actor, START),
    "recall_document": lambda s, h, actor, whom: recall_the_last(s, actor, START),
}


async def take_back_the_last(session: AsyncSession, hall: Hall, actor: Actor) -> None:
    written = await conclusions.conclusions(session, hall.meeting)
    await conclusions.remove_conclusion(session, actor, written[-1].id if written else "none", START)


async def report_on_the_last(session: AsyncSession, hall: Hall, actor: Actor) -> None:
    written = await conclusions.conclusions(session, hall.meeting)
    await conclusions.set_progress(session, actor, written[-1].tasks[0].id if written else "none", 40, START)


async def refuse_the_first(session: AsyncSession, hall: Hall, actor: Actor) -> None:
    first = (await lobby.waiting(session, hall.meeting))[0]
    await lobby.refuse(session, actor, first.id, START)


async def last_seq(session: AsyncSession, hall: Hall) -> int | None:
    return await session.scalar(select(Meeting.last_seq).where(Meeting.id == hall.meeting))


async def prepare(session: AsyncSession, hall: Hall, action: str, whom: Actor, role: str) -> None:
    """Make the action possible, so that what remains to refuse it is the table."""
    if action == "lower_hand" and role not in ("chair", *UNCOUNTED):
        await floor.raise_hand(session, whom, START)
    if action == "take_floor" and role != "big_screen":
        await floor.give_floor(session, hall.system, whom.participant, START)
    if action in ("pause_speech", "resume_speech", "extend_speech"):
        await floor.give_floor(session, hall.system, hall.chi.participant, START)
    if action == "resume_speech":
        await speeches.pause_speech(session, hall.system, START)
    if action in ("remove_conclusion", "set_progress"):
        whose = TaskPlan("Báo cáo lại", participant=whom.participant)
        await conclusions.write_conclusion(session, hall.system, hall.items[0], "Kết luận", (whose,), START)
    if action == "leave" and role not in UNCOUNTED:
        await attendance.check_in(session, hall.system, whom.participant, START)
    if action in ("open_vote", "cast_ballot", "cast_secret_ballot", "close_vote", "cancel_vote", "publish_vote"):
        for one in (hall.chair, hall.an, hall.binh, hall.chi):
            await attendance.check_in(session, hall.system, one.participant, START)
    if action in ("cast_ballot", "cast_secret_ballot") and role not in UNCOUNTED:
        await attendance.check_in(session, hall.system, whom.participant, START)
    if action in ("cast_ballot", "close_vote", "cancel_vote", "publish_vote"):
        await votes.open_vote(session, hall.system, "Thông qua báo cáo", START)
    if action == "count_hands":
        teller = whom.participant if role in TABLE["count_hands"] else hall.an.participant
        for one in {hall.chair.participant, hall.an.participant, hall.binh.participant, teller}:
            await attendance.check_in(session, hall.system, one, START)
        tellers = [hall.chi.participant, teller]
        await attendance.check_in(session, hall.system, hall.chi.participant, START)
        await votes.open_vote(session, hall.system, "Giơ tay", START, kind="show_of_hands", tellers=tellers)
    if action == "cast_secret_ballot":
        more = [await meetings.add_participant(session, hall.system, "delegate", START, name=n) for n in ("Lê", "Vũ")]
        for event in more:
            await attendance.check_in(session, hall.system, event.data["participant"]["id"], START)
        await votes.open_vote(session, hall.system, "Bầu", START, kind="secret", keys=KEYS)
    if action == "publish_vote":
        await on_the_last(votes.close)(session, hall.system, now=START)
    if action in ("approve_version", "change_readers", "recall_document"):
        await add_ready(session, hall.chair, START)
    if action == "keep_note":
        await add_approved(session, hall.chair, START, audience="everybody")
    if action in ("show_page", "stop_showing"):
        version = await add_approved(session, hall.chair, START, audience="everybody")
        if role not in UNCOUNTED:
            await floor.give_floor(session, hall.system, whom.participant, START)
            if action == "stop_showing":
                await documents.show_page(session, whom, version, 1, START)


@pytest.mark.parametrize("role", MEETING_ROLES)
async def test_every_verb_obeys_the_table(db: Database, role: str):
    async with db.writing() as session:
        hall = await convene_within(session, db)
        if role == "site_operator":
            event = await sites.add_site(session, hall.system, "Điểm cầu thử", START)
            actor = Actor(hall.meeting, event.data["operator"]["id"])
        else:
            event = await meetings.add_participant(session, hall.system, role, START, name="Người thử")
            actor = Actor(hall.meeting, event.data["participant"]["id"])
        await floor.mute(session, hall.system, hall.chi.participant, START)
        await agenda.open_item(session, hall.system, hall.items[0], START)
        await lobby.knock(session, hall.meeting, "Khách", "", START)
        tries = [(action, own, PERSONAL[action]) for action in PERSONAL for own in (True, False)]
        tries += [(action, False, COMMON[action]) for action in COMMON]
        for action, own, attempt in tries:
            whom, whose_role = (actor, role) if own or action in OF_ONESELF else (hall.binh, "delegate")
            allowed = may(role, action, own=own or action in OF_ONESELF)
            async with session.begin_nested() as step:
                await prepare(session, hall, action, whom, whose_role)
                before = await last_seq(session, hall)
                try:
                    await attempt(session, hall, actor, whom.participant)
                    outcome = "done"
                except NotAllowed:
                    outcome = "not allowed"
                except MeetingError as error:
                    outcome = error.code
                # Who may do it to nobody (a big screen's floor, a chair's own hand) finds nothing to do.
                assert (outcome != "not allowed") == allowed or (own and role in UNCOUNTED), (action, own)
                if not allowed:
                    assert await last_seq(session, hall) == before, (action, own)
                await step.rollback()


def test_every_action_is_tried():
    of_officers = {action for action, roles in TABLE.items() if set(roles) <= set(OFFICER_ROLES)}
    assert set(PERSONAL) | set(COMMON) == set(TABLE) - of_officers == set(POSSIBLE_IN)


async def test_nobody_acts_in_a_meeting_that_is_not_theirs(db: Database):
    async with db.writing() as session:
        hall, other = await convene_within(session, db), await convene_within(session, db)
        for actor in (Actor(hall.meeting, other.chair.participant), Actor(hall.meeting, "nobody")):
            for action, attempt in {**PERSONAL, **COMMON}.items():
                if action in ("leave", "refuse"):  # nothing to do, before anybody is asked
                    continue
                with pytest.raises(NotAllowed):
                    await attempt(session, hall, actor, hall.an.participant)


async def test_nothing_is_done_to_people_and_things_of_another_meeting(db: Database):
    async with db.writing() as session:
        hall, other = await convene_within(session, db), await convene_within(session, db)
        entry = await lobby.knock(session, other.meeting, "Khách", "", START)
        stranger = other.an.participant
        for verb, *args in (
            (floor.give_floor, stranger),
            (floor.mute, stranger),
            (floor.unmute, stranger),
            (meetings.remove_participant, stranger),
            (meetings.pin_to_stage, stranger),
            (invitations.issue_link, stranger),
            (attendance.check_in, stranger),
            (agenda.open_item, other.items[0]),
            (agenda.change_item, other.items[0], 1, "Khác"),
            (agenda.move_item, other.items[0], None, None),
            (agenda.remove_item, other.items[0]),
            (lobby.admit, entry.visitor.knock),
            (lobby.refuse, entry.visitor.knock),
        ):
            with pytest.raises(MeetingError) as caught:
                await verb(session, hall.chair, *args, START)
            assert caught.value.code == "not_found", verb


async def test_who_was_removed_can_do_nothing_more(hall: Hall):
    await hall.does(meetings.remove_participant, hall.chair, hall.secretary.participant)
    with pytest.raises(NotAllowed):
        await hall.does(chat.say, hall.secretary, "Tôi vẫn ở đây")


@pytest.mark.parametrize("role", OFFICER_ROLES)
async def test_officers_reach_their_unit_and_below(db: Database, role: str, monkeypatch: pytest.MonkeyPatch):
    """create_meeting, change_units, change_people and change_accounts, in one's own branch and in another."""
    monkeypatch.setattr(organization, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    async with db.writing() as session:

        async def unit(name: str, level: str, parent: str | None) -> Any:
            return await organization.add_unit(session, SYSTEM_OFFICER, name, level, parent, START)

        top = await unit("Tỉnh", "province", None)
        mine, other = await unit("Xã A", "commune", top.id), await unit("Xã B", "commune", top.id)
        below = await unit("Thôn 1", "hamlet", mine.id)
        officer = Officer(role, mine.path)
        numbers = itertools.count()

        async def add_account(place: str) -> None:
            person = await organization.add_person(session, SYSTEM_OFFICER, "Vũ Văn Tám", "", place, START)
            login = f"tam{next(numbers)}"
            await organization.add_account(session, officer, person.id, login, "hash", "clerk", START)

        tries: dict[str, Callable[[str], Awaitable[Any]]] = {
            "create_meeting": lambda place: meetings.create(session, officer, "Họp", place, START, START),
            "change_units": lambda place: organization.add_unit(session, officer, "Tổ", "hamlet", place, START),
            "change_bodies": lambda place: bodies.add_body(session, officer, place, "advisory", "Hội đồng", START),
            "change_people": lambda place: organization.add_person(session, officer, "Vũ Văn Tám", "", place, START),
            "change_accounts": add_account,
        }
        for (action, attempt), place in itertools.product(tries.items(), (below, other, top)):
            if may(role, action, own=place is below):
                await attempt(place.id)
            else:
                with pytest.raises(NotAllowed):
                    await attempt(place.id)


@pytest.mark.parametrize("role", OFFICER_ROLES)
async def test_officers_prepare_the_meetings_of_their_units_and_do_nothing_else_in_them(db: Database, role: str):
    async with db.writing() as session:
        hall = await convene_within(session, db)
        unit = await organization.find_unit(session, hall.unit)
        other = await organization.add_unit(session, SYSTEM_OFFICER, "Tỉnh khác", "province", None, START)
        await agenda.open_item(session, hall.system, hall.items[0], START)
        await lobby.knock(session, hall.meeting, "Khách", "", START)
        for action, attempt in {**PERSONAL, **COMMON}.items():
            for own, path in ((True, unit.path), (False, other.path)):
                actor = Actor(hall.meeting, officer=Officer(role, path))
                async with session.begin_nested() as step:
                    await prepare(session, hall, action, hall.an, "delegate")
                    try:
                        await attempt(session, hall, actor, hall.an.participant)
                        outcome = "done"
                    except NotAllowed:
                        outcome = "not allowed"
                    except MeetingError as error:
                        outcome = error.code
                    assert (outcome != "not allowed") == may(role, action, own=own), (action, own, outcome)
                    await step.rollback()


def test_the_system_may_everything_and_a_stranger_nothing():
    for action in TABLE:
        assert may(SYSTEM, action, own=False)
        assert not may("stranger", action, own=True)
    assert actions_of(SYSTEM) == tuple(TABLE)


def test_the_actions_of_a_role_are_those_with_an_entry():
    assert actions_of("big_screen") == ()
    assert actions_of("guest") == (
        *("raise_hand", "lower_hand", "take_floor", "say", "check_in", "leave", "set_progress", "count_hands"),
        *("show_page", "keep_note", "stop_showing", "answer_invitation", "name_substitute"),
    )


def test_the_documented_table_is_this_one():
    roles = (*MEETING_ROLES, *OFFICER_ROLES)
    header, *rows = table("Who")
    assert header == ["action", *roles]
    documented = {
        action: {role: cell for role, cell in zip(roles, cells, strict=True) if cell} for action, *cells in rows
    }
    assert documented == TABLE

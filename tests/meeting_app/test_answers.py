"""What guests answer, and whose place a substitute takes."""

import pytest
import pytest_asyncio
import sqlalchemy as sa

from meeting_app import answers, attendance, delivery, invitations, letters, lobby, meetings, votes
from meeting_app.acting import Actor
from meeting_app.answers import Replaced
from meeting_app.db import Database
from meeting_app.errors import (
    AlreadySo,
    BadInput,
    LinkUnknown,
    MeetingClosed,
    NotAllowed,
    NotWaiting,
    SeatTaken,
    WrongState,
)
from tests.meeting_app.hall import SEAL, Hall, convene


@pytest_asyncio.fixture(loop_scope="session")
async def invited(db: Database) -> Hall:
    return await convene(db, "invited")


async def says(hall: Hall, actor: Actor, whom: Actor, what: str, reason: str = ""):
    return await hall.does(answers.answer, actor, whom.participant, what, reason=reason)


async def replace(hall: Hall, actor: Actor, whom: Actor, **named: str) -> Replaced:
    named = {"name": "Vi Văn Thế", **named}
    return await hall.does(_replace, actor, whom.participant, named)


async def _replace(session, actor, participant, named, now):
    return await answers.name_substitute(session, actor, participant, SEAL, now, **named)


async def answer_of(hall: Hall, whom: Actor) -> str:
    return next(person.answer for person in (await hall.seen()).participants if person.id == whom.participant)


async def test_a_guest_accepts_and_may_think_again(invited: Hall):
    event = await says(invited, invited.an, invited.an, "accepted")
    told = {"participant": invited.an.participant, "answer": "accepted", "reason": ""}
    assert (event.name, event.actor, event.data) == ("invitation_answered", invited.an.participant, told)
    with pytest.raises(AlreadySo):
        await says(invited, invited.an, invited.an, "accepted")
    await says(invited, invited.an, invited.an, "declined", "Đi công tác")
    assert await answer_of(invited, invited.an) == "declined"


async def test_an_absence_has_a_reason(invited: Hall):
    with pytest.raises(BadInput) as refused:
        await says(invited, invited.an, invited.an, "declined", "  ")
    assert refused.value.field == "reason"
    with pytest.raises(BadInput) as refused:
        await says(invited, invited.an, invited.an, "perhaps")
    assert refused.value.field == "answer"


async def test_the_secretary_answers_for_who_called_and_a_delegate_for_nobody_else(invited: Hall):
    event = await says(invited, invited.secretary, invited.binh, "accepted")
    assert event.actor == invited.secretary.participant
    with pytest.raises(NotAllowed):
        await says(invited, invited.an, invited.binh, "declined", "Ốm")


async def test_nobody_answers_before_the_letters_are_out(db: Database):
    hall = await convene(db, "approved")
    with pytest.raises(WrongState):
        await says(hall, hall.an, hall.an, "accepted")


async def test_a_substitute_takes_the_seat_and_its_owner_loses_it(invited: Hall):
    token = await invited.does(invitations.issue_link, invited.secretary, invited.an.participant)
    replaced = await replace(invited, invited.an, invited.an, title="Phó Chủ tịch", email="the@example.org")
    people = {person.id: person for person in (await invited.seen()).participants}
    assert invited.an.participant not in people
    substitute = people[replaced.substitute]
    assert (substitute.name, substitute.role, substitute.answer) == ("Vi Văn Thế", "delegate", "accepted")
    assert replaced.event.data["substitute"] == vars(substitute)
    async with invited.db.writing() as session:
        with pytest.raises(LinkUnknown):
            await invitations.use_link(session, token, invited.now)
    # The link still tells its owner what became of it, and the substitute has one of their own.
    view = await invited.asks(answers.invited, token)
    assert (view.answer, view.substitute) == ("substituted", "Vi Văn Thế")
    name, link, email = await invited.asks(answers.link_of_substitute, invited.an.participant, SEAL)
    assert (name, email) == ("Vi Văn Thế", "the@example.org")
    assert (await invited.asks(answers.invited, link)).participant == replaced.substitute


async def test_a_seat_is_given_away_once_and_not_after_the_owner_was_here(hall: Hall):
    await hall.does(attendance.check_in, hall.an, hall.an.participant)
    await hall.later(60).does(attendance.leave, hall.an, hall.an.participant)
    with pytest.raises(SeatTaken):
        await replace(hall, hall.an, hall.an)
    await replace(hall, hall.secretary, hall.binh)
    with pytest.raises(NotAllowed):
        await replace(hall, hall.binh, hall.binh)  # who was replaced takes part no more
    async with hall.db.writing() as session:
        with pytest.raises(sa.exc.IntegrityError):
            async with session.begin_nested():
                await session.execute(
                    sa.text("UPDATE participants SET stands_for_id = :of WHERE id IN (:one, :other)"),
                    {"of": hall.an.participant, "one": hall.chi.participant, "other": hall.secretary.participant},
                )


async def test_a_chair_is_not_replaced(invited: Hall):
    with pytest.raises(NotAllowed):
        await replace(invited, invited.secretary, invited.chair)


async def test_who_knocked_gives_no_seat_away(invited: Hall):
    async with invited.db.writing() as session:
        entry = await lobby.knock(session, invited.meeting, "Khách mời", "Xã Na Sơn", invited.now)
    (admission,) = await invited.does(lobby.admit, invited.chair, entry.visitor.knock)
    stranger = Actor(invited.meeting, admission.participant)
    for who in (stranger, invited.secretary):
        with pytest.raises(NotAllowed):
            await replace(invited, who, stranger)


async def test_who_stands_for_somebody_is_convened_and_votes(hall: Hall):
    replaced = await replace(hall, hall.an, hall.an)
    substitute = Actor(hall.meeting, replaced.substitute)
    vote = await hall.opens_a_vote(hall.chair, substitute, hall.binh)
    await hall.does(votes.cast, substitute, vote, "for")
    assert (await hall.seen()).vote.convened == 4


async def test_a_link_shows_the_invitation_and_is_not_used_up(invited: Hall):
    token = await invited.does(invitations.issue_link, invited.secretary, invited.an.participant)
    for _ in range(2):
        view = await invited.asks(answers.invited, token)
    assert (view.name, view.title, view.state) == ("Nguyễn Văn An", "Hội nghị lần thứ năm", "invited")
    assert view.agenda == ("1. Khai mạc", "2. Báo cáo", "3. Thảo luận")
    assert not view.has_letter and not view.was_here
    async with invited.db.writing() as session:
        await invitations.use_link(session, token, invited.now)
    with pytest.raises(LinkUnknown):
        await invited.asks(answers.invited, "made up")
    await invited.does(meetings.set_state, invited.chair, "cancelled")
    with pytest.raises(MeetingClosed):
        await invited.asks(answers.invited, token)


async def test_the_list_tells_how_each_guest_is_reached(invited: Hall):
    await invited.does(letters.set_address, invited.secretary, invited.an.participant, "an@example.org")
    await says(invited, invited.secretary, invited.binh, "declined", "Ốm")
    rows = {row.participant: row for row in await invited.asks(delivery.guest_list, invited.meeting)}
    assert set(rows) == {actor.participant for actor in (invited.chair, invited.secretary, *delegates(invited))}
    assert rows[invited.an.participant].email == "an@example.org"
    assert rows[invited.binh.participant].reason == "Ốm"


def delegates(hall: Hall) -> tuple[Actor, ...]:
    return hall.an, hall.binh, hall.chi


async def test_an_absence_is_agreed_to_or_not_and_asked_for_anew(invited: Hall):
    hall, binh = invited, invited.binh.participant
    with pytest.raises(NotWaiting):
        await hall.does(answers.decide_absence, hall.chair, binh, True)
    await hall.does(answers.answer, hall.binh, binh, "declined", reason="Đi công tác")
    event = await hall.does(answers.decide_absence, hall.secretary, binh, False)
    assert (event.name, event.data) == ("absence_decided", {"participant": binh, "excused": False})
    assert (await excused(hall))[binh] is False
    await hall.does(answers.decide_absence, hall.chair, binh, True)
    with pytest.raises(AlreadySo):
        await hall.does(answers.decide_absence, hall.chair, binh, True)
    assert (await excused(hall))[binh] is True
    with pytest.raises(NotAllowed):
        await hall.does(answers.decide_absence, hall.binh, binh, True)
    await hall.does(answers.answer, hall.binh, binh, "declined", reason="Ốm")
    assert (await excused(hall))[binh] is None  # another reason is decided anew


async def excused(hall: Hall) -> dict[str, bool | None]:
    return {row.participant: row.excused for row in await hall.asks(delivery.guest_list, hall.meeting)}

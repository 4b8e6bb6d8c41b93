"""Bodies, who is a member when, and the votes of their meetings."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from meeting_app import answers, attendance, bodies, convening, meetings, organization, quorum, votes
from meeting_app.acting import SYSTEM_OFFICER, Actor, Officer
from meeting_app.bodies import Rules
from meeting_app.errors import (
    AlreadySo,
    BadInput,
    FormUnanswered,
    MemberThen,
    NoQuorum,
    NotAllowed,
    NotEntitled,
    NotFound,
    NotMember,
    Outdated,
    TooFewVoters,
    UnitClosed,
    WeakerRule,
)
from meeting_app.ids import new_id
from meeting_app.models import Body, BodyMember, Participant
from meeting_app.statutes import BODY_KINDS, STATUTES
from meeting_app.votes.election import election_of
from tests.meeting_app.hall import SEAL, START, TO_STATE, Hall

TODAY = bodies.day_of(START)


async def founds(hall: Hall, members: int = 5, kind: str = "standing", **how: object) -> tuple[str, list[str]]:
    """A body, and the people who are members; the first is its head."""
    async with hall.db.writing() as session:
        body = await bodies.add_body(session, SYSTEM_OFFICER, hall.unit, kind, "Ban Thường trực", START, **how)
        people = []
        for number in range(members):
            name = f"Ủy viên {number}"
            person = await organization.add_person(session, SYSTEM_OFFICER, name, "", hall.unit, START)
            position = "member" if number else "head"
            await bodies.add_member(session, SYSTEM_OFFICER, body.id, person.id, position, TODAY, START)
            people.append(person.id)
    return body.id, people


async def meets(hall: Hall, body: str, state: str = "in_session") -> tuple[Actor, list[Actor]]:
    """A meeting of the body, usually in session: the system, and the members as they were convened."""
    async with hall.db.writing() as session:
        made = await meetings.create(session, SYSTEM_OFFICER, "Họp", hall.unit, START, START, body=body)
        system = Actor(made.meeting)
        convened = await convening.convene(session, system, START)
        for step in TO_STATE[state]:
            await meetings.set_state(session, system, step, START)
    return system, [Actor(made.meeting, event.data["participant"]["id"]) for event in convened]


async def come(hall: Hall, *members: Actor) -> None:
    for member in members:
        await hall.does(attendance.check_in, member, member.participant)


async def test_a_body_begins_with_the_rules_of_its_kind_and_may_write_its_own(hall: Hall):
    body, _ = await founds(hall, 0, "committee")
    async with hall.db.writing() as session:
        row = await session.get_one(Body, body)
        assert (row.quorum, row.rule, row.base) == ("two_thirds", "more_than_half", "all_members")
        own = Rules("more_than_half", "two_thirds", "present", "Điều 12 Quy chế")
        await bodies.change_body(session, SYSTEM_OFFICER, body, 1, "Ủy ban", "2024 - 2029", own)
        with pytest.raises(Outdated):
            await bodies.change_body(session, SYSTEM_OFFICER, body, 1, "Ủy ban khác", "", own)
    async with hall.db.reading() as session:
        seen = await bodies.shown(session, body, TODAY)
    assert (seen.name, seen.quorum, seen.rule, seen.basis) == ("Ủy ban", "more_than_half", "two_thirds", own.basis)


@pytest.mark.parametrize("kind", BODY_KINDS)
def test_every_kind_names_where_its_rules_are_from(kind: str):
    assert STATUTES[kind].source and bodies.rules_of(kind).quorum == STATUTES[kind].quorum


async def test_who_is_a_member_is_asked_of_a_day(hall: Hall):
    body, people = await founds(hall, 2)
    async with hall.db.writing() as session:
        (head, _), (member, person) = await bodies.members_of(session, body, TODAY)
        assert (head.position, person.id) == ("head", people[1])
        with pytest.raises(BadInput):
            await bodies.end_membership(session, SYSTEM_OFFICER, member.id, TODAY - timedelta(days=1))
        await bodies.end_membership(session, SYSTEM_OFFICER, member.id, TODAY)
        with pytest.raises(AlreadySo):
            await bodies.end_membership(session, SYSTEM_OFFICER, member.id, TODAY)
        for day, count in ((-1, 0), (0, 2), (1, 1)):
            assert await bodies.count_members(session, body, TODAY + timedelta(days=day)) == count
        with pytest.raises(MemberThen):
            await bodies.add_member(session, SYSTEM_OFFICER, body, people[1], "deputy", TODAY, START)
        again = TODAY + timedelta(days=30)
        await bodies.add_member(session, SYSTEM_OFFICER, body, people[1], "deputy", again, START)
        with pytest.raises(AlreadySo):
            await bodies.add_member(session, SYSTEM_OFFICER, body, people[1], "member", again, START)
        assert [member.position for member, _ in await bodies.members_of(session, body, again)] == ["head", "deputy"]


async def test_officers_write_the_bodies_of_their_units(hall: Hall):
    body, people = await founds(hall, 1)
    async with hall.db.writing() as session:
        unit = await organization.find_unit(session, hall.unit)
        elsewhere, clerk = Officer("unit_admin", "/elsewhere/"), Officer("clerk", unit.path)
        for officer in (elsewhere, clerk):
            with pytest.raises(NotAllowed):
                await bodies.add_body(session, officer, hall.unit, "advisory", "Hội đồng", START)
            with pytest.raises(NotAllowed):
                await bodies.add_member(session, officer, body, people[0], "member", TODAY, START)
            with pytest.raises(NotAllowed):
                await bodies.close_body(session, officer, body, START)
        head = Officer("unit_admin", unit.path)
        await bodies.close_body(session, head, body, START)
        with pytest.raises(AlreadySo):
            await bodies.close_body(session, head, body, START)
        with pytest.raises(BadInput):
            await meetings.create(session, head, "Họp", hall.unit, START, START, body=body)
        with pytest.raises(BadInput):
            await bodies.add_body(session, head, hall.unit, "parliament", "Hội đồng", START)
        await organization.close_unit(session, head, hall.unit, START)
        with pytest.raises(UnitClosed):
            await bodies.add_body(session, head, hall.unit, "advisory", "Hội đồng", START)


async def test_its_members_are_convened_once_and_the_head_leads(hall: Hall):
    body, _ = await founds(hall)
    system, _ = await meets(hall, body)
    seen = (await hall.asks(meetings.snapshot, system.meeting, hall.now)).meeting
    assert [one.role for one in seen.participants] == ["chair", *["delegate"] * 4]
    assert (seen.body.members, seen.body.kind, seen.body.basis) == (5, "standing", STATUTES["standing"].source)
    async with hall.db.writing() as session:
        assert await convening.convene(session, system, START) == []
        person = await organization.add_person(session, SYSTEM_OFFICER, "Vi Văn Mới", "", hall.unit, START)
        await bodies.add_member(session, SYSTEM_OFFICER, body, person.id, "member", TODAY, START)
        assert len(await convening.convene(session, system, START)) == 1
        with pytest.raises(NotFound):
            await convening.convene(session, hall.system, START)


async def test_only_members_vote_in_its_meeting(hall: Hall):
    body, _ = await founds(hall)
    system, members = await meets(hall, body)
    for named in ({"name": "Khách"}, {"person": None, "name": "Hồ Sỹ Lâm"}):
        with pytest.raises(NotMember):
            await hall.does(meetings.add_participant, system, "delegate", **named)
    await hall.does(meetings.add_participant, system, "guest", name="Khách")
    replaced = await hall.does(answers.name_substitute, members[1], members[1].participant, SEAL, name="Người thay")
    assert replaced.event.data["substitute"]["role"] == "guest"


async def test_quorum_and_majority_are_of_all_members(hall: Hall):
    body, _ = await founds(hall, 7)
    system, members = await meets(hall, body)
    await come(hall, *members[:4])
    chair = members[0]
    assert await hall.asks(quorum.quorum_at, system.meeting, START) == quorum.Quorum(7, 4, 5)
    with pytest.raises(NoQuorum, match="4 of 7"):
        await hall.does(votes.open_vote, chair, "Thông qua", base="all_members")
    await come(hall, members[4])
    event = await hall.does(votes.open_vote, chair, "Thông qua", base="all_members")
    vote = event.data["vote"]
    assert (vote["members"], vote["base_count"], vote["needed"], vote["quorum_needed"]) == (7, 7, 4, 5)
    for member in members[:4]:
        await hall.does(votes.cast, member, vote["id"], "for")
    # Who joins while a vote runs changes nothing of it.
    async with hall.db.writing() as session:
        person = await organization.add_person(session, SYSTEM_OFFICER, "Vi Văn Mới", "", hall.unit, START)
        await bodies.add_member(session, SYSTEM_OFFICER, body, person.id, "member", date(2020, 1, 1), START)
    await hall.does(votes.close, chair, vote["id"])
    result = (await hall.does(votes.publish, chair, vote["id"])).data["result"]
    assert (result["passed"], result["needed"], result["base_count"]) == (True, 4, 7)


async def test_without_a_body_there_are_no_members_to_count(hall: Hall):
    with pytest.raises(BadInput, match="no body"):
        await hall.opens_a_vote(hall.chair, hall.an, hall.binh, base="all_members")


async def leaves(hall: Hall, body: str, person: str, day: date) -> None:
    async with hall.db.writing() as session:
        members = await bodies.members_of(session, body, day)
        member = next(member for member, one in members if one.id == person)
        await bodies.end_membership(session, SYSTEM_OFFICER, member.id, day)


async def test_who_changes_position_counts_once_on_that_day(hall: Hall):
    body, people = await founds(hall, 3)
    await leaves(hall, body, people[1], TODAY)
    async with hall.db.writing() as session:
        # As rows may be that were written before this was refused.
        how = {"body_id": body, "person_id": people[1], "joined_on": TODAY, "left_on": None}
        session.add(BodyMember(id=new_id(START), position="deputy", **how))
    async with hall.db.reading() as session:
        unit = await organization.find_unit(session, hall.unit)
        assert await bodies.count_members(session, body, TODAY) == 3
        assert [count for *_, count in await bodies.bodies_within(session, [unit.path], TODAY)] == [3]
        positions = [(member.position, one.id) for member, one in await bodies.members_of(session, body, TODAY)]
    assert positions == [("head", people[0]), ("deputy", people[1]), ("member", people[2])]


async def seat_of(hall: Hall, system: Actor, person: str) -> str:
    seat = sa.select(Participant.id).where(Participant.meeting_id == system.meeting, Participant.person_id == person)
    async with hall.db.reading() as session:
        return await session.scalar(seat)


async def test_who_has_left_the_body_votes_no_more(hall: Hall):
    body, people = await founds(hall, 5)
    system, members = await meets(hall, body)
    await come(hall, *members)
    await leaves(hall, body, people[4], TODAY)
    assert await hall.asks(quorum.quorum_at, system.meeting, hall.now) == quorum.Quorum(5, 5, 4)
    hall.later(86400)
    assert await hall.asks(quorum.quorum_at, system.meeting, hall.now) == quorum.Quorum(4, 4, 3)
    event = await hall.does(votes.open_vote, members[0], "Thông qua", base="all_members")
    vote = event.data["vote"]
    assert (vote["convened"], vote["members"], len(vote["roster"])) == (4, 4, 4)
    gone = await seat_of(hall, system, people[4])
    with pytest.raises(NotEntitled):
        await hall.does(votes.cast, Actor(system.meeting, gone), vote["id"], "for")


async def test_screens_are_told_who_counts_no_more(hall: Hall):
    body, people = await founds(hall, 5)
    system, members = await meets(hall, body)
    await come(hall, *members)
    await leaves(hall, body, people[4], TODAY)
    gone = await seat_of(hall, system, people[4])
    for seconds, former in ((0, set()), (86400, {gone})):
        hall.later(seconds)
        seen = (await hall.asks(meetings.snapshot, system.meeting, hall.now)).meeting
        decided = await hall.asks(quorum.quorum_at, system.meeting, hall.now)
        here = {one.id for one in seen.participants if one.role in votes.VOTERS and one.present}
        assert set(seen.body.former) == former
        assert (seen.body.members, len(here - former)) == (decided.convened, decided.present)


async def test_in_a_body_without_members_nothing_is_voted_on(hall: Hall):
    body, people = await founds(hall, 3)
    _, members = await meets(hall, body)
    await come(hall, *members)
    for person in people:
        await leaves(hall, body, person, TODAY)
    with pytest.raises(NoQuorum):
        await hall.later(86400).does(votes.open_vote, members[0], "Thông qua", base="all_members")


async def test_no_opinions_are_asked_of_a_body_without_members(hall: Hall):
    body, people = await founds(hall, 3)
    _, members = await meets(hall, body, "invited")
    for person in people:
        await leaves(hall, body, person, TODAY)
    with pytest.raises(NoQuorum):
        await hall.later(86400).does(votes.ask_opinions, members[0], "Cho ý kiến", START + timedelta(days=3))


@pytest.mark.parametrize(
    ("own", "rule", "base", "may_be"),
    [
        (("more_than_half", "all_members"), "more_than_half", "all_members", True),
        (("more_than_half", "all_members"), "two_thirds", "all_members", True),
        (("more_than_half", "all_members"), "two_thirds", "convened", False),
        (("more_than_half", "all_members"), "plurality", "valid", False),
        (("two_thirds", "present"), "two_thirds", "all_members", True),
        (("two_thirds", "present"), "three_quarters", "returned", False),
        (("two_thirds", "present"), "more_than_half", "all_members", False),
    ],
)
async def test_a_body_decides_by_no_weaker_rule_than_its_own(
    hall: Hall, own: tuple[str, str], rule: str, base: str, may_be: bool
):
    body, _ = await founds(hall, 3, rules=Rules("more_than_half", *own))
    _, members = await meets(hall, body)
    await come(hall, *members)
    if may_be:
        await hall.does(votes.open_vote, members[0], "Thông qua", rule=rule, base=base)
    else:
        with pytest.raises(WeakerRule):
            await hall.does(votes.open_vote, members[0], "Thông qua", rule=rule, base=base)


async def test_the_rule_of_a_body_does_not_bind_its_elections(hall: Hall):
    pair = election_of([("An", ""), ("Bình", "")], 1, 1)
    body, _ = await founds(hall, 3, rules=Rules("more_than_half", "more_than_half", "all_members"))
    _, members = await meets(hall, body)
    await come(hall, *members)
    with pytest.raises(TooFewVoters):  # what three may not do; the most votes of the valid ones would be allowed
        await hall.does(
            votes.open_vote, members[0], "Bầu", kind="election", election=pair, rule="plurality", base="valid"
        )


async def test_a_member_answers_a_form_before_naming_a_substitute(hall: Hall):
    body, _ = await founds(hall, 3)
    _, (chair, member, _) = await meets(hall, body, "invited")
    asked = await hall.does(votes.ask_opinions, chair, "Cho ý kiến", START + timedelta(days=1))
    how = (answers.name_substitute, member, member.participant, SEAL)
    with pytest.raises(FormUnanswered):
        await hall.does(*how, name="Người thay")
    await hall.does(votes.cast, member, asked.data["vote"]["id"], "for")
    await hall.does(*how, name="Người thay")

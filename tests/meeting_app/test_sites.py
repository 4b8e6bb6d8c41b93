"""Sites: a connection of their own, people placed at them, and an operator who reaches only these."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from meeting_app import answers, attendance, meetings, sites
from meeting_app.acting import Actor
from meeting_app.errors import (
    AlreadyHere,
    AlreadySo,
    BadInput,
    MeetingError,
    NotAllowed,
    NotFound,
    OtherSite,
    SeatTaken,
    SiteInUse,
    SiteKnown,
)
from meeting_app.models import Participant
from meeting_app.quorum import quorum_at
from tests.meeting_app.hall import SEAL, START, Hall, convene


async def add(hall: Hall, name: str = "Điểm cầu xã Đông", **how) -> tuple[str, Actor]:
    """A site, and its operator."""
    data = (await hall.does(sites.add_site, hall.secretary, name, **how)).data
    return data["site"]["id"], Actor(hall.meeting, data["operator"]["id"])


async def person(hall: Hall, actor: Actor):
    return next(one for one in (await hall.seen()).participants if one.id == actor.participant)


async def test_a_site_has_a_screen_that_bears_its_name(hall: Hall):
    site, operator = await add(hall, unit="Xã Đông", capacity=40)
    await hall.does(sites.change_site, hall.chair, site, "Điểm cầu phường Đông", unit="Phường Đông", capacity=50)
    seen = await hall.seen()
    assert [(one.name, one.unit, one.capacity) for one in seen.sites] == [("Điểm cầu phường Đông", "Phường Đông", 50)]
    screen = await person(hall, operator)
    assert (screen.name, screen.unit, screen.role, screen.site) == (
        "Điểm cầu phường Đông",
        "Phường Đông",
        "site_operator",
        site,
    )
    with pytest.raises(AlreadySo):
        await hall.does(sites.change_site, hall.chair, site, "Điểm cầu phường Đông", unit="Phường Đông", capacity=50)
    with pytest.raises(SiteKnown):
        await add(hall, "Điểm cầu phường Đông")


@pytest.mark.parametrize("how", [{"name": " "}, {"capacity": -1}, {"capacity": 10_001}])
async def test_a_site_needs_a_name_and_a_room_that_can_be(hall: Hall, how: dict):
    with pytest.raises(BadInput) as caught:
        await add(hall, **how)
    assert caught.value.field in how


async def test_the_screen_of_a_site_comes_with_the_site_alone(hall: Hall):
    with pytest.raises(BadInput):
        await hall.does(meetings.add_participant, hall.chair, "site_operator", name="Điểm cầu")
    _, operator = await add(hall)
    with pytest.raises(NotAllowed):
        await hall.does(answers.answer, hall.secretary, operator.participant, "accepted")
    with pytest.raises(IntegrityError):
        async with hall.db.writing() as session:
            await session.execute(
                update(Participant).where(Participant.id == operator.participant).values(site_id=None)
            )


async def test_people_are_placed_and_a_site_that_goes_leaves_them_nowhere(hall: Hall):
    site, operator = await add(hall)
    both = [hall.an.participant, hall.binh.participant]
    placed = await hall.does(sites.place, hall.secretary, both, site)
    assert placed.data == {"site": site, "participants": both}
    with pytest.raises(AlreadySo):
        await hall.does(sites.place, hall.secretary, both, site)
    with pytest.raises(NotAllowed):
        await hall.does(sites.place, hall.secretary, [operator.participant], None)
    with pytest.raises(NotFound):
        await hall.does(sites.place, hall.secretary, ["nobody"], site)
    removed = await hall.does(sites.remove_site, hall.chair, site)
    assert removed.data == {"site": site, "operator": operator.participant, "previous": None}
    assert (await person(hall, hall.an)).site is None
    assert (await hall.seen()).sites == ()
    with pytest.raises(NotFound):
        await hall.does(sites.place, hall.secretary, both, site)


async def test_a_site_of_another_meeting_is_none_of_this_one(hall: Hall):
    site, _ = await add(await convene(hall.db))
    for verb, *args in (
        (sites.place, [hall.an.participant], site),
        (sites.change_site, site, "Khác"),
        (sites.remove_site, site),
    ):
        with pytest.raises(MeetingError) as caught:
            await hall.does(verb, hall.chair, *args)
        assert caught.value.code == "not_found"
    with pytest.raises(NotFound):
        await hall.does(attendance.check_in_at_hall, hall.chair, hall.an.participant, site=site)


async def test_an_operator_checks_in_who_belongs_there_or_nowhere(hall: Hall):
    site, operator = await add(hall)
    other, _ = await add(hall, "Điểm cầu xã Tây")
    await hall.does(sites.place, hall.secretary, [hall.binh.participant], other)
    came = await hall.does(attendance.check_in_at_hall, operator, hall.an.participant)
    assert came.data == {
        "participant": hall.an.participant,
        "how": "in_person",
        "method": "on_behalf",
        "site": site,
    }
    assert (await person(hall, hall.an)).site == site
    with pytest.raises(AlreadyHere):
        await hall.does(attendance.check_in_at_hall, operator, hall.an.participant)
    with pytest.raises(OtherSite):
        await hall.does(attendance.check_in_at_hall, operator, hall.binh.participant)
    with pytest.raises(NotAllowed):
        await hall.does(attendance.check_in_at_hall, operator, operator.participant)
    with pytest.raises(SiteInUse):
        await hall.does(sites.remove_site, hall.chair, site)
    with pytest.raises(OtherSite):
        await hall.does(attendance.note_leaving, operator, hall.binh.participant)
    await hall.does(attendance.note_leaving, operator, hall.an.participant)
    await hall.does(sites.remove_site, hall.chair, site)


async def test_the_screens_of_sites_are_not_counted(hall: Hall):
    _, operator = await add(hall)
    with pytest.raises(NotAllowed):
        await hall.does(attendance.check_in, operator, operator.participant)
    before = await hall.asks(quorum_at, hall.meeting, START)
    await add(hall, "Điểm cầu xã Tây")
    assert await hall.asks(quorum_at, hall.meeting, START) == before


async def test_who_comes_instead_sits_where_the_seat_was(db):
    hall = await convene(db, "check_in")
    site, operator = await add(hall)
    await hall.does(sites.place, hall.secretary, [hall.an.participant], site)
    named = {"name": "Vi Văn Thế"}
    replaced = await hall.does(answers.name_substitute, hall.an, hall.an.participant, SEAL, **named)
    assert (await person(hall, Actor(hall.meeting, replaced.substitute))).site == site
    with pytest.raises(NotFound):
        await hall.does(attendance.check_in_at_hall, operator, hall.an.participant)
    await hall.does(attendance.check_in_at_hall, operator, replaced.substitute)
    with pytest.raises(SeatTaken):
        await hall.does(answers.name_substitute, hall.secretary, replaced.substitute, SEAL, name="Lò Thị Ba")

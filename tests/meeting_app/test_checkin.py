"""The code of the hall is good for a moment only, and one's own invitation checks in its owner alone."""

from datetime import timedelta

import pytest

from meeting_app import answers, attendance, checkin, invitations, sites
from meeting_app.checkin import CHANGES_EVERY_S, Code, code_at, read_code
from meeting_app.errors import AlreadyHere, CodeExpired, LinkUnknown, NotAllowed, SeatGiven
from meeting_app.seal import Seal
from tests.meeting_app.hall import SEAL, START, Hall, convene


async def test_a_code_is_good_for_a_minute_and_at_most_a_half_more(hall: Hall):
    site = (await hall.does(sites.add_site, hall.chair, "Điểm cầu xã Đông")).data["site"]["id"]
    shown_at = START + timedelta(seconds=7)
    for where in (None, site):
        text, left_s = code_at(SEAL, hall.meeting, where, shown_at)
        assert left_s == CHANGES_EVERY_S - 7
        for seconds in (0, 60, 82):
            read = read_code(SEAL, text, shown_at + timedelta(seconds=seconds))
            assert (read.meeting, read.site) == (hall.meeting, where)
        for seconds in (83, 600, -8):
            with pytest.raises(CodeExpired):
                read_code(SEAL, text, shown_at + timedelta(seconds=seconds))
    assert code_at(SEAL, hall.meeting, None, shown_at)[0] != code_at(SEAL, hall.meeting, site, shown_at)[0]


async def test_a_code_that_nobody_here_showed_is_unknown(hall: Hall):
    text, _ = code_at(SEAL, hall.meeting, None, START)
    changed = ("A" if text[0] != "A" else "B") + text[1:]
    elsewhere, _ = code_at(Seal(b"B" * 43 + b"="), hall.meeting, None, START)
    for bad in ("", "abc", "đ", text[:-4], changed, elsewhere, text + "AAAA"):
        with pytest.raises(LinkUnknown):
            read_code(SEAL, bad, START)
    assert isinstance(read_code(SEAL, text, START), Code)


async def test_scanning_ends_the_stretch_by_connection_and_counts_once(hall: Hall):
    site = (await hall.does(sites.add_site, hall.chair, "Điểm cầu xã Đông")).data["site"]["id"]
    an = hall.an.participant
    await hall.does(attendance.check_in, hall.an, an)
    came = await hall.later(5).does(attendance.check_in_by_code, hall.an, site)
    assert came.data == {"participant": an, "how": "in_person", "method": "qr", "site": site}
    assert came.actor == an
    with pytest.raises(AlreadyHere):
        await hall.later(5).does(attendance.check_in_by_code, hall.an, None)
    with pytest.raises(NotAllowed):
        await hall.does(attendance.check_in_by_code, hall.wall, None)
    assert await hall.asks(attendance.present_at, hall.meeting, START + timedelta(seconds=5)) == {an}


@pytest.mark.parametrize("shape", ["https://hop.example.vn/v/{}", "{}", " https://hop.example.vn/v/{}/ "])
async def test_the_code_on_an_invitation_checks_in_its_owner(hall: Hall, shape: str):
    token = await hall.does(invitations.issue_link, hall.chair, hall.an.participant)
    came = await hall.does(checkin.check_in_by_link, hall.secretary, shape.format(token))
    assert (came.data["participant"], came.data["method"]) == (hall.an.participant, "on_behalf")


async def test_a_link_of_another_meeting_or_withdrawn_checks_nobody_in(hall: Hall):
    other = await convene(hall.db)
    strange = await other.does(invitations.issue_link, other.chair, other.an.participant)
    old = await hall.does(invitations.issue_link, hall.chair, hall.an.participant)
    await hall.does(invitations.issue_link, hall.chair, hall.an.participant)
    for link in (strange, old, "nothing"):
        with pytest.raises(LinkUnknown):
            await hall.does(checkin.check_in_by_link, hall.secretary, link)
    with pytest.raises(NotAllowed):
        token = await hall.does(invitations.issue_link, hall.chair, hall.an.participant)
        await hall.does(checkin.check_in_by_link, hall.binh, token)


async def test_who_gave_the_seat_away_is_named_as_such(db):
    hall = await convene(db, "check_in")
    token = await hall.does(invitations.issue_link, hall.chair, hall.an.participant)
    async with hall.db.writing() as session:
        cookie = (await invitations.use_link(session, token, hall.now)).cookie
    assert not await hall.asks(checkin.gave_seat_away, cookie)
    await hall.does(answers.name_substitute, hall.an, hall.an.participant, SEAL, name="Vi Văn Thế")
    assert await hall.asks(checkin.gave_seat_away, cookie)
    with pytest.raises(SeatGiven):
        await hall.does(checkin.check_in_by_link, hall.secretary, token)

"""The sheet tells how and when each came, and its sums are those of its lines."""

from meeting_app import answers, attendance, sites
from meeting_app.attendance_sheet import sheet_of
from meeting_app.times import iso
from tests.meeting_app.hall import START, convene


async def test_the_sheet_tells_who_came_how_and_who_is_excused(db):
    hall = await convene(db, "check_in")
    site = (await hall.does(sites.add_site, hall.chair, "Điểm cầu xã Đông", capacity=30)).data["site"]["id"]
    an, binh, chi = (one.participant for one in (hall.an, hall.binh, hall.chi))
    await hall.does(attendance.check_in, hall.an, an)
    await hall.later(60).does(attendance.check_in_by_code, hall.an, site)
    await hall.does(attendance.check_in, hall.binh, binh)
    await hall.later(60).does(attendance.leave, hall.binh, binh)
    await hall.does(answers.answer, hall.chi, chi, "declined", reason="Đi công tác")
    async with db.reading() as session:
        sheet = await sheet_of(session, hall.meeting, hall.now)
    assert [(one.excused, one.unexcused) for one in sheet.units] == [(0, 3)]  # until somebody agrees to it
    await hall.does(answers.decide_absence, hall.secretary, chi, True)
    await hall.does(attendance.check_in, hall.chair, hall.chair.participant)
    async with db.reading() as session:
        sheet = await sheet_of(session, hall.meeting, hall.now)
    lines = {line.participant: line for line in sheet.lines}
    assert set(lines) == {one.participant for one in (hall.chair, hall.secretary, hall.an, hall.binh, hall.chi)}
    assert (lines[an].how, lines[an].method, lines[an].site, lines[an].left_at) == (
        "in_person",
        "qr",
        "Điểm cầu xã Đông",
        None,
    )
    assert lines[an].came_at == iso(START)
    assert (lines[binh].how, lines[binh].is_here) == ("remote", False)
    assert (lines[chi].how, lines[chi].reason, lines[chi].excused) == (None, "Đi công tác", True)
    assert (sheet.quorum.present, sheet.quorum.convened) == (2, 4)
    counts = {count.name: count for count in sheet.sites}
    assert (counts["Điểm cầu xã Đông"].all, counts["Điểm cầu xã Đông"].in_person) == (1, 1)
    assert counts["Điểm cầu xã Đông"].capacity == 30
    (everybody,) = sheet.units
    assert (everybody.all, everybody.in_person, everybody.remote) == (5, 1, 1)
    assert (everybody.excused, everybody.unexcused) == (1, 1)


async def test_without_sites_there_are_no_sums_of_sites(hall):
    async with hall.db.reading() as session:
        assert (await sheet_of(session, hall.meeting, hall.now)).sites == ()

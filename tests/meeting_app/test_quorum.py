"""The quorum of any second is that of who was convened and here then."""

from datetime import timedelta

from meeting_app import attendance, meetings
from meeting_app.quorum import Quorum, quorum_at
from tests.meeting_app.hall import START, Hall


async def test_it_follows_who_comes_goes_and_is_no_longer_convened(hall: Hall):
    # The chair and three delegates may vote; the secretary and the wall may not.
    async def at(seconds: float) -> Quorum:
        return await hall.asks(quorum_at, hall.meeting, START + timedelta(seconds=seconds))

    await hall.later(10).does(attendance.check_in, hall.chair, hall.chair.participant)
    await hall.does(attendance.check_in, hall.secretary, hall.secretary.participant)
    await hall.does(attendance.check_in_at_hall, hall.secretary, hall.an.participant)
    await hall.later(10).does(attendance.check_in, hall.binh, hall.binh.participant)
    await hall.later(10).does(attendance.note_leaving, hall.chair, hall.an.participant)
    await hall.later(10).does(meetings.remove_participant, hall.chair, hall.chi.participant)
    assert [await at(second) for second in (9, 10, 20, 29, 30, 40)] == [
        Quorum(4, 0, 3),
        Quorum(4, 2, 3),
        Quorum(4, 3, 3),
        Quorum(4, 3, 3),
        Quorum(4, 2, 3),
        Quorum(3, 2, 2),
    ]
    assert [(await at(second)).is_reached for second in (19, 20, 39, 40)] == [False, True, False, True]

"""A speech has its time: limits, pauses, more of it, and how long it really was."""

import pytest

from meeting_app import floor, meetings, speeches
from meeting_app.errors import AlreadySo, BadInput, NobodySpeaking
from tests.meeting_app.hall import Hall


async def test_seconds_spoken_add_up_over_all_speeches(hall: Hall):
    for who, seconds in ((hall.an, 30), (hall.binh, 20), (hall.an, 7)):
        await hall.does(floor.give_floor, hall.chair, who.participant)
        hall.later(seconds)
    assert (await hall.seen()).floor.spoken == {hall.an.participant: 30, hall.binh.participant: 20}
    await hall.does(floor.take_floor, hall.chair)
    assert (await hall.seen()).floor.spoken == {hall.an.participant: 37, hall.binh.participant: 20}


async def test_pauses_do_not_count(hall: Hall):
    await hall.does(floor.give_floor, hall.chair, hall.an.participant)
    paused = await hall.later(10).does(speeches.pause_speech, hall.secretary)
    assert paused.data == {"participant": hall.an.participant}
    seen = (await hall.seen()).floor
    assert (seen.paused_at, seen.paused_s) == (paused.at, 0)
    with pytest.raises(AlreadySo):
        await hall.does(speeches.pause_speech, hall.chair)
    resumed = await hall.later(100).does(speeches.resume_speech, hall.chair)
    assert resumed.data == {"participant": hall.an.participant, "paused_s": 100}
    with pytest.raises(AlreadySo):
        await hall.does(speeches.resume_speech, hall.chair)
    seen = (await hall.seen()).floor
    assert (seen.paused_at, seen.paused_s) == (None, 100)
    taken = await hall.later(5).does(floor.take_floor, hall.chair)
    assert taken.data["spoke_s"] == 15


async def test_a_speech_that_ends_while_it_is_paused_lasted_until_the_pause(hall: Hall):
    await hall.does(floor.give_floor, hall.chair, hall.an.participant)
    await hall.later(10).does(speeches.pause_speech, hall.chair)
    given = await hall.later(100).does(floor.give_floor, hall.chair, hall.binh.participant)
    assert given.data["previous"]["spoke_s"] == 10
    assert (await hall.seen()).floor.spoken == {hall.an.participant: 10}


@pytest.mark.parametrize(("spoke_s", "limit_s"), [(40, 100), (200, 260)], ids=["without a limit", "much later"])
async def test_without_a_limit_more_time_counts_from_now(hall: Hall, spoke_s: int, limit_s: int):
    await hall.does(floor.give_floor, hall.chair, hall.an.participant)
    extended = await hall.later(spoke_s).does(speeches.extend_speech, hall.chair, 60)
    assert extended.data == {"participant": hall.an.participant, "limit_s": limit_s}
    again = await hall.later(5).does(speeches.extend_speech, hall.chair, 30)
    assert again.data["limit_s"] == limit_s + 30 == (await hall.seen()).floor.limit_s


@pytest.mark.parametrize("seconds", [0, -60, 3601])
async def test_more_time_is_more_and_an_hour_at_most(hall: Hall, seconds: int):
    await hall.does(floor.give_floor, hall.chair, hall.an.participant)
    with pytest.raises(BadInput):
        await hall.does(speeches.extend_speech, hall.chair, seconds)


async def test_where_nobody_speaks_nothing_has_a_time(hall: Hall):
    for verb, *args in ((speeches.pause_speech,), (speeches.resume_speech,), (speeches.extend_speech, 60)):
        with pytest.raises(NobodySpeaking):
            await hall.does(verb, hall.chair, *args)


async def test_who_was_removed_has_spoken_for_their_unit(hall: Hall):
    added = await hall.does(meetings.add_participant, hall.chair, "delegate", name="Mai", unit="Xã Tân Lập")
    mai = added.data["participant"]["id"]
    await hall.does(floor.give_floor, hall.chair, mai)
    await hall.later(30).does(floor.take_floor, hall.chair)
    assert (await hall.seen()).floor.gone == {}
    await hall.does(meetings.remove_participant, hall.chair, mai)
    seen = (await hall.seen()).floor
    assert (seen.spoken, seen.gone) == ({mai: 30}, {mai: "Xã Tân Lập"})

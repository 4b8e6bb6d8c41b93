"""The queue, the floor, and who is heard."""

import itertools
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting_app import floor, meetings
from meeting_app.acting import Actor, lock
from meeting_app.db import Database
from meeting_app.errors import AlreadySo, AlreadyWaiting, BadInput, MeetingError, NobodySpeaking, NotAllowed, NotWaiting
from meeting_app.events import Event
from meeting_app.floor import publishing_rights
from meeting_app.permissions import MEETING_ROLES
from tests.meeting_app.hall import Hall, convene_within
from tests.meeting_app.model import against_a_model


async def test_giving_the_floor_ends_the_speech_before_it_in_the_same_step(hall: Hall):
    await hall.does(floor.raise_hand, hall.binh)
    first = await hall.does(floor.give_floor, hall.chair, hall.an.participant)
    assert first.data == {"participant": hall.an.participant, "kind": "speech", "limit_s": 0, "previous": None}
    second = await hall.later(90).does(floor.give_floor, hall.chair, hall.binh.participant)
    assert second.data["previous"] == {"participant": hall.an.participant, "spoke_s": 90}
    seen = (await hall.seen()).floor
    assert (seen.holder, seen.since, seen.queue) == (hall.binh.participant, second.at, ())


async def test_who_has_the_floor_may_give_it_back_and_others_may_not_take_it(hall: Hall):
    await hall.does(floor.give_floor, hall.chair, hall.an.participant)
    with pytest.raises(NotAllowed):
        await hall.does(floor.take_floor, hall.binh)
    taken = await hall.later(5).does(floor.take_floor, hall.an)
    assert taken.data == {"participant": hall.an.participant, "spoke_s": 5}
    with pytest.raises(NobodySpeaking):
        await hall.does(floor.take_floor, hall.chair)


async def test_the_chair_lowers_anybodys_hand_and_others_only_their_own(hall: Hall):
    await hall.does(floor.raise_hand, hall.an)
    with pytest.raises(NotAllowed):
        await hall.does(floor.lower_hand, hall.binh, hall.an.participant)
    lowered = await hall.does(floor.lower_hand, hall.chair, hall.an.participant)
    assert lowered.data == {"participant": hall.an.participant, "kind": "speech"}
    assert lowered.actor == hall.chair.participant
    with pytest.raises(NotWaiting):
        await hall.does(floor.lower_hand, hall.an, None)


async def test_a_muted_person_is_heard_again_when_unmuted_or_given_the_floor(hall: Hall):
    an, binh = hall.an.participant, hall.binh.participant
    await hall.does(floor.mute, hall.chair, an)
    await hall.does(floor.mute, hall.secretary, binh)
    with pytest.raises(AlreadySo):
        await hall.does(floor.mute, hall.chair, an)
    assert {person.id for person in (await hall.seen()).participants if person.muted} == {an, binh}
    await hall.does(floor.unmute, hall.chair, an)
    await hall.does(floor.give_floor, hall.chair, binh)
    assert not any(person.muted for person in (await hall.seen()).participants)
    with pytest.raises(AlreadySo):
        await hall.does(floor.unmute, hall.chair, an)


@pytest.mark.parametrize("who", ["chair", "wall"])
async def test_neither_the_chair_nor_a_big_screen_is_muted(hall: Hall, who: str):
    with pytest.raises(NotAllowed):
        await hall.does(floor.mute, hall.secretary, getattr(hall, who).participant)


async def test_muting_all_goes_back_to_a_chaired_meeting_without_a_speaker(hall: Hall):
    await hall.does(floor.set_floor_mode, hall.chair, "open")
    await hall.does(floor.give_floor, hall.chair, hall.an.participant)
    event = await hall.later(12).does(floor.mute_all, hall.chair)
    assert event.data == {"previous": {"participant": hall.an.participant, "spoke_s": 12}}
    seen = (await hall.seen()).floor
    assert (seen.mode, seen.holder) == ("chaired", None)


async def test_changing_the_mode_ends_no_speech(hall: Hall):
    await hall.does(floor.give_floor, hall.chair, hall.an.participant)
    for mode in ("open", "chaired"):
        event = await hall.does(floor.set_floor_mode, hall.chair, mode)
        assert event.data == {"mode": mode}
        assert (await hall.seen()).floor.holder == hall.an.participant
    with pytest.raises(AlreadySo):
        await hall.does(floor.set_floor_mode, hall.chair, "chaired")
    with pytest.raises(MeetingError, match="chaired or open"):
        await hall.does(floor.set_floor_mode, hall.chair, "free")


async def test_a_big_screen_is_not_given_the_floor(hall: Hall):
    with pytest.raises(NotAllowed):
        await hall.does(floor.give_floor, hall.chair, hall.wall.participant)


async def test_who_waits_in_both_queues_leaves_the_one_they_are_called_from(hall: Hall):
    an = hall.an.participant
    await hall.does(floor.raise_hand, hall.an)
    asked = await hall.does(floor.raise_hand, hall.an, kind="question")
    assert asked.data == {"participant": an, "asked_at": asked.at, "kind": "question"}
    given = await hall.does(floor.give_floor, hall.chair, an, kind="question")
    assert given.data["kind"] == "question"
    seen = (await hall.seen()).floor
    assert (seen.kind, [(one.participant, one.kind) for one in seen.queue]) == ("question", [(an, "speech")])
    with pytest.raises(NotWaiting):
        await hall.does(floor.lower_hand, hall.an, None, kind="question")
    await hall.does(floor.lower_hand, hall.an, None)
    with pytest.raises(BadInput):
        await hall.does(floor.raise_hand, hall.binh, kind="song")
    with pytest.raises(BadInput):
        await hall.does(floor.give_floor, hall.chair, hall.binh.participant, kind="song")


async def test_a_clock_set_back_gives_a_speech_of_no_length(hall: Hall):
    await hall.does(floor.give_floor, hall.chair, hall.an.participant)
    taken = await hall.later(-60).does(floor.take_floor, hall.chair)
    assert taken.data["spoke_s"] == 0


STEPS = st.lists(
    st.tuples(st.sampled_from(["raise", "lower", "give", "take", "mute_all", "remove"]), st.integers(0, 2)),
    max_size=20,
)


@given(steps=STEPS)
@against_a_model
async def test_the_queue_is_what_a_list_would_be(db: Database, steps: list[tuple[str, int]]):
    """Against a model of five lines, whatever people do in whatever order."""
    async with db.writing() as session:
        hall = await convene_within(session, db)
        people = [hall.an, hall.binh, hall.chi]
        queue: deque[str] = deque()
        holder: str | None = None
        gone: set[str] = set()

        async def attempt(what: str, who: Actor) -> Event:
            hall.later(1)
            match what:
                case "raise":
                    return await floor.raise_hand(session, who, hall.now)
                case "lower":
                    return await floor.lower_hand(session, who, None, hall.now)
                case "give":
                    return await floor.give_floor(session, hall.chair, who.participant, hall.now)
                case "take":
                    return await floor.take_floor(session, hall.chair, hall.now)
                case "mute_all":
                    return await floor.mute_all(session, hall.chair, hall.now)
                case _:
                    return await meetings.remove_participant(session, hall.chair, who.participant, hall.now)

        for what, number in steps:
            who = people[number]
            name = who.participant
            match what:
                case "raise":
                    possible = name not in gone and name not in queue and name != holder
                case "lower":
                    possible = name not in gone and name in queue
                case "give":
                    possible = name not in gone and name != holder
                case "take":
                    possible = holder is not None
                case "remove":
                    possible = name not in gone
                case _:
                    possible = True
            if possible:
                await attempt(what, who)
                if what == "raise":
                    queue.append(name)
                if what in ("lower", "give", "remove") and name in queue:
                    queue.remove(name)
                if what == "remove":
                    gone.add(name)
                if what in ("take", "mute_all") or (what == "remove" and name == holder):
                    holder = None
                if what == "give":
                    holder = name
            else:
                with pytest.raises(MeetingError):
                    await attempt(what, who)
            seen = await floor.view(session, await lock(session, hall.meeting))
            assert [request.participant for request in seen.queue] == list(queue)
            assert seen.holder == holder
        await session.rollback()


async def test_asking_twice_is_refused(hall: Hall):
    await hall.does(floor.raise_hand, hall.an)
    with pytest.raises(AlreadyWaiting):
        await hall.does(floor.raise_hand, hall.an)


@pytest.mark.parametrize(
    ("role", "muted", "mode", "holds_floor"),
    list(itertools.product(MEETING_ROLES, (False, True), ("chaired", "open"), (False, True))),
)
def test_who_is_heard_and_seen(role: str, muted: bool, mode: str, holds_floor: bool):
    rights = publishing_rights(role, muted, mode, holds_floor)
    if role == "big_screen":
        assert rights == frozenset()
        return
    assert "camera" in rights
    assert ("screen" in rights) == (role in ("chair", "secretary") or holds_floor)
    if muted:
        assert "microphone" not in rights
    elif mode == "open":
        assert "microphone" in rights
    else:
        assert ("microphone" in rights) == (role == "chair" or holds_floor)

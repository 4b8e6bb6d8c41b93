"""A paper that names its readers is theirs and nobody else's, on every way to it."""

import itertools

import pytest

from meeting_app import documents, floor
from meeting_app.documents import Reader, Stroke
from meeting_app.documents.rules import READERS, as_seen_by
from meeting_app.errors import AlreadySo, BadInput, NotFound, Outdated, Recalled
from meeting_app.permissions import MEETING_ROLES, UNCOUNTED
from meeting_app.views import ReadersView
from tests.meeting_app.hall import Hall
from tests.meeting_app.papers import approved_in

NAMINGS = {
    "a person": ReadersView(participants=("p1",)),
    "a unit": ReadersView(units=("Xã Na Sơn",)),
    "a role": ReadersView(roles=("guest",)),
    "several": ReadersView(participants=("p1",), units=("Xã Na Sơn",), roles=("site_operator", "delegate")),
}


@pytest.mark.parametrize("naming", NAMINGS)
@pytest.mark.parametrize("role", MEETING_ROLES)
def test_who_is_named(role: str, naming: str):
    """Each role, as the one named and as another, of the unit named, of another and of none."""
    named = NAMINGS[naming]
    for participant, unit in itertools.product(("p1", "p2", None), ("Xã Na Sơn", "Xã Na", "")):
        reader = Reader(role, participant, unit)
        expected = (participant is not None and role not in UNCOUNTED) and (
            participant in named.participants or unit in named.units or role in named.roles
        )
        assert reader.is_among(named) == expected, reader


async def test_named_readers_read_search_and_write_and_others_know_of_nothing(hall: Hall):
    version = await approved_in(hall, audience="named", readers=ReadersView(participants=(hall.an.participant,)))
    (document,) = (await hall.seen()).documents
    for actor, reads in ((hall.chair, True), (hall.secretary, True), (hall.an, True), (hall.binh, False)):
        reader = await hall.asks(documents.reader_of, actor.participant)
        assert (as_seen_by(reader, document) is not None) == reads
        assert bool(await hall.asks(documents.all_readable, hall.meeting, reader)) == reads
        if reads:
            await hall.asks(documents.readable, hall.meeting, reader, version)
            await hall.does(documents.keep_note, actor, version, 1, "Hỏi lại")
            await hall.does(documents.draw, actor, version, 1, Stroke("stroke-0001", "pen", (1, 1)))
            continue
        for verb, *said in (
            (documents.keep_note, 1, "Hỏi lại"),
            (documents.draw, 1, Stroke("stroke-0001", "pen", (1, 1))),
        ):
            with pytest.raises(NotFound):
                await hall.does(verb, actor, version, *said)
        with pytest.raises(NotFound):
            await hall.asks(documents.readable, hall.meeting, reader, version)
    seen = as_seen_by(await hall.asks(documents.reader_of, hall.an.participant), document)
    assert seen.readers is None  # who else reads it is not theirs to know


async def test_who_speaks_shows_only_what_they_may_read(hall: Hall):
    version = await approved_in(hall, audience="named", readers=ReadersView(participants=(hall.an.participant,)))
    await hall.does(floor.give_floor, hall.chair, hall.binh.participant)
    with pytest.raises(NotFound):
        await hall.does(documents.show_page, hall.binh, version, 1)
    await hall.does(floor.give_floor, hall.chair, hall.an.participant)
    await hall.does(documents.show_page, hall.an, version, 1)


async def test_a_further_version_is_for_the_same_readers(hall: Hall):
    named = ReadersView(participants=(hall.an.participant,))
    await approved_in(hall, audience="named", readers=named)
    (document,) = (await hall.seen()).documents
    await approved_in(hall, document=document.id)
    (document,) = (await hall.seen()).documents
    assert len(document.versions) == 2 and document.readers == named


@pytest.mark.parametrize(
    "plan",
    [
        {"audience": "named"},
        {"audience": "named", "readers": ReadersView()},
        {"audience": "named", "readers": ReadersView(participants=("nobody",))},
        {"audience": "named", "readers": ReadersView(units=("Xã không có",))},
        {"audience": "named", "readers": ReadersView(roles=("big_screen",))},
        {"audience": "named", "readers": ReadersView(roles=("site_operator",))},
        {"audience": "named", "readers": ReadersView(roles=("king",))},
        {"audience": "delegates", "readers": ReadersView(roles=("guest",))},
    ],
)
async def test_whom_one_cannot_name(hall: Hall, plan: dict):
    with pytest.raises(BadInput) as refused:
        await approved_in(hall, **plan)
    assert refused.value.field == "readers"


def test_only_leaders_read_by_role_what_names_its_readers():
    assert READERS["named"] == {"chair", "secretary"}


async def test_whom_it_is_for_can_be_changed_and_who_is_left_out_loses_it(hall: Hall):
    an, binh = [await hall.asks(documents.reader_of, one.participant) for one in (hall.an, hall.binh)]
    version = await approved_in(hall, audience="delegates")
    await hall.does(documents.keep_note, hall.binh, version, 1, "Hỏi lại")
    (document,) = (await hall.seen()).documents
    named = ReadersView(participants=(hall.an.participant,))
    event = await hall.does(documents.change_readers, hall.secretary, document.id, 0, "named", named)
    assert (event.name, event.data["before"], event.data["shown"]) == ("readers_changed", "delegates", None)
    (after,) = (await hall.seen()).documents
    assert (after.audience, after.readers, after.revision) == ("named", named, 1)
    await hall.asks(documents.readable, hall.meeting, an, version)
    with pytest.raises(NotFound):
        await hall.asks(documents.readable, hall.meeting, binh, version)
    await hall.does(documents.change_readers, hall.chair, document.id, 1, "delegates", None)
    await hall.asks(documents.readable, hall.meeting, binh, version)
    assert await hall.asks(documents.notes_on, hall.binh.participant, version) == {1: "Hỏi lại"}


async def test_the_page_that_is_shown_stays_with_whom_it_is_for_now(hall: Hall):
    version = await approved_in(hall, audience="delegates")
    await hall.does(documents.show_page, hall.chair, version, 2)
    (document,) = (await hall.seen()).documents
    event = await hall.does(documents.change_readers, hall.chair, document.id, 0, "everybody", None)
    assert (event.data["shown"]["page"], event.data["shown"]["audience"]) == (2, "everybody")
    assert (await hall.seen()).shown.audience == "everybody"


async def test_who_writes_the_readers_has_seen_them(hall: Hall):
    await approved_in(hall)
    (document,) = (await hall.seen()).documents
    await hall.does(documents.change_readers, hall.chair, document.id, 0, "leaders", None)
    with pytest.raises(Outdated):
        await hall.does(documents.change_readers, hall.secretary, document.id, 0, "everybody", None)
    with pytest.raises(AlreadySo):
        await hall.does(documents.change_readers, hall.secretary, document.id, 1, "leaders", None)
    for audience, named in (("named", None), ("named", ReadersView()), ("leaders", ReadersView(roles=("guest",)))):
        with pytest.raises(BadInput) as refused:
            await hall.does(documents.change_readers, hall.secretary, document.id, 1, audience, named)
        assert refused.value.field == "readers"
    await hall.does(documents.recall_document, hall.chair, document.id)
    with pytest.raises(Recalled):
        await hall.does(documents.change_readers, hall.secretary, document.id, 1, "everybody", None)

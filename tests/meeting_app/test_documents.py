"""Papers: who sees which version, what may follow what, and the page that all are shown."""

import itertools

import pytest

from meeting_app import documents, floor, meetings
from meeting_app.documents import Plan, uploads
from meeting_app.documents.rules import READERS, Reader, as_seen_by
from meeting_app.errors import (
    AlreadySo,
    BadInput,
    KeyReused,
    MeetingError,
    NoRoom,
    NotAllowed,
    NotFound,
    NotReady,
    Recalled,
)
from meeting_app.models import AUDIENCES
from meeting_app.permissions import MEETING_ROLES
from meeting_app.views import ReadersView
from tests.meeting_app.hall import Hall
from tests.meeting_app.papers import HASH, add_approved, add_ready, add_version, approved_in


async def test_a_file_becomes_a_paper_once_all_of_it_is_here(hall: Hall):
    plan = Plan(1000, title="  Báo cáo công tác\n".strip(), item=hall.items[1], audience="everybody")
    upload = await hall.does(documents.begin_upload, hall.secretary, "file-0001", plan)
    again = await hall.does(documents.begin_upload, hall.secretary, "file-0001", plan)
    assert again.id == upload.id and (await hall.seen()).documents == ()
    version, event = await hall.does(documents.finish_upload, hall.secretary, upload.id, HASH)
    assert event.name == "version_added"
    assert await hall.does(documents.finish_upload, hall.secretary, upload.id, HASH) == (version, None)
    (document,) = (await hall.seen()).documents
    assert (document.title, document.item, document.audience) == ("Báo cáo công tác", hall.items[1], "everybody")
    assert [(v.id, v.number, v.state) for v in document.versions] == [(version, 1, "converting")]


async def test_another_file_under_the_same_key_is_refused(hall: Hall):
    await hall.does(documents.begin_upload, hall.secretary, "file-0001", Plan(1000, title="Báo cáo"))
    with pytest.raises(KeyReused):
        await hall.does(documents.begin_upload, hall.secretary, "file-0001", Plan(1001, title="Báo cáo"))


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (Plan(0, title="Báo cáo"), "size"),
        (Plan(1000, title=" "), "title"),
        (Plan(1000, title="Báo cáo", audience="friends"), "audience"),
        (Plan(1000, title="Báo cáo", item="none"), "item"),
        (Plan(1000, document="none"), "document"),
    ],
)
async def test_a_plan_that_cannot_be_names_its_field(hall: Hall, plan: Plan, field: str):
    with pytest.raises(MeetingError) as caught:
        await hall.does(documents.begin_upload, hall.secretary, "file-0001", plan)
    assert caught.value.field == field


async def test_a_meeting_holds_so_much_and_no_more(hall: Hall):
    most = Plan(uploads.MOST_BYTES - 1000, title="Báo cáo")
    await hall.does(documents.begin_upload, hall.secretary, "file-0001", most)
    await hall.does(documents.begin_upload, hall.chair, "file-0001", Plan(1000, title="Báo cáo"))
    with pytest.raises(NoRoom):
        await hall.does(documents.begin_upload, hall.chair, "file-0002", Plan(1, title="Báo cáo"))
    # Announced again it is no further file; a day later what never came is not counted.
    await hall.does(documents.begin_upload, hall.secretary, "file-0001", most)
    hall.later(uploads.KEPT.total_seconds() + 1)
    await hall.does(documents.begin_upload, hall.chair, "file-0002", Plan(1, title="Báo cáo"))


async def test_one_person_sends_so_many_files_at_once(hall: Hall):
    for number in range(uploads.MOST_UNFINISHED):
        sent = await hall.does(documents.begin_upload, hall.secretary, f"file-{number:04}", Plan(9, title="Báo cáo"))
    with pytest.raises(NoRoom):
        await hall.does(documents.begin_upload, hall.secretary, "file-9999", Plan(9, title="Báo cáo"))
    await hall.does(documents.finish_upload, hall.secretary, sent.id, HASH)
    await hall.does(documents.begin_upload, hall.secretary, "file-9999", Plan(9, title="Báo cáo"))


async def test_nobody_finishes_another_persons_upload(hall: Hall):
    upload = await hall.does(documents.begin_upload, hall.secretary, "file-0001", Plan(1000, title="Báo cáo"))
    with pytest.raises(NotFound):
        await hall.does(documents.finish_upload, hall.chair, upload.id, HASH)


async def test_versions_are_numbered_and_the_older_ones_stay(hall: Hall):
    first = await approved_in(hall)
    (document,) = (await hall.seen()).documents
    second = await hall.does(add_version, hall.chair, document=document.id)
    (document,) = (await hall.seen()).documents
    assert [(v.id, v.number) for v in document.versions] == [(first, 1), (second, 2)]
    assert [v.id for v in as_seen_by(Reader("delegate"), document).versions] == [first]


async def test_what_the_converter_says_counts_once(hall: Hall):
    version = await hall.does(add_version, hall.secretary)
    assert await hall.asks(documents.converting) == (hall.meeting, version, HASH)
    event = await hall.does(_failed, hall, version)
    assert event.name == "version_failed"
    assert await hall.does(_failed, hall, version) is None
    assert await hall.asks(documents.converting) is None
    (document,) = (await hall.seen()).documents
    assert (document.versions[0].state, document.versions[0].problem) == ("failed", "encrypted")


async def _failed(session, hall, version, now):
    return await documents.failed(session, hall.meeting, version, "encrypted", now)


async def test_only_what_is_ready_is_approved_and_only_once(hall: Hall):
    waiting = await hall.does(add_version, hall.secretary)
    with pytest.raises(NotReady):
        await hall.does(documents.approve_version, hall.chair, waiting)
    ready = await hall.does(add_ready, hall.secretary)
    event = await hall.does(documents.approve_version, hall.chair, ready)
    assert event.name == "version_approved" and event.data["document"]["versions"][0]["approved_at"]
    with pytest.raises(AlreadySo):
        await hall.does(documents.approve_version, hall.chair, ready)


async def test_who_sees_what(hall: Hall):
    """Every role, audience and state of a paper: in the snapshot as in what may be fetched."""
    made = {}
    for audience in AUDIENCES:
        plan = {"audience": audience}
        if audience == "named":
            plan["readers"] = ReadersView(participants=(hall.chi.participant,))
        made[audience, "ready"] = await hall.does(add_ready, hall.secretary, **plan)
        made[audience, "approved"] = await hall.does(add_approved, hall.secretary, **plan)
        made[audience, "recalled"] = recalled = await hall.does(add_approved, hall.secretary, **plan)
        document = next(d for d in (await hall.seen()).documents if d.versions[0].id == recalled)
        await hall.does(documents.recall_document, hall.chair, document.id)
    seen = (await hall.seen()).documents
    for role, ((audience, state), version) in itertools.product(MEETING_ROLES, made.items()):
        leads = role in ("chair", "secretary")
        expected = leads or (role in READERS[audience] and state == "approved")
        document = next(d for d in seen if d.versions[0].id == version)
        assert (as_seen_by(Reader(role), document) is not None) == expected, (role, audience, state)
        try:
            found = await hall.asks(documents.readable, hall.meeting, Reader(role), version)
            assert found.version.id == version and found.file_hash == HASH
            fetched = True
        except NotFound:
            fetched = False
        assert fetched == expected, (role, audience, state)


async def test_nobody_reads_a_paper_of_another_meeting_or_one_without_pages(hall: Hall):
    waiting, ready = await hall.does(add_version, hall.chair), await hall.does(add_ready, hall.chair)
    for meeting, version in (("another", ready), (hall.meeting, waiting), (hall.meeting, "none")):
        with pytest.raises(NotFound):
            await hall.asks(documents.readable, meeting, Reader("chair"), version)


@pytest.mark.parametrize("end", ["closed", "postponed"])
async def test_nothing_is_shown_or_pinned_after_the_end(hall: Hall, end: str):
    version = await approved_in(hall)
    await hall.does(documents.show_page, hall.chair, version, 2)
    await hall.does(meetings.pin_to_stage, hall.chair, hall.an.participant)
    await hall.does(meetings.set_state, hall.chair, end)
    seen = await hall.seen()
    assert (seen.shown, seen.stage) == (None, None)


async def test_a_recalled_paper_is_shown_no_more_and_takes_nothing_new(hall: Hall):
    version = await approved_in(hall)
    await hall.does(documents.show_page, hall.chair, version, 2)
    (document,) = (await hall.seen()).documents
    await hall.does(documents.recall_document, hall.secretary, document.id)
    seen = await hall.seen()
    assert seen.shown is None and seen.documents[0].recalled
    for verb, *args in (
        (documents.recall_document, document.id),
        (documents.show_page, version, 1),
        (documents.approve_version, version),
        (documents.begin_upload, "file-0009", Plan(1000, document.id)),
    ):
        with pytest.raises((Recalled, AlreadySo)):
            await hall.does(verb, hall.chair, *args)


async def test_the_chair_turns_the_page_for_all(hall: Hall):
    version = await approved_in(hall, audience="everybody")
    await hall.does(documents.show_page, hall.chair, version, 1)
    event = await hall.does(documents.show_page, hall.chair, version, 4)
    shown = (await hall.seen()).shown
    assert event.data["shown"] == vars(shown)
    assert (shown.version, shown.page, shown.participant) == (version, 4, hall.chair.participant)
    with pytest.raises(AlreadySo):
        await hall.does(documents.show_page, hall.chair, version, 4)
    await hall.does(documents.stop_showing, hall.secretary)
    assert (await hall.seen()).shown is None
    with pytest.raises(AlreadySo):
        await hall.does(documents.stop_showing, hall.chair)


async def test_a_delegate_shows_pages_while_having_the_floor(hall: Hall):
    version = await approved_in(hall)
    with pytest.raises(NotAllowed):
        await hall.does(documents.show_page, hall.an, version, 1)
    await hall.does(floor.give_floor, hall.chair, hall.an.participant)
    await hall.does(documents.show_page, hall.an, version, 1)
    with pytest.raises(NotAllowed):
        await hall.does(documents.stop_showing, hall.binh)
    await hall.does(documents.stop_showing, hall.an)


async def test_a_page_that_is_not_there_is_not_shown(hall: Hall):
    version, waiting = await approved_in(hall), await hall.does(add_ready, hall.secretary)
    for page in (0, 6):
        with pytest.raises(BadInput):
            await hall.does(documents.show_page, hall.chair, version, page)
    with pytest.raises(NotReady):
        await hall.does(documents.show_page, hall.chair, waiting, 1)


async def test_a_note_is_kept_for_its_writer_alone(hall: Hall):
    version = await approved_in(hall)
    before = len(await hall.log())
    await hall.does(documents.keep_note, hall.an, version, 2, "Hỏi lại số liệu quý II\n")
    await hall.does(documents.keep_note, hall.an, version, 2, "Hỏi lại số liệu quý III")
    await hall.does(documents.keep_note, hall.an, version, 3, "Đồng ý")
    await hall.does(documents.keep_note, hall.an, version, 3, "  ")
    assert await hall.asks(documents.notes_on, hall.an.participant, version) == {2: "Hỏi lại số liệu quý III"}
    assert await hall.asks(documents.notes_on, hall.chair.participant, version) == {}
    assert len(await hall.log()) == before


async def test_no_note_stands_where_one_cannot_read(hall: Hall):
    version, hidden = await approved_in(hall), await hall.does(add_ready, hall.secretary)
    for where, page, refusal in ((version, 6, BadInput), (version, 0, BadInput), (hidden, 1, NotFound)):
        with pytest.raises(refusal):
            await hall.does(documents.keep_note, hall.an, where, page, "Ghi chú")
    with pytest.raises(BadInput):
        await hall.does(documents.keep_note, hall.an, version, 1, "x" * 1001)

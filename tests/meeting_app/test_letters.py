"""The letter is written, goes out once, and gives everybody a link of their own."""

from dataclasses import replace

import pytest
import pytest_asyncio
import sqlalchemy as sa

from meeting_app import answers, delivery, invitations, letters, meetings, outbox
from meeting_app.acting import Actor
from meeting_app.db import Database
from meeting_app.errors import BadInput, NoLetter, WrongState
from meeting_app.seal import Seal
from tests.meeting_app.hall import SEAL, WORDS, Hall, convene


@pytest_asyncio.fixture(loop_scope="session")
async def approved(db: Database) -> Hall:
    hall = await convene(db, "approved")
    await hall.does(letters.set_address, hall.secretary, hall.an.participant, "an@example.org")
    return hall


async def paper(hall: Hall, whose: Actor) -> letters.Paper:
    return await hall.asks(letters.paper_for, whose.participant, SEAL)


async def test_it_is_suggested_from_the_rows_until_it_is_written(approved: Hall):
    words = await approved.asks(letters.words_of, approved.meeting, WORDS.dated)
    assert (words.body, words.signer, words.signer_title) == ("Ủy ban MTTQ tỉnh", "Trần Thị Chủ", "Ủy viên")
    await approved.does(letters.write_letter, approved.secretary, WORDS)
    event = await approved.does(letters.write_letter, approved.secretary, replace(WORDS, number="6/GM"))
    assert event.data == {"number": "6/GM", "dated": "2026-02-05", "signer": "Trần Thị Chủ"}
    assert await approved.asks(letters.words_of, approved.meeting, WORDS.dated) == replace(WORDS, number="6/GM")


@pytest.mark.parametrize("field", ["body", "town", "signer_title", "signer"])
async def test_what_the_form_needs_is_named(approved: Hall, field: str):
    with pytest.raises(BadInput) as refused:
        await approved.does(letters.write_letter, approved.secretary, replace(WORDS, **{field: " "}))
    assert refused.value.field == field


async def test_it_does_not_go_out_unwritten_nor_is_it_changed_afterwards(approved: Hall):
    with pytest.raises(NoLetter):
        await approved.does(letters.invite, approved.secretary, SEAL)
    await approved.does(letters.write_letter, approved.secretary, WORDS)
    event = await approved.does(letters.invite, approved.secretary, SEAL)
    assert (event.name, event.data) == ("state_changed", {"from": "approved", "to": "invited", "mails": 1})
    with pytest.raises(WrongState):
        await approved.does(letters.write_letter, approved.secretary, WORDS)
    with pytest.raises(WrongState):
        await approved.does(letters.invite, approved.secretary, SEAL)


async def test_everybody_gets_a_link_that_only_the_key_reads(approved: Hall):
    used = await approved.does(invitations.issue_link, approved.secretary, approved.chair.participant)
    async with approved.db.writing() as session:
        await invitations.use_link(session, used, approved.now)
    await approved.does(letters.write_letter, approved.secretary, WORDS)
    await approved.does(letters.invite, approved.secretary, SEAL)
    token = (await paper(approved, approved.an)).link
    assert (await approved.asks(answers.invited, token)).participant == approved.an.participant
    assert (await paper(approved, approved.binh)).link not in (None, token)
    assert (await paper(approved, approved.chair)).link is None  # a new one would put the chair's device out
    async with approved.db.reading() as session:
        for table in ("invitations", "mails", "personal_links", "events"):
            assert token not in str((await session.execute(sa.text(f"SELECT * FROM {table}"))).all())
        other = Seal(b"B" * 43 + b"=")
        assert await letters.known_link(session, approved.an.participant, other) is None


async def test_a_reminder_goes_to_who_has_not_answered_and_keeps_the_link(approved: Hall):
    await approved.does(letters.set_address, approved.secretary, approved.binh.participant, "binh@example.org")
    await approved.does(letters.write_letter, approved.secretary, WORDS)
    await approved.does(letters.invite, approved.secretary, SEAL)
    token = (await paper(approved, approved.an)).link
    await approved.does(answers.answer, approved.binh, approved.binh.participant, "accepted")
    event = await approved.later(60).does(letters.remind, approved.secretary, SEAL)
    assert event.data == {"mails": 1, "kind": "reminder"}
    due = await approved.asks(outbox.due, approved.now, 9)
    assert sorted((mail.email, mail.kind) for mail in due) == [
        ("an@example.org", "reminder"),
        ("binh@example.org", "invitation"),
    ]
    assert (await paper(approved, approved.an)).link == token


@pytest.mark.parametrize("email", ["an", "an@", "a n@example.org", "an@example.org, b@example.org", "an@example"])
async def test_an_address_that_is_none(approved: Hall, email: str):
    with pytest.raises(BadInput) as refused:
        await approved.does(letters.set_address, approved.secretary, approved.an.participant, email)
    assert refused.value.field == "email"
    rows = {row.participant: row.email for row in await approved.asks(delivery.guest_list, approved.meeting)}
    assert rows[approved.an.participant] == "an@example.org"  # what was there stays


async def test_a_meeting_begun_anew_is_invited_to_anew(approved: Hall):
    await approved.does(letters.write_letter, approved.secretary, WORDS)
    await approved.does(letters.invite, approved.secretary, SEAL)
    for step in ("postponed", "draft", "submitted", "approved"):
        await approved.does(meetings.set_state, approved.chair, step)
    event = await approved.does(letters.invite, approved.secretary, SEAL)
    assert event.data["mails"] == 1

"""What became of an invitation is told, and it is sent again."""

import pytest
import pytest_asyncio

from meeting_app import answers, delivery, letters, meetings, outbox
from meeting_app.acting import Actor
from meeting_app.db import Database
from meeting_app.delivery import GuestView, fault_of
from meeting_app.errors import BadInput, NoLetter, NotFound, WrongState
from tests.meeting_app.hall import SEAL, WORDS, Hall, convene


@pytest_asyncio.fixture(loop_scope="session")
async def invited(db: Database) -> Hall:
    """The letters are out; one of the guests has an address, which is wrong."""
    hall = await convene(db, "approved")
    await hall.does(letters.set_address, hall.secretary, hall.an.participant, "an@example.org")
    await hall.does(letters.write_letter, hall.secretary, WORDS)
    await hall.does(letters.invite, hall.secretary, SEAL)
    return hall


async def resend(hall: Hall, *whom: Actor):
    return await hall.does(delivery.resend, hall.secretary, [one.participant for one in whom], SEAL)


async def told(hall: Hall, whom: Actor) -> GuestView:
    rows = await hall.asks(delivery.guest_list, hall.meeting)
    return next(row for row in rows if row.participant == whom.participant)


async def test_what_failed_is_told_mended_and_sent_again(invited: Hall):
    hall = invited
    [mail] = await hall.asks(outbox.due, hall.now, 9)
    async with hall.db.writing() as session:
        await outbox.refused(session, mail.id, "550 5.1.1 no such user", hall.now)
    assert ((await told(hall, hall.an)).mail, (await told(hall, hall.an)).fault) == ("refused", "no_mailbox")
    await hall.does(letters.set_address, hall.secretary, hall.an.participant, "an.nv@example.org")
    event = await resend(hall.later(60), hall.an)
    assert (event.name, event.data) == ("reminded", {"mails": 1, "kind": "invitation"})
    [mail] = await hall.asks(outbox.due, hall.now, 9)
    assert (mail.email, mail.kind) == ("an.nv@example.org", "invitation")
    assert ((await told(hall, hall.an)).mail, (await told(hall, hall.an)).fault) == ("waiting", None)


async def test_all_of_them_or_none(invited: Hall):
    hall = invited
    before = len(await hall.log())
    for whom, refusal in (((hall.an, hall.binh), BadInput), ((Actor(hall.meeting, "nobody"),), NotFound)):
        with pytest.raises(refusal):
            await resend(hall, *whom)
    with pytest.raises(NotFound):
        await resend(hall, hall.wall)
    assert len(await hall.log()) == before
    assert [mail.kind for mail in await hall.asks(outbox.due, hall.now, 9)] == ["invitation"]  # the first


async def test_nothing_is_sent_again_that_was_not_sent(db: Database):
    hall = await convene(db, "approved")
    with pytest.raises(WrongState):
        await resend(hall, hall.an)
    await hall.does(meetings.set_state, hall.chair, "invited")
    with pytest.raises(NoLetter):
        await resend(hall, hall.an)


async def test_the_first_look_at_the_page_is_kept(invited: Hall):
    hall = invited
    token = (await hall.asks(letters.paper_for, hall.binh.participant, SEAL)).link
    view = await hall.asks(answers.invited, token)
    assert not view.was_opened and not (await told(hall, hall.binh)).is_opened
    before = len(await hall.log())
    async with hall.db.writing() as session:
        await delivery.note_opened(session, hall.meeting, hall.binh.participant, hall.now)
    assert (await hall.asks(answers.invited, token)).was_opened
    assert (await told(hall, hall.binh)).is_opened and not (await told(hall, hall.an)).is_opened
    assert len(await hall.log()) == before


@pytest.mark.parametrize(
    ("problem", "fault"),
    [
        ("", None),
        ("550 5.1.1 <an@example.org>: Recipient address rejected: User unknown", "no_mailbox"),
        ("550 no such mailbox", "no_mailbox"),
        ("553 sorry, that domain isn't allowed", "no_mailbox"),
        ("552 mailbox full", "mailbox_full"),
        ("550 5.2.2 over quota", "mailbox_full"),
        ("550 5.7.1 message refused by policy", "rejected"),
        ("server: (554, 'Message rejected as spam')", "rejected"),
        ("server: (550, '5.1.8 sender unknown', 'vanphong@lamson.example')", "rejected"),
        ("server: (451, 'try again')", "unreachable"),
        ("450 4.2.1 mailbox busy", "unreachable"),
        ("server: Error connecting to thu.lamson.example on port 587: Connection refused", "unreachable"),
        ("450 4.2.1 <p.550@example.org>: mailbox busy, see rule 5.1.1", "unreachable"),
        ("letter_not_made", "not_made"),
        ("not_noted", "not_noted"),
        ("overtaken", "overtaken"),
    ],
)
def test_what_a_server_said_is_one_of_a_few_reasons(problem: str, fault: str | None):
    assert fault_of(problem) == fault and fault in (None, *delivery.FAULTS)

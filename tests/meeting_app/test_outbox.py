"""Nothing is lost while the server is down, and nothing is tried for ever."""

from datetime import timedelta

import pytest
import pytest_asyncio

from meeting_app import delivery, letters, outbox
from meeting_app.db import Database
from tests.meeting_app.hall import SEAL, WORDS, Hall, convene


@pytest_asyncio.fixture(loop_scope="session")
async def posted(db: Database) -> Hall:
    """A meeting with one mail in the outbox."""
    hall = await convene(db, "approved")
    await hall.does(letters.set_address, hall.secretary, hall.an.participant, "an@example.org")
    await hall.does(letters.write_letter, hall.secretary, WORDS)
    await hall.does(letters.invite, hall.secretary, SEAL)
    return hall


async def due(hall: Hall) -> list[str]:
    return [mail.id for mail in await hall.asks(outbox.due, hall.now, 10)]


async def does(hall: Hall, verb, *args) -> bool | None:
    async with hall.db.writing() as session:
        return await verb(session, *args, hall.now)


async def state(hall: Hall) -> tuple[str | None, str | None]:
    rows = await hall.asks(delivery.guest_list, hall.meeting)
    return next((row.mail, row.fault) for row in rows if row.participant == hall.an.participant)


async def test_it_is_tried_again_after_growing_pauses_and_given_up_in_the_end(posted: Hall):
    (mail,) = await due(posted)
    waited = []
    for pause in outbox.PAUSES:
        assert await does(posted, outbox.claim, mail)
        await does(posted, outbox.put_off, mail, "no answer")
        assert await due(posted) == []
        assert await state(posted) == ("waiting", "unreachable")
        posted.now += pause
        waited.append(pause)
        assert await due(posted) == [mail]
    assert waited == sorted(waited) and sum(waited, timedelta()) > timedelta(hours=20)
    assert await does(posted, outbox.claim, mail)
    await does(posted, outbox.put_off, mail, "no answer")
    posted.later(10**7)
    assert await due(posted) == [] and (await state(posted))[0] == "refused"


async def test_tries_whose_outcome_is_never_noted_have_an_end_as_well(posted: Hall):
    (mail,) = await due(posted)
    assert await does(posted, outbox.claim, mail)
    await does(posted, outbox.put_off, mail, "no answer")
    posted.now += outbox.PAUSES[-1]
    claimed = 1
    while await does(posted, outbox.claim, mail):
        claimed += 1
        assert not await does(posted, outbox.claim, mail)  # another service that saw it due as well
        posted.now += outbox.PAUSES[-1]
    assert claimed == len(outbox.PAUSES) + 1 and await state(posted) == ("refused", "not_noted")


@pytest.mark.parametrize(("end", "shown"), [("sent", "sent"), ("refused", "refused")])
async def test_what_has_an_end_is_not_sent_again(posted: Hall, end: str, shown: str):
    (mail,) = await due(posted)
    await does(posted, getattr(outbox, end), mail, *(["550 no such user"] if end == "refused" else []))
    assert not await does(posted, outbox.claim, mail)
    assert await due(posted) == [] and (await state(posted))[0] == shown


async def test_what_was_overtaken_on_its_way_is_sent_all_the_same(posted: Hall):
    (mail,) = await due(posted)
    await posted.later(1).does(letters.remind, posted.secretary, SEAL)
    (reminder,) = await due(posted)
    await does(posted, outbox.sent, mail)
    assert await due(posted) == [reminder] and await state(posted) == ("waiting", None)


async def test_a_new_address_counts_for_what_waits(posted: Hall):
    await posted.does(letters.set_address, posted.secretary, posted.an.participant, "moi@example.org")
    assert [mail.email for mail in await posted.asks(outbox.due, posted.now, 10)] == ["moi@example.org"]

"""Units that are consulted hear of it by mail, and are reminded while they are silent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import msgspec
import pytest

from meeting_app.consultations import opinions
from meeting_app.seal import open_seal
from signaling.clock import Clock
from signaling.database import open_database
from signaling.house import House
from signaling.postman import Postman
from signaling.settings import Settings
from tests import tables
from tests.meeting_app.consulting import Table, ask
from tests.meeting_app.hall import START
from tests.signaling.test_postman import MailServer, server  # noqa: F401


class Standing(Clock):
    """A clock that only the test turns."""

    now = START

    def utc(self) -> datetime:
        return self.now


@pytest.fixture
async def table(settings: Settings, server: MailServer) -> AsyncIterator[tuple[Table, Postman, Standing]]:  # noqa: F811
    given = msgspec.structs.replace(
        settings,
        smtp_url=f"smtp://127.0.0.1:{server.port}",
        mail_from="vanphong@lamson.example",
        public_url="https://hop.lamson.example",
    )
    await tables.lay_out_for(given)
    database, clock = await open_database(given), Standing()
    seal = open_seal(given.data / "seal.key")
    house = House(given, clock, database, media=None, pushes=None, vote_keys=None, seal=seal)
    yield await ask(database), Postman(house), clock
    await database.close()


async def test_they_are_asked_once_and_reminded_each_day(
    table: tuple[Table, Postman, Standing],
    server: MailServer,  # noqa: F811
) -> None:
    asked, postman, clock = table

    async def heard() -> list[tuple[str, str]]:
        server.mails.clear()
        await postman.remind_units()
        await postman.post_due()
        return sorted((mail["To"], mail["Subject"]) for mail in server.mails)

    title = "Dự thảo nghị quyết"
    assert await heard() == [(f"{name}@lamson.example", f"Lấy ý kiến: {title}") for name in ("an", "binh")]
    text = server.mails[0].get_content()
    assert f"https://hop.lamson.example/vp/lay-y-kien/{asked.consultation}" in text
    assert "Thời hạn trả lời: 08:00 ngày 27/11/2026" in text
    assert await heard() == []
    await asked.does(opinions.give, "an", asked.units["an"], "agree", "")
    clock.now = START + timedelta(days=1)
    assert await heard() == [("binh@lamson.example", f"Nhắc trả lời ý kiến: {title}")]
    assert await heard() == []
    assert [event.name for event in await asked.log()][-2:] == ["opinion_given", "units_reminded"]


async def test_a_mail_that_waited_too_long_is_not_sent(
    table: tuple[Table, Postman, Standing],
    server: MailServer,  # noqa: F811
) -> None:
    asked, postman, _ = table
    await server.stop()
    await postman.post_due()
    await asked.does(opinions.give, "an", asked.units["an"], "agree", "")
    await server.start()
    table[2].now = START + timedelta(hours=1)
    await postman.post_due()
    assert [mail["To"] for mail in server.mails] == ["binh@lamson.example"]

"""Letters reach a real mail server, and wait while it is away."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import email.policy
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser

import msgspec
import pypdf
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from icalendar import Calendar
from sqlalchemy import update

from meeting_app import answers, delivery, letters, meetings, outbox, reminders, rescheduling, votes
from meeting_app.acting import Actor
from meeting_app.db import Database
from meeting_app.errors import NotRecorded
from meeting_app.models import Meeting
from meeting_app.seal import Seal, open_seal
from signaling.database import open_database
from signaling.house import House
from signaling.postman import Postman
from signaling.settings import Settings
from tests.meeting_app.hall import WORDS
from tests.signaling.conftest import NOW, Province, PushedClock, seed, while_nothing_can_be_written


@dataclass
class MailServer:
    """What arrived; refuses addresses that begin with `nobody`."""

    mails: list[EmailMessage] = field(default_factory=list)
    answer: str = "250 OK"
    knows_sender: bool = True
    port: int = 0
    _listening: asyncio.Server | None = None

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options) -> str:
        if self.knows_sender:
            envelope.mail_from = address
            return "250 OK"
        return "550 5.1.8 sender unknown"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options) -> str:
        if address.startswith("nobody"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer.startswith("250"):
            self.mails.append(BytesParser(policy=email.policy.default).parsebytes(envelope.content))
        return self.answer

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._listening = await loop.create_server(lambda: SMTP(self, enable_SMTPUTF8=True), "127.0.0.1", self.port)
        self.port = self._listening.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._listening is not None:
            self._listening.close()
            self._listening = None


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    server = MailServer()
    await server.start()
    yield server
    await server.stop()


@dataclass
class Office:
    province: Province
    postman: Postman
    clock: PushedClock
    database: Database
    seal: Seal

    async def mails(self) -> dict[str, str | None]:
        async with self.database.reading() as session:
            rows = await delivery.guest_list(session, self.province.meeting)
        return {row.email: row.mail for row in rows if row.email}


@pytest.fixture
async def office(settings: Settings, server: MailServer) -> AsyncIterator[Office]:
    """A meeting whose letters are out: three addresses, one of them of nobody."""
    given = msgspec.structs.replace(
        settings,
        smtp_url=f"smtp://127.0.0.1:{server.port}",
        mail_from="vanphong@lamson.example",
        public_url="https://hop.lamson.example",
    )
    province = await seed(given, state="approved")
    database, clock = await open_database(given), PushedClock()
    seal = open_seal(given.data / "seal.key")
    secretary = Actor(province.meeting, province.ids["secretary"])
    async with database.writing() as session:
        for name, address in (("an", "an@example.org"), ("binh", "nobody@example.org"), ("chair", "chu@example.org")):
            await letters.set_address(session, secretary, province.ids[name], address, NOW)
        await letters.write_letter(session, secretary, WORDS, NOW)
        await letters.invite(session, secretary, seal, NOW)
    house = House(given, clock, database, media=None, pushes=None, vote_keys=None, seal=seal)
    yield Office(province, Postman(house), clock, database, seal)
    await database.close()


async def test_a_reminder_names_the_opinion_form_that_is_owed(office: Office, server: MailServer) -> None:
    await office.postman.post_due()
    ids, now = office.province.ids, office.clock.utc()
    secretary, an = Actor(office.province.meeting, ids["secretary"]), Actor(office.province.meeting, ids["an"])
    async with office.database.writing() as session:
        asked = "Cho ý kiến về dự thảo Quy chế"
        opened = await votes.ask_opinions(session, secretary, asked, now + timedelta(hours=9), now)
        await votes.cast(session, Actor(an.meeting, ids["chair"]), opened.data["vote"]["id"], "for", now)
        await answers.answer(session, an, ids["an"], "accepted", now)
        await answers.answer(session, Actor(an.meeting, ids["chair"]), ids["chair"], "accepted", now)
        await letters.remind(session, secretary, office.seal, now)
    server.mails.clear()
    await office.postman.post_due()
    [mail] = server.mails
    text = mail.get_body(("plain",)).get_content()
    assert mail["To"].endswith("<an@example.org>") and asked in text
    assert "chưa trả lời phiếu lấy ý kiến" in text and "Đề nghị đồng chí trả lời trước" in text


async def test_a_letter_arrives_with_its_paper_and_calendar(office: Office, server: MailServer) -> None:
    await office.postman.post_due()
    assert await office.mails() == {
        "an@example.org": "sent",
        "nobody@example.org": "refused",
        "chu@example.org": "sent",
    }
    mail = next(mail for mail in server.mails if "an@example.org" in mail["To"])
    assert mail["Subject"] == "Giấy mời: Hội nghị thử"
    assert mail["From"].addresses[0].addr_spec == "vanphong@lamson.example"
    text = mail.get_body(("plain",)).get_content()
    paper, calendar = mail.iter_attachments()
    assert (paper.get_content_type(), calendar.get_content_type()) == ("application/pdf", "text/calendar")
    link = next(word for word in text.split() if word.startswith("https://hop.lamson.example/v/"))
    assert link in pypdf.PdfReader(io.BytesIO(paper.get_content())).pages[0].extract_text()
    assert link.encode() in calendar.get_payload(decode=True).replace(b"\r\n ", b"")
    async with office.database.reading() as session:
        assert (await answers.invited(session, link.rpartition("/")[2])).participant == office.province.ids["an"]
    await office.postman.post_due()
    assert len(server.mails) == 2  # once each


async def test_a_new_time_is_told_with_a_calendar_that_replaces_the_first(office: Office, server: MailServer) -> None:
    await office.postman.post_due()
    secretary, now = Actor(office.province.meeting, office.province.ids["secretary"]), office.clock.utc()
    chair = Actor(office.province.meeting, office.province.ids["chair"])
    async with office.database.writing() as session:
        await letters.remind(session, secretary, office.seal, now)
        event = await meetings.set_state(session, chair, "postponed", now)
    await office.postman.post_due()
    assert len(server.mails) == 2  # nobody is reminded of a time that was given up
    office.clock.push(60)
    to = now.replace(microsecond=0) + timedelta(days=9)
    async with office.database.writing() as session:
        before = (await session.get_one(Meeting, event.meeting)).starts_at
        told = (before, to, "Hội trường lớn", office.seal, office.clock.utc())
        await rescheduling.reschedule(session, secretary, *told)
    await office.postman.post_due()
    first, again = (mail for mail in server.mails if "an@example.org" in mail["To"])
    assert again["Subject"] == "Thời gian mới: Hội nghị thử"
    text = again.get_body(("plain",)).get_content()
    assert "xác nhận lại việc tham dự" in text and "Hội trường lớn" in text
    events = [
        Calendar.from_ical(list(mail.iter_attachments())[1].get_payload(decode=True)).walk("VEVENT")[0]
        for mail in (first, again)
    ]
    assert events[0]["uid"] == events[1]["uid"] and events[0]["sequence"] < events[1]["sequence"]
    assert events[1].decoded("dtstart") == to


async def test_nothing_is_lost_while_the_server_is_down(office: Office, server: MailServer) -> None:
    await server.stop()
    await office.postman.post_due()
    await server.start()
    await office.postman.post_due()
    assert server.mails == [] or len(server.mails) < 2  # who was tried waits; the rest went on
    office.clock.push(3600)
    await office.postman.post_due()
    assert sorted(mail["To"].addresses[0].addr_spec for mail in server.mails) == ["an@example.org", "chu@example.org"]


async def test_while_nothing_can_be_written_no_mail_goes_out(office: Office, server: MailServer) -> None:
    with while_nothing_can_be_written():
        for _ in range(3):
            with pytest.raises(NotRecorded):  # the clock of `create_app` logs it
                await office.postman.post_due()
            office.clock.push(5)
    assert server.mails == []
    await office.postman.post_due()
    assert len(server.mails) == 2


async def test_a_mail_whose_sending_was_not_noted_waits_before_it_goes_out_again(
    office: Office, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def is_full(*_: object) -> None:
        raise NotRecorded("the disk is full", "database")

    with monkeypatch.context() as while_full:
        while_full.setattr(outbox, "sent", is_full)
        for _ in range(10):
            with contextlib.suppress(NotRecorded):
                await office.postman.post_due()
            office.clock.push(5)
    assert len(server.mails) == 2 and "waiting" in (await office.mails()).values()
    office.clock.push(60)
    await office.postman.post_due()
    assert {mail: state for mail, state in (await office.mails()).items() if state != "sent"} == {
        "nobody@example.org": "refused"
    }
    assert len(server.mails) == 4 and len({mail["Message-ID"] for mail in server.mails}) == 2


async def test_a_server_that_says_later_is_asked_later(office: Office, server: MailServer) -> None:
    server.answer = "451 try again"
    await office.postman.post_due()
    assert (await office.mails())["an@example.org"] == "waiting"
    server.answer = "250 OK"
    office.clock.push(3600)
    await office.postman.post_due()
    assert (await office.mails())["an@example.org"] == "sent"


async def test_a_refusal_of_the_sender_is_no_fault_of_the_mailbox(office: Office, server: MailServer) -> None:
    server.knows_sender = False
    await office.postman.post_due()
    async with office.database.reading() as session:
        rows = await delivery.guest_list(session, office.province.meeting)
    assert {(row.mail, row.fault) for row in rows if row.email} == {("waiting", "rejected"), ("waiting", None)}


async def test_a_password_is_not_said_on_an_open_line(office: Office, server: MailServer, monkeypatch) -> None:
    told = {}

    async def send(message, **how) -> None:
        told.update(how)

    monkeypatch.setattr("signaling.postman.aiosmtplib.send", send)
    house = office.postman._house
    for url, start_tls in (
        ("smtp://ten:mat%40khau@thu.lamson.example:587", True),
        ("smtp://thu.lamson.example:25", None),
        ("smtps://ten:mat@thu.lamson.example:465", False),
    ):
        given = msgspec.structs.replace(house.settings, smtp_url=url)
        postman = Postman(dataclasses.replace(house, settings=given))
        await postman._hand_over(EmailMessage())
        assert told["start_tls"] is start_tls
    assert told["use_tls"] and told["password"] == "mat"


async def test_a_reminder_by_the_clock_goes_out_once_and_not_late(office: Office, server: MailServer) -> None:
    await office.postman.post_due()
    before = len(server.mails)
    seal = office.postman._house.seal

    async def remind(at: datetime) -> int:
        async with office.database.writing() as session:
            event = await reminders.remind_due(session, office.province.meeting, seal, at)
        office.clock.push((at - office.clock.utc()).total_seconds())
        await office.postman.post_due()
        return 0 if event is None else event.data["mails"]

    async with office.database.writing() as session:
        await session.execute(update(Meeting).values(starts_at=NOW + timedelta(days=3)))
    assert await remind(NOW + timedelta(days=2, hours=12)) == 3
    told = [mail for mail in server.mails[before:] if "an@example.org" in mail["To"]]
    assert [mail["Subject"] for mail in told] == ["Nhắc lịch họp: Hội nghị thử"]
    assert "https://hop.lamson.example/v/" in told[0].get_content()
    assert await remind(NOW + timedelta(days=2, hours=13)) == 0
    await server.stop()
    assert await remind(NOW + timedelta(days=2, hours=23, minutes=30)) == 3
    await server.start()
    office.clock.push(7200)
    count = len(server.mails)
    await office.postman.post_due()
    assert len(server.mails) == count  # the meeting has begun: nobody needs it any more

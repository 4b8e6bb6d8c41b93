"""Sends what lies in the outbox: each letter as a PDF with a calendar file, through the operator's mail server.

One mail after the other. Each try is noted before it is made, and its outcome afterwards: a mail that was sent and not
noted, because this process died or the disk was full, goes out again after the pause, under one Message-ID, and what
cannot be noted beforehand is not sent.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog
from sqlalchemy import select

from meeting_app import letters, outbox, votes
from meeting_app.consultations import reminding
from meeting_app.delivery import OF_SERVER
from meeting_app.errors import MeetingError
from meeting_app.letters import Paper
from meeting_app.models import Mail, Meeting, Notice, Participant, Task
from meeting_app.outbox import Due
from meeting_app.printing.invitation import moment
from meeting_app.printing.typesetting import TypesettingFailed
from meeting_app.reminders import COMING
from meeting_app.states import INTERRUPTED
from meeting_app.times import LOCAL
from signaling import consultation_post, mail_words
from signaling.house import House
from signaling.letter import calendar, set_letter

AT_ONCE = 20
WITHIN_S = 30
LOOPBACK = ("localhost", "127.0.0.1", "::1")

log = structlog.get_logger("signaling.postman")

OF_FORM = "{body} xin nhắc: đồng chí chưa trả lời phiếu lấy ý kiến trước {subject}."
SUBJECTS = {
    "invitation": "Giấy mời: {}",
    "reminder": "Nhắc xác nhận tham dự: {}",
    "tomorrow": "Nhắc lịch họp: {}",
    "soon": "Sắp đến giờ họp: {}",
    "task": "Nhắc nhiệm vụ sắp đến hạn: {}",
    "moved": "Thời gian mới: {}",
}
TEXTS = {
    "invitation": "{body} trân trọng kính mời đồng chí tới dự {subject}.",
    "reminder": "{body} xin nhắc: đồng chí chưa xác nhận tham dự {subject}.",
    "tomorrow": "{body} xin nhắc: {subject} diễn ra trong vòng 24 giờ tới.",
    "soon": "{body} xin nhắc: {subject} bắt đầu trong vòng một giờ tới.",
    "moved": (
        "{body} xin báo: {subject} được chuyển sang thời gian dưới đây, thay cho thời gian đã báo trước.\n"
        "Đề nghị đồng chí xác nhận lại việc tham dự."
    ),
}


class Postman:
    """Asked for regularly by `create_app`'s clock."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def post_due(self) -> None:
        """Send what is due now; a server that does not answer ends the round."""
        house = self._house
        now = house.clock.utc()
        async with house.database.reading() as session:
            letters = await outbox.due(session, now, AT_ONCE)
            notices = await outbox.due_notices(session, now, AT_ONCE)
        for mail in letters:
            if not await self._post(mail.id, Mail, partial(self._message, mail, now)):
                return
        for notice in notices:
            if not await self._post(notice, Notice, partial(consultation_post.message, house, notice, now)):
                return

    async def remind_units(self) -> None:
        """Have silent units reminded whose day has passed."""
        database, now = self._house.database, self._house.clock.utc()
        async with database.reading() as session:  # first: there is one writer
            if not await reminding.to_remind(session, now):
                return
        async with database.writing() as session:
            await reminding.remind_due(session, now)

    async def _post(self, mail: str, kind: outbox.Kind, make: Callable[[], Awaitable[EmailMessage | None]]) -> bool:
        """Whether the server answered. Raises `NotRecorded`."""
        database, now = self._house.database, self._house.clock.utc()
        async with database.writing() as session:
            if not await outbox.claim(session, mail, now, kind):
                return True
        try:
            message = await make()
        except (MeetingError, TypesettingFailed) as error:
            log.warning("letter_not_made", mail=mail, cause=repr(error))
            async with database.writing() as session:
                await outbox.put_off(session, mail, "letter_not_made", now, kind)
            return True
        if message is None:
            async with database.writing() as session:
                await outbox.refused(session, mail, "overtaken", now, kind)
            return True
        try:
            await self._hand_over(message)
        except aiosmtplib.SMTPRecipientsRefused as error:
            code = max((one.code for one in error.recipients), default=0)
            said = "; ".join(f"{one.code} {one.message}" for one in error.recipients)
            async with database.writing() as session:
                how = outbox.refused if code >= 500 else outbox.put_off
                await how(session, mail, said, now, kind)
            return True
        except (aiosmtplib.SMTPException, OSError) as error:
            # The server's trouble, not this letter's: the others wait for the next round as well.
            log.warning("mail_not_sent", mail=mail, cause=repr(error))
            async with database.writing() as session:
                await outbox.put_off(session, mail, f"{OF_SERVER}{error}", now, kind)
            return False
        async with database.writing() as session:
            await outbox.sent(session, mail, now, kind)
        log.info("mail_sent", mail=mail, to=kind.__tablename__)
        return True

    async def _message(self, mail: Due, now: datetime) -> EmailMessage | None:
        """The mail as it goes out; None when nobody needs it any more. Raises `MeetingError`, `TypesettingFailed`."""
        house = self._house
        async with house.database.reading() as session:
            paper = await letters.paper_for(session, mail.participant, house.seal)
            state = await session.scalar(select(Meeting.state).where(Meeting.id == mail.meeting))
            answer = await session.scalar(select(Participant.answer).where(Participant.id == mail.participant))
            form = await votes.form_of(session, mail.meeting, mail.participant)
            task = await session.get(Task, mail.task) if mail.task else None
        is_late = mail.kind in ("tomorrow", "soon") and (paper.starts_at <= now or state not in COMING)
        is_done = task is not None and (task.done_at is not None or task.removed_at is not None)
        if (task is None and state in INTERRUPTED) or is_late or is_done or not mail.email:
            return None
        address = house.settings.address
        sender = house.settings.mail_from
        message = EmailMessage()
        mail_words.put(message, "Subject", SUBJECTS[mail.kind].format(paper.subject))
        mail_words.put(message, "From", paper.words.body, sender)
        mail_words.put(message, "To", paper.guest, mail.email)
        message["Date"] = format_datetime(now)
        message["Message-ID"] = f"<{mail.id}@{sender.rpartition('@')[2]}>"
        greeting = f"Kính gửi: {', '.join(filter(None, (paper.guest, paper.guest_title)))}"
        closing = ["Trân trọng,", paper.words.body]
        if task is not None:
            message.set_content("\n".join([greeting, "", *_of_task(paper, task), "", *closing]))
            return message
        words = OF_FORM if mail.kind == "reminder" and answer != "pending" else TEXTS[mail.kind]
        lines = [
            greeting,
            "",
            words.format(body=paper.words.body, subject=paper.subject),
            "",
            f"Thời gian: {moment(paper.starts_at)}",
            f"Địa điểm: {paper.place or 'Họp trực tuyến'}",
            "",
        ]
        if form is not None and form.state == "open" and form.choice is None:
            lines += [
                f"Phiếu lấy ý kiến: {form.question}",
                f"Đề nghị đồng chí trả lời trước {moment(datetime.fromisoformat(form.due_at).astimezone(LOCAL))}.",
                "",
            ]
        if paper.link:
            lines += [
                "Mở liên kết riêng dưới đây để xác nhận tham dự, xem chương trình và vào họp:",
                f"{address}/v/{paper.link}",
                "Liên kết chỉ dành cho đồng chí; xin không chuyển cho người khác.",
                "",
            ]
        if mail.kind in ("tomorrow", "soon"):
            message.set_content("\n".join([*lines, *closing]))
            return message
        lines += ["Giấy mời và lịch họp được gửi kèm.", "", *closing]
        message.set_content("\n".join(lines))
        pdf = await set_letter(paper, address)
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename="Giay-moi.pdf")
        ics = calendar(paper, address, now)
        message.add_attachment(
            ics, maintype="text", subtype="calendar", filename="Lich-hop.ics", params={"method": "PUBLISH"}
        )
        return message

    async def _hand_over(self, message: EmailMessage) -> None:
        """Raises `SMTPException`, `OSError`."""
        url = urlsplit(self._house.settings.smtp_url)
        implicit = url.scheme == "smtps"
        # A password is never said on an open line, except to this machine itself.
        must_encrypt = url.username is not None and url.hostname not in LOOPBACK
        await aiosmtplib.send(
            message,
            hostname=url.hostname,
            port=url.port,
            username=unquote(url.username) if url.username else None,
            password=unquote(url.password) if url.password else None,
            use_tls=implicit,
            start_tls=False if implicit else (True if must_encrypt else None),
            timeout=WITHIN_S,
        )


def _of_task(paper: Paper, task: Task) -> list[str]:
    due = task.due_on.strftime("%d/%m/%Y") if task.due_on else ""
    return [
        f"{paper.words.body} xin nhắc: nhiệm vụ được giao tại {paper.subject} sắp đến hạn.",
        "",
        f"Nhiệm vụ: {task.text}",
        f"Thời hạn: {due}",
        f"Tiến độ đã báo cáo: {task.progress}%",
    ]

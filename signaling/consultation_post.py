"""What a unit that is consulted reads in its mail."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from meeting_app.consultations import reminding
from meeting_app.printing.consultation import clock
from signaling import mail_words
from signaling.house import House

SUBJECTS = {"asked": "Lấy ý kiến: {}", "reminder": "Nhắc trả lời ý kiến: {}"}
TEXTS = {
    "asked": "{leader} xin ý kiến của {unit} về: {title}.",
    "reminder": "{leader} xin nhắc: {unit} chưa trả lời ý kiến về: {title}.",
}


async def message(house: House, notice: str, now: datetime) -> EmailMessage | None:
    """The mail as it goes out; None when nobody needs it any more."""
    async with house.database.reading() as session:
        words = await reminding.words_of(session, notice, now)
    if words is None:
        return None
    sender = house.settings.mail_from
    mail = EmailMessage()
    mail_words.put(mail, "Subject", SUBJECTS[words.kind].format(words.title))
    mail_words.put(mail, "From", words.leader, sender)
    mail["To"] = words.email
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{notice}@{sender.rpartition('@')[2]}>"
    lines = (
        f"Kính gửi: {words.unit}",
        "",
        TEXTS[words.kind].format(leader=words.leader, unit=words.unit, title=words.title),
        "",
        f"Thời hạn trả lời: {clock(words.deadline)}",
        "",
        "Mở địa chỉ dưới đây, đăng nhập bằng tài khoản của đơn vị để đọc dự thảo và trả lời:",
        f"{house.settings.address}/vp/lay-y-kien/{words.consultation}",
        "",
        "Trân trọng,",
        words.leader,
    )
    mail.set_content("\n".join(lines))
    return mail

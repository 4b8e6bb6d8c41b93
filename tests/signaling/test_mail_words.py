"""What a header says arrives, wherever it is folded."""

from __future__ import annotations

import email
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP, default

from signaling.mail_words import put

WORDS = "Thời gian mới: Hội nghị Đoàn Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lam Sơn lần thứ năm (mở rộng)"


def test_no_space_is_lost_wherever_the_words_end() -> None:
    for length in range(1, len(WORDS) + 1):
        words = WORDS[:length].strip()
        mail = EmailMessage()
        put(mail, "Subject", words)
        put(mail, "From", words, "vanphong@lamson.example")
        mail.set_content("x")
        sent = mail.as_bytes(policy=SMTP)
        arrived = email.message_from_bytes(sent)  # as old programs read it; the new parser doubles spaces in names
        assert said(arrived["Subject"]) == words
        assert said(arrived["From"]) == f"{words} <vanphong@lamson.example>"
        [sender] = email.message_from_bytes(sent, policy=default)["From"].addresses
        assert sender.addr_spec == "vanphong@lamson.example"
        assert all(len(line) <= 78 for line in sent.splitlines())


def said(header: str) -> str:
    return str(make_header(decode_header(header)))


def test_a_line_feed_begins_no_header() -> None:
    mail = EmailMessage()
    put(mail, "Subject", "Họp\nBcc: nobody@example.org")
    mail.set_content("x")
    assert email.message_from_bytes(mail.as_bytes(policy=SMTP), policy=default)["Bcc"] is None

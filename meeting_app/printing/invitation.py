"""Giấy mời, form 1.7 of Decree 30/2020, appendix III: what it says, in the words of the form."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from meeting_app.letters import Paper

# How the subject is called where the title does not say it itself.
KINDS = {
    "conference": "hội nghị",
    "standing_committee": "cuộc họp Ban Thường trực",
    "supervision": "cuộc giám sát",
    "critique": "hội nghị phản biện xã hội",
    "consultation": "hội nghị hiệp thương",
}


def data_of(paper: Paper, address: str) -> dict[str, Any]:
    """What the template shows; `address` is that of the installation."""
    words = paper.words
    link = None if paper.link is None else f"{address}/v/{paper.link}"
    return {
        "above": words.above.upper(),
        "body": words.body.upper(),
        "number": numbered(words.number),
        "place_and_date": ", ".join(filter(None, (words.town, dated(words.dated)))),
        "subject": paper.subject,
        "inviting": words.body,
        "guest": paper.guest,
        "guest_title": paper.guest_title,
        "event": subject(paper.kind, paper.subject),
        "chair": paper.chair,
        "time": moment(paper.starts_at),
        "place": paper.place or "Họp trực tuyến",
        "note": words.note,
        "powers": words.powers.upper(),
        "signer_title": words.signer_title.upper(),
        "signer": words.signer,
        "link": link,
        "qr": None if link is None else _qr(link),
    }


def subject(kind: str, title: str) -> str:
    """The title after "Tới dự", which names the kind of meeting once."""
    word = KINDS[kind]
    first = word.split()[0]
    return title[0].lower() + title[1:] if title.lower().startswith(first) else f"{word}: {title}"


def numbered(number: str) -> str:
    """Appendix I.II.3: a number below ten has a zero before it."""
    digits, slash, sign = number.partition("/")
    return f"{digits.zfill(2)}{slash}{sign}" if digits.isdigit() else number


def dated(day: date) -> str:
    """Appendix I.II.4: days below ten and the first two months have a zero before them."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def moment(at: datetime) -> str:
    """When the meeting begins, in the zone that `at` has."""
    weekday = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")[at.weekday()]
    return f"{at.hour:02} giờ {at.minute:02}, {weekday}, {dated(at)}"


def _qr(link: str) -> str:
    import segno  # only who draws pays for loading it

    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, scale=4)
    return out.getvalue().decode()

"""What people write, made fit to store: composed Unicode, nothing invisible, not empty, not too long."""

from __future__ import annotations

import re
import unicodedata

from meeting_app.errors import BadInput

NAME_MAX = 120
TITLE_MAX = 200
UNIT_MAX = 200
SUBJECT_MAX = 500
CHAT_MAX = 2000
NOTE_MAX = 2000
OPINION_MAX = 10_000
EMAIL_MAX = 254  # RFC 5321 4.5.3.1.3, less the angle brackets


# Letters and a symbol by their category, and yet empty on the screen: Hangul fillers, the blank of braille.
BLANK = "\u115f\u1160\u2800\u3164\uffa0"
# Zero-width joiners hold emoji together, which belong into prose. In a name they would only make two that look alike.
JOINERS = "\u200c\u200d"
LINES = "\n\t\u2028\u2029"
# RFC 5321's paths are looser; this refuses what is certainly no address, and the operator's server judges the rest.
_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\]+")
UNFIT = ("Cc", "Cs", "Co", "Zl", "Zp")


def clean(text: str, field: str, longest: int, *, may_be_empty: bool = False, is_prose: bool = False) -> str:
    """The text in NFC without surrounding space. Raises `BadInput` for what cannot be stored or shown.

    What cannot be seen (formatting, marks that turn the direction) is left out: it comes along unnoticed when text is
    copied, and nobody could find it to correct it. Only prose has more than one line.
    Vietnamese typed on macOS arrives decomposed; comparing and searching need one form.
    """
    kept = JOINERS if is_prose else ""
    seen = "".join(c for c in text if c in kept or not (c in BLANK or unicodedata.category(c) == "Cf"))
    text = unicodedata.normalize("NFC", seen).strip()
    if not any(unicodedata.category(c)[0] in "LNPS" for c in text) and not may_be_empty:
        raise BadInput(f"{field} is empty", field)
    if len(text) > longest:
        raise BadInput(f"{field} has {len(text)} characters, at most {longest} are kept", field)
    lines = LINES if is_prose else ""
    if any(unicodedata.category(c) in UNFIT and c not in lines for c in text):
        raise BadInput(f"{field} contains a control character", field)
    return text


def clean_email(text: str, field: str = "email") -> str:
    """An address mail can go to, or nothing. Raises `BadInput`."""
    email = clean(text, field, EMAIL_MAX, may_be_empty=True)
    if email and not _EMAIL.fullmatch(email):
        raise BadInput("this is no e-mail address", field)
    return email

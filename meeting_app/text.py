"""What people write, made fit to store: composed Unicode, no invisible controls, not empty, not too long."""

from __future__ import annotations

import unicodedata

from meeting_app.errors import BadInput

NAME_MAX = 120
TITLE_MAX = 200
UNIT_MAX = 200
SUBJECT_MAX = 500
CHAT_MAX = 2000


def clean(text: str, field: str, longest: int, *, may_be_empty: bool = False) -> str:
    """The text in NFC without surrounding space. Raises `BadInput` for what cannot be stored or shown.

    Vietnamese typed on macOS arrives decomposed; comparing and searching need one form.
    """
    text = unicodedata.normalize("NFC", text).strip()
    if not text and not may_be_empty:
        raise BadInput(f"{field} is empty", field)
    if len(text) > longest:
        raise BadInput(f"{field} has {len(text)} characters, at most {longest} are kept", field)
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in text):
        raise BadInput(f"{field} contains a control character", field)
    return text

"""Who sees what of a paper: by role, or where some are named, by being one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from meeting_app.permissions import UNCOUNTED
from meeting_app.views import DocumentView, ReadersView

LEADERS = frozenset({"chair", "secretary"})
# A big screen stands where guests may look.
READERS: dict[str, frozenset[str]] = {
    "everybody": LEADERS | {"delegate", "guest", "site_operator", "big_screen"},
    "delegates": LEADERS | {"delegate"},
    "leaders": LEADERS,
    "named": LEADERS,  # with those whom the paper names
}
NAMED = "named"


@dataclass(frozen=True)
class Reader:
    """Who looks. Without `participant`: anybody of the role, who is nobody that a paper names."""

    role: str
    participant: str | None = None
    unit: str = ""  # of those who were invited; empty where somebody only said so themselves

    def is_among(self, named: ReadersView) -> bool:
        if self.participant is None or self.role in UNCOUNTED:
            return False
        is_of_unit = bool(self.unit) and self.unit in named.units
        return self.participant in named.participants or is_of_unit or self.role in named.roles


def may_take(role: str, document: DocumentView) -> bool:
    """Whether who may read the paper may have it as a file; what is confidential is read page by page."""
    return role in LEADERS or not document.confidential


def is_meant_for(reader: Reader, document: DocumentView) -> bool:
    """Whether the paper, once approved and while it is not recalled, is for this reader."""
    if reader.role in READERS[document.audience]:
        return True
    return document.readers is not None and reader.is_among(document.readers)


def as_seen_by(reader: Reader, document: DocumentView) -> DocumentView | None:
    """What of the paper somebody sees; None: that there is one they do not know."""
    if reader.role in LEADERS:
        return document
    if document.recalled or not is_meant_for(reader, document):
        return None
    approved = tuple(version for version in document.versions if version.approved_at is not None)
    # Who else may read it is for those to know who prepare the meeting.
    return replace(document, versions=approved, readers=None) if approved else None

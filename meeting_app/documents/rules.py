"""Who sees what of a paper, by role."""

from __future__ import annotations

from dataclasses import replace

from meeting_app.views import DocumentView

LEADERS = frozenset({"chair", "secretary"})
# A big screen stands where guests may look.
READERS: dict[str, frozenset[str]] = {
    "everybody": LEADERS | {"delegate", "guest", "site_operator", "big_screen"},
    "delegates": LEADERS | {"delegate"},
    "leaders": LEADERS,
}


def may_take(role: str, document: DocumentView) -> bool:
    """Whether who may read the paper may have it as a file; what is confidential is read page by page."""
    return role in LEADERS or not document.confidential


def as_seen_by(role: str, document: DocumentView) -> DocumentView | None:
    """What of the paper somebody of that role sees; None: that there is one they do not know."""
    if role in LEADERS:
        return document
    if document.recalled or role not in READERS[document.audience]:
        return None
    approved = tuple(version for version in document.versions if version.approved_at is not None)
    return replace(document, versions=approved) if approved else None

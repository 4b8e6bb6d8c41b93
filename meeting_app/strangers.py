"""Who came by knocking: nobody invited them, and the unit that stands beside their name is their own word."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from meeting_app.models import Knock, Participant


def knocked() -> ColumnElement[bool]:
    """Of a participant in the query around it."""
    of_them = (Knock.meeting_id == Participant.meeting_id) & (Knock.participant_id == Participant.id)
    return select(Knock.id).where(of_them, Knock.reason == "guest").correlate(Participant).exists()

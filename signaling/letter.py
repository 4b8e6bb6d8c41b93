"""A letter as the two files that a guest gets: the paper and the entry for the calendar."""

from __future__ import annotations

from datetime import datetime

from meeting_app.calendar import calendar_of
from meeting_app.letters import Paper
from meeting_app.printing.invitation import data_of
from meeting_app.printing.typesetting import typeset


async def set_letter(paper: Paper, address: str) -> bytes:
    """The Giấy mời as PDF. Raises `TypesettingFailed`."""
    return await typeset("invitation", data_of(paper, address))


def calendar(paper: Paper, address: str, now: datetime) -> bytes:
    """The meeting as a calendar file."""
    link = None if paper.link is None else f"{address}/v/{paper.link}"
    return calendar_of(paper, link, now)

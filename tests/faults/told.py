"""Presence and quorum as the log of a meeting tells them, counted one by one, to hold the rows against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from meeting_app.events import Event
from meeting_app.quorum import Quorum

Spans = dict[str, list[tuple[datetime, datetime | None]]]


def told_by(log: Sequence[Event]) -> Spans:
    """The spans of everybody as the log tells them; a clock that was set back does not make them overlap."""
    spans: Spans = defaultdict(list)
    for event in filter(_moves, log):
        at, mine = datetime.fromisoformat(event.at), spans[event.data["participant"]]
        if mine and mine[-1][1] is None:  # gone, or from elsewhere to a seat in the hall
            mine[-1] = (mine[-1][0], max(at, mine[-1][0]))
        if event.name == "checked_in":
            mine.append((max(at, mine[-1][1]) if mine else at, None))
    return spans


def _moves(event: Event) -> bool:
    return event.name in ("checked_in", "left")


def told_quorum(log: Sequence[Event], spans: Spans, moment: datetime) -> Quorum:
    """Counted one by one, as somebody with the list would."""
    voters = {
        event.data["participant"]["id"]
        for event in log
        if event.name == "participant_added"
        and event.data["participant"]["role"] in ("chair", "delegate")
        and datetime.fromisoformat(event.at) <= moment
    }
    here = 0
    for voter in voters:
        here += any(came <= moment and (left is None or moment < left) for came, left in spans.get(voter, ()))
    return Quorum(len(voters), here, len(voters) // 2 + 1)


def is_covered(spans: Sequence[tuple[datetime, datetime | None]], since: datetime, until: datetime) -> bool:
    """Present at every instant from `since` until `until`."""
    for came, left in spans:
        if came <= since and (left is None or since < left):
            since = until if left is None else left
    return since >= until


def moments(log: Sequence[Event]) -> list[datetime]:
    """Each second, and each instant at which anything happened, with the one before."""
    first, *_, last = (datetime.fromisoformat(event.at) for event in log)
    seconds = [first + timedelta(seconds=second) for second in range(int((last - first).total_seconds()) + 1)]
    changes = [datetime.fromisoformat(event.at) for event in log if _moves(event)]
    return sorted({*seconds, *changes, *(at - timedelta(microseconds=1) for at in changes)})

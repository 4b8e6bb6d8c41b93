"""A new time for a meeting, and telling it to those who were invited.

Before the letters are out the time changes and nobody is written to. Afterwards everybody is written to and asked
again: what they answered to the other time stays in the log and counts no more. A meeting that was postponed is
invited to again at once if it was before, and a draft if it was not.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import agenda, letters
from meeting_app.acting import Actor, begin
from meeting_app.errors import AlreadySo, BadInput, Outdated
from meeting_app.events import Event, append
from meeting_app.models import Letter, LogEntry, Meeting
from meeting_app.seal import Seal
from meeting_app.sitting import forget_answers
from meeting_app.states import BEGUN, DOORS_OPEN, check_transition
from meeting_app.text import SUBJECT_MAX, clean
from meeting_app.times import iso

OUT = DOORS_OPEN | BEGUN | {"invited"}  # in these the letters are out


async def reschedule(
    session: AsyncSession, actor: Actor, before: datetime, starts_at: datetime, place: str, seal: Seal, now: datetime
) -> Event:
    """Hold the meeting at another time; `before` is the one that the writer read. Event `rescheduled`.

    What the agenda plans to the minute moves along.
    Raises `BadInput` for a time that has passed, `Outdated` when somebody else moved it meanwhile, `AlreadySo`.
    """
    meeting = await begin(session, actor, "reschedule")
    if before != meeting.starts_at:
        raise Outdated("somebody else moved the meeting", "before")
    if starts_at <= now:
        raise BadInput("this time has passed", "starts_at")
    place = clean(place, "place", SUBJECT_MAX, may_be_empty=True)
    state = meeting.state
    if state != "postponed" and (starts_at, place) == (meeting.starts_at, meeting.place):
        raise AlreadySo("the meeting is held then and there already", "starts_at")
    if state == "postponed":
        to = "invited" if await _was_out(session, meeting) else "draft"
        check_transition(state, to)
        meeting.state = to
    planned = await agenda.shift_planned(session, meeting.id, starts_at - meeting.starts_at)
    meeting.starts_at, meeting.place = starts_at, place
    data = {
        "from": state,
        "to": meeting.state,
        "before": iso(before),
        "starts_at": iso(starts_at),
        "place": place,
        "planned": planned,
        "mails": await _ask_again(session, meeting, seal, now) if meeting.state == "invited" else None,
    }
    return await append(session, meeting, actor.participant, "rescheduled", data, now)


async def _was_out(session: AsyncSession, meeting: Meeting) -> bool:
    """Whether the letters were out when the meeting was postponed, as the log tells."""
    last = (
        select(LogEntry.data)
        .where(LogEntry.meeting_id == meeting.id, LogEntry.name == "state_changed")
        .order_by(LogEntry.seq.desc())
        .limit(1)
    )
    data = await session.scalar(last)
    return data is not None and data["from"] in OUT


async def _ask_again(session: AsyncSession, meeting: Meeting, seal: Seal, now: datetime) -> int:
    """How many are written to. Who came in somebody's place keeps the seat, and is asked as well."""
    await forget_answers(session, meeting.id)
    if await session.get(Letter, meeting.id) is None:
        return 0
    everybody = await letters.guests(session, meeting.id)
    return sum([await letters.post(session, guest, "moved", seal, now) for guest in everybody])

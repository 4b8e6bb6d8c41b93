"""The time of a speech: its limit, its pauses, how long it was.

The limit ends nothing by itself: it warns on all screens, and the chair decides. While a speech is paused its time
stands still and the microphone stays as it is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin
from meeting_app.errors import AlreadySo, BadInput, NobodySpeaking
from meeting_app.events import Event, append
from meeting_app.models import Meeting, Participant, Speech

EXTENSION_MAX_S = 3600


async def pause_speech(session: AsyncSession, actor: Actor, now: datetime) -> Event:
    """Let the time of the speech stand still. Raises `NobodySpeaking`, `AlreadySo`."""
    meeting = await begin(session, actor, "pause_speech")
    speech = await _speech(session, meeting)
    if speech.paused_at is not None:
        raise AlreadySo("the speech is paused", "speech")
    speech.paused_at = max(now, speech.started_at)
    return await append(
        session, meeting, actor.participant, "speech_paused", {"participant": speech.participant_id}, now
    )


async def resume_speech(session: AsyncSession, actor: Actor, now: datetime) -> Event:
    """Let its time go on. Raises `NobodySpeaking`, `AlreadySo`."""
    meeting = await begin(session, actor, "resume_speech")
    speech = await _speech(session, meeting)
    if speech.paused_at is None:
        raise AlreadySo("the speech is not paused", "speech")
    _go_on(speech, now)
    data = {"participant": speech.participant_id, "paused_s": speech.paused_ms // 1000}
    return await append(session, meeting, actor.participant, "speech_resumed", data, now)


async def extend_speech(session: AsyncSession, actor: Actor, seconds: int, now: datetime) -> Event:
    """Give the speaker more time; without a limit, or after it, counted from now.

    Event `speech_extended` with the new limit. Raises `NobodySpeaking`, `BadInput`.
    """
    meeting = await begin(session, actor, "extend_speech")
    if not 0 < seconds <= EXTENSION_MAX_S:
        raise BadInput(f"a speech is made longer by an hour at most, not by {seconds} s", "seconds")
    speech = await _speech(session, meeting)
    speech.limit_s = max(speech.limit_s, _spoke_ms(speech, now) // 1000) + seconds
    data = {"participant": speech.participant_id, "limit_s": speech.limit_s}
    return await append(session, meeting, actor.participant, "speech_extended", data, now)


async def current_speech(session: AsyncSession, meeting_id: str) -> Speech | None:
    return await session.scalar(select(Speech).where(Speech.meeting_id == meeting_id, Speech.ended_at.is_(None)))


async def end_speech(session: AsyncSession, meeting_id: str, now: datetime) -> dict[str, Any] | None:
    """Part of a larger step: who spoke and for how long, as events name it; None when nobody did."""
    speech = await current_speech(session, meeting_id)
    if speech is None:
        return None
    if speech.paused_at is not None:
        _go_on(speech, now)
    speech.ended_at = max(now, speech.started_at)
    await session.flush()
    return {"participant": speech.participant_id, "spoke_s": _spoke_ms(speech, now) // 1000}


async def spoken(session: AsyncSession, meeting_id: str) -> tuple[dict[str, int], dict[str, str]]:
    """Seconds of each participant's speeches that have ended; who never spoke is not in it.

    Beside it the units of those of them who were removed, whose time still counts for their unit.
    """
    seconds: dict[str, int] = {}
    gone: dict[str, str] = {}
    ended = (
        select(Speech, Participant.unit, Participant.removed_at)
        .join(Participant, Participant.id == Speech.participant_id)
        .where(Speech.meeting_id == meeting_id, Speech.ended_at.is_not(None))
        .order_by(Speech.seq)
    )
    for speech, unit, removed_at in await session.execute(ended):
        who, spoke_s = speech.participant_id, _spoke_ms(speech, speech.started_at) // 1000
        seconds[who] = seconds.get(who, 0) + spoke_s
        if removed_at is not None:
            gone[who] = unit
    return seconds, gone


def _spoke_ms(speech: Speech, now: datetime) -> int:
    """Without pauses; never negative, also when a clock is set back."""
    until = speech.ended_at or speech.paused_at or now
    return max(0, round((until - speech.started_at).total_seconds() * 1000) - speech.paused_ms)


def _go_on(speech: Speech, now: datetime) -> None:
    if speech.paused_at is not None:
        speech.paused_ms += max(0, round((now - speech.paused_at).total_seconds() * 1000))
    speech.paused_at = None


async def _speech(session: AsyncSession, meeting: Meeting) -> Speech:
    speech = await current_speech(session, meeting.id)
    if speech is None:
        raise NobodySpeaking("nobody has the floor", "participant")
    return speech

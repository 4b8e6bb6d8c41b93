"""The floor: who asked for it, who has it, and who is heard.

Hands queue in the order in which they were raised. Giving the floor ends the speech before it, in one step.
Leaving the hall changes nothing here: whose line drops is still in the queue, and still has the floor, when
the line comes back; the chair takes the floor if it does not.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin, find_participant, lock
from meeting_app.errors import AlreadySo, AlreadyWaiting, BadInput, NobodySpeaking, NotAllowed, NotWaiting
from meeting_app.events import Event, append
from meeting_app.models import FLOOR_MODES, Meeting, Speech, SpeechRequest
from meeting_app.times import iso, whole_seconds
from meeting_app.views import FloorView, RequestView


def publishing_rights(role: str, muted: bool, mode: str, holds_floor: bool) -> frozenset[str]:
    """What this participant may send: a set of "microphone", "camera" and "screen"."""
    if role == "big_screen":
        return frozenset()
    rights = {"camera"}
    if not muted and (mode == "open" or role == "chair" or holds_floor):
        rights.add("microphone")
    if role in ("chair", "secretary") or holds_floor:
        rights.add("screen")
    return frozenset(rights)


async def raise_hand(session: AsyncSession, actor: Actor, now: datetime) -> Event:
    """Ask for the floor for oneself. Raises `AlreadyWaiting`, and `AlreadySo` for who has it."""
    meeting = await begin(session, actor, "raise_hand", actor.participant)
    participant = await find_participant(session, meeting, actor.participant or "")
    if await _waiting_request(session, meeting, participant.id) is not None:
        raise AlreadyWaiting("the hand is raised already", "participant")
    speech = await current_speech(session, meeting.id)
    if speech is not None and speech.participant_id == participant.id:
        raise AlreadySo("who has the floor need not ask for it", "participant")
    data = {"participant": participant.id, "asked_at": iso(now)}
    event = await append(session, meeting, actor.participant, "hand_raised", data, now)
    session.add(
        SpeechRequest(
            meeting_id=meeting.id, seq=event.seq, participant_id=participant.id, asked_at=now, state="waiting"
        )
    )
    await session.flush()
    return event


async def lower_hand(session: AsyncSession, actor: Actor, participant: str | None, now: datetime) -> Event:
    """Withdraw a request; None means one's own. Raises `NotWaiting`."""
    whose = participant or actor.participant
    meeting = await begin(session, actor, "lower_hand", whose)
    request = await _waiting_request(session, meeting, whose or "")
    if request is None:
        raise NotWaiting("no hand is raised", "participant")
    request.state = "withdrawn"
    return await append(session, meeting, actor.participant, "hand_lowered", {"participant": whose}, now)


async def give_floor(session: AsyncSession, actor: Actor, participant: str, now: datetime) -> Event:
    """Let somebody speak, waiting or not; they are unmuted and leave the queue.

    Raises `NotFound`, `AlreadySo`, and `NotAllowed` for a big screen.
    """
    meeting = await begin(session, actor, "give_floor", participant)
    speaker = await find_participant(session, meeting, participant)
    if speaker.role == "big_screen":
        raise NotAllowed("a big screen does not speak", "participant")
    before = await current_speech(session, meeting.id)
    if before is not None and before.participant_id == speaker.id:
        raise AlreadySo("this person has the floor", "participant")
    previous = await end_speech(session, meeting.id, now)
    request = await _waiting_request(session, meeting, speaker.id)
    if request is not None:
        request.state = "called"
    speaker.muted = False
    data = {"participant": speaker.id, "previous": previous}
    event = await append(session, meeting, actor.participant, "floor_given", data, now)
    session.add(Speech(meeting_id=meeting.id, seq=event.seq, participant_id=speaker.id, started_at=now))
    await session.flush()
    return event


async def take_floor(session: AsyncSession, actor: Actor, now: datetime) -> Event:
    """End the speech. Raises `NobodySpeaking`."""
    await lock(session, actor.meeting)
    speech = await current_speech(session, actor.meeting)
    meeting = await begin(session, actor, "take_floor", speech.participant_id if speech else actor.participant)
    ended = await end_speech(session, meeting.id, now)
    if ended is None:
        raise NobodySpeaking("nobody has the floor", "participant")
    return await append(session, meeting, actor.participant, "floor_taken", ended, now)


async def set_floor_mode(session: AsyncSession, actor: Actor, mode: str, now: datetime) -> Event:
    """Chaired or open; whoever speaks goes on speaking. Raises `AlreadySo`, `BadInput`."""
    meeting = await begin(session, actor, "set_floor_mode")
    if mode not in FLOOR_MODES:
        raise BadInput(f"a floor is chaired or open, not {mode}", "mode")
    if mode == meeting.floor_mode:
        raise AlreadySo(f"the floor is {mode} already", "mode")
    meeting.floor_mode = mode
    return await append(session, meeting, actor.participant, "floor_mode_changed", {"mode": mode}, now)


async def mute(session: AsyncSession, actor: Actor, participant: str, now: datetime) -> Event:
    """Silence one person. Raises `NotFound`, `AlreadySo`, and `NotAllowed` for a chair or a big screen."""
    meeting = await begin(session, actor, "mute", participant)
    silenced = await find_participant(session, meeting, participant)
    if silenced.role in ("chair", "big_screen"):
        raise NotAllowed(f"a {silenced.role} is not muted", "participant")
    if silenced.muted:
        raise AlreadySo("this person is muted already", "participant")
    silenced.muted = True
    return await append(session, meeting, actor.participant, "muted", {"participant": silenced.id}, now)


async def unmute(session: AsyncSession, actor: Actor, participant: str, now: datetime) -> Event:
    """Raises `NotFound`, `AlreadySo`."""
    meeting = await begin(session, actor, "unmute", participant)
    allowed = await find_participant(session, meeting, participant)
    if not allowed.muted:
        raise AlreadySo("this person is not muted", "participant")
    allowed.muted = False
    return await append(session, meeting, actor.participant, "unmuted", {"participant": allowed.id}, now)


async def mute_all(session: AsyncSession, actor: Actor, now: datetime) -> Event:
    """Back to a chaired meeting in which nobody has the floor."""
    meeting = await begin(session, actor, "mute_all")
    previous = await end_speech(session, meeting.id, now)
    meeting.floor_mode = "chaired"
    return await append(session, meeting, actor.participant, "all_muted", {"previous": previous}, now)


async def view(session: AsyncSession, meeting: Meeting) -> FloorView:
    speech = await current_speech(session, meeting.id)
    requests = await session.scalars(
        select(SpeechRequest)
        .where(SpeechRequest.meeting_id == meeting.id, SpeechRequest.state == "waiting")
        .order_by(SpeechRequest.seq)
    )
    return FloorView(
        mode=meeting.floor_mode,
        holder=speech.participant_id if speech else None,
        since=iso(speech.started_at) if speech else None,
        queue=tuple(RequestView(request.participant_id, iso(request.asked_at)) for request in requests),
    )


async def spoken(session: AsyncSession, meeting_id: str, now: datetime) -> dict[str, int]:
    """Seconds each participant had the floor until `now`; who never had it is not in it."""
    seconds: dict[str, int] = {}
    for speech in await session.scalars(select(Speech).where(Speech.meeting_id == meeting_id)):
        spoke_s = whole_seconds(speech.started_at, speech.ended_at or now)
        seconds[speech.participant_id] = seconds.get(speech.participant_id, 0) + spoke_s
    return seconds


async def current_speech(session: AsyncSession, meeting_id: str) -> Speech | None:
    return await session.scalar(select(Speech).where(Speech.meeting_id == meeting_id, Speech.ended_at.is_(None)))


async def end_speech(session: AsyncSession, meeting_id: str, now: datetime) -> dict[str, Any] | None:
    """Part of a larger step: who spoke and for how long, as events name it; None when nobody did."""
    speech = await current_speech(session, meeting_id)
    if speech is None:
        return None
    speech.ended_at = max(now, speech.started_at)
    await session.flush()
    return {"participant": speech.participant_id, "spoke_s": whole_seconds(speech.started_at, now)}


async def withdraw_requests(session: AsyncSession, meeting_id: str, participant: str | None = None) -> None:
    """Part of a larger step: empty the queue, of one person or of all."""
    waiting = update(SpeechRequest).where(SpeechRequest.meeting_id == meeting_id, SpeechRequest.state == "waiting")
    if participant is not None:
        waiting = waiting.where(SpeechRequest.participant_id == participant)
    await session.execute(waiting.values(state="withdrawn"))


async def _waiting_request(session: AsyncSession, meeting: Meeting, participant: str) -> SpeechRequest | None:
    return await session.scalar(
        select(SpeechRequest).where(
            SpeechRequest.meeting_id == meeting.id,
            SpeechRequest.participant_id == participant,
            SpeechRequest.state == "waiting",
        )
    )

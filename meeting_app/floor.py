"""The floor: who asked for it, who has it, and who is heard.

Hands queue to speak and to question, each in the order in which they were raised; by which rule they are called is
for screens to show (`turns.py`). Giving the floor ends the speech before it, in one step.
Leaving the hall changes nothing here: whose line drops is still in the queue, and still has the floor, when
the line comes back; the chair takes the floor if it does not.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import turns
from meeting_app.acting import Actor, begin, find_participant, lock
from meeting_app.errors import AlreadySo, AlreadyWaiting, BadInput, NobodySpeaking, NotAllowed, NotWaiting
from meeting_app.events import Event, append
from meeting_app.models import FLOOR_MODES, REQUEST_KINDS, Meeting, Speech, SpeechRequest
from meeting_app.speeches import current_speech, end_speech, spoken
from meeting_app.times import iso
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


async def raise_hand(session: AsyncSession, actor: Actor, now: datetime, kind: str = "speech") -> Event:
    """Ask for the floor for oneself, to speak or to question.

    Raises `BadInput`, `AlreadyWaiting`, and `AlreadySo` for who has it.
    """
    meeting = await begin(session, actor, "raise_hand", actor.participant)
    participant = await find_participant(session, meeting, actor.participant or "")
    if kind not in REQUEST_KINDS:
        raise BadInput(f"nobody asks for the floor for a {kind}", "kind")
    if await _waiting_request(session, meeting, participant.id, kind) is not None:
        raise AlreadyWaiting("the hand is raised already", "participant")
    speech = await current_speech(session, meeting.id)
    if speech is not None and speech.participant_id == participant.id:
        raise AlreadySo("who has the floor need not ask for it", "participant")
    data = {"participant": participant.id, "asked_at": iso(now), "kind": kind}
    event = await append(session, meeting, actor.participant, "hand_raised", data, now)
    session.add(
        SpeechRequest(
            meeting_id=meeting.id,
            seq=event.seq,
            participant_id=participant.id,
            kind=kind,
            asked_at=now,
            state="waiting",
        )
    )
    await session.flush()
    return event


async def lower_hand(
    session: AsyncSession, actor: Actor, participant: str | None, now: datetime, kind: str = "speech"
) -> Event:
    """Withdraw a request; None means one's own. Raises `NotWaiting`."""
    whose = participant or actor.participant
    meeting = await begin(session, actor, "lower_hand", whose)
    request = await _waiting_request(session, meeting, whose or "", kind)
    if request is None:
        raise NotWaiting("no hand is raised", "participant")
    request.state = "withdrawn"
    return await append(session, meeting, actor.participant, "hand_lowered", {"participant": whose, "kind": kind}, now)


async def give_floor(
    session: AsyncSession, actor: Actor, participant: str, now: datetime, kind: str = "speech"
) -> Event:
    """Let somebody speak or question, waiting or not; they are unmuted and leave that queue.

    Raises `NotFound`, `AlreadySo`, `BadInput`, and `NotAllowed` for a big screen.
    """
    meeting = await begin(session, actor, "give_floor", participant)
    if kind not in REQUEST_KINDS:
        raise BadInput(f"nobody is given the floor for a {kind}", "kind")
    speaker = await find_participant(session, meeting, participant)
    if speaker.role == "big_screen":
        raise NotAllowed("a big screen does not speak", "participant")
    before = await current_speech(session, meeting.id)
    if before is not None and before.participant_id == speaker.id:
        raise AlreadySo("this person has the floor", "participant")
    previous = await end_speech(session, meeting.id, now)
    request = await _waiting_request(session, meeting, speaker.id, kind)
    if request is not None:
        request.state = "called"
    speaker.muted = False
    rules = await turns.rules_of(session, meeting.id)
    limit_s = rules.question_limit_s if kind == "question" else rules.speech_limit_s
    data = {"participant": speaker.id, "kind": kind, "limit_s": limit_s, "previous": previous}
    event = await append(session, meeting, actor.participant, "floor_given", data, now)
    session.add(
        Speech(
            meeting_id=meeting.id,
            seq=event.seq,
            participant_id=speaker.id,
            kind=kind,
            limit_s=limit_s,
            started_at=now,
            paused_ms=0,
        )
    )
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
    seconds, gone = await spoken(session, meeting.id)
    return FloorView(
        mode=meeting.floor_mode,
        holder=speech.participant_id if speech else None,
        since=iso(speech.started_at) if speech else None,
        kind=speech.kind if speech else None,
        limit_s=speech.limit_s if speech else 0,
        paused_at=iso(speech.paused_at) if speech and speech.paused_at else None,
        paused_s=speech.paused_ms // 1000 if speech else 0,
        queue=tuple(RequestView(one.participant_id, iso(one.asked_at), one.kind) for one in requests),
        rules=await turns.rules_of(session, meeting.id),
        spoken=seconds,
        gone=gone,
    )


async def withdraw_requests(session: AsyncSession, meeting_id: str, participant: str | None = None) -> None:
    """Part of a larger step: empty the queue, of one person or of all."""
    waiting = update(SpeechRequest).where(SpeechRequest.meeting_id == meeting_id, SpeechRequest.state == "waiting")
    if participant is not None:
        waiting = waiting.where(SpeechRequest.participant_id == participant)
    await session.execute(waiting.values(state="withdrawn"))


async def _waiting_request(
    session: AsyncSession, meeting: Meeting, participant: str, kind: str
) -> SpeechRequest | None:
    return await session.scalar(
        select(SpeechRequest).where(
            SpeechRequest.meeting_id == meeting.id,
            SpeechRequest.participant_id == participant,
            SpeechRequest.kind == kind,
            SpeechRequest.state == "waiting",
        )
    )

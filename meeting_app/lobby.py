"""The door for those without a usable link: they knock, and the chair or the secretary lets them in or not.

A guest says a name and a unit, and becomes a participant when admitted. A participant whose link was used on
another device gets the seat back, and the other device loses it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import meetings
from meeting_app.acting import Actor, begin, lock
from meeting_app.errors import AlreadySo, LinkWaits, LobbyFull, MeetingClosed, NotFound, NotWaiting
from meeting_app.events import Event
from meeting_app.ids import new_id
from meeting_app.invitations import Entry, entries_of, find_link
from meeting_app.models import DeviceSession, Knock, Meeting
from meeting_app.sessions import Visitor, close, open_device, own_token, replace_device
from meeting_app.states import OVER
from meeting_app.text import NAME_MAX, UNIT_MAX, clean
from meeting_app.times import iso

AWAY_AT_MOST = timedelta(minutes=1)  # a device that waits; longer than a phone takes to change its network
LOBBY_MAX = 200  # waiting at once; strangers can fill no more of the chair's list than this


@dataclass(frozen=True)
class KnockView:
    id: str
    name: str
    unit: str
    reason: str
    at: str


@dataclass(frozen=True)
class Admission:
    knock: str
    session: str  # of the device that waited
    participant: str
    event: Event | None  # None: they took part already, on another device
    replaced: str | None  # session of that other device


async def knock(
    session: AsyncSession,
    meeting_id: str,
    name: str,
    unit: str,
    now: datetime,
    cookie: str | None = None,
    *,
    device: str | None = None,
) -> Entry:
    """A guest asks to be let in. A device that waits already goes on waiting, under the name it gave first; `device`
    is what it calls itself, a secret: with the same it goes on although the answer to the same words was lost.

    Raises `NotFound`, `MeetingClosed`, `LobbyFull`, `BadInput`.
    """
    meeting = await lock(session, meeting_id)
    if meeting.state in OVER:
        raise MeetingClosed(f"the meeting is {meeting.state}", "meeting")
    await drop_absent(session, meeting.id, now)  # perhaps this very device
    own = await own_token(session, f"{meeting.id} {name} {unit}", device) if device else None
    for known in await entries_of(session, cookie, own):
        if known.visitor.meeting == meeting.id and (known.visitor.knock or known.visitor.participant):
            return known
    name, unit = clean(name, "name", NAME_MAX), clean(unit, "unit", UNIT_MAX, may_be_empty=True)
    return await _wait(session, meeting, None, name, unit, now, own)


async def knock_with_link(
    session: AsyncSession, token: str, now: datetime, cookie: str | None = None, *, device: str | None = None
) -> Entry:
    """The owner of a link that another device used asks to be let in on this one, `device` as in `knock`.

    Raises `LinkUnknown`, `MeetingClosed`, `LobbyFull`, `AlreadySo` when the link still works here, and
    `LinkWaits` when a further device waits for the same seat.
    """
    link, meeting, participant = await find_link(session, token)
    await drop_absent(session, meeting.id, now)  # perhaps this very device
    own = await own_token(session, token, device) if device else None
    known = await entries_of(session, cookie, own)
    if link.used_at is None or any(one.visitor.participant == participant.id for one in known):
        raise AlreadySo("the link opens the meeting on this device", "token")
    waiting = await session.scalar(
        select(Knock).where(Knock.participant_id == participant.id, Knock.state == "waiting")
    )
    if waiting is not None:
        for one in known:
            if one.visitor.knock == waiting.id:
                return one
        raise LinkWaits("another device waits with this link", "token")
    return await _wait(session, meeting, participant.id, participant.name, participant.unit, now, own)


async def still_here(session: AsyncSession, devices: Iterable[str], now: datetime) -> None:
    """These sessions are connected and wait."""
    await session.execute(update(DeviceSession).where(DeviceSession.id.in_(list(devices))).values(seen_at=now))


async def drop_absent(session: AsyncSession, meeting_id: str, now: datetime) -> tuple[str, ...]:
    """Nobody answers for those who went away: refused by no one, their sessions ended; the ids of the knocks."""
    rows = await session.scalars(
        select(Knock)
        .join(DeviceSession, DeviceSession.id == Knock.session_id)
        .where(Knock.meeting_id == meeting_id, Knock.state == "waiting", DeviceSession.seen_at < now - AWAY_AT_MOST)
    )
    dropped = rows.all()
    for row in dropped:
        row.state, row.decided_at = "refused", now
        await close(session, row.session_id, now)
    await session.flush()
    return tuple(row.id for row in dropped)


async def waiting(session: AsyncSession, meeting_id: str) -> tuple[KnockView, ...]:
    """Who stands at the door, the first first."""
    rows = await session.scalars(
        select(Knock)
        .where(Knock.meeting_id == meeting_id, Knock.state == "waiting")
        .order_by(Knock.knocked_at, Knock.id)
    )
    return tuple(KnockView(row.id, row.name, row.unit, row.reason, iso(row.knocked_at)) for row in rows)


async def admit(session: AsyncSession, actor: Actor, knock_id: str | None, now: datetime) -> tuple[Admission, ...]:
    """Let one in, or with None all that wait; one event `participant_added` for each new guest.

    Raises `NotFound`, and `NotWaiting` for a knock that was decided.
    """
    meeting = await begin(session, actor, "admit")
    if knock_id is not None:
        return (await _let_in(session, actor, meeting, await _find(session, meeting, knock_id), now),)
    rows = await session.scalars(
        select(Knock)
        .where(Knock.meeting_id == meeting.id, Knock.state == "waiting")
        .order_by(Knock.knocked_at, Knock.id)
    )
    return tuple([await _let_in(session, actor, meeting, row, now) for row in rows.all()])


async def refuse(session: AsyncSession, actor: Actor, knock_id: str, now: datetime) -> str:
    """Turn somebody away; the id of their device's ended session. Raises `NotFound`, `NotWaiting`."""
    meeting = await begin(session, actor, "refuse")
    row = await _find(session, meeting, knock_id)
    _decide(row, "refused", actor, now)
    await close(session, row.session_id, now)
    return row.session_id


async def _wait(
    session: AsyncSession,
    meeting: Meeting,
    participant: str | None,
    name: str,
    unit: str,
    now: datetime,
    own: str | None,
) -> Entry:
    count = await session.scalar(
        select(func.count()).select_from(Knock).where(Knock.meeting_id == meeting.id, Knock.state == "waiting")
    )
    if (count or 0) >= LOBBY_MAX:
        raise LobbyFull(f"{LOBBY_MAX} people wait at the door", "meeting")
    device, cookie = await open_device(session, meeting.id, None, now, own)
    row = Knock(
        id=new_id(now),
        meeting_id=meeting.id,
        session_id=device.id,
        participant_id=participant,
        name=name,
        unit=unit,
        reason="used_link" if participant else "guest",
        knocked_at=now,
        state="waiting",
    )
    session.add(row)
    await session.flush()
    visitor = Visitor(
        session=device.id,
        meeting=meeting.id,
        title=meeting.title,
        state=meeting.state,
        name=name,
        participant=None,
        role=None,
        knock=row.id,
        seen_at=now,
    )
    return Entry(visitor, cookie)


async def _let_in(session: AsyncSession, actor: Actor, meeting: Meeting, row: Knock, now: datetime) -> Admission:
    _decide(row, "admitted", actor, now)
    event = replaced = None
    if row.participant_id is None:
        event = await meetings.seat(session, meeting, actor.participant, "guest", row.name, "", row.unit, now)
        row.participant_id = event.data["participant"]["id"]
    else:
        replaced = await replace_device(session, row.participant_id, now)
    device = await session.get_one(DeviceSession, row.session_id)
    device.participant_id = row.participant_id
    await session.flush()
    return Admission(row.id, device.id, row.participant_id, event, replaced)


def _decide(row: Knock, state: str, actor: Actor, now: datetime) -> None:
    row.state, row.decided_by, row.decided_at = state, actor.participant, now


async def _find(session: AsyncSession, meeting: Meeting, knock_id: str) -> Knock:
    row = await session.get(Knock, knock_id)
    if row is None or row.meeting_id != meeting.id:
        raise NotFound("nobody knocked with that id", "knock")
    if row.state != "waiting":
        raise NotWaiting(f"this knock was {row.state}", "knock")
    return row

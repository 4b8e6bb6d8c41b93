"""A device that was let in or waits at the door: an opaque token in its cookie, the token's hash in a row.

A participant has one device at a time; a new one ends the session of the old one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.ids import new_id
from meeting_app.models import DeviceSession, Knock, Meeting, OfficeSession, Participant

COOKIES_MAX = 8  # of one device with one link; whoever was shown out as often is not known again without its cookie
SEEN_EVERY = timedelta(seconds=30)  # how exactly `seen_at` is kept: a row is not written for every request


@dataclass(frozen=True)
class Seen:
    """A session whose browser was here."""

    session: str
    seen_at: datetime

    def is_to_be_seen(self, now: datetime) -> bool:
        """Whether `note_seen` would write; asked first, because there is one writer."""
        return self.seen_at < now - SEEN_EVERY


@dataclass(frozen=True)
class Visitor(Seen):
    """Who a device is. Either `participant` and `role` are known, or it waits in the lobby with `knock`."""

    meeting: str
    title: str  # of the meeting
    state: str  # of the meeting
    name: str
    participant: str | None
    role: str | None
    knock: str | None


def new_token() -> str:
    """192 random bits for a cookie or a link."""
    return secrets.token_urlsafe(24)


async def own_token(session: AsyncSession, said: str, device: str) -> str:
    """The cookie of a device that names itself when it uses a link or knocks, `said` being the link or the words: the
    same again when its answer was lost, and another once the session under it has ended.

    As hard to guess as both of these together.
    """
    token = said
    for _ in range(COOKIES_MAX):
        digest = hmac.digest(device.encode(), token.encode(errors="surrogateescape"), "sha256")
        token = base64.urlsafe_b64encode(digest[:24]).decode()
        has_ended = select(DeviceSession.revoked_at).where(DeviceSession.token_hash == hash_token(token))
        if await session.scalar(has_ended) is None:
            return token
    return new_token()


def hash_token(token: str) -> str:
    """What is kept of a token. It is random and long, so a plain hash cannot be searched back."""
    return hashlib.sha256(token.encode(errors="surrogateescape")).hexdigest()


async def find(session: AsyncSession, token: str) -> Visitor | None:
    """The visitor whose cookie holds `token`; None when it was revoked or never given out."""
    found = (
        await session.execute(
            select(DeviceSession, Meeting, Participant, Knock)
            .join(Meeting, Meeting.id == DeviceSession.meeting_id)
            .outerjoin(Participant, Participant.id == DeviceSession.participant_id)
            .outerjoin(Knock, (Knock.session_id == DeviceSession.id) & (Knock.state == "waiting"))
            .where(DeviceSession.token_hash == hash_token(token), DeviceSession.revoked_at.is_(None))
        )
    ).one_or_none()
    if found is None:
        return None
    device, meeting, participant, knock = found
    return Visitor(
        session=device.id,
        meeting=meeting.id,
        title=meeting.title,
        state=meeting.state,
        name=participant.name if participant else knock.name if knock else "",
        participant=participant.id if participant else None,
        role=participant.role if participant else None,
        knock=knock.id if knock else None,
        seen_at=device.seen_at,
    )


async def owners(session: AsyncSession, session_ids: Collection[str]) -> dict[str, str | None]:
    """Whose sessions these are, None of one that waits at the door; those that have ended are left out."""
    rows = await session.execute(
        select(DeviceSession.id, DeviceSession.participant_id).where(
            DeviceSession.id.in_(list(session_ids)), DeviceSession.revoked_at.is_(None)
        )
    )
    return {device: participant for device, participant in rows}


async def seen(session: AsyncSession, session_id: str, now: datetime) -> None:
    """Note that the device was here."""
    await note_seen(session, DeviceSession, session_id, now)


async def note_seen(
    session: AsyncSession, kind: type[DeviceSession | OfficeSession], session_id: str, now: datetime
) -> None:
    """The same for a session of either kind."""
    await session.execute(
        update(kind).where(kind.id == session_id, kind.seen_at < now - SEEN_EVERY).values(seen_at=now)
    )


async def close(session: AsyncSession, session_id: str, now: datetime) -> None:
    """Log the device out; to close twice is fine."""
    await session.execute(
        update(DeviceSession)
        .where(DeviceSession.id == session_id, DeviceSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )


async def open_device(
    session: AsyncSession, meeting_id: str, participant: str | None, now: datetime, token: str | None = None
) -> tuple[DeviceSession, str]:
    """Part of a larger step: a new session, and the token for its cookie, made here unless it is given."""
    token = token or new_token()
    device = DeviceSession(
        id=new_id(now),
        meeting_id=meeting_id,
        participant_id=participant,
        token_hash=hash_token(token),
        opened_at=now,
        seen_at=now,
    )
    session.add(device)
    await session.flush()
    return device, token


async def replace_device(session: AsyncSession, participant: str, now: datetime) -> str | None:
    """Part of a larger step: end the session a participant has, to make room for another; its id if any."""
    device = await session.scalar(
        select(DeviceSession).where(DeviceSession.participant_id == participant, DeviceSession.revoked_at.is_(None))
    )
    if device is None:
        return None
    device.revoked_at = now
    await session.flush()
    return device.id

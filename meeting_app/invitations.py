"""Personal links: the secret on an invitation that opens the meeting once, on one device."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin, lock
from meeting_app.errors import LinkUnknown, LinkUsed, MeetingClosed, NotFound
from meeting_app.ids import new_id
from meeting_app.models import Meeting, Participant, PersonalLink
from meeting_app.sessions import Visitor, find, hash_token, new_token, open_device, own_token, replace_device
from meeting_app.states import OVER


@dataclass(frozen=True)
class Entry:
    """A device that came in or stands at the door."""

    visitor: Visitor
    cookie: str | None  # the new token; None when the device keeps the one it presented
    replaced: str | None = None  # session of the device whose place this one takes


async def issue_link(session: AsyncSession, actor: Actor, participant: str, now: datetime) -> str:
    """A new personal link's token, to be shown once: only its hash is kept. The link before it is withdrawn.

    Raises `NotFound`, `NotAllowed`, `MeetingClosed`. Not in the log, which everybody in the hall reads.
    """
    return (await issue_links(session, actor, [participant], now))[participant]


async def issue_links(
    session: AsyncSession, actor: Actor, participants: Sequence[str], now: datetime
) -> dict[str, str]:
    """The same for several, all or none: tokens by participant. Raises the same."""
    meeting = await begin(session, actor, "issue_link")
    rows = await session.scalars(
        select(Participant).where(
            Participant.meeting_id == meeting.id, Participant.id.in_(participants), Participant.removed_at.is_(None)
        )
    )
    found = {row.id: row for row in rows}
    if found.keys() != set(participants):
        raise NotFound("nobody of this meeting has that id", "participant")
    return await _give_links(session, [found[one] for one in participants], now)


async def give_link(session: AsyncSession, invited: Participant, now: datetime) -> str:
    """Part of a larger step: a new link's token; the link before it is withdrawn."""
    return (await _give_links(session, [invited], now))[invited.id]


async def _give_links(session: AsyncSession, invited: Sequence[Participant], now: datetime) -> dict[str, str]:
    await session.execute(
        update(PersonalLink)
        .where(PersonalLink.participant_id.in_([one.id for one in invited]), PersonalLink.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    tokens = {one.id: new_token() for one in invited}
    session.add_all(
        PersonalLink(
            id=new_id(now),
            meeting_id=one.meeting_id,
            participant_id=one.id,
            token_hash=hash_token(tokens[one.id]),
            issued_at=now,
        )
        for one in {one.id: one for one in invited}.values()
    )
    await session.flush()
    return tokens


async def use_link(
    session: AsyncSession,
    token: str,
    now: datetime,
    cookie: str | None = None,
    *,
    device: str | None = None,
    to_read: bool = False,
) -> Entry:
    """Enter with a personal link. `cookie` is the token the device has from before, if any: with it the
    device that used the link comes in again. `device` is what the device calls itself, a secret of 128 random
    bits: with the same it comes in again although the answer was lost on its way.
    `to_read`: also after the meeting was closed.

    Raises `LinkUnknown`, `LinkUsed` (another device used it; `lobby.knock_with_link` is the way then),
    `MeetingClosed`.
    """
    link, meeting, participant = await find_link(session, token, to_read=to_read)
    own = await own_token(session, token, device) if device else None
    if link.used_at is not None:
        for known in await entries_of(session, cookie, own):
            if known.visitor.participant == participant.id:
                return known
        raise LinkUsed("the link was used on another device", "token")
    link.used_at = now
    replaced = await replace_device(session, participant.id, now)
    opened, new_cookie = await open_device(session, meeting.id, participant.id, now, own)
    visitor = Visitor(
        session=opened.id,
        meeting=meeting.id,
        title=meeting.title,
        state=meeting.state,
        name=participant.name,
        participant=participant.id,
        role=participant.role,
        knock=None,
        seen_at=now,
    )
    return Entry(visitor, new_cookie, replaced)


async def entries_of(session: AsyncSession, cookie: str | None, own: str | None) -> list[Entry]:
    """As whom a device is known: by the cookie it has, and by its `own`, which may never have reached it."""
    found = [(held, await find(session, held)) for held in dict.fromkeys((cookie, own)) if held]
    return [Entry(visitor, None if held == cookie else held) for held, visitor in found if visitor is not None]


async def meeting_of_link(session: AsyncSession, token: str) -> str:
    """Which meeting a link belongs to, withdrawn or not. Raises `LinkUnknown`.

    For a reading session: a guess need not wait for the one writer, nor anybody for a guess.
    """
    meeting_id = await session.scalar(
        select(PersonalLink.meeting_id).where(PersonalLink.token_hash == hash_token(token))
    )
    if meeting_id is None:
        raise LinkUnknown("no such link", "token")
    return meeting_id


async def find_link(
    session: AsyncSession, token: str, *, to_read: bool = False
) -> tuple[PersonalLink, Meeting, Participant]:
    """Part of a larger step: the link, its locked meeting and whose it is.

    Raises `LinkUnknown`, `MeetingClosed`.
    """
    meeting = await lock(session, await meeting_of_link(session, token))
    link, participant = (
        await session.execute(
            select(PersonalLink, Participant)
            .join(Participant, Participant.id == PersonalLink.participant_id)
            .where(PersonalLink.token_hash == hash_token(token))
        )
    ).one()
    if link.revoked_at is not None:
        raise LinkUnknown("the link was withdrawn", "token")
    if meeting.state in OVER and not (to_read and meeting.state == "closed"):
        raise MeetingClosed(f"the meeting is {meeting.state}", "meeting")
    return link, meeting, participant

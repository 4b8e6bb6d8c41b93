"""Checking in at the hall by codes: one that hangs there and changes, and one that each brings along.

The code of the hall proves that somebody saw it within the last minutes. A picture of it that is sent on at once lets
somebody elsewhere say that they are there; who stands at the door sees it, and who leads takes them off again.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor
from meeting_app.attendance import check_in_at_hall
from meeting_app.errors import CodeExpired, LinkUnknown, SeatGiven
from meeting_app.events import Event
from meeting_app.models import DeviceSession, Participant, PersonalLink
from meeting_app.seal import Seal
from meeting_app.sessions import hash_token

CHANGES_EVERY_S = 30
# A page that was opened from a code has this many changes to come up, sign and send.
GOOD_FOR = 3
NO_SITE = bytes(16)
SIGNATURE_BYTES = 10


@dataclass(frozen=True)
class Code:
    """What hangs at the hall of a meeting, or at one of its sites."""

    meeting: str
    site: str | None
    number: int  # of the half minute since 1970


def code_at(seal: Seal, meeting: str, site: str | None, now: datetime) -> tuple[str, int]:
    """The code to show now, and for how many seconds."""
    seconds = int(now.timestamp())
    number, into = divmod(seconds, CHANGES_EVERY_S)
    body = uuid.UUID(meeting).bytes + (uuid.UUID(site).bytes if site else NO_SITE) + number.to_bytes(4, "big")
    text = base64.urlsafe_b64encode(body + _signature(seal, body)).decode().rstrip("=")
    return text, CHANGES_EVERY_S - into


def read_code(seal: Seal, text: str, now: datetime) -> Code:
    """Raises `LinkUnknown` for what this installation never showed, `CodeExpired`."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise LinkUnknown("no code of a hall", "code") from error
    body, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
    if len(body) != 36 or not hmac.compare_digest(signature, _signature(seal, body)):
        raise LinkUnknown("no code of a hall", "code")
    code = Code(
        meeting=str(uuid.UUID(bytes=body[:16])),
        site=None if body[16:32] == NO_SITE else str(uuid.UUID(bytes=body[16:32])),
        number=int.from_bytes(body[32:], "big"),
    )
    age = int(now.timestamp()) // CHANGES_EVERY_S - code.number
    if not 0 <= age < GOOD_FOR:
        raise CodeExpired("another code is shown now", "code")
    return code


def _signature(seal: Seal, body: bytes) -> bytes:
    return bytes.fromhex(seal.sign(f"check-in:{body.hex()}"))


async def check_in_by_link(
    session: AsyncSession, actor: Actor, link: str, now: datetime, *, site: str | None = None
) -> Event:
    """Whose invitation was scanned at the door sits in the hall; `link` is its address, or the token alone.

    Raises `LinkUnknown`, `SeatGiven` when another comes in their place, and as `check_in_at_hall`.
    """
    token = link.strip().rstrip("/").rpartition("/")[2]
    found = (
        await session.execute(
            select(PersonalLink, Participant)
            .join(Participant, Participant.id == PersonalLink.participant_id)
            .where(PersonalLink.token_hash == hash_token(token))
        )
    ).one_or_none()
    if found is None or found[0].meeting_id != actor.meeting:
        raise LinkUnknown("no such link in this meeting", "link")
    issued, guest = found
    if guest.answer == "substituted":
        raise SeatGiven("somebody else comes in this place", "link")
    if issued.revoked_at is not None:
        raise LinkUnknown("the link was withdrawn", "link")
    return await check_in_at_hall(session, actor, guest.id, now, site=site)


async def gave_seat_away(session: AsyncSession, token: str) -> bool:
    """Whether the device with this cookie was that of somebody in whose place another comes."""
    answer = await session.scalar(
        select(Participant.answer)
        .join(DeviceSession, DeviceSession.participant_id == Participant.id)
        .where(DeviceSession.token_hash == hash_token(token))
    )
    return answer == "substituted"

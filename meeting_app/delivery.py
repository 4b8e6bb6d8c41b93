"""What became of each invitation: whether it was sent, looked at and answered, why not, and sending it again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import letters
from meeting_app.acting import Actor, begin, lock
from meeting_app.errors import BadInput, NoLetter, NotFound
from meeting_app.events import Event, append
from meeting_app.models import Invitation, Letter, Mail, Participant
from meeting_app.permissions import UNCOUNTED
from meeting_app.seal import Seal

FAULTS = ("no_mailbox", "mailbox_full", "rejected", "unreachable", "not_made", "not_noted", "overtaken")
OF_OURS = {"overtaken": "overtaken", "letter_not_made": "not_made", "not_noted": "not_noted"}
OF_SERVER = "server: "  # before what is not about the mailbox: no connection, no such sender, no such letter
# RFC 5321 4.2.3: no such mailbox; not local; the name of a mailbox that cannot be.
NO_MAILBOX = ("550", "551", "553")


@dataclass(frozen=True)
class GuestView:
    """One row of the list that the secretary keeps."""

    participant: str
    email: str
    reason: str  # of an absence
    excused: bool | None  # whether that is agreed to; None: not decided
    mail: str | None  # the last one: "waiting", "sent", "refused"; None: none was made
    fault: str | None  # why that mail is not sent, one of `FAULTS`; None: nothing is wrong
    is_opened: bool  # the page of the link was looked at


async def guest_list(session: AsyncSession, meeting_id: str) -> list[GuestView]:
    """How each of a meeting's guests is reached, and what came of it."""
    rows = await session.execute(
        select(Participant.id, Invitation)
        .outerjoin(Invitation, Invitation.participant_id == Participant.id)
        .where(
            Participant.meeting_id == meeting_id,
            Participant.removed_at.is_(None),
            Participant.role.not_in(UNCOUNTED),
        )
        .order_by(Participant.seq)
    )
    last: dict[str, Mail] = {}
    for mail in await session.scalars(
        select(Mail).where(Mail.meeting_id == meeting_id).order_by(Mail.made_at, Mail.id)
    ):
        last[mail.participant_id] = mail
    return [_of_guest(participant, row, last.get(participant)) for participant, row in rows]


async def resend(session: AsyncSession, actor: Actor, participants: Sequence[str], seal: Seal, now: datetime) -> Event:
    """The invitation once more to these; event `reminded` of the kind `invitation`.

    Raises `NotFound`, `NoLetter`, and `BadInput` for somebody without an address.
    """
    meeting = await begin(session, actor, "resend")
    if await session.get(Letter, meeting.id) is None:
        raise NoLetter("the letter was not written", "letter")
    asked = set(participants)
    guests = [one for one in await letters.guests(session, meeting.id) if one.id in asked]
    if len(guests) < len(asked):
        raise NotFound("nobody of this meeting has that id", "participant")
    posted = [await letters.post(session, guest, "invitation", seal, now) for guest in guests]
    if not all(posted):
        raise BadInput("somebody has no address", "email")
    data = {"mails": len(posted), "kind": "invitation"}
    return await append(session, meeting, actor.participant, "reminded", data, now)


async def note_opened(session: AsyncSession, meeting_id: str, participant: str, now: datetime) -> None:
    """The page of somebody's invitation was looked at; the first time counts. Not in the log."""
    await lock(session, meeting_id)
    guest = await session.get_one(Participant, participant)
    row = await letters.invitation_of(session, guest)
    row.opened_at = row.opened_at or now


def fault_of(problem: str) -> str | None:
    """Which of `FAULTS` the problem of a mail is: a word of ours, or what a mail server said (RFC 5321, RFC 3463)."""
    if not problem:
        return None
    if problem in OF_OURS:
        return OF_OURS[problem]
    if problem.startswith(OF_SERVER):
        # As `aiosmtplib` writes an answer: "(550, 'sender refused', …)"; anything else is no answer.
        return "rejected" if re.match(r"\(5\d\d\b", problem.removeprefix(OF_SERVER)) else "unreachable"
    said = re.match(r"(5\d\d)\b(?:[ -]5\.(\d{1,3}\.\d{1,3})\b)?", problem)
    if said is None:
        return "unreachable"
    basic, detail = said[1], said[2] or ""
    if detail == "2.2" or (basic == "552" and not detail):
        return "mailbox_full"
    if detail.startswith("1.") or (basic in NO_MAILBOX and not detail):
        return "no_mailbox"
    return "rejected"


def _of_guest(participant: str, row: Invitation | None, mail: Mail | None) -> GuestView:
    return GuestView(
        participant,
        row.email if row else "",
        row.reason if row else "",
        row.excused if row else None,
        None if mail is None else "sent" if mail.sent_at else "refused" if mail.refused_at else "waiting",
        None if mail is None or mail.sent_at else fault_of(mail.problem),
        row is not None and row.opened_at is not None,
    )

"""What guests say to an invitation: they come, they ask to be absent, or somebody else comes in their place.

A substitute takes exactly one seat, and only before its owner was here: who has been counted cannot be replaced.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import letters, meetings, views
from meeting_app.acting import Actor, begin, find_participant
from meeting_app.errors import (
    AlreadySo,
    BadInput,
    FormUnanswered,
    LinkUnknown,
    MeetingClosed,
    NotAllowed,
    NotFound,
    NotWaiting,
    SeatTaken,
)
from meeting_app.events import Event, append
from meeting_app.models import (
    AgendaItem,
    Invitation,
    Letter,
    Meeting,
    Participant,
    PersonalLink,
    Unit,
)
from meeting_app.permissions import UNCOUNTED
from meeting_app.seal import Seal
from meeting_app.sessions import hash_token
from meeting_app.sitting import has_sat
from meeting_app.states import DOORS_OPEN, OVER
from meeting_app.strangers import knocked
from meeting_app.text import SUBJECT_MAX, clean
from meeting_app.times import iso
from meeting_app.votes import FormView, form_of, owed_form

ANSWERS = ("accepted", "declined")


@dataclass(frozen=True)
class Replaced:
    event: Event
    substitute: str  # participant


async def answer(
    session: AsyncSession, actor: Actor, participant: str, says: str, now: datetime, *, reason: str = ""
) -> Event:
    """Somebody comes or does not; event `invitation_answered`, whose `reason` is for those who lead the meeting.

    Raises `BadInput`, `NotFound`, `AlreadySo` for the same words again, `WrongState` before the letters are out.
    """
    meeting = await begin(session, actor, "answer_invitation", participant)
    guest = await find_participant(session, meeting, participant)
    if guest.role in UNCOUNTED:
        raise NotAllowed("the screen of a room is not invited", "participant")
    if says not in ANSWERS:
        raise BadInput(f"{says} is no answer", "answer")
    reason = clean(reason, "reason", SUBJECT_MAX, may_be_empty=says == "accepted") if says == "declined" else ""
    row = await letters.invitation_of(session, guest)
    if (guest.answer, row.reason) == (says, reason):
        raise AlreadySo("this was said already", "answer")
    guest.answer, row.reason, row.excused, row.answered_at = says, reason, None, now
    data = {"participant": guest.id, "answer": says, "reason": reason}
    return await append(session, meeting, actor.participant, "invitation_answered", data, now)


async def decide_absence(session: AsyncSession, actor: Actor, participant: str, excused: bool, now: datetime) -> Event:
    """Agree to the absence of somebody who asked for it, or not; event `absence_decided`. May be decided anew.

    Raises `NotFound`, `NotWaiting` when they did not ask, `AlreadySo`.
    """
    meeting = await begin(session, actor, "decide_absence")
    guest = await find_participant(session, meeting, participant)
    row = await letters.invitation_of(session, guest)
    if guest.answer != "declined":
        raise NotWaiting("nobody asked to be absent", "participant")
    if row.excused is excused:
        raise AlreadySo("this was decided already", "excused")
    row.excused = excused
    data = {"participant": guest.id, "excused": excused}
    return await append(session, meeting, actor.participant, "absence_decided", data, now)


async def name_substitute(
    session: AsyncSession,
    actor: Actor,
    participant: str,
    seal: Seal,
    now: datetime,
    *,
    name: str,
    title: str = "",
    email: str = "",
) -> Replaced:
    """Somebody else comes in a delegate's place, from the same unit and in the same role, in a
    meeting of a body as a guest; event `participant_replaced`, whose `vote` is the opinion form that was open and not
    answered: the right to answer it goes over.

    Raises `BadInput`, `NotFound`, `SeatTaken` when the owner of the seat was here already, `NotAllowed` for a chair
    and for who knocked, and `FormUnanswered` in a meeting of a body, where nobody answers in a member's place.
    """
    meeting = await begin(session, actor, "name_substitute", participant)
    guest = await find_participant(session, meeting, participant)
    if guest.role == "chair" or guest.role in UNCOUNTED:
        raise NotAllowed("this seat is given to nobody else", "participant")
    if await session.scalar(select(Participant.id).where(Participant.id == guest.id, knocked())) is not None:
        raise NotAllowed("who was not invited has no seat to give", "participant")
    if await session.scalar(select(has_sat(meeting.id, guest.id))):
        raise SeatTaken("the delegate was here already", "participant")
    owed = await owed_form(session, meeting.id, guest.id)
    if owed is not None and meeting.body_id is not None:
        raise FormUnanswered("a member answers in person", "participant")
    await meetings.show_out(session, meeting, actor, guest, now)
    guest.answer = "substituted"
    (await letters.invitation_of(session, guest)).answered_at = now
    # A member votes in person: who comes instead listens and speaks.
    role = guest.role if meeting.body_id is None else "guest"
    substitute = await meetings.new_participant(session, meeting, role, name, title, guest.unit, now)
    substitute.stands_for_id, substitute.answer, substitute.site_id = guest.id, "accepted", guest.site_id
    await session.flush()
    if owed is not None:
        owed.participant_id = substitute.id
    if email:
        await letters.set_address(session, Actor(meeting.id), substitute.id, email, now)
    await letters.invite_one(session, substitute, seal, now)
    data = {
        "participant": guest.id,
        "substitute": views.as_data(views.of_participant(substitute)),
        "vote": None if owed is None else owed.vote_id,
    }
    event = await append(session, meeting, actor.participant, "participant_replaced", data, now)
    return Replaced(event, substitute.id)


@dataclass(frozen=True)
class InvitedView:
    """What a personal link shows before one comes in."""

    participant: str
    meeting: str
    title: str
    unit: str
    kind: str
    state: str
    starts_at: str
    place: str
    name: str
    role: str
    answer: str
    reason: str  # of an absence; may be empty
    excused: bool | None  # whether the absence is agreed to; None: not decided
    was_opened: bool  # the page was looked at before
    substitute: str | None  # name; when another comes in this one's place
    has_letter: bool
    was_here: bool
    agenda: tuple[str, ...]  # "1. Khai mạc"
    opinion: FormView | None  # the opinion form to be answered, or that was

    @property
    def leads_in(self) -> bool:
        """Whether the link leads in at once, as those of screens always do; else it shows the invitation."""
        return self.answer != "substituted" and (self.role == "big_screen" or self.state in DOORS_OPEN)


async def invited(session: AsyncSession, token: str) -> InvitedView:
    """The invitation that a personal link belongs to; for a reading session: to look uses nothing up.

    Raises `LinkUnknown`, `MeetingClosed`.
    """
    found = (
        await session.execute(
            select(PersonalLink, Participant, Meeting, Unit.name)
            .join(Participant, Participant.id == PersonalLink.participant_id)
            .join(Meeting, Meeting.id == PersonalLink.meeting_id)
            .join(Unit, Unit.id == Meeting.unit_id)
            .where(PersonalLink.token_hash == hash_token(token))
        )
    ).one_or_none()
    if found is None:
        raise LinkUnknown("no such link", "token")
    link, guest, meeting, unit = found
    if link.revoked_at is not None and guest.answer != "substituted":
        raise LinkUnknown("the link was withdrawn", "token")
    if meeting.state in OVER:
        raise MeetingClosed(f"the meeting is {meeting.state}", "meeting")
    row = await session.get(Invitation, guest.id)
    items = await session.execute(
        select(AgendaItem.number, AgendaItem.title)
        .where(AgendaItem.meeting_id == meeting.id, AgendaItem.parent_id.is_(None), AgendaItem.removed_at.is_(None))
        .order_by(AgendaItem.number)
    )
    return InvitedView(
        participant=guest.id,
        meeting=meeting.id,
        title=meeting.title,
        unit=unit,
        kind=meeting.kind,
        state=meeting.state,
        starts_at=iso(meeting.starts_at),
        place=meeting.place,
        name=guest.name,
        role=guest.role,
        answer=guest.answer,
        reason=row.reason if row else "",
        excused=row.excused if row else None,
        was_opened=row is not None and row.opened_at is not None,
        substitute=await session.scalar(select(Participant.name).where(Participant.stands_for_id == guest.id)),
        has_letter=await session.get(Letter, meeting.id) is not None,
        was_here=bool(await session.scalar(select(has_sat(meeting.id, guest.id)))),
        agenda=tuple(f"{number}. {title}" for number, title in sorted(items, key=_in_order)),
        opinion=await form_of(session, meeting.id, guest.id),
    )


def _in_order(item: tuple[str, str]) -> tuple[int, ...]:
    return tuple(int(part) for part in item[0].split(".") if part.isdigit())


async def link_of_substitute(session: AsyncSession, participant: str, seal: Seal) -> tuple[str, str | None, str]:
    """Name, link's token and address of who comes in this one's place; no token once it was used. Raises `NotFound`."""
    substitute = await session.scalar(select(Participant).where(Participant.stands_for_id == participant))
    if substitute is None:
        raise NotFound("nobody comes in this place", "participant")
    row = await session.get(Invitation, substitute.id)
    return substitute.name, await letters.known_link(session, substitute.id, seal), row.email if row else ""

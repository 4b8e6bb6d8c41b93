"""The invitation as a paper: its words, whom it is sent to, and the moment it goes out.

Going out gives everybody a personal link and puts a mail into the outbox for each who has an address. Who has none
gets the paper by other means: it can be opened as long as the meeting goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import meetings, votes
from meeting_app.acting import Actor, begin, find_participant
from meeting_app.errors import NoLetter, NotFound
from meeting_app.events import Event, append
from meeting_app.ids import new_id
from meeting_app.invitations import give_link
from meeting_app.models import AgendaItem, Invitation, Letter, Mail, Meeting, Participant, PersonalLink, Unit
from meeting_app.permissions import UNCOUNTED
from meeting_app.seal import Seal
from meeting_app.sessions import hash_token
from meeting_app.text import NAME_MAX, NOTE_MAX, TITLE_MAX, UNIT_MAX, clean, clean_email
from meeting_app.times import LOCAL

NUMBER_MAX = 40


@dataclass(frozen=True)
class Words:
    """What a letter says beside what the meeting's own rows say."""

    number: str
    above: str
    body: str
    town: str
    dated: date
    note: str
    powers: str
    signer_title: str
    signer: str


@dataclass(frozen=True)
class Paper:
    """One guest's letter, ready to be set."""

    words: Words
    kind: str  # of the meeting
    subject: str
    starts_at: datetime
    place: str
    chair: str
    guest: str
    guest_title: str  # and unit, as the letter names them; may be empty
    meeting: str
    budget_s: int  # of the whole agenda; 0: none
    link: str | None  # token; None: the guest has opened a link already, or was given it by hand


async def write_letter(session: AsyncSession, actor: Actor, words: Words, now: datetime) -> Event:
    """Write the letter, or write it anew; event `letter_written`. Raises `BadInput`, `WrongState` once it is out."""
    meeting = await begin(session, actor, "write_letter")
    kept = {
        "number": clean(words.number, "number", NUMBER_MAX, may_be_empty=True),
        "above": clean(words.above, "above", UNIT_MAX, may_be_empty=True),
        "body": clean(words.body, "body", UNIT_MAX),
        "town": clean(words.town, "town", NAME_MAX),
        "dated": words.dated,
        "note": clean(words.note, "note", NOTE_MAX, may_be_empty=True),
        "powers": clean(words.powers, "powers", UNIT_MAX, may_be_empty=True),
        "signer_title": clean(words.signer_title, "signer_title", TITLE_MAX),
        "signer": clean(words.signer, "signer", NAME_MAX),
    }
    letter = await session.get(Letter, meeting.id)
    if letter is None:
        session.add(Letter(meeting_id=meeting.id, **kept))
    else:
        for name, value in kept.items():
            setattr(letter, name, value)
    await session.flush()
    data = {"number": kept["number"], "dated": words.dated.isoformat(), "signer": kept["signer"]}
    return await append(session, meeting, actor.participant, "letter_written", data, now)


async def words_of(session: AsyncSession, meeting_id: str, today: date) -> Words:
    """The letter as it was written, else what the meeting's rows suggest. Raises `NotFound`."""
    letter = await session.get(Letter, meeting_id)
    if letter is not None:
        return _words(letter)
    meeting = await session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound("no such meeting", "meeting")
    unit = await session.get_one(Unit, meeting.unit_id)
    above = await session.get(Unit, unit.parent_id) if unit.parent_id else None
    chair = await _chair(session, meeting_id)
    return Words(
        number="",
        above=above.name if above else "",
        body=unit.name,
        town="",
        dated=today,
        note="",
        powers="TM. BAN THƯỜNG TRỰC",
        signer_title=chair.title if chair else "",
        signer=chair.name if chair else "",
    )


async def set_address(session: AsyncSession, actor: Actor, participant: str, email: str, now: datetime) -> None:
    """Where somebody's letter is sent; empty for nowhere. Not in the log, which everybody in the hall reads.

    Raises `BadInput`, `NotFound`.
    """
    meeting = await begin(session, actor, "set_address")
    guest = await find_participant(session, meeting, participant)
    (await invitation_of(session, guest)).email = clean_email(email)
    await session.flush()


async def invite(session: AsyncSession, actor: Actor, seal: Seal, now: datetime) -> Event:
    """The letters go out; event `state_changed`, whose `mails` counts those sent by e-mail.

    Raises `NoLetter` before one was written, `WrongState`.
    """
    meeting = await begin(session, actor, "invite")
    if await session.get(Letter, meeting.id) is None:
        raise NoLetter("the letter was not written", "letter")
    mails = 0
    for guest in await guests(session, meeting.id):
        mails += await post(session, guest, "invitation", seal, now)
    return await meetings.change_state(session, meeting, actor, "invited", now, mails=mails)


async def remind(session: AsyncSession, actor: Actor, seal: Seal, now: datetime) -> Event:
    """A mail to each who has an address and owes an answer, to the invitation or to an opinion form.

    Event `reminded` with the `mails`' number.
    """
    meeting = await begin(session, actor, "remind")
    owing = await votes.owing(session, meeting.id)
    silent = [one for one in await guests(session, meeting.id) if one.answer == "pending" or one.id in owing]
    mails = sum([await post(session, guest, "reminder", seal, now) for guest in silent])
    return await append(session, meeting, actor.participant, "reminded", {"mails": mails, "kind": "reminder"}, now)


async def invite_one(session: AsyncSession, guest: Participant, seal: Seal, now: datetime) -> None:
    """Part of a larger step: the letter of somebody who is invited after the others."""
    await post(session, guest, "invitation", seal, now)


async def paper_for(session: AsyncSession, participant: str, seal: Seal) -> Paper:
    """The letter of one guest. Raises `NotFound`, `NoLetter`."""
    guest = await session.get(Participant, participant)
    if guest is None or guest.removed_at is not None:
        raise NotFound("nobody of this meeting has that id", "participant")
    letter = await session.get(Letter, guest.meeting_id)
    if letter is None:
        raise NoLetter("the letter was not written", "letter")
    meeting = await session.get_one(Meeting, guest.meeting_id)
    chair = await _chair(session, meeting.id)
    return Paper(
        words=_words(letter),
        kind=meeting.kind,
        subject=meeting.title,
        starts_at=meeting.starts_at.astimezone(LOCAL),
        place=meeting.place,
        chair=", ".join(filter(None, (chair.name, chair.title))) if chair else "",
        guest=guest.name,
        guest_title=", ".join(filter(None, (guest.title, guest.unit))),
        meeting=meeting.id,
        budget_s=await session.scalar(
            select(func.coalesce(func.sum(AgendaItem.budget_s), 0)).where(
                AgendaItem.meeting_id == meeting.id, AgendaItem.parent_id.is_(None), AgendaItem.removed_at.is_(None)
            )
        ),
        link=await known_link(session, guest.id, seal),
    )


async def invitation_of(session: AsyncSession, guest: Participant) -> Invitation:
    """Part of a larger step: the row of somebody's invitation, made when there is none."""
    row = await session.get(Invitation, guest.id)
    if row is None:
        row = Invitation(participant_id=guest.id, meeting_id=guest.meeting_id, email="", reason="")
        session.add(row)
        await session.flush()
    return row


async def guests(session: AsyncSession, meeting_id: str) -> list[Participant]:
    """Everybody who gets a letter."""
    rows = await session.scalars(
        select(Participant)
        .where(
            Participant.meeting_id == meeting_id,
            Participant.removed_at.is_(None),
            Participant.role.not_in(UNCOUNTED),
        )
        .order_by(Participant.seq)
    )
    return list(rows)


async def post(
    session: AsyncSession,
    guest: Participant,
    kind: str,
    seal: Seal,
    now: datetime,
    *,
    key: str | None = None,
    task: str | None = None,
) -> bool:
    """Part of a larger step: make sure of the guest's link and, where there is an address, put a mail into the outbox.

    `key` is that of a mail that is sent once, `task` what it is about.
    """
    row = await invitation_of(session, guest)
    live = await session.scalar(
        select(PersonalLink).where(PersonalLink.participant_id == guest.id, PersonalLink.revoked_at.is_(None))
    )
    # A link that opened the meeting stays as it is: a new one would put its device out.
    if (live is None or live.used_at is None) and await known_link(session, guest.id, seal) is None:
        row.sealed_link = seal.close(await give_link(session, guest, now))
    if not row.email:
        return False
    if task is None:
        # What waits is overtaken by what is said now; of tasks each is its own.
        waits = (Mail.sent_at.is_(None), Mail.refused_at.is_(None), Mail.task_id.is_(None))
        overtaken = update(Mail).where(Mail.participant_id == guest.id, *waits)
        await session.execute(overtaken.values(refused_at=now, problem="overtaken"))
    session.add(
        Mail(
            id=new_id(now),
            meeting_id=guest.meeting_id,
            participant_id=guest.id,
            kind=kind,
            key=key,
            task_id=task,
            made_at=now,
            due_at=now,
            tries=0,
            problem="",
        )
    )
    await session.flush()
    return True


async def known_link(session: AsyncSession, participant: str, seal: Seal) -> str | None:
    """The token of the live link, where it was sent from here."""
    row = await session.get(Invitation, participant)
    token = seal.open(row.sealed_link) if row and row.sealed_link else None
    if token is None:
        return None
    live = await session.scalar(
        select(PersonalLink.id).where(PersonalLink.token_hash == hash_token(token), PersonalLink.revoked_at.is_(None))
    )
    return token if live is not None else None


async def _chair(session: AsyncSession, meeting_id: str) -> Participant | None:
    return await session.scalar(
        select(Participant)
        .where(Participant.meeting_id == meeting_id, Participant.role == "chair", Participant.removed_at.is_(None))
        .order_by(Participant.seq)
        .limit(1)
    )


def _words(letter: Letter) -> Words:
    return Words(**{name: getattr(letter, name) for name in Words.__dataclass_fields__})

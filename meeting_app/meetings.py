"""A meeting: its life from draft to close, who takes part, and what a screen must know to show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import agenda, attendance, bodies, chat, conclusions, documents, floor, sessions, views, votes
from meeting_app.acting import Actor, Officer, begin, find_participant
from meeting_app.errors import (
    AlreadyInvited,
    AlreadySo,
    BadInput,
    NotAllowed,
    NotFound,
    NotMember,
    UnitClosed,
    WrongState,
)
from meeting_app.events import Event, append, chain
from meeting_app.ids import new_id
from meeting_app.models import (
    MEETING_KINDS,
    DeviceSession,
    Knock,
    Meeting,
    Participant,
    Person,
    PersonalLink,
    Unit,
)
from meeting_app.permissions import MEETING_ROLES
from meeting_app.site_list import sites_of
from meeting_app.sitting import forget_answers
from meeting_app.states import INTERRUPTED, check_transition
from meeting_app.text import NAME_MAX, SUBJECT_MAX, TITLE_MAX, UNIT_MAX, clean
from meeting_app.times import iso
from meeting_app.wall import shown_on_wall


async def create(
    session: AsyncSession,
    officer: Officer,
    title: str,
    unit: str,
    starts_at: datetime,
    now: datetime,
    *,
    kind: str = "conference",
    place: str = "",
    body: str | None = None,
) -> Event:
    """A draft of a meeting that `unit` holds, or `body`, one of the unit's. Event `meeting_created`; its `meeting` is
    the new id.

    Raises `NotFound`, `NotAllowed`, `BadInput`, `UnitClosed`.
    """
    if kind not in MEETING_KINDS:
        raise BadInput(f"{kind} is no kind of meeting", "kind")
    holder = await session.get(Unit, unit)
    if holder is None:
        raise NotFound("no such unit", "unit")
    officer.check("create_meeting", holder.path)
    if holder.closed_at is not None:
        raise UnitClosed("the unit is closed", "unit")
    meets = None if body is None else (await bodies.find_body(session, officer, body))[0]
    if meets is not None and (meets.unit_id != holder.id or meets.closed_at is not None):
        raise BadInput("the unit has no such body now", "body")
    meeting = Meeting(
        id=new_id(now),
        kind=kind,
        title=clean(title, "title", SUBJECT_MAX),
        unit_id=holder.id,
        body_id=body,
        state="draft",
        starts_at=starts_at,
        place=clean(place, "place", SUBJECT_MAX, may_be_empty=True),
        floor_mode="chaired",
        last_seq=0,
        last_hash="",
    )
    session.add(meeting)
    await session.flush()
    data = {
        "kind": kind,
        "title": meeting.title,
        "unit": holder.name,
        "starts_at": iso(starts_at),
        "place": meeting.place,
        "body": None if meets is None else meets.name,
    }
    return await append(session, meeting, None, "meeting_created", data, now)


async def submit(session: AsyncSession, actor: Actor, now: datetime) -> Event:
    """Lay a draft before the chair for approval; event `state_changed`. Raises `WrongState`, `AlreadySo`."""
    meeting = await begin(session, actor, "submit_meeting")
    return await change_state(session, meeting, actor, "submitted", now)


async def set_state(session: AsyncSession, actor: Actor, to: str, now: datetime) -> Event:
    """Take the meeting to the next state.

    Closing, cancelling and postponing also end the speech, the open item, the queue, everybody's attendance and what
    is shown or pinned, and cancel a vote that is open; the event then tells `speech`, `item` and `vote` as
    `floor_taken`, `item_closed` and `vote_cancelled` would.

    Raises `WrongState`, `AlreadySo`, `MeetingClosed`, and `ResultWaits` for a vote that is counted and not published.
    """
    meeting = await begin(session, actor, "set_state")
    if (meeting.state, to) == ("postponed", "invited"):
        raise WrongState("those invited are told a new time", "state")
    return await change_state(session, meeting, actor, to, now)


async def change_state(
    session: AsyncSession, meeting: Meeting, actor: Actor, to: str, now: datetime, **told: int
) -> Event:
    """Part of a larger step: take the locked meeting to `to`; the event also tells `told`."""
    check_transition(meeting.state, to)
    data: dict[str, Any] = {"from": meeting.state, "to": to, **told}
    if to in INTERRUPTED:
        data["speech"] = await floor.end_speech(session, meeting.id, now)
        data["item"] = await agenda.close_current(session, meeting.id, now)
        data["vote"] = await votes.cancel_running(session, meeting.id, now)
        await documents.show_nothing(session, meeting.id)
        await session.execute(update(Participant).where(Participant.meeting_id == meeting.id).values(on_stage=False))
        await floor.withdraw_requests(session, meeting.id)
        await attendance.end_spans(session, meeting.id, now)
    if (meeting.state, to) == ("postponed", "draft"):
        await forget_answers(session, meeting.id)  # with a new time it is rescheduling that asks again
    meeting.state = to
    return await append(session, meeting, actor.participant, "state_changed", data, now)


async def add_participant(
    session: AsyncSession,
    actor: Actor,
    role: str,
    now: datetime,
    *,
    person: str | None = None,
    name: str = "",
    title: str = "",
    unit: str = "",
) -> Event:
    """Invite a person of the organisation, or somebody by name; event `participant_added`.

    A person's name, title and unit are copied as they are today, where the caller gives none.
    Raises `NotFound`, `BadInput`, `AlreadyInvited` for a person who is, and `NotMember` for who would vote in a
    meeting of a body without being a member of it.
    """
    meeting = await _to_add(session, actor, role, [person], now)
    if person is not None:
        [(invited, home)] = await _people(session, meeting, [person])
        name, title, unit = name or invited.name, title or invited.title, unit or home.name
    return await seat(session, meeting, actor.participant, role, name, title, unit, now, person=person)


async def add_people(
    session: AsyncSession, actor: Actor, role: str, people: Sequence[str], now: datetime
) -> list[Event]:
    """Invite people of the organisation, all or none; an event `participant_added` for each. Raises the same."""
    meeting = await _to_add(session, actor, role, people, now)
    events = []
    for person, home in await _people(session, meeting, people):
        added = await new_participant(session, meeting, role, person.name, person.title, home.name, now, person.id)
        events.append(chain(session, meeting, actor.participant, "participant_added", _as_added(added), now))
    await session.flush()
    return events


async def _to_add(
    session: AsyncSession, actor: Actor, role: str, people: Sequence[str | None], now: datetime
) -> Meeting:
    meeting = await begin(session, actor, "add_participant")
    if role not in MEETING_ROLES or role == "site_operator":  # whose seat comes with the site
        raise BadInput(f"nobody is invited as {role}", "role")
    if meeting.body_id is not None and role in votes.VOTERS:
        members = await bodies.members_of(session, meeting.body_id, bodies.day_of(now))
        if not set(people) <= {person.id for _, person in members}:
            raise NotMember("only members of the body vote in its meeting", "person")
    return meeting


def _as_added(participant: Participant) -> dict[str, Any]:
    return {"participant": views.as_data(views.of_participant(participant))}


async def seat(
    session: AsyncSession,
    meeting: Meeting,
    by: str | None,
    role: str,
    name: str,
    title: str,
    unit: str,
    now: datetime,
    person: str | None = None,
) -> Event:
    """Part of a larger step: a new participant of the locked meeting."""
    participant = await new_participant(session, meeting, role, name, title, unit, now, person)
    return await append(session, meeting, by, "participant_added", _as_added(participant), now)


async def new_participant(
    session: AsyncSession,
    meeting: Meeting,
    role: str,
    name: str,
    title: str,
    unit: str,
    now: datetime,
    person: str | None = None,
) -> Participant:
    """Part of a larger step: the row of somebody whom the next event brings."""
    participant = Participant(
        id=new_id(now),
        meeting_id=meeting.id,
        seq=meeting.last_seq + 1,
        person_id=person,
        name=clean(name, "name", NAME_MAX),
        title=clean(title, "title", TITLE_MAX, may_be_empty=True),
        unit=clean(unit, "unit", UNIT_MAX, may_be_empty=True),
        role=role,
        muted=False,
        on_stage=False,
        answer="pending",
    )
    session.add(participant)
    return participant


async def remove_participant(session: AsyncSession, actor: Actor, participant: str, now: datetime) -> Event:
    """Show somebody out: presence, floor, hand, place on the stage, knock, link and device end with it.

    Event `participant_removed`; `previous` tells their speech when they had the floor.
    Raises `NotFound`, and `NotAllowed` for a chair, without whom nobody could lead, and for a site's screen.
    """
    meeting = await begin(session, actor, "remove_participant", participant)
    removed = await find_participant(session, meeting, participant)
    if removed.role in ("chair", "site_operator"):
        raise NotAllowed("a chair is not removed, and the screen of a site goes with the site", "participant")
    data = {"participant": removed.id, "previous": await show_out(session, meeting, actor, removed, now)}
    return await append(session, meeting, actor.participant, "participant_removed", data, now)


async def show_out(
    session: AsyncSession, meeting: Meeting, actor: Actor, removed: Participant, now: datetime
) -> dict[str, Any] | None:
    """Part of a larger step: all that somebody has here ends; their speech when they had the floor."""
    speech = await floor.current_speech(session, meeting.id)
    speaks = speech is not None and speech.participant_id == removed.id
    previous = await floor.end_speech(session, meeting.id, now) if speaks else None
    await floor.withdraw_requests(session, meeting.id, removed.id)
    await attendance.end_spans(session, meeting.id, now, removed.id)
    removed.removed_at, removed.on_stage = now, False
    at_the_door = await session.scalars(
        select(Knock).where(Knock.participant_id == removed.id, Knock.state == "waiting")
    )
    for knock in at_the_door.all():
        knock.state, knock.decided_by, knock.decided_at = "refused", actor.participant, now
        await sessions.close(session, knock.session_id, now)
    for of_theirs in (DeviceSession, PersonalLink):
        await session.execute(
            update(of_theirs)
            .where(of_theirs.participant_id == removed.id, of_theirs.revoked_at.is_(None))
            .values(revoked_at=now)
        )
    return previous


async def pin_to_stage(session: AsyncSession, actor: Actor, participant: str | None, now: datetime) -> Event:
    """Put a person on everybody's stage; None lets it follow the speaker. Raises `NotFound`, `AlreadySo`."""
    meeting = await begin(session, actor, "pin_to_stage")
    pinned = None if participant is None else await find_participant(session, meeting, participant)
    before = await session.scalar(select(Participant).where(Participant.meeting_id == meeting.id, Participant.on_stage))
    if before is pinned:
        raise AlreadySo("the stage is so already", "participant")
    if before is not None:
        before.on_stage = False
        await session.flush()
    if pinned is not None:
        pinned.on_stage = True
    return await append(session, meeting, actor.participant, "stage_pinned", {"participant": participant}, now)


async def brief(session: AsyncSession, meeting_id: str) -> views.Brief:
    """Raises `NotFound`."""
    meeting, unit = await _meeting(session, meeting_id)
    return views.Brief(meeting.id, meeting.title, unit, meeting.state)


async def snapshot(session: AsyncSession, meeting_id: str, now: datetime) -> views.Snapshot:
    """All that a screen shows, and the number of the last event in it; for a `reading` session, which sees
    one moment. Eighteen questions to the database, two more after a vote, three where a body meets, however many take
    part. Raises `NotFound`.
    """
    meeting, unit = await _meeting(session, meeting_id)
    ways = await attendance.ways_now(session, meeting.id)
    rows = await session.scalars(
        select(Participant)
        .where(Participant.meeting_id == meeting.id, Participant.removed_at.is_(None))
        .order_by(Participant.seq)
    )
    participants = rows.all()
    return views.Snapshot(
        seq=meeting.last_seq,
        meeting=views.MeetingView(
            id=meeting.id,
            kind=meeting.kind,
            title=meeting.title,
            unit=unit,
            body=await _body(session, meeting, participants, bodies.day_of(now)),
            state=meeting.state,
            starts_at=iso(meeting.starts_at),
            place=meeting.place,
            floor=await floor.view(session, meeting),
            stage=next((row.id for row in participants if row.on_stage), None),
            agenda=await agenda.items(session, meeting.id),
            sites=await sites_of(session, meeting.id),
            wall=await shown_on_wall(session, meeting.id),
            conclusions=await conclusions.conclusions(session, meeting.id),
            vote=await votes.last(session, meeting.id),
            documents=await documents.all_of(session, meeting.id),
            shown=await documents.shown(session, meeting.id),
            participants=tuple(views.of_participant(row, ways.get(row.id)) for row in participants),
            chat=await chat.last_lines(session, meeting.id),
        ),
    )


async def _body(
    session: AsyncSession, meeting: Meeting, participants: Sequence[Participant], today: date
) -> views.BodyView | None:
    body = await bodies.shown(session, meeting.body_id, today)
    if body is None:
        return None
    counted = await votes.convened_of(session, meeting, today)
    former = (row.id for row in participants if row.role in votes.VOTERS and row.id not in counted)
    return replace(body, former=tuple(former))


async def _meeting(session: AsyncSession, meeting_id: str) -> tuple[Meeting, str]:
    found = (
        await session.execute(
            select(Meeting, Unit.name).join(Unit, Unit.id == Meeting.unit_id).where(Meeting.id == meeting_id)
        )
    ).one_or_none()
    if found is None:
        raise NotFound("no such meeting", "meeting")
    return found[0], found[1]


async def _people(session: AsyncSession, meeting: Meeting, people: Sequence[str]) -> list[tuple[Person, Unit]]:
    rows = await session.execute(
        select(Person, Unit).join(Unit, Unit.id == Person.unit_id).where(Person.id.in_(people))
    )
    found = {person.id: (person, unit) for person, unit in rows}
    if found.keys() != set(people):
        raise NotFound("no such person", "person")
    seated = await session.scalar(
        select(Participant.id)
        .where(
            Participant.meeting_id == meeting.id,
            Participant.person_id.in_(people),
            Participant.removed_at.is_(None),
        )
        .limit(1)
    )
    if seated is not None or len(found) < len(people):
        raise AlreadyInvited("somebody of these is invited already", "person")
    return [found[one] for one in people]

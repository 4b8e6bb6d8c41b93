"""A new meeting made from an earlier one: how it is set up comes along, what happened in it stays there.

Kind, unit, body, agenda with its time budgets, people with their roles and addresses, sites and reminders come along;
papers, answers and votes do not. People of the organisation come with the names and titles they have today.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import agenda, bodies, convening, meetings, reminders, sites
from meeting_app.acting import Actor, Officer
from meeting_app.errors import BadInput
from meeting_app.events import Event
from meeting_app.models import Invitation, Meeting, Participant, ReminderRules
from meeting_app.office.meetings import find
from meeting_app.permissions import MEETING_ROLES
from meeting_app.site_list import sites_of
from meeting_app.strangers import knocked
from meeting_app.views import PresenterView
from meeting_app.votes import VOTERS

SCREEN = "site_operator"  # whose seat comes with the site

Ids = dict[str, str]  # of the earlier meeting's people, and of the new one's


async def repeat(
    session: AsyncSession, officer: Officer, template: str, title: str, starts_at: datetime, place: str, now: datetime
) -> Event:
    """A draft like the meeting `template`; event `meeting_created`, and one for each thing that came along.

    Raises `NotFound`, `NotAllowed`, `UnitClosed`, and `BadInput` for a time that has passed or a body that is closed.
    """
    earlier, unit = await find(session, officer, template)
    if starts_at <= now:
        raise BadInput("this time has passed", "starts_at")
    how = {"kind": earlier.kind, "place": place, "body": earlier.body_id}
    made = await meetings.create(session, officer, title, unit.id, starts_at, now, **how)
    actor = Actor(made.meeting)
    people = await _people(session, earlier, actor, now)
    await _sites(session, earlier, actor, people, now)
    await _agenda(session, earlier, actor, people, starts_at - earlier.starts_at, now)
    if await session.get(ReminderRules, earlier.id) is not None:
        rules = await reminders.rules_of(session, earlier.id)
        if rules != reminders.USUAL:
            await reminders.set_reminders(session, actor, rules, now)
    return made


async def _people(session: AsyncSession, earlier: Meeting, actor: Actor, now: datetime) -> Ids:
    """Those who were invited, each once, also where somebody came in their place; not who knocked, nor a substitute.

    In a meeting of a body, those with a vote are its members of today.
    """
    was_there = or_(Participant.removed_at.is_(None), Participant.answer == "substituted")
    invited = Participant.stands_for_id.is_(None) & was_there
    rows = await session.scalars(
        select(Participant)
        .where(Participant.meeting_id == earlier.id, invited, ~knocked(), Participant.role != SCREEN)
        .order_by(Participant.removed_at.is_(None), Participant.seq)
    )
    # Of somebody who was replaced and invited anew the last row counts, the live one before all.
    last = {one.person_id or one.id: one for one in rows}
    people = sorted(last.values(), key=lambda one: one.seq)
    if earlier.body_id is not None:
        members = {person.id for _, person in await bodies.members_of(session, earlier.body_id, bodies.day_of(now))}
        people = [one for one in people if one.role not in VOTERS or one.person_id in members]
    came: Ids = {}
    for role in MEETING_ROLES:
        known = {one.person_id: one.id for one in people if one.role == role and one.person_id is not None}
        # The events come in the order of the people.
        added = await meetings.add_people(session, actor, role, list(known), now) if known else []
        came |= {one: event.data["participant"]["id"] for one, event in zip(known.values(), added, strict=True)}
        for one in people:
            if one.role == role and one.person_id is None:
                named = {"name": one.name, "title": one.title, "unit": one.unit}
                event = await meetings.add_participant(session, actor, role, now, **named)
                came[one.id] = event.data["participant"]["id"]
    if earlier.body_id is not None:
        await convening.convene(session, actor, now)
    await _addresses(session, actor, came)
    return came


async def _addresses(session: AsyncSession, actor: Actor, came: Ids) -> None:
    rows = await session.scalars(select(Invitation).where(Invitation.participant_id.in_(came), Invitation.email != ""))
    copied = [
        Invitation(participant_id=came[row.participant_id], meeting_id=actor.meeting, email=row.email, reason="")
        for row in rows
    ]
    session.add_all(copied)
    await session.flush()


async def _sites(session: AsyncSession, earlier: Meeting, actor: Actor, came: Ids, now: datetime) -> None:
    placed: dict[str | None, list[str]] = defaultdict(list)
    for one in await session.scalars(select(Participant).where(Participant.id.in_(came))):
        placed[one.site_id].append(came[one.id])
    for site in await sites_of(session, earlier.id):
        how = {"unit": site.unit, "capacity": site.capacity}
        added = await sites.add_site(session, actor, site.name, now, **how)
        if placed[site.id]:
            await sites.place(session, actor, placed[site.id], added.data["site"]["id"], now)


async def _agenda(
    session: AsyncSession, earlier: Meeting, actor: Actor, came: Ids, later: timedelta, now: datetime
) -> None:
    """The items with their presenters; who did not come along is named all the same."""
    items: Ids = {}
    for item in await agenda.items(session, earlier.id):
        presenters = [PresenterView(came.get(one.participant or ""), one.name) for one in item.presenters]
        planned_at = None if item.planned_at is None else datetime.fromisoformat(item.planned_at) + later
        written = {"presenters": presenters, "planned_at": planned_at, "budget_s": item.budget_s}
        parent = None if item.parent is None else items[item.parent]
        added = await agenda.add_item(session, actor, item.title, now, parent=parent, **written)
        items[item.id] = added.data["item"]["id"]

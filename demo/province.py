"""Fills an empty database with the province and one conference in session.

Everything goes through the verbs that people use, at the times at which people would have acted, so that the
log reads like that of a real morning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from demo import cast
from meeting_app import agenda, chat, floor, invitations, meetings, organization, sites
from meeting_app.acting import SYSTEM_OFFICER, Actor
from meeting_app.models import Person, Unit
from meeting_app.views import PresenterView


@dataclass(frozen=True)
class Link:
    """A personal link into the conference."""

    participant: str
    role: str
    name: str
    title: str
    unit: str
    token: str
    for_visitor: bool  # False: a bot's, or of somebody who does not come


@dataclass(frozen=True)
class Conference:
    meeting: str
    title: str
    links: tuple[Link, ...]


async def found(session: AsyncSession, now: datetime) -> None:
    """The organisation that stands before any conference: units, people, an administrator. The caller commits."""
    opened = now - timedelta(days=30)
    units = await _add_units(session, opened)
    await _add_administrator(session, units, opened)
    for who in (cast.CHAIR, cast.SECRETARY, *cast.DELEGATES):
        await organization.add_person(session, SYSTEM_OFFICER, who.name, who.title, units[who.unit], opened)


async def seed(session: AsyncSession, now: datetime) -> Conference:
    """A conference of those who were `found`; the caller commits.

    Links for visitors come first: chair, secretary, delegates, big screen.
    """
    began = now - timedelta(minutes=24)
    units = {name: unit for name, unit in await session.execute(select(Unit.name, Unit.id))}
    people = {name: person for name, person in await session.execute(select(Person.name, Person.id))}
    created = await meetings.create(
        session,
        SYSTEM_OFFICER,
        cast.MEETING_TITLE,
        units[cast.PROVINCE],
        began,
        began - timedelta(days=7),
        place=cast.MEETING_PLACE,
    )
    meeting = created.meeting
    system = Actor(meeting)
    invited = began - timedelta(days=6)

    seats: list[tuple[str, cast.Person]] = [
        ("chair", cast.CHAIR),
        ("secretary", cast.SECRETARY),
        *(("delegate", person) for person in cast.DELEGATES),
    ]
    ids: dict[str, str] = {}
    links: list[Link] = []
    for role, person in seats:
        unit = _spoken(person.unit)
        event = await meetings.add_participant(session, system, role, invited, person=people[person.name], unit=unit)
        ids[person.name] = event.data["participant"]["id"]
        for_visitor = role != "delegate" or person.name in cast.FOR_VISITORS
        token = await invitations.issue_link(session, system, ids[person.name], invited)
        links.append(Link(ids[person.name], role, person.name, person.title, unit, token, for_visitor))
    wall = await meetings.add_participant(session, system, "big_screen", invited, name=cast.BIG_SCREEN)
    wall_id = wall.data["participant"]["id"]
    token = await invitations.issue_link(session, system, wall_id, invited)
    links.append(Link(wall_id, "big_screen", cast.BIG_SCREEN, "", "", token, for_visitor=True))

    links.append(await _add_site(session, system, ids, invited))

    item_ids, planned_at = [], began
    for item in cast.AGENDA:
        item_ids.append(await _add_item(session, system, item, ids, invited, planned_at))
        planned_at += timedelta(minutes=item.budget_min)
    await _hold(session, Meeting(meeting, ids, item_ids), began, now)
    return Conference(meeting, cast.MEETING_TITLE, tuple(sorted(links, key=lambda link: not link.for_visitor)))


async def _add_site(session: AsyncSession, system: Actor, ids: dict[str, str], now: datetime) -> Link:
    """A commune that takes part from its own room, with those who are to sit there; the link of its screen."""
    added = await sites.add_site(session, system, cast.SITE, now, unit=cast.SITE_UNIT, capacity=cast.SITE_SEATS)
    screen = added.data["operator"]["id"]
    there = [ids[person.name] for person in cast.DELEGATES if person.unit == cast.SITE_UNIT]
    await sites.place(session, system, there, added.data["site"]["id"], now)
    token = await invitations.issue_link(session, system, screen, now)
    return Link(screen, "site_operator", cast.SITE, "", cast.SITE_UNIT, token, for_visitor=True)


@dataclass(frozen=True)
class Meeting:
    """The conference while it is acted."""

    id: str
    ids: dict[str, str]  # participants by name
    items: list[str]  # of the agenda, in order

    def by(self, name: str) -> Actor:
        return Actor(self.id, self.ids[name])


async def _add_item(
    session: AsyncSession,
    system: Actor,
    item: cast.Item,
    ids: dict[str, str],
    now: datetime,
    planned_at: datetime | None,
    parent: str | None = None,
) -> str:
    """Put an item and what is below it on the agenda; its id."""
    event = await agenda.add_item(
        session,
        system,
        item.title,
        now,
        presenters=(PresenterView(ids[item.presenter], item.presenter),),
        planned_at=planned_at,
        budget_s=item.budget_min * 60,
        parent=parent,
    )
    added: str = event.data["item"]["id"]
    for one in item.below:
        await _add_item(session, system, one, ids, now, None, added)
    return added


async def _add_units(session: AsyncSession, opened: datetime) -> dict[str, str]:
    """The province, its bodies and its communes, by name."""
    province = await organization.add_unit(session, SYSTEM_OFFICER, cast.PROVINCE, "province", None, opened)
    units = {cast.PROVINCE: province.id}
    for level, names in (("body", cast.BODIES), ("commune", cast.COMMUNES)):
        for name in names:
            unit = await organization.add_unit(session, SYSTEM_OFFICER, name, level, province.id, opened)
            units[name] = unit.id
    return units


async def _add_administrator(session: AsyncSession, units: dict[str, str], opened: datetime) -> None:
    who = cast.ADMINISTRATOR
    person = await organization.add_person(session, SYSTEM_OFFICER, who.name, who.title, units[who.unit], opened)
    login, password = cast.ADMINISTRATOR_LOGIN, cast.ADMINISTRATOR_PASSWORD
    password_hash = await organization.hashed(password)
    await organization.add_account(session, SYSTEM_OFFICER, person.id, login, password_hash, "system_admin", opened)


def _spoken(unit: str) -> str:
    """A unit as it stands below a name: the province's own name is long there."""
    return "Tỉnh Lam Sơn" if unit == cast.PROVINCE else unit


async def _hold(session: AsyncSession, meeting: Meeting, began: datetime, now: datetime) -> None:
    """From the opening of the doors to the second item, its speaker and those who wait."""
    chair, secretary = meeting.by(cast.CHAIR.name), meeting.by(cast.SECRETARY.name)
    asked = began - timedelta(days=5)
    await meetings.submit(session, secretary, asked)
    await meetings.set_state(session, chair, "approved", asked + timedelta(hours=3))
    await meetings.set_state(session, chair, "invited", asked + timedelta(hours=4))
    await meetings.set_state(session, chair, "check_in", began - timedelta(minutes=20))
    await meetings.set_state(session, chair, "in_session", began)
    await agenda.open_item(session, secretary, meeting.items[0], began)
    first, *others = cast.CHAT
    await chat.say(session, meeting.by(first[0]), first[1], began + timedelta(minutes=2))
    await agenda.open_item(session, secretary, meeting.items[1], now - timedelta(minutes=9))
    speaker = cast.ON_CAMERA[0]
    await floor.give_floor(session, chair, meeting.ids[speaker], now - timedelta(minutes=4, seconds=12))
    for number, (name, text) in enumerate(others):
        await chat.say(session, meeting.by(name), text, now - timedelta(seconds=200 - 30 * number))
    for number, name in enumerate(cast.WAITING_TO_SPEAK):
        await floor.raise_hand(session, meeting.by(name), now - timedelta(seconds=75 - 25 * number))

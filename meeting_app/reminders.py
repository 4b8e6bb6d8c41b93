"""Reminders that are sent by themselves, each once: to answer, that the meeting is near, that a task is due.

What is due follows from the rows and the time; a mail carries a key, so that asking again makes no second one. A
service that was down for a while sends the nearest reminder only.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import letters
from meeting_app.acting import Actor, begin, lock
from meeting_app.errors import AlreadySo, BadInput
from meeting_app.events import Event, append
from meeting_app.models import Invitation, Letter, Mail, Meeting, Participant, ReminderRules, Task
from meeting_app.permissions import UNCOUNTED
from meeting_app.seal import Seal
from meeting_app.states import BEGUN
from meeting_app.times import LOCAL, iso

DAYS_MAX = 14
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Nobody is written to again so soon after another mail of the same meeting.
PEACE = {"reminder": timedelta(hours=12), "tomorrow": timedelta(hours=12), "soon": HOUR}
COMING = ("invited", "check_in")
WITH_TASKS = (*sorted(BEGUN), "closed")


@dataclass(frozen=True)
class Rules:
    answer_days: int  # before the start, to who has not answered; 0: never
    day_before: bool
    hour_before: bool
    task_days: int  # before a task is due; 0: never


USUAL = Rules(answer_days=2, day_before=True, hour_before=True, task_days=1)


@dataclass(frozen=True)
class Sent:
    """The mails of one kind that were made at one moment."""

    kind: str
    made_at: str
    mails: int
    sent: int
    refused: int


@dataclass(frozen=True)
class _Due:
    participant: str
    kind: str
    key: str
    task: str | None = None


async def set_reminders(session: AsyncSession, actor: Actor, rules: Rules, now: datetime) -> Event:
    """Choose when the meeting reminds; event `reminders_set`. Raises `BadInput`, `AlreadySo`."""
    meeting = await begin(session, actor, "set_reminders")
    for field in ("answer_days", "task_days"):
        if not 0 <= getattr(rules, field) <= DAYS_MAX:
            raise BadInput(f"at most {DAYS_MAX} days before", field)
    if rules == await rules_of(session, meeting.id):
        raise AlreadySo("the meeting reminds so already", "rules")
    await session.merge(ReminderRules(meeting_id=meeting.id, **asdict(rules)))
    return await append(session, meeting, actor.participant, "reminders_set", {"rules": asdict(rules)}, now)


async def rules_of(session: AsyncSession, meeting_id: str) -> Rules:
    return _rules(await session.get(ReminderRules, meeting_id))


async def meetings_due(session: AsyncSession, now: datetime) -> list[str]:
    """The meetings in which somebody is to be reminded; for a reading session, because there is one writer."""
    horizon = now + DAYS_MAX * DAY
    asked = await session.scalars(
        select(Meeting.id)
        .join(Letter, Letter.meeting_id == Meeting.id)
        .where(Meeting.state.in_(COMING), Meeting.starts_at > now, Meeting.starts_at <= horizon)
        .union(
            select(Task.meeting_id)
            .join(Meeting, Meeting.id == Task.meeting_id)
            .join(Letter, Letter.meeting_id == Meeting.id)
            .where(
                Meeting.state.in_(WITH_TASKS),
                Task.done_at.is_(None),
                Task.removed_at.is_(None),
                Task.due_on.between(_today(now), _today(horizon)),
            )
        )
    )
    return [one for one in asked if await _due(session, await session.get_one(Meeting, one), now)]


async def remind_due(session: AsyncSession, meeting_id: str, seal: Seal, now: datetime) -> Event | None:
    """Put what is due into the outbox; event `reminded`, None when there is nothing. Raises `NotFound`."""
    meeting = await lock(session, meeting_id)
    due = await _due(session, meeting, now)
    if not due:
        return None
    for one in due:
        guest = await session.get_one(Participant, one.participant)
        await letters.post(session, guest, one.kind, seal, now, key=one.key, task=one.task)
    data = {"mails": len(due), "kind": due[0].kind}
    return await append(session, meeting, None, "reminded", data, now)


async def sent_in(session: AsyncSession, meeting_id: str) -> list[Sent]:
    """What was sent in a meeting, or tried, the latest first."""
    rows = await session.execute(
        select(Mail.kind, Mail.made_at, func.count(), func.count(Mail.sent_at), func.count(Mail.refused_at))
        .where(Mail.meeting_id == meeting_id)
        .group_by(Mail.kind, Mail.made_at)
        .order_by(Mail.made_at.desc())
    )
    return [Sent(kind, iso(made_at), *counts) for kind, made_at, *counts in rows]


def _rules(row: ReminderRules | None) -> Rules:
    return USUAL if row is None else Rules(**{name: getattr(row, name) for name in Rules.__dataclass_fields__})


async def _due(session: AsyncSession, meeting: Meeting, now: datetime) -> list[_Due]:
    rules = await rules_of(session, meeting.id)
    if meeting.state in WITH_TASKS:
        return await _tasks_due(session, meeting, rules, now)
    kind = _kind_now(meeting, rules, now)
    if kind is None:
        return []
    key = f"{kind}:{iso(meeting.starts_at)}"
    told = select(Mail.participant_id).where(
        Mail.meeting_id == meeting.id, (Mail.key == key) | (Mail.made_at > now - PEACE[kind])
    )
    asked = _reachable(meeting).where(Participant.id.not_in(told))
    asked = asked.where(Participant.answer == "pending" if kind == "reminder" else Participant.answer != "declined")
    return [_Due(one, kind, key) for one in await session.scalars(asked)]


def _kind_now(meeting: Meeting, rules: Rules, now: datetime) -> str | None:
    """Which reminder the time before the start calls for; the nearest goes before those that were missed."""
    left = meeting.starts_at - now
    if meeting.state not in COMING or left <= timedelta(0):
        return None
    if left <= HOUR:
        return "soon" if rules.hour_before else None
    if left <= DAY and rules.day_before:
        return "tomorrow"
    return "reminder" if meeting.state == "invited" and left <= rules.answer_days * DAY else None


async def _tasks_due(session: AsyncSession, meeting: Meeting, rules: Rules, now: datetime) -> list[_Due]:
    if rules.task_days == 0:
        return []
    reachable = _reachable(meeting).subquery()
    rows = await session.execute(
        select(Task.id, Task.participant_id, Task.due_on)
        .join(reachable, reachable.c.id == Task.participant_id)
        .where(
            Task.meeting_id == meeting.id,
            Task.done_at.is_(None),
            Task.removed_at.is_(None),
            Task.due_on.between(_today(now), _today(now + rules.task_days * DAY)),
        )
        .order_by(Task.due_on, Task.place)
    )
    due = [_Due(participant, "task", f"task:{task}:{due_on}", task) for task, participant, due_on in rows]
    keys = [one.key for one in due]
    mails = await session.execute(
        select(Mail.participant_id, Mail.key).where(Mail.meeting_id == meeting.id, Mail.key.in_(keys))
    )
    told = set(map(tuple, mails))  # a task may be given to somebody else
    return [one for one in due if (one.participant, one.key) not in told]


def _reachable(meeting: Meeting):
    """The participants who can be written to."""
    return (
        select(Participant.id)
        .join(Invitation, and_(Invitation.participant_id == Participant.id, Invitation.email != ""))
        .join(Letter, Letter.meeting_id == Participant.meeting_id)
        .where(
            Participant.meeting_id == meeting.id,
            Participant.removed_at.is_(None),
            Participant.role.not_in(UNCOUNTED),
        )
        .order_by(Participant.seq)
    )


def _today(now: datetime):
    return now.astimezone(LOCAL).date()

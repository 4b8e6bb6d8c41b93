"""Conclusions on the items of the agenda, with the tasks that follow from them.

Chair and secretaries write a conclusion as a whole, its tasks with it; like an item it has a revision that the writer
names. The progress of a task is reported by whoever has it, also after the meeting. Whether a task is late is worked
out from the day on which one asks, and never stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin, find_participant, lock
from meeting_app.agenda import find_item
from meeting_app.errors import AlreadySo, BadInput, NotFound, Outdated, WrongState
from meeting_app.events import Event, append
from meeting_app.ids import new_id
from meeting_app.models import Conclusion, Meeting, Task
from meeting_app.text import SUBJECT_MAX, UNIT_MAX, clean
from meeting_app.times import VIETNAM, iso
from meeting_app.views import ConclusionView, TaskView, as_data

TEXT_MAX = 5000
TASKS_MAX = 50
CONCLUSIONS_MAX = 200
REMIND_BEFORE = timedelta(days=3)


@dataclass(frozen=True)
class TaskPlan:
    """A task as it is written; `id` is None for a new one."""

    text: str
    id: str | None = None
    unit: str = ""
    participant: str | None = None
    due_on: date | None = None


async def write_conclusion(
    session: AsyncSession,
    actor: Actor,
    item: str,
    text: str,
    tasks: Sequence[TaskPlan],
    now: datetime,
    *,
    conclusion: str | None = None,
    revision: int = 0,
) -> Event:
    """Write a new conclusion on an item, or one anew that is named with its revision; event `conclusion_written`.

    Tasks that are not named any more are taken back; the progress of the others stays.
    Raises `NotFound`, `BadInput`, `Outdated`, and `WrongState` for an item that was never opened.
    """
    meeting = await begin(session, actor, "write_conclusion")
    on = await find_item(session, meeting, item)
    if on.state == "pending":
        raise WrongState("nothing is concluded on an item before it is opened", "item")
    if len(tasks) > TASKS_MAX:
        raise BadInput(f"a conclusion has {TASKS_MAX} tasks at most", "tasks")
    if conclusion is None:
        if len(await _rows(session, meeting.id)) >= CONCLUSIONS_MAX:
            raise BadInput(f"a meeting has {CONCLUSIONS_MAX} conclusions at most", "item")
        written = Conclusion(id=new_id(now), meeting_id=meeting.id, item_id=on.id, seq=meeting.last_seq + 1, revision=0)
        session.add(written)
    else:
        written = await _find(session, meeting, conclusion)
        if (written.item_id, written.revision) != (on.id, revision):
            raise Outdated(f"the conclusion is at revision {written.revision}", "revision")
    written.text = clean(text, "text", TEXT_MAX, is_prose=True)
    written.revision += 1
    written.written_by, written.written_at = actor.participant, now
    await session.flush()
    kept = await _write_tasks(session, meeting, written, tasks, now)
    data = {"conclusion": as_data(_view(written, kept))}
    return await append(session, meeting, actor.participant, "conclusion_written", data, now)


async def remove_conclusion(session: AsyncSession, actor: Actor, conclusion: str, now: datetime) -> Event:
    """Take a conclusion back, with its tasks; event `conclusion_removed`. Raises `NotFound`."""
    meeting = await begin(session, actor, "remove_conclusion")
    removed = await _find(session, meeting, conclusion)
    removed.removed_at = now
    for task in (await _tasks(session, meeting.id))[removed.id]:
        task.removed_at = now
    data = {"conclusion": removed.id}
    return await append(session, meeting, actor.participant, "conclusion_removed", data, now)


async def set_progress(session: AsyncSession, actor: Actor, task: str, progress: int, now: datetime) -> Event:
    """Report how far a task is, in percent; event `progress_set`. Raises `NotFound`, `BadInput`, `AlreadySo`."""
    await lock(session, actor.meeting)
    row = await session.get(Task, task)
    meeting = await begin(session, actor, "set_progress", row.participant_id if row else None)
    if row is None or row.meeting_id != meeting.id or row.removed_at is not None:
        raise NotFound("the meeting has no such task", "task")
    if not 0 <= progress <= 100:
        raise BadInput("progress is a number from 0 to 100", "progress")
    if row.progress == progress:
        raise AlreadySo(f"the task is at {progress} %", "progress")
    row.progress = progress
    row.done_at = now if progress == 100 else None
    data = {"task": row.id, "progress": progress, "done_at": iso(now) if progress == 100 else None}
    return await append(session, meeting, actor.participant, "progress_set", data, now)


async def conclusions(session: AsyncSession, meeting_id: str) -> tuple[ConclusionView, ...]:
    """In the order in which they were first written."""
    tasks = await _tasks(session, meeting_id)
    return tuple(_view(row, tasks[row.id]) for row in await _rows(session, meeting_id))


def standing(task: TaskView, now: datetime) -> str:
    """`done`, `overdue`, `due_soon` or `open`, on the day that it is in Vietnam."""
    if task.progress == 100:
        return "done"
    if task.due_on is None:
        return "open"
    today, due_on = now.astimezone(VIETNAM).date(), date.fromisoformat(task.due_on)
    if due_on < today:
        return "overdue"
    return "due_soon" if due_on <= today + REMIND_BEFORE else "open"


async def reminders(session: AsyncSession, meeting_id: str, now: datetime) -> tuple[tuple[str, TaskView], ...]:
    """The tasks of which somebody is to be reminded, with why: overdue ones first, then what is due soon."""
    due = [(standing(task, now), task) for one in await conclusions(session, meeting_id) for task in one.tasks]
    wanted = [pair for pair in due if pair[0] in ("overdue", "due_soon")]
    return tuple(sorted(wanted, key=lambda pair: pair[1].due_on or ""))


async def _write_tasks(
    session: AsyncSession, meeting: Meeting, conclusion: Conclusion, plans: Sequence[TaskPlan], now: datetime
) -> list[Task]:
    before = {task.id: task for task in (await _tasks(session, meeting.id))[conclusion.id]}
    kept = []
    for place, plan in enumerate(plans):
        if plan.id is not None and plan.id not in before:
            raise NotFound("the conclusion has no such task", "tasks")
        task = before.pop(plan.id) if plan.id is not None else None
        if task is None:
            task = Task(id=new_id(now), meeting_id=meeting.id, conclusion_id=conclusion.id, progress=0)
            session.add(task)
        task.place = place
        task.text = clean(plan.text, "tasks", SUBJECT_MAX)
        task.unit = clean(plan.unit, "tasks", UNIT_MAX, may_be_empty=True)
        if plan.participant is not None:
            await find_participant(session, meeting, plan.participant)
        task.participant_id, task.due_on = plan.participant, plan.due_on
        kept += [task]
    for task in before.values():
        task.removed_at = now
    await session.flush()
    return kept


async def _rows(session: AsyncSession, meeting_id: str) -> Sequence[Conclusion]:
    rows = await session.scalars(
        select(Conclusion)
        .where(Conclusion.meeting_id == meeting_id, Conclusion.removed_at.is_(None))
        .order_by(Conclusion.seq)
    )
    return rows.all()


async def _tasks(session: AsyncSession, meeting_id: str) -> dict[str, list[Task]]:
    """By conclusion, each in its order."""
    found: dict[str, list[Task]] = defaultdict(list)
    rows = select(Task).where(Task.meeting_id == meeting_id, Task.removed_at.is_(None)).order_by(Task.place, Task.id)
    for task in await session.scalars(rows):
        found[task.conclusion_id] += [task]
    return found


async def _find(session: AsyncSession, meeting: Meeting, conclusion: str) -> Conclusion:
    found = await session.get(Conclusion, conclusion)
    if found is None or found.meeting_id != meeting.id or found.removed_at is not None:
        raise NotFound("the meeting has no such conclusion", "conclusion")
    return found


def _view(row: Conclusion, tasks: Sequence[Task]) -> ConclusionView:
    return ConclusionView(
        id=row.id,
        item=row.item_id,
        text=row.text,
        tasks=tuple(
            TaskView(
                id=task.id,
                text=task.text,
                unit=task.unit,
                participant=task.participant_id,
                due_on=None if task.due_on is None else task.due_on.isoformat(),
                progress=task.progress,
                done_at=None if task.done_at is None else iso(task.done_at),
            )
            for task in tasks
        ),
        revision=row.revision,
        written_by=row.written_by,
        written_at=iso(row.written_at),
    )

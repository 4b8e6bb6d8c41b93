"""Conclusions are written together, and their tasks are followed until they are done."""

from datetime import date, timedelta

import pytest

from meeting_app import agenda, conclusions, meetings
from meeting_app.conclusions import TASKS_MAX, TaskPlan, reminders, standing
from meeting_app.errors import AlreadySo, BadInput, MeetingClosed, NotAllowed, NotFound, Outdated, WrongState
from meeting_app.events import Event
from meeting_app.views import TaskView
from tests.meeting_app.hall import START, Hall

DUE = date(2026, 12, 15)


async def conclude(hall: Hall, *tasks: TaskPlan, **which: object) -> Event:
    """On the first item, which is opened the first time."""
    if (await hall.seen()).agenda[0].state == "pending":
        await hall.does(agenda.open_item, hall.chair, hall.items[0])
    return await hall.does(
        conclusions.write_conclusion, hall.secretary, hall.items[0], "Thống nhất nội dung báo cáo", tasks, **which
    )


async def test_a_conclusion_has_tasks_for_units_and_people(hall: Hall):
    event = await conclude(
        hall,
        TaskPlan("Hoàn thiện báo cáo", unit="Văn phòng", participant=hall.an.participant, due_on=DUE),
        TaskPlan("Gửi các xã"),
    )
    (seen,) = (await hall.seen()).conclusions
    assert (seen.item, seen.text, seen.revision) == (hall.items[0], "Thống nhất nội dung báo cáo", 1)
    assert (seen.written_by, seen.written_at) == (hall.secretary.participant, event.at)
    first, second = seen.tasks
    assert (first.unit, first.participant, first.due_on) == ("Văn phòng", hall.an.participant, "2026-12-15")
    assert (second.unit, second.participant, second.due_on, second.progress) == ("", None, None, 0)
    assert event.data["conclusion"]["tasks"][1]["id"] == second.id


async def test_written_anew_a_conclusion_keeps_the_progress_of_its_tasks(hall: Hall):
    first = (await conclude(hall, TaskPlan("Một"), TaskPlan("Hai"))).data["conclusion"]
    one, two = (task["id"] for task in first["tasks"])
    await hall.does(conclusions.set_progress, hall.chair, two, 60)
    which = {"conclusion": first["id"], "revision": 1}
    again = await conclude(hall, TaskPlan("Hai, sửa", id=two), TaskPlan("Ba"), **which)
    tasks = again.data["conclusion"]["tasks"]
    assert [(task["text"], task["progress"]) for task in tasks] == [("Hai, sửa", 60), ("Ba", 0)]
    assert (await hall.seen()).conclusions[0].tasks[0].id == two
    with pytest.raises(Outdated):
        await conclude(hall, **which)
    for gone in (one, "none"):
        with pytest.raises(NotFound):
            await conclude(hall, TaskPlan("Một", id=gone), conclusion=first["id"], revision=2)
    with pytest.raises(NotFound):
        await hall.does(conclusions.set_progress, hall.chair, one, 10)


async def test_nothing_is_concluded_before_an_item_is_opened(hall: Hall):
    with pytest.raises(WrongState):
        await hall.does(conclusions.write_conclusion, hall.chair, hall.items[1], "Nhất trí", ())


@pytest.mark.parametrize(
    ("text", "tasks"),
    [(" ", ()), ("x" * 5001, ()), ("Nhất trí", (TaskPlan(""),)), ("Nhất trí", (TaskPlan("Làm"),) * (TASKS_MAX + 1))],
    ids=["no text", "too long", "a task without words", "too many tasks"],
)
async def test_what_cannot_be_read_is_not_written(hall: Hall, text: str, tasks: tuple[TaskPlan, ...]):
    await hall.does(agenda.open_item, hall.chair, hall.items[0])
    with pytest.raises(BadInput):
        await hall.does(conclusions.write_conclusion, hall.chair, hall.items[0], text, tasks)
    with pytest.raises(NotFound):
        await conclude(hall, TaskPlan("Làm", participant="nobody"))
    assert (await hall.seen()).conclusions == ()


async def test_a_conclusion_that_is_taken_back_is_gone_with_its_tasks(hall: Hall):
    written = (await conclude(hall, TaskPlan("Một"))).data["conclusion"]
    event = await hall.does(conclusions.remove_conclusion, hall.chair, written["id"])
    assert event.data == {"conclusion": written["id"]}
    assert (await hall.seen()).conclusions == ()
    with pytest.raises(NotFound):
        await hall.does(conclusions.remove_conclusion, hall.chair, written["id"])
    with pytest.raises(NotFound):
        await hall.does(conclusions.set_progress, hall.chair, written["tasks"][0]["id"], 10)


async def test_who_has_the_task_reports_on_it_also_after_the_meeting(hall: Hall):
    written = (await conclude(hall, TaskPlan("Báo cáo", participant=hall.an.participant), TaskPlan("Khác"))).data
    mine, other = (task["id"] for task in written["conclusion"]["tasks"])
    await hall.does(meetings.set_state, hall.chair, "closed")
    done = await hall.does(conclusions.set_progress, hall.an, mine, 100)
    assert done.data == {"task": mine, "progress": 100, "done_at": done.at}
    with pytest.raises(AlreadySo):
        await hall.does(conclusions.set_progress, hall.an, mine, 100)
    back = await hall.does(conclusions.set_progress, hall.secretary, mine, 90)
    assert back.data["done_at"] is None
    for actor, task in ((hall.binh, mine), (hall.an, other)):
        with pytest.raises(NotAllowed):
            await hall.does(conclusions.set_progress, actor, task, 50)
    for progress in (-1, 101):
        with pytest.raises(BadInput):
            await hall.does(conclusions.set_progress, hall.an, mine, progress)
    with pytest.raises(MeetingClosed):
        await conclude(hall)


@pytest.mark.parametrize(("days", "expected"), [(-10, "open"), (-3, "due_soon"), (0, "due_soon"), (1, "overdue")])
def test_a_task_is_late_from_the_day_after_the_last(days: int, expected: str):
    # 22:00 in Vietnam; a day later there it is still the day before in UTC.
    evening = START.replace(year=2026, month=12, day=15, hour=15) + timedelta(days=days)
    task = TaskView("t", "Báo cáo", "", None, "2026-12-15", 99, None)
    assert standing(task, evening) == expected
    assert standing(TaskView("t", "Báo cáo", "", None, None, 0, None), evening) == "open"
    assert standing(TaskView("t", "Báo cáo", "", None, "2026-12-15", 100, "2026-12-01"), evening) == "done"


def test_the_day_is_that_of_vietnam():
    task = TaskView("t", "Báo cáo", "", None, "2026-12-15", 0, None)
    assert standing(task, START.replace(month=12, day=15, hour=16, minute=59)) == "due_soon"
    assert standing(task, START.replace(month=12, day=15, hour=17)) == "overdue"


async def test_reminders_name_what_is_late_and_what_is_due_soon(hall: Hall):
    await conclude(
        hall,
        TaskPlan("Sắp đến hạn", due_on=DUE),
        TaskPlan("Còn lâu", due_on=DUE + timedelta(days=30)),
        TaskPlan("Quá hạn", due_on=DUE - timedelta(days=5)),
    )
    now = START.replace(month=12, day=13)
    async with hall.db.reading() as session:
        due = await reminders(session, hall.meeting, now)
    assert [(why, task.text) for why, task in due] == [("overdue", "Quá hạn"), ("due_soon", "Sắp đến hạn")]

"""Conclusions and their tasks: how they are written, and as screens are shown them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from signaling.messages.words import Command, Id

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=5000)]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Unit = Annotated[str, msgspec.Meta(max_length=200)]


class TaskPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A task as it is written; `id` is left out for a new one."""

    id: Id | None = None
    text: Line
    unit: Unit = ""
    participant: Id | None = None
    due_on: date | None = None


class WriteConclusion(Command, frozen=True, kw_only=True, tag="write_conclusion"):
    """Write a conclusion on an item, or write one anew; refused as `outdated` when `revision` is not its own."""

    item: Id
    conclusion: Id | None = None  # None: a new one
    revision: int = 0
    text: Text
    tasks: Annotated[tuple[TaskPlan, ...], msgspec.Meta(max_length=50)] = ()  # all of them, in order


class RemoveConclusion(Command, frozen=True, kw_only=True, tag="remove_conclusion"):
    """Take a conclusion back, with its tasks."""

    conclusion: Id


class SetProgress(Command, frozen=True, kw_only=True, tag="set_progress"):
    """Report how far a task is."""

    task: Id
    progress: Annotated[int, msgspec.Meta(ge=0, le=100)]  # percent


class Task(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    text: str
    unit: str  # may be empty
    participant: str | None
    due_on: str | None  # YYYY-MM-DD, the last day
    progress: int  # percent
    done_at: str | None = None


class Conclusion(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    item: str  # of the agenda
    text: str
    tasks: tuple[Task, ...]
    revision: int
    written_by: str | None  # participant
    written_at: str

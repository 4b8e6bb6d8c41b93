"""Reminders that a meeting sends by itself, and what was sent."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from signaling.messages.words import Command

Days = Annotated[int, msgspec.Meta(ge=0, le=14)]


class SetReminders(Command, frozen=True, kw_only=True, tag="set_reminders"):
    """When the meeting reminds by itself; 0 days is never."""

    answer_days: Days  # before the start, to who has not answered
    day_before: bool
    hour_before: bool
    task_days: Days  # before a task is due


class ReminderRules(msgspec.Struct, frozen=True, kw_only=True):
    answer_days: int
    day_before: bool
    hour_before: bool
    task_days: int


class SentMails(msgspec.Struct, frozen=True, kw_only=True):
    """The mails of one kind that were made at one moment."""

    kind: Literal["invitation", "reminder", "tomorrow", "soon", "task", "moved"]
    made_at: str
    mails: int
    sent: int
    refused: int

"""Commands about the agenda: to go through it, and to write it."""

from __future__ import annotations

from typing import Annotated

import msgspec

from signaling.messages.words import Command, Id, Moment

Title = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Name = Annotated[str, msgspec.Meta(max_length=120)]
Budget = Annotated[int, msgspec.Meta(ge=0, le=86_400)]


class OpenItem(Command, frozen=True, kw_only=True, tag="open_item"):
    """Make an agenda item the current one; the one before it is done."""

    item: Id


class CloseItem(Command, frozen=True, kw_only=True, tag="close_item"):
    """The current item is done and none follows yet."""


class Presenter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who presents an item: a participant, whose name then goes without saying, or a person by name."""

    participant: Id | None = None
    name: Name = ""


Presenters = Annotated[tuple[Presenter, ...], msgspec.Meta(max_length=20)]


class AddItem(Command, frozen=True, kw_only=True, tag="add_item"):
    """Put an item last, at the top or below another."""

    title: Title
    presenters: Presenters = ()
    planned_at: Moment | None = None
    budget_s: Budget = 0
    parent: Id | None = None


class ChangeItem(Command, frozen=True, kw_only=True, tag="change_item"):
    """Write an item anew; refused as `outdated` when `revision` is not the one it has."""

    item: Id
    revision: int
    title: Title
    presenters: Presenters = ()
    planned_at: Moment | None = None
    budget_s: Budget = 0


class MoveItem(Command, frozen=True, kw_only=True, tag="move_item"):
    """Put an item, with what is below it, under `parent` and before that one's child `before`."""

    item: Id
    parent: Id | None = None  # None: at the top
    before: Id | None = None  # None: last


class RemoveItem(Command, frozen=True, kw_only=True, tag="remove_item"):
    """Take an item that was never opened off the agenda, with what is below it."""

    item: Id

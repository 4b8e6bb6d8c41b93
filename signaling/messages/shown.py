"""A meeting as screens are shown it."""

from __future__ import annotations

from typing import Literal

import msgspec

from signaling.messages.words import (
    Choice,
    FloorMode,
    ItemState,
    MeetingKind,
    MeetingState,
    Role,
    Share,
    VoteBase,
    VoteState,
)


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str  # family name first, as Vietnamese names are written
    title: str  # position; may be empty
    unit: str  # name of the unit; may be empty
    role: Role
    muted: bool = False  # by the chair
    present: bool = False  # checked in, and not left


class ItemPresenter(msgspec.Struct, frozen=True, kw_only=True):
    participant: str | None  # None: by name only
    name: str


class AgendaItem(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    parent: str | None
    number: str  # "2", "2.1"
    title: str
    presenters: tuple[ItemPresenter, ...]
    planned_at: str | None  # when it is to begin
    budget_s: int  # 0: none
    state: ItemState
    opened_at: str | None = None  # while current
    spent_s: int = 0  # of earlier openings
    revision: int
    changed_by: str | None = None  # participant who wrote it last
    late_change_at: str | None = None  # the last change since the invitation


class SpeechRequest(msgspec.Struct, frozen=True, kw_only=True):
    participant: str
    asked_at: str


class Floor(msgspec.Struct, frozen=True, kw_only=True):
    mode: FloorMode
    holder: str | None = None  # participant
    since: str | None = None
    queue: tuple[SpeechRequest, ...] = ()


class VoteResult(msgspec.Struct, frozen=True, kw_only=True):
    counts: dict[str, int]  # by choice
    passed: bool
    ballots: dict[str, tuple[str, ...]]  # participants by choice


class Vote(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    kind: Literal["open"]  # each ballot bears its voter's name
    item: str | None  # of the agenda
    question: str
    options: tuple[Choice, ...]
    rule: Share
    base: VoteBase
    base_count: int
    needed: int  # votes for, of `base_count`
    quorum: Share
    quorum_needed: int  # of `convened`
    convened: int  # who may vote and was invited, here or not
    roster: tuple[str, ...]  # participants who may vote in this vote: those who were here when it opened
    voted: tuple[str, ...]  # participants
    state: VoteState
    opened_at: str
    published_at: str | None = None
    result: VoteResult | None = None  # once published


class OwnBallot(msgspec.Struct, frozen=True, kw_only=True):
    vote: str
    choice: Choice


class ChatLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    participant: str
    name: str
    text: str
    at: str


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    kind: MeetingKind
    title: str
    unit: str
    state: MeetingState
    starts_at: str
    place: str  # may be empty
    floor: Floor
    stage: str | None  # participant pinned by the chair
    agenda: tuple[AgendaItem, ...]
    vote: Vote | None  # the one that runs, else the last one
    participants: tuple[Participant, ...]
    chat: tuple[ChatLine, ...]  # the last 200 lines

"""A meeting as screens are shown it."""

from __future__ import annotations

import msgspec

from signaling.messages.conclusions import Conclusion
from signaling.messages.floor import RequestKind, TurnOrder
from signaling.messages.papers import Paper, ShownPage
from signaling.messages.votes import Vote
from signaling.messages.wall import WallShows
from signaling.messages.words import (
    Answer,
    BodyBase,
    BodyKind,
    FloorMode,
    ItemState,
    MeetingKind,
    MeetingState,
    Role,
    Share,
    Way,
)


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str  # family name first, as Vietnamese names are written
    title: str  # position; may be empty
    unit: str  # name of the unit; may be empty
    role: Role
    muted: bool = False  # by the chair
    present: bool = False  # checked in, and not left
    answer: Answer = "pending"  # to the invitation
    how: Way | None = None  # here; None: not here
    site: str | None = None  # where they sit or are to sit


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A place with one connection, the `site_operator` of that site, at which many sit."""

    id: str
    name: str
    unit: str  # may be empty
    capacity: int  # seats in its room; 0: not told


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
    kind: RequestKind


class FloorRules(msgspec.Struct, frozen=True, kw_only=True):
    turn_order: TurnOrder
    speech_limit_s: int  # 0: none, as in the two below
    question_limit_s: int
    unit_budget_s: int  # for all who speak for one unit together


class Floor(msgspec.Struct, frozen=True, kw_only=True):
    mode: FloorMode
    holder: str | None = None  # participant
    since: str | None = None
    kind: RequestKind | None = None  # what the holder has it for
    limit_s: int = 0  # of the speech; 0: none
    paused_at: str | None = None  # while its time stands still
    paused_s: int = 0  # of earlier pauses
    queue: tuple[SpeechRequest, ...] = ()  # as registered, both kinds
    rules: FloorRules
    spoken: dict[str, int]  # seconds of speeches that have ended, by participant
    gone: dict[str, str]  # of those in `spoken` who were removed since: their unit


class ChatLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    participant: str
    name: str
    text: str
    at: str


class MeetingBody(msgspec.Struct, frozen=True, kw_only=True):
    """The body that meets, and what its statute asks."""

    id: str
    kind: BodyKind
    name: str
    members: int  # today
    quorum: Share  # of them
    rule: Share  # of `base`
    base: BodyBase
    basis: str  # where these are from
    former: tuple[str, ...]  # participants who were convened and are members no more: they vote no more


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    kind: MeetingKind
    title: str
    unit: str
    body: MeetingBody | None = None  # None: no body meets
    state: MeetingState
    starts_at: str
    place: str  # may be empty
    floor: Floor
    stage: str | None  # participant pinned by the chair
    agenda: tuple[AgendaItem, ...]
    sites: tuple[Site, ...]  # in the order in which they were added
    wall: WallShows
    conclusions: tuple[Conclusion, ...]  # in the order in which they were first written
    vote: Vote | None  # the one that runs, else the last one
    documents: tuple[Paper, ...]  # in the order in which they were added
    shown: ShownPage | None
    shown_to_others: bool = False  # a page is shown that this role may not see
    participants: tuple[Participant, ...]
    chat: tuple[ChatLine, ...]  # the last 200 lines

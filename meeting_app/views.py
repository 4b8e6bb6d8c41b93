"""How screens see a meeting: plain values, with times as text, in the words of the messages."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from meeting_app.models import Participant


@dataclass(frozen=True)
class ParticipantView:
    id: str
    name: str
    title: str
    unit: str
    role: str
    muted: bool
    present: bool
    answer: str
    how: str | None
    site: str | None


@dataclass(frozen=True)
class SiteView:
    id: str
    name: str
    unit: str
    capacity: int


@dataclass(frozen=True)
class PresenterView:
    participant: str | None  # None: by name only
    name: str


@dataclass(frozen=True)
class ItemView:
    id: str
    parent: str | None
    number: str
    title: str
    presenters: tuple[PresenterView, ...]
    planned_at: str | None
    budget_s: int
    state: str
    opened_at: str | None
    spent_s: int
    revision: int
    changed_by: str | None
    late_change_at: str | None


@dataclass(frozen=True)
class RequestView:
    participant: str
    asked_at: str
    kind: str


@dataclass(frozen=True)
class FloorRulesView:
    turn_order: str = "asked"
    speech_limit_s: int = 0
    question_limit_s: int = 0
    unit_budget_s: int = 0


@dataclass(frozen=True)
class FloorView:
    mode: str
    holder: str | None
    since: str | None
    kind: str | None
    limit_s: int
    paused_at: str | None
    paused_s: int
    queue: tuple[RequestView, ...]
    rules: FloorRulesView
    spoken: dict[str, int]
    gone: dict[str, str]


@dataclass(frozen=True)
class ChatLineView:
    id: str
    participant: str
    name: str
    text: str
    at: str


@dataclass(frozen=True)
class CandidateView:
    id: str
    name: str
    note: str


@dataclass(frozen=True)
class ResultView:
    counts: dict[str, int]
    passed: bool
    base_count: int
    needed: int
    returned: int
    valid: int
    ballots: dict[str, tuple[str, ...]]
    opinions: dict[str, str]
    codes: tuple[str, ...]
    elected: tuple[str, ...]
    tied: tuple[str, ...]


@dataclass(frozen=True)
class VoteView:
    id: str
    kind: str
    item: str | None
    question: str
    options: tuple[str, ...]
    rule: str
    base: str
    base_count: int | None
    needed: int | None
    quorum: str
    quorum_needed: int
    convened: int
    members: int | None
    roster: tuple[str, ...]
    voted: tuple[str, ...]
    cast: int
    tellers: tuple[str, ...]
    counted: tuple[str, ...]
    tallies: dict[str, dict[str, int]]
    candidates: tuple[CandidateView, ...]
    seats: int | None
    least: int | None
    repeats: str | None
    round: int
    state: str
    opened_at: str
    due_at: str | None
    published_at: str | None
    result: ResultView | None


@dataclass(frozen=True)
class VersionView:
    id: str
    number: int
    state: str
    kind: str | None
    pages: int | None
    size: int
    problem: str | None
    added_at: str
    approved_at: str | None


@dataclass(frozen=True)
class ReadersView:
    """Whom a paper names: people, all of a unit by its name, all of a role."""

    participants: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class DocumentView:
    id: str
    item: str | None
    title: str
    audience: str
    confidential: bool
    recalled: bool
    versions: tuple[VersionView, ...]
    readers: ReadersView | None = None  # of the audience `named`
    revision: int = 0  # how often it was changed who may read it


@dataclass(frozen=True)
class ShownView:
    document: str
    version: str
    page: int
    participant: str
    audience: str


@dataclass(frozen=True)
class TaskView:
    id: str
    text: str
    unit: str
    participant: str | None
    due_on: str | None  # YYYY-MM-DD, the last day
    progress: int
    done_at: str | None


@dataclass(frozen=True)
class ConclusionView:
    id: str
    item: str
    text: str
    tasks: tuple[TaskView, ...]
    revision: int
    written_by: str | None
    written_at: str


@dataclass(frozen=True)
class BodyView:
    id: str
    kind: str
    name: str
    members: int
    quorum: str
    rule: str
    base: str
    basis: str
    former: tuple[str, ...] = ()  # participants who were convened and are members no more


@dataclass(frozen=True)
class MeetingView:
    id: str
    kind: str
    title: str
    unit: str
    body: BodyView | None
    state: str
    starts_at: str
    place: str
    floor: FloorView
    stage: str | None
    agenda: tuple[ItemView, ...]
    conclusions: tuple[ConclusionView, ...]
    sites: tuple[SiteView, ...]
    wall: str
    vote: VoteView | None
    documents: tuple[DocumentView, ...]
    shown: ShownView | None
    participants: tuple[ParticipantView, ...]
    chat: tuple[ChatLineView, ...]


@dataclass(frozen=True)
class Snapshot:
    """A meeting after the event `seq`."""

    seq: int
    meeting: MeetingView


@dataclass(frozen=True)
class Brief:
    """What a stranger at the open address may know."""

    id: str
    title: str
    unit: str
    state: str


def of_participant(row: Participant, how: str | None = None) -> ParticipantView:
    """`how` they are here; None when they are not."""
    is_here = how is not None
    named = (row.id, row.name, row.title, row.unit, row.role, row.muted, is_here, row.answer, how, row.site_id)
    return ParticipantView(*named)


def as_data(
    view: ParticipantView | SiteView | ItemView | FloorRulesView | ConclusionView | VoteView | DocumentView | ShownView,
) -> dict[str, Any]:
    """The view as an event carries it."""
    return asdict(view)

"""Who is connected to a meeting: seated, or waiting in the lobby."""

from __future__ import annotations

from dataclasses import dataclass

from signaling.messages import OwnPapers, Role, SourceKind
from signaling.standing import NOTHING
from signaling.texts import Language


@dataclass(slots=True, eq=False)
class Seat:
    """One participant's connection."""

    sid: str
    session: str
    participant: str
    role: Role
    language: Language
    last_seq: int | None  # of the browser when it came; None: it has nothing
    claims: frozenset[SourceKind] = NOTHING  # what the browser says it sends
    permitted: frozenset[SourceKind] | None = None  # None: not told yet
    is_companion: bool = False  # of somebody in the hall: it has no media
    papers: OwnPapers | None = None  # told last; None: nothing, or all are in the snapshot
    has_watched: bool = False  # False: what the worker told of its slots may have passed it by


@dataclass(slots=True, eq=False)
class Waiter:
    """Somebody's connection in the lobby."""

    sid: str
    session: str
    knock: str
    language: Language
    address: str  # whose limit it counts against

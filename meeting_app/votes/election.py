"""An election: who stands, what a ballot may name, and who is elected by the counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from meeting_app.errors import BadInput
from meeting_app.text import NAME_MAX, TITLE_MAX, clean
from meeting_app.views import CandidateView
from meeting_app.votes.sealing import OPTIONS_MAX


@dataclass(frozen=True)
class Election:
    """`seats` are to be filled; a ballot has at least `least` names and at most as many as there are seats."""

    candidates: tuple[CandidateView, ...]
    seats: int
    least: int


def election_of(candidates: Sequence[tuple[str, str]], seats: int, least: int) -> Election:
    """Candidates are (name, note), in the order of the ballot. Raises `BadInput`."""
    cleaned = [
        (clean(name, "candidates", NAME_MAX), clean(note, "candidates", TITLE_MAX, may_be_empty=True))
        for name, note in candidates
    ]
    if not 1 <= len(cleaned) <= OPTIONS_MAX:
        raise BadInput(f"an election has 1 to {OPTIONS_MAX} candidates", "candidates")
    if len(set(cleaned)) != len(cleaned):
        raise BadInput("a candidate stands once", "candidates")
    if not 1 <= seats <= len(cleaned):
        raise BadInput(f"{seats} seats and {len(cleaned)} candidates", "seats")
    if not 0 <= least <= seats:
        raise BadInput(f"at least {least} names, and {seats} seats", "least")
    named = (CandidateView(f"c{place}", name, note) for place, (name, note) in enumerate(cleaned, 1))
    return Election(tuple(named), seats, least)


def outcome(counts: dict[str, int], seats: int, needed: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is elected, the most votes first, and who is tied for the seats that remain.

    Who has fewer than `needed` votes is not elected. Candidates with equal votes are elected together or, where not
    all of them fit, not at all: then they are tied, and the assembly decides how to go on.
    """
    fit = sorted((one for one, votes in counts.items() if votes >= needed), key=lambda one: -counts[one])
    if len(fit) <= seats:
        return tuple(fit), ()
    edge = counts[fit[seats]]
    above = tuple(one for one in fit if counts[one] > edge)
    level = tuple(one for one in fit if counts[one] == edge)
    return (above, ()) if len(above) == seats else (above, level)

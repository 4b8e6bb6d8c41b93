"""What the ballots of a vote decide, by its rule and its base."""

from __future__ import annotations

from collections.abc import Mapping

from meeting_app.models import Vote
from meeting_app.shares import needed
from meeting_app.views import BodyView, ResultView
from meeting_app.votes.election import outcome

# Where no body meets that has a rule of its own.
QUORUM = "more_than_half"
# The weakest first; each base is at most as large as the next.
_RULES = ("plurality", "more_than_half", "two_thirds", "three_quarters")
_BASES = ("valid", "returned", "present", "convened", "all_members")


def result_of(vote: Vote, choices: Mapping[str, str], opinions: Mapping[str, str]) -> ResultView:
    """`choices` is who chose what; empty where ballots bear no name and were counted when the vote closed."""
    ballots: dict[str, tuple[str, ...]] = {}
    if vote.counts is None:
        ballots = {option: tuple(one for one, choice in choices.items() if choice == option) for option in vote.options}
    counts = vote.counts if vote.counts is not None else {option: len(voters) for option, voters in ballots.items()}
    # A ballot of an election may name several.
    returned = len(vote.codes) if vote.codes is not None else sum(counts.values())
    valid = returned - (vote.blank or 0)
    base = {"returned": returned, "valid": valid}.get(vote.base, frozen_base(vote) or 0)
    least = _needed(vote, base, counts)
    elected, tied = ((), ()) if vote.seats is None else outcome(counts, vote.seats, least)
    return ResultView(
        counts=counts,
        passed=counts["for"] >= least if vote.seats is None else len(elected) == vote.seats,
        base_count=base,
        needed=least,
        returned=returned,
        valid=valid,
        ballots=ballots,
        opinions=dict(opinions),
        codes=tuple(vote.codes or ()),
        elected=elected,
        tied=tied,
    )


def is_weaker(rule: str, base: str, body: BodyView) -> bool:
    """Whether less carries a question so than by the rules of the body."""
    return _RULES.index(rule) < _RULES.index(body.rule) or _BASES.index(base) < _BASES.index(body.base)


def frozen_base(vote: Vote) -> int | None:
    """What the votes are held against; None where that is known only by the count."""
    return {"present": vote.present, "convened": vote.convened, "all_members": vote.members}.get(vote.base)


def frozen_needed(vote: Vote) -> int | None:
    """How many votes carry the question; None where that is known only by the count."""
    base = frozen_base(vote)
    return None if base is None else needed(vote.rule, base)


def _needed(vote: Vote, base: int, counts: Mapping[str, int]) -> int:
    if vote.rule != "plurality":
        return max(1, needed(vote.rule, base))  # what nobody answered is not carried
    if vote.seats is not None:
        return 1  # whoever has the most votes, and nobody without one
    return max(count for option, count in counts.items() if option != "for") + 1

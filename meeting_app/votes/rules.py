"""What the ballots of a vote decide, by its rule and its base."""

from __future__ import annotations

from meeting_app.models import Vote
from meeting_app.shares import needed
from meeting_app.views import ResultView
from meeting_app.votes.election import outcome

# Statutes differ from body to body, and bodies are not in the tables yet.
QUORUM = "more_than_half"


def result_of(vote: Vote, choices: dict[str, str]) -> ResultView:
    """`choices` is who chose what; empty where ballots bear no name and were counted when the vote closed."""
    least = needed(vote.rule, base_count(vote))
    if vote.counts is None:
        ballots = {option: tuple(one for one, choice in choices.items() if choice == option) for option in vote.options}
        counts = {option: len(voters) for option, voters in ballots.items()}
        return ResultView(counts, counts["for"] >= least, ballots, (), (), ())
    codes = tuple(vote.codes or ())
    if vote.seats is None:
        return ResultView(vote.counts, vote.counts["for"] >= least, {}, codes, (), ())
    elected, tied = outcome(vote.counts, vote.seats, least)
    return ResultView(vote.counts, len(elected) == vote.seats, {}, codes, elected, tied)


def base_count(vote: Vote) -> int:
    return vote.present if vote.base == "present" else vote.convened

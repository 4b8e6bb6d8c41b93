"""Votes: what people do in them, and how screens are shown them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from signaling.messages.words import (
    Choice,
    Command,
    Id,
    Question,
    Share,
    VoteBase,
    VoteCode,
    VoteKind,
    VoteRule,
    VoteState,
)


class Standing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody to be voted for."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    note: Annotated[str, msgspec.Meta(max_length=200)] = ""  # position, unit


class OpenVote(Command, frozen=True, kw_only=True, tag="open_vote"):
    """Put a question to everybody who is here and may vote."""

    question: Question
    kind: VoteKind = "open"
    rule: VoteRule = "more_than_half"  # plurality: the most votes, of those that are valid
    base: VoteBase = "present"
    item: Id | None = None  # of the agenda
    tellers: Annotated[tuple[Id, ...], msgspec.Meta(max_length=2)] = ()  # participants, two for a show of hands
    candidates: Annotated[tuple[Standing, ...], msgspec.Meta(max_length=64)] = ()  # of an election
    seats: Annotated[int, msgspec.Meta(ge=1, le=64)] = 1  # to fill in an election; the most names on a ballot
    least: Annotated[int, msgspec.Meta(ge=0, le=64)] = 1  # names on a ballot of an election
    repeats: Id | None = None  # a vote before on the same question


class AskOpinions(Command, frozen=True, kw_only=True, tag="ask_opinions"):
    """An opinion form: a question to all who are convened, answered before the meeting until `due_at`."""

    question: Question
    due_at: Annotated[datetime, msgspec.Meta(tz=True)]


class CastBallot(Command, frozen=True, kw_only=True, tag="cast_ballot"):
    """Vote, for good; the answer comes when the ballot is safe on disk."""

    vote: Id
    choice: Choice
    text: Annotated[str, msgspec.Meta(max_length=500)] = ""  # of another opinion, for those who lead


class CastSecretBallot(Command, frozen=True, kw_only=True, tag="cast_secret_ballot"):
    """Vote without a name, for good. Under the same key it counts once, whatever the repetition says."""

    vote: Id
    choices: Annotated[tuple[Id, ...], msgspec.Meta(max_length=64)]  # one, or in an election candidates
    code: VoteCode  # chance, made by the browser; all codes of a vote are told with its result


class CountHands(Command, frozen=True, kw_only=True, tag="count_hands"):
    """What one of the two tellers counted."""

    vote: Id
    counts: dict[Choice, Annotated[int, msgspec.Meta(ge=0, le=100_000)]]


class CloseVote(Command, frozen=True, kw_only=True, tag="close_vote"):
    """No ballot comes in after this."""

    vote: Id


class CancelVote(Command, frozen=True, kw_only=True, tag="cancel_vote"):
    """End a vote without a result."""

    vote: Id


class PublishVote(Command, frozen=True, kw_only=True, tag="publish_vote"):
    """Tell everybody the result of a closed vote."""

    vote: Id


class VoteResult(msgspec.Struct, frozen=True, kw_only=True):
    counts: dict[str, int]  # by option
    passed: bool
    base_count: int
    needed: int  # votes for, of `base_count`
    returned: int  # ballots that were cast
    valid: int  # of them, those that name an option
    ballots: dict[str, tuple[str, ...]]  # participants by choice; empty in a secret vote
    opinions: dict[str, str] = {}  # other opinions in words, by participant; for chair and secretary
    codes: tuple[str, ...] = ()  # of the ballots of a secret vote, sorted
    elected: tuple[str, ...] = ()  # candidates, the most votes first
    tied: tuple[str, ...] = ()  # candidates with equal votes who do not all fit the seats that remain


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    note: str  # may be empty


class Vote(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    kind: VoteKind
    item: str | None  # of the agenda
    question: str
    options: tuple[str, ...]  # of `Choice`, in an election candidates
    rule: VoteRule
    base: VoteBase
    base_count: int | None  # None: known by the count, as `result` tells it
    needed: int | None  # votes for, of `base_count`
    quorum: Share
    quorum_needed: int  # of `members`, else of `convened`
    convened: int  # who may vote and was invited, here or not
    members: int | None = None  # of the body that meets, of which the quorum is a share
    roster: tuple[str, ...]  # participants who may vote in this vote: those who were here when it opened
    voted: tuple[str, ...]  # participants; of a secret vote nobody is told who
    cast: int  # ballots so far
    tellers: tuple[str, ...] = ()  # participants, of a show of hands
    counted: tuple[str, ...] = ()  # of them, who has counted
    tallies: dict[str, dict[str, int]] = {}  # by teller and choice, once both have counted
    candidates: tuple[Candidate, ...] = ()  # of an election
    seats: int | None = None  # of an election
    least: int | None = None  # of an election
    repeats: str | None = None  # the vote before on the same question
    round: int = 1
    state: VoteState
    opened_at: str
    due_at: str | None = None  # of an opinion form, which closes then
    published_at: str | None = None
    result: VoteResult | None = None  # once published


class OwnBallot(msgspec.Struct, frozen=True, kw_only=True):
    vote: str
    choice: Choice | None  # None: cast in a secret vote

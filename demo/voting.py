"""How a delegate of the demonstration votes: most are for it, each after a while of their own."""

from __future__ import annotations

import random

from meeting_app.votes.sealing import CODE_LENGTH, CODE_LETTERS
from signaling.messages import CastBallot, CastSecretBallot, Vote

FIRST_S, LAST_S = 1.5, 25.0  # after the opening
LEANINGS = {"for": 80, "against": 12, "other": 8}  # of a hundred
OPINION = "Đề nghị bổ sung số liệu về quỹ “Vì người nghèo” trước khi thông qua."


def pause_s(vote: Vote, me: str) -> float:
    """How long they think; the same for a vote and a delegate whenever it is asked."""
    return random.Random(f"{vote.id} {me} pause").uniform(FIRST_S, LAST_S)


def ballot_of(vote: Vote, me: str) -> CastBallot | CastSecretBallot | None:
    """Their ballot, always the same one; None where they have none to cast."""
    if vote.state != "open" or vote.kind == "show_of_hands" or me not in vote.roster:
        return None
    chance = random.Random(f"{vote.id} {me}")
    if vote.kind == "open":
        [choice] = chance.choices(list(LEANINGS), list(LEANINGS.values()))
        return CastBallot(key=vote.id, vote=vote.id, choice=choice, text=OPINION if choice == "other" else "")
    if vote.kind == "secret":
        choices = chance.choices(list(LEANINGS), list(LEANINGS.values()))
    else:
        choices = chance.sample(vote.options, max(vote.least or 0, vote.seats or 1))
    code = "".join(chance.choices(CODE_LETTERS, k=CODE_LENGTH))
    return CastSecretBallot(key=vote.id, vote=vote.id, choices=tuple(choices), code=code)

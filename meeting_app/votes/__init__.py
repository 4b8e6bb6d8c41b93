"""Votes: a question, who may answer it, the ballots, and what they decide.

A vote is open, then closed, then published; until published it can be cancelled. One runs at a time.
Whose right it is, options, rule and base are frozen when it opens: who comes later does not vote, and who leaves
keeps the right. A ballot is cast once. While a vote runs everybody may know who has voted and nobody what: the
choice is in the log, and screens are shown it with the result.

In an open vote each ballot bears its voter's name; in a secret one nothing says who chose what; a show
of hands is counted by two tellers; an election fills seats from several candidates, by ballots that are secret.
"""

from meeting_app.votes.casting import Ballot, cast, cast_each
from meeting_app.votes.election import Election, election_of
from meeting_app.votes.forms import FormView, ask_opinions, due, form_of, owed_form, owing
from meeting_app.votes.hands import count_hands
from meeting_app.votes.keys import VoteKeys
from meeting_app.votes.operations import cancel, cancel_running, close, open_vote, publish
from meeting_app.votes.reading import VOTERS, choices, convened_of, last, own_ballots
from meeting_app.votes.secret import cast_secret, destroy_other_keys

__all__ = [
    "VOTERS", "Ballot", "Election", "FormView", "VoteKeys", "ask_opinions", "cancel", "cancel_running", "cast",
    "cast_each", "cast_secret", "choices", "close", "convened_of", "count_hands", "destroy_other_keys", "due",
    "election_of", "form_of", "last", "open_vote", "owed_form", "owing", "own_ballots", "publish",
]  # fmt: skip

"""Votes: a question, who may answer it, the ballots, and what they decide.

A vote is open, then closed, then published; until published it can be cancelled. One runs at a time.
Whose right it is, options, rule and base are frozen when it opens: who comes later does not vote, and who leaves
keeps the right. A ballot is cast once. While a vote runs everybody may know who has voted and nobody what: the
choice is in the log, and screens are shown it with the result.

Only open votes exist: each ballot bears its voter's name.
"""

from meeting_app.votes.operations import cancel, cancel_running, cast, close, open_vote, publish
from meeting_app.votes.reading import choices, last

__all__ = ["cancel", "cancel_running", "cast", "choices", "close", "last", "open_vote", "publish"]

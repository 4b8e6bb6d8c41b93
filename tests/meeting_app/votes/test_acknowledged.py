"""What was acknowledged is what is counted, whatever is cast, lost, sent again, closed and put to the vote anew."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import attendance, events, votes
from meeting_app.acting import Actor
from meeting_app.commands import once
from meeting_app.db import Database
from meeting_app.errors import MeetingError
from tests.meeting_app.hall import KEYS, Hall, convene_within
from tests.meeting_app.votes.test_election import THREE
from tests.meeting_app.votes.test_secret import code_of

VOTERS = 5
OPTIONS = {"open": ("for", "against", "other"), "secret": ("for", "against", "other"), "election": ("c1", "c2", "c3")}
FATES = ("answered", "killed before the commit", "killed before the answer")

cast = st.tuples(st.just("cast"), st.integers(0, VOTERS - 1), st.integers(0, 2), st.sampled_from(FATES))
retry = st.tuples(st.just("retry"), st.integers(0, VOTERS - 1), st.just(0), st.sampled_from(FATES))
lead = st.tuples(
    st.sampled_from(["close", "publish", "cancel", "open"]), st.just(0), st.just(0), st.sampled_from(FATES)
)
stories = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class Killed(Exception):
    """The process ends before the commit."""


@dataclass
class Story:
    """The hall, and a naive model of it: what each vote must count, and what its voters were told."""

    hall: Hall
    kind: str
    voters: list[Actor]
    vote: str = ""
    state: str = "published"
    counted: dict[str, dict[str, str]] = field(default_factory=dict)  # by vote and voter, the choice
    told: set[tuple[str, str]] = field(default_factory=set)  # vote and voter whose ballot was acknowledged
    sent: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # by voter: the last key, vote and choice
    number: int = 0

    async def step(self, what: str, who: int, option: int, fate: str) -> None:
        self.number += 1
        if what == "retry" and self.voters[who].participant not in self.sent:
            return
        if what in ("cast", "retry"):
            await self._send(self.voters[who], what == "retry", OPTIONS[self.kind][option], fate)
        else:
            await self._lead(what, fate)

    async def _send(self, actor: Actor, again: bool, choice: str, fate: str) -> None:
        voter = actor.participant
        if not again:
            self.sent[voter] = (f"key-{self.number:08}", self.vote, choice)
        key, vote, choice = self.sent[voter]
        is_known = self.counted[vote].get(voter)
        # Known again is only the very command that was carried out; any other second ballot is refused.
        is_repeated = (vote, voter, key) in self._done
        is_due = is_repeated or (vote == self.vote and self.state == "open" and is_known is None)
        try:
            await self._in_one_transaction(fate, self._cast, actor, key, vote, choice)
        except Killed:
            return
        except MeetingError:
            assert not is_due, (vote, voter)
            return
        assert is_due, (vote, voter)
        self._done.add((vote, voter, key))
        self.counted[vote].setdefault(voter, choice)
        if fate == "answered":
            self.told.add((vote, voter))

    async def _cast(self, session: AsyncSession, actor: Actor, key: str, vote: str, choice: str) -> None:
        now = self.hall.now
        if self.kind == "open":
            verb = lambda: votes.cast(session, actor, vote, choice, now)  # noqa: E731
            await once(session, actor, key, {"vote": vote, "choice": choice}, verb, now)
        else:
            code = code_of(self.number % 32)
            await votes.cast_secret(session, actor, vote, [choice], code, now, key=key)

    async def _lead(self, what: str, fate: str) -> None:
        follows = {"close": ("open",), "publish": ("closed",), "cancel": ("open", "closed")}
        is_due = self.state in follows.get(what, ("published", "cancelled"))
        verb = {"close": self._close, "publish": votes.publish, "cancel": votes.cancel}.get(what)
        try:
            if verb is None:
                event = await self._in_one_transaction(fate, self._open)
                self.vote = event.data["vote"]["id"]
                self.counted[self.vote] = {}
            else:
                event = await self._in_one_transaction(fate, verb, self.hall.chair, self.vote, self.hall.now)
        except Killed:
            return
        except MeetingError:
            assert not is_due, (what, self.state)
            return
        assert is_due, (what, self.state)
        self.state = {"close": "closed", "publish": "published", "cancel": "cancelled", "open": "open"}[what]
        if what == "publish":
            self._compare(event.data["result"])

    async def _open(self, session: AsyncSession) -> events.Event:
        election = votes.election_of(THREE, 1, 1) if self.kind == "election" else None
        how = {"kind": self.kind, "keys": KEYS, "election": election, "repeats": self.vote or None}
        return await votes.open_vote(session, self.hall.chair, "Thông qua", self.hall.now, **how)

    async def _close(self, session: AsyncSession, actor: Actor, vote: str, now: object) -> events.Event:
        return await votes.close(session, actor, vote, now, keys=KEYS)

    async def _in_one_transaction(self, fate: str, verb, *args):
        async with self.hall.db.writing() as session:
            done = await verb(session, *args)
            if fate == "killed before the commit":
                raise Killed
        return done

    def _compare(self, result: dict) -> None:
        counted = self.counted[self.vote]
        told = {voter for vote, voter in self.told if vote == self.vote}
        assert told <= counted.keys()
        assert sum(result["counts"].values()) == result["returned"] == len(counted)
        assert result["counts"] == {
            option: sum(choice == option for choice in counted.values()) for option in OPTIONS[self.kind]
        }
        if self.kind == "open":
            assert {one: option for option, of in result["ballots"].items() for one in of} == counted

    def __post_init__(self) -> None:
        self._done: set[tuple[str, str, str]] = set()

    async def ends(self) -> None:
        """Who was left without an answer asks again, and is counted; the result is told; the log has no gap."""
        for actor in self.voters:
            if actor.participant in self.sent:
                await self._send(actor, True, "", "answered")
        for voter, (key, vote, _) in self.sent.items():
            assert ((vote, voter, key) in self._done) <= ((vote, voter) in self.told)
        for what, state in (("close", "open"), ("publish", "closed")):
            if self.state == state:
                await self._lead(what, "answered")
        log = await self.hall.asks(events.since, self.hall.meeting, 0)
        assert [event.seq for event in log] == list(range(1, len(log) + 1))
        assert await self.hall.asks(events.verify, self.hall.meeting) is None
        cast = [event for event in log if event.name in ("ballot_cast", "secret_ballot_cast")]
        assert len(cast) == sum(len(voters) for voters in self.counted.values())


@pytest.mark.parametrize("kind", OPTIONS)
@given(steps=st.lists(st.one_of(cast, cast, retry, lead), max_size=18))
@stories
async def test_what_was_acknowledged_is_what_is_counted(db: Database, kind: str, steps: list):
    async with db.writing() as session:
        hall = await convene_within(session, db)
    voters = [hall.chair, hall.an, hall.binh, hall.chi, *await hall.more(1)]
    for actor in voters:
        await hall.does(attendance.check_in, actor, actor.participant)
    story = Story(hall, kind, voters)
    await story.step("open", 0, 0, "answered")
    for step in steps:
        await story.step(*step)
    await story.ends()

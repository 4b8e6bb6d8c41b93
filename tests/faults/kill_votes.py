"""The service is killed again and again while ballots arrive; none that was acknowledged may be lost or doubled.

`python -m tests.faults.kill_votes` prints a line a database and ends with status 1 when a ballot was. Real processes
and SIGKILL: a vote opens, everybody votes at once over a WebSocket and repeats the ballot under its key until it is
acknowledged, and in between, at a moment drawn from the seed, the service dies and another takes its place. Then the
chair closes and publishes, and what was acknowledged is compared with what is counted, stored and in the log.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp

from meeting_app import audit, events, invitations, meetings, votes
from meeting_app.acting import Actor
from meeting_app.db import Database
from meeting_app.events import Event
from signaling.database import open_database
from signaling.http.asking import COOKIE
from signaling.prepare import MeetingPlan, ParticipantPlan, UnitPlan, prepare
from signaling.settings import Settings
from tests.faults.command import on_each_database
from tests.faults.served import Service

CHOICES = ("for", "against", "other")
PATIENCE_S = 60.0
LATEST_KILL_S = 0.25  # after the first ballot of a round was sent
RETRY_S = 0.02


@dataclass
class Tally:
    kills: int = 0
    ballots: int = 0
    repeated: int = 0  # ballots that were sent more than once
    lost: int = 0  # acknowledged, and not counted, stored or in the log as they were cast
    doubled: int = 0  # more than one in the rows or in the log

    @property
    def faults(self) -> int:
        return self.lost + self.doubled


class Person:
    """Somebody at a screen that comes back by itself and repeats what was not answered, as the page does."""

    def __init__(self, service: Service, participant: str, cookie: str) -> None:
        self.participant = participant
        self.sent = 0
        self._service = service
        self._headers = {"Cookie": f"{COOKIE}={cookie}"}
        self._http: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None

    async def __aenter__(self) -> Person:
        self._http = aiohttp.ClientSession(self._service.url, headers=self._headers)
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._http.close()

    async def command(self, type: str, key: str, **fields: Any) -> dict[str, Any]:
        """The answer, however often it has to be asked for."""
        self.sent = 0
        async with asyncio.timeout(PATIENCE_S):
            while True:
                try:
                    await self._connect()
                    self.sent += 1
                    await self._socket.send_str("421" + json.dumps(["command", {"type": type, "key": key, **fields}]))
                    answer = (await self._until("431"))[0]
                    if answer["ok"] or answer["problem"]["code"] != "not_recorded":
                        return answer
                except (aiohttp.ClientError, OSError, TypeError):
                    # TypeError is what aiohttp raises when the socket closes instead of saying the text.
                    self._socket = None
                await asyncio.sleep(RETRY_S)

    async def _connect(self) -> None:
        if self._socket is not None:
            return
        self._socket = await self._http.ws_connect("/socket.io/?EIO=4&transport=websocket")
        await self._socket.receive_str()
        await self._socket.send_str('40{"seq":null}')
        while (await self._until("42"))[1]["type"] != "welcome":
            pass

    async def _until(self, begins: str) -> Any:
        """The content of the next message that begins so."""
        while True:
            text = await self._socket.receive_str()
            if text == "2":
                await self._socket.send_str("3")
            elif text.startswith("44"):
                raise aiohttp.ClientError(text)
            elif text.startswith(begins):
                return json.loads(text[len(begins) :])


async def convene(settings: Settings, voters: int) -> tuple[str, dict[str, str]]:
    """A meeting in session: its id, and participant → cookie, the chair first."""
    now = datetime.now(UTC)
    people = [ParticipantPlan("Lê Văn Chủ", "chair")]
    people += [ParticipantPlan(f"Đại biểu {number}", "delegate") for number in range(voters)]
    database = await open_database(settings)
    try:
        async with database.writing() as session:
            plan = MeetingPlan("Hội nghị thử", now, UnitPlan("Tỉnh Lam Sơn"), tuple(people))
            prepared = await prepare(session, plan, now)
            for step in ("check_in", "in_session"):
                await meetings.set_state(session, Actor(prepared.meeting), step, now)
            entries = [await invitations.use_link(session, one.token, now) for one in prepared.invitations]
        return prepared.meeting, {entry.visitor.participant: entry.cookie for entry in entries}
    finally:
        await database.close()


class Rounds:
    """Votes in one meeting, one after the other."""

    def __init__(self, service: Service, database: Database, meeting: str, everybody: list[Person], seed: int) -> None:
        self.tally = Tally()
        self._service, self._database, self._meeting = service, database, meeting
        self._chair, *self._voters = everybody
        self._chance = random.Random(seed)

    async def hold(self, number: int) -> None:
        """One vote, and one kill while its ballots arrive."""
        opened = await self._lead("open_vote", f"open-{number:05}", question=f"Câu hỏi {number}")
        vote = opened.data["vote"]["id"]
        choices = {voter.participant: self._chance.choice(CHOICES) for voter in self._voters}
        casting = asyncio.gather(*(self._cast(voter, number, vote, choices) for voter in self._voters))
        await asyncio.sleep(self._chance.random() * LATEST_KILL_S)
        await self._service.die()
        self._service.start()
        self.tally.kills += 1
        await casting
        await self._lead("close_vote", f"close-{number:05}", vote=vote)
        published = await self._lead("publish_vote", f"publish-{number:05}", vote=vote)
        await self._compare(vote, choices, published.data["result"]["ballots"], opened.seq)

    async def _cast(self, voter: Person, number: int, vote: str, choices: dict[str, str]) -> None:
        await asyncio.sleep(self._chance.random() * LATEST_KILL_S / 2)
        answer = await voter.command("cast_ballot", f"cast-{number:05}", vote=vote, choice=choices[voter.participant])
        if not answer["ok"]:
            raise AssertionError(f"a ballot was refused: {answer}")
        self.tally.ballots += 1
        self.tally.repeated += voter.sent > 1

    async def _lead(self, type: str, key: str, **fields: Any) -> Event:
        """What the chair's command caused, as the log has it."""
        answer = await self._chair.command(type, key, **fields)
        if not answer["ok"]:
            raise AssertionError(f"{type} was refused: {answer}")
        async with self._database.reading() as session:
            (event,) = await events.since(session, self._meeting, answer["seq"] - 1, 1)
        return event

    async def _compare(self, vote: str, choices: dict[str, str], counted: dict[str, list[str]], since: int) -> None:
        """Everybody's ballot was acknowledged: each is counted, stored and in the log, once and as it was cast."""
        async with self._database.reading() as session:
            stored = await votes.choices(session, vote)
            log = [one for one in await events.since(session, self._meeting, since) if one.name == "ballot_cast"]
        published = [(voter, choice) for choice, voters in counted.items() for voter in voters]
        logged = [(one.data["participant"], one.data["choice"]) for one in log]
        for kept in (published, list(stored.items()), logged):
            self.tally.lost += len(set(choices.items()) - set(kept))
            self.tally.doubled += len(kept) - len({voter for voter, _ in kept})


async def run(settings: Settings, kills: int, voters: int, seed: int) -> Tally:
    """So many votes and kills in one meeting. Raises AssertionError when the service refuses what it should do."""
    meeting, cookies = await convene(settings, voters)
    database = await open_database(settings)
    service = Service(settings)
    service.start()
    try:
        async with contextlib.AsyncExitStack() as stack:
            people = [Person(service, participant, cookie) for participant, cookie in cookies.items()]
            for person in people:
                await stack.enter_async_context(person)
            # Who comes after a vote has opened has no right in it.
            await asyncio.gather(*(one.command("say", "i-am-here", text="Có mặt") for one in people))
            rounds = Rounds(service, database, meeting, people, seed)
            for number in range(kills):
                await rounds.hold(number)
            async with database.reading() as session:
                broken = await audit.verify(session, meeting)
            if broken is not None:
                raise AssertionError(f"the log is not as it was written: {broken}")
            return rounds.tally
    finally:
        await database.close()
        await service.die()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.kill_votes", description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--voters", type=int, default=12)
    on_each_database(parser, lambda settings, given: run(settings, given.kills, given.voters, given.seed))


if __name__ == "__main__":
    main()

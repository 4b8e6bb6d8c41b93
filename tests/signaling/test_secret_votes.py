"""Twenty secret votes on a real process and a real file, and then everything is tried to learn who chose what."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import os
import random
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from meeting_app.events import canonical
from meeting_app.votes.sealing import CODE_LENGTH, CODE_LETTERS, unseal
from signaling.settings import Settings, as_environment
from tests.signaling.conftest import Join, Person, Province, Service, seed
from tests.signaling.test_processes import free_port
from tests.signaling.waiting import PATIENCE_S

VOTERS = ("chair", *(f"d{number}" for number in range(5)))
CHOICES = ("for", "against", "other")
VOTES = 20


class Process(Service):
    """The service alone, in a process that writes its log to a file; it is killed, never asked to stop."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.port = settings.port
        self.log = settings.data / "service.log"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        with self.log.open("ab") as log:
            environment = {**os.environ, **as_environment(self.settings)}
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "signaling", env=environment, stdout=log, stderr=log
            )
        async with aiohttp.ClientSession() as http, asyncio.timeout(PATIENCE_S):
            while True:
                try:
                    async with http.get(f"{self.url}/healthz"):
                        return
                except aiohttp.ClientError:
                    await asyncio.sleep(0.05)

    async def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGKILL)
            await process.wait()


@dataclass
class Told:
    """What one vote was in truth, and what a thief could copy while it was open."""

    vote: str
    chosen: dict[str, tuple[str, str]]  # choice and code by participant
    key: bytes = b""
    sealed: list[bytes] = field(default_factory=list)


@pytest.fixture
def data(settings: Settings) -> Path:
    return settings.data


@pytest.fixture
async def province(settings: Settings) -> Province:
    return await seed(settings, {name: "chair" if name == "chair" else "delegate" for name in VOTERS})


@pytest.fixture
async def service(settings: Settings, province: Province) -> AsyncIterator[Process]:
    process = Process(msgspec.structs.replace(settings, port=free_port(), messages_per_s=1000.0, messages_burst=1000))
    await process.start()
    yield process
    await process.stop()


def everything(folder: Path) -> dict[str, bytes]:
    """Every byte that is on the disk."""
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


async def open_vote(chair: Person) -> str:
    done = await chair.command("open_vote", question="Lấy phiếu tín nhiệm", kind="secret")
    assert done["ok"], done
    return (await chair.until(lambda push: push.get("seq") == done["seq"]))["data"]["vote"]["id"]


async def come_back(people: list[Person]) -> None:
    for person in people:
        await person.leave()
        await person.connect()
        await person.until("welcome")


@pytest.mark.timeout(180)
async def test_no_choice_can_be_tied_to_a_voter(join: Join, province: Province, service: Process, data: Path) -> None:
    chance = random.Random(20261122)
    people = [await join(name) for name in VOTERS]
    chair = people[0]
    votes: list[Told] = []
    for number in range(VOTES):
        told = Told(await open_vote(chair), {})
        order = chance.sample(people, len(people))
        for place, person in enumerate(order):
            choice, code = chance.choice(CHOICES), "".join(chance.choices(CODE_LETTERS, k=CODE_LENGTH))
            fields = {"vote": told.vote, "choices": [choice], "code": code, "key": f"{number}-{person.name}-ballot"}
            answer = await person.command("cast_secret_ballot", **fields)
            assert answer == {"ok": True}
            told.chosen[province.ids[person.name]] = (choice, code)
            if number % 7 == 3 and place == 4:
                # Killed in the middle: what was acknowledged stays, and a repetition does not count again.
                await service.stop()
                await service.start()
                await come_back(people)
                again = await person.command("cast_secret_ballot", **{**fields, "choices": ["other"]})
                assert again == {"ok": True}
        told.key = (data / "vote-keys" / f"{told.vote}.key").read_bytes()
        with closing(sqlite3.connect(data / "meetings.sqlite")) as rows:
            told.sealed = [row[0] for row in rows.execute("SELECT sealed FROM sealed_ballots")]
        found = everything(data)
        for _, code in told.chosen.values():
            assert not [name for name, content in found.items() if code.encode() in content], "written before the count"
        assert (await chair.command("close_vote", vote=told.vote))["ok"]
        assert (await chair.command("publish_vote", vote=told.vote))["ok"]
        result = (
            await chair.until(lambda p, v=told.vote: p.get("data", {}).get("vote") == v and "result" in p["data"])
        )["data"]["result"]
        truth = [choice for choice, _ in told.chosen.values()]
        assert result["counts"] == {choice: truth.count(choice) for choice in CHOICES}
        assert result["codes"] == sorted(code for _, code in told.chosen.values()) and result["ballots"] == {}
        votes.append(told)
    await service.stop()  # by a kill, so the write-ahead log is left as it was

    found = everything(data)
    assert {"meetings.sqlite", "meetings.sqlite-wal", "service.log"} <= found.keys()
    for told in votes:
        tied = _with_the_key(told)
        # The thief who had the key would know all; so it has to be gone, in every spelling.
        assert sorted(tied) == sorted(told.chosen.values())
        for spelling in (told.key, told.key.hex().encode()):
            assert not [name for name, content in found.items() if spelling in content]
    _nothing_in_the_log_of_the_process(found["service.log"], province, votes)
    with closing(sqlite3.connect(data / "meetings.sqlite")) as rows:
        _nothing_in_the_log_of_the_meeting(rows, votes)
        _nothing_by_guessing(rows, province, votes)


def _with_the_key(told: Told) -> list[tuple[str, str]]:
    private = X25519PrivateKey.from_private_bytes(told.key)
    return [(CHOICES[min(one.choices)], one.code) for one in unseal(told.sealed, told.vote, private)]


def _nothing_in_the_log_of_the_process(log: bytes, province: Province, votes: list[Told]) -> None:
    words = ["cast_secret_ballot", *province.ids.values()]
    words += [code for told in votes for _, code in told.chosen.values()]
    assert not [word for word in words if word.encode() in log]


def _nothing_in_the_log_of_the_meeting(rows: sqlite3.Connection, votes: list[Told]) -> None:
    cast = rows.execute("SELECT actor, data FROM events WHERE name = 'secret_ballot_cast'").fetchall()
    assert len(cast) == VOTES * len(VOTERS)
    for actor, data in cast:
        assert actor is None and msgspec.json.decode(data).keys() == {"vote", "cast"}
    codes = {code for told in votes for _, code in told.chosen.values()}
    tables = [name for (name,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    known = set()
    for table in tables:
        for row in rows.execute(f"SELECT * FROM {table}"):
            for value in row:
                if isinstance(value, str | bytes) and any(code in str(value) for code in codes):
                    known.add((table, len([code for code in codes if code in str(value)])))
    # Codes are only ever told together, all of a vote.
    assert known == {("votes", len(VOTERS)), ("events", len(VOTERS))}
    assert rows.execute("SELECT count(*) FROM sealed_ballots").fetchone() == (0,)


def _nothing_by_guessing(rows: sqlite3.Connection, province: Province, votes: list[Told]) -> None:
    """A hash of what was said would be undone by trying three choices with each code of the board."""
    voters = set(province.ids.values())
    kept = rows.execute("SELECT actor, key, payload_hash FROM done_commands").fetchall()
    casts = {one[0] for one in kept} & (voters - {province.ids["chair"]})
    assert not casts, "commands of delegates, who only voted"
    stored = {row[0] for row in rows.execute("SELECT command_hash FROM used_rights")} | {one[2] for one in kept}
    keys = {one[1] for one in kept}
    for told in votes:
        codes = [code for _, code in told.chosen.values()]
        for choice, code in itertools.product(CHOICES, codes):
            said = {"type": "cast_secret_ballot", "vote": told.vote, "choices": [choice], "code": code}
            guesses = [canonical({**said, "key": key}) for key in keys] + [
                canonical(said), code, choice, choice + code, code + choice, told.vote + choice, told.vote + code
            ]  # fmt: skip
            assert not stored & {hashlib.sha256(guess.encode()).hexdigest() for guess in guesses}


async def test_who_comes_back_knows_only_that_they_voted(join: Join, province: Province) -> None:
    people = [await join(name) for name in VOTERS[:6]]
    chair, an, binh = people[:3]
    vote = await open_vote(chair)
    assert (await an.command("cast_secret_ballot", vote=vote, choices=["for"], code="2" * 16))["ok"]
    refused = await an.command("cast_secret_ballot", vote=vote, choices=["against"], code="3" * 16)
    assert refused["problem"]["code"] == "already_voted"
    await come_back([an, binh])
    for person, own in ((an, {"vote": vote, "choice": None}), (binh, None)):
        welcome = await person.until("welcome")
        assert welcome["ballot"] == own
        assert (welcome["meeting"]["vote"]["voted"], welcome["meeting"]["vote"]["cast"]) == ([], 1)
        assert "public_key" not in welcome["meeting"]["vote"]


async def test_too_few_for_a_secret_are_told_so(join: Join) -> None:
    people = [await join(name) for name in VOTERS[:4]]
    answer = await people[0].command("open_vote", question="Tín nhiệm", kind="secret")
    assert answer["problem"]["code"] == "too_few_voters"


async def test_the_key_goes_with_the_vote(join: Join, data: Path) -> None:
    chair, *_ = [await join(name) for name in VOTERS]
    for end in ("close_vote", "cancel_vote", "set_state"):
        vote = await open_vote(chair)
        assert [file.name for file in (data / "vote-keys").iterdir()] == [f"{vote}.key"]
        assert (await chair.command(end, **({"state": "closed"} if end == "set_state" else {"vote": vote})))["ok"]
        if end == "close_vote":
            await chair.command("publish_vote", vote=vote)
        assert list((data / "vote-keys").iterdir()) == []


async def test_a_key_that_cannot_be_destroyed_keeps_nobody_from_being_told(
    join: Join, service: Process, data: Path
) -> None:
    chair, one, *_ = [await join(name) for name in VOTERS]
    vote = await open_vote(chair)
    key = data / "vote-keys" / f"{vote}.key"
    key.unlink()
    key.mkdir()  # what even root cannot open for writing
    assert (await chair.command("cancel_vote", vote=vote))["ok"]
    assert (await one.until("vote_cancelled"))["data"]["vote"] == vote
    alarm = next(line for line in service.log.read_text("utf-8").splitlines() if "key_not_destroyed" in line)
    assert "critical" in alarm and vote in alarm


async def test_a_key_that_a_kill_left_behind_goes_at_the_next_start(join: Join, service: Process, data: Path) -> None:
    chair, *_ = people = [await join(name) for name in VOTERS]
    vote = await open_vote(chair)
    await service.stop()
    (data / "vote-keys" / "left-behind.key").write_bytes(bytes(32))
    await service.start()
    assert [file.name for file in (data / "vote-keys").iterdir()] == [f"{vote}.key"]
    await come_back(people)
    assert (await chair.command("close_vote", vote=vote))["ok"]

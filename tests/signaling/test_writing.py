"""Commands written together end as they would have one after the other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

import msgspec
import pytest
import sqlalchemy
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import attendance, events, votes
from meeting_app.acting import Actor
from meeting_app.commands import Answer
from meeting_app.db import Database
from meeting_app.errors import AlreadyVoted, KeyReused, MeetingError, NotRecorded
from meeting_app.seal import open_seal
from meeting_app.votes import VoteKeys
from signaling import verbs
from signaling.database import open_database
from signaling.messages import AnyCommand, CastBallot, CloseVote, OpenVote, RaiseHand, Say
from signaling.settings import Settings
from signaling.verbs import Outcome
from signaling.writing import TOGETHER_AT_MOST, Asked, Writing
from tests import postgres
from tests.signaling.conftest import NOW, Province, seed


@pytest.fixture
async def database(settings: Settings, province: Province) -> AsyncIterator[Database]:
    database = await open_database(settings)
    yield database
    await database.close()


@pytest.fixture
def writing(settings: Settings, database: Database) -> Writing:
    return written_with(settings, database)


def written_with(settings: Settings, database: Database) -> Writing:
    seal = open_seal(settings.data / "seal.key")

    async def carry_out(
        session: AsyncSession, asked: Sequence[tuple[Actor, AnyCommand, datetime]]
    ) -> list[Answer[Outcome]]:
        return await verbs.each_once(session, asked, VoteKeys(settings.vote_keys_folder), seal)

    return Writing(database.writing, carry_out)


def outcome(asked: Asked) -> str:
    """The code of the refusal, or what happened."""
    if asked.written is None:
        error = asked.answer.exception()
        assert isinstance(error, MeetingError)
        return error.code
    return "repeated" if asked.written.repeated else asked.written.outcome.events[0].name


async def log(database: Database, meeting: str) -> list[str]:
    async with database.reading() as session:
        assert await events.verify(session, meeting) is None
        return [event.name for event in await events.since(session, meeting, 0)]


async def test_several_are_one_transaction_in_their_order(
    writing: Writing, database: Database, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await log(database, province.meeting)
    begun = 0
    original = database.writing

    def counted():
        nonlocal begun
        begun += 1
        return original()

    monkeypatch.setattr(writing, "transaction", counted)
    actors = [Actor(province.meeting, province.ids[name]) for name in ("an", "binh", "secretary")]
    asked = [writing.ask(actor, RaiseHand(key=f"hand-{n}-0000"), NOW) for n, actor in enumerate(actors)]
    asked.append(writing.ask(actors[0], RaiseHand(key="hand-0-0000"), NOW))  # a weak line repeats it
    done = await writing.write()
    assert begun == 1 and done == asked
    assert list(map(outcome, asked)) == ["hand_raised"] * 3 + ["repeated"]
    assert [one.written.seq for one in asked] == [len(before) + n for n in (1, 2, 3, 1)]
    assert await log(database, province.meeting) == before + ["hand_raised"] * 3


async def test_a_refusal_takes_nothing_along(writing: Writing, database: Database, province: Province) -> None:
    chair, an, binh = (Actor(province.meeting, province.ids[name]) for name in ("chair", "an", "binh"))
    await database_with_people_here(database, province)
    opened = writing.ask(chair, OpenVote(key="open-0000", question="Thông qua Báo cáo"), NOW)
    await writing.write()
    vote = opened.written.outcome.events[0].data["vote"]["id"]
    asked = [
        writing.ask(an, CastBallot(key="an-1-0000", vote=vote, choice="for"), NOW),
        writing.ask(an, CastBallot(key="an-2-0000", vote=vote, choice="against"), NOW),
        writing.ask(chair, CloseVote(key="close-000", vote=vote), NOW),
        writing.ask(binh, CastBallot(key="binh-1-000", vote=vote, choice="for"), NOW),
        writing.ask(binh, Say(key="say-00000", text="muộn mất rồi"), NOW),
    ]
    done = await writing.write()
    assert list(map(outcome, asked)) == [AlreadyVoted.code if n == 1 else kind for n, kind in enumerate(
        ["ballot_cast", "", "vote_closed", "vote_over", "said"]
    )]  # fmt: skip
    assert [outcome(one) for one in done] == ["ballot_cast", "vote_closed", "said"]
    async with database.reading() as session:
        assert await votes.choices(session, vote) == {an.participant: "for"}
    assert (await log(database, province.meeting))[-3:] == ["ballot_cast", "vote_closed", "said"]


async def test_a_text_that_postgresql_cannot_store_takes_nothing_along(settings: Settings) -> None:
    if reason := postgres.why_not():
        pytest.skip(reason)
    with postgres.cluster() as url:
        given = msgspec.structs.replace(settings, database_url=url)
        province = await seed(given)
        database = await open_database(given)
        writing = written_with(given, database)
        an, binh, chair = (Actor(province.meeting, province.ids[name]) for name in ("an", "binh", "chair"))
        asked = [
            writing.ask(an, RaiseHand(key="an-1-0000"), NOW),
            writing.ask(binh, RaiseHand(key="binh-000\0"), NOW),
            writing.ask(chair, Say(key="chair-0000", text="a"), NOW),
        ]
        assert await writing.write() == [asked[0], asked[2]]
        assert isinstance(asked[1].answer.exception(), DBAPIError)
        await database.close()


async def database_with_people_here(database: Database, province: Province) -> None:
    async with database.writing() as session:
        for name in ("chair", "an", "binh"):
            actor = Actor(province.meeting, province.ids[name])
            await attendance.check_in(session, actor, actor.participant, NOW)


async def test_when_the_database_is_gone_nobody_is_told_yes(province: Province) -> None:
    tries = 0

    class Gone:
        def writing(self):
            nonlocal tries
            tries += 1
            raise NotRecorded("the database did not answer", "database")

    async def carry_out(*_asked: object) -> Answer[Outcome]:
        raise AssertionError("there is no transaction to do it in")

    writing = Writing(Gone().writing, carry_out)
    actor = Actor(province.meeting, province.ids["an"])
    asked = [writing.ask(actor, Say(key=f"say-{n}-0000", text="a"), NOW) for n in range(3)]
    assert await writing.write() == []
    assert [outcome(one) for one in asked] == ["not_recorded"] * 3
    assert tries == 1  # waiting for it once is enough


async def test_more_than_fit_are_written_by_the_next(writing: Writing, province: Province) -> None:
    actor = Actor(province.meeting, province.ids["an"])
    asked = [writing.ask(actor, Say(key=f"say-{n:04}-0", text=str(n)), NOW) for n in range(TOGETHER_AT_MOST + 1)]
    assert await writing.write() == asked[:-1]
    assert asked[-1].written is None and writing.is_due
    assert await writing.write() == asked[-1:]
    assert not writing.is_due
    asked[-1].settle()
    assert await asked[-1].answer is asked[-1].written


async def opened_vote(writing: Writing, database: Database, province: Province) -> str:
    await database_with_people_here(database, province)
    chair = Actor(province.meeting, province.ids["chair"])
    opened = writing.ask(chair, OpenVote(key="open-0000", question="Thông qua Báo cáo"), NOW)
    await writing.write()
    return opened.written.outcome.events[0].data["vote"]["id"]


async def test_three_ballots_ask_the_database_no_more_than_one(
    writing: Writing, database: Database, province: Province
) -> None:
    vote = await opened_vote(writing, database, province)
    statements = 0

    def count(*_arguments: object) -> None:
        nonlocal statements
        statements += 1

    sqlalchemy.event.listen(database.engine.sync_engine, "before_cursor_execute", count)
    asked_of: list[int] = []
    for names in (["chair"], ["an", "binh", "chair"]):  # the chair's own is repeated
        statements = 0
        asked = [
            writing.ask(
                Actor(province.meeting, province.ids[name]), CastBallot(key="key-0000", vote=vote, choice="for"), NOW
            )
            for name in names
        ]
        await writing.write()
        asked_of.append(statements)
    assert list(map(outcome, asked)) == ["ballot_cast", "ballot_cast", "repeated"]
    assert asked_of[1] <= asked_of[0]
    assert [one.written.seq for one in asked] == [asked[2].written.seq + n for n in (1, 2, 0)]
    assert (await log(database, province.meeting))[-3:] == ["ballot_cast"] * 3


async def test_another_ballot_under_the_same_key_is_refused_alone(
    writing: Writing, database: Database, province: Province
) -> None:
    vote = await opened_vote(writing, database, province)
    chair, an = (Actor(province.meeting, province.ids[name]) for name in ("chair", "an"))
    asked = [writing.ask(chair, CastBallot(key="key-0000", vote=vote, choice="for"), NOW)]
    await writing.write()
    asked = [
        writing.ask(chair, CastBallot(key="key-0000", vote=vote, choice="against"), NOW),
        writing.ask(an, CastBallot(key="key-0000", vote=vote, choice="against"), NOW),
    ]
    await writing.write()
    assert list(map(outcome, asked)) == [KeyReused.code, "ballot_cast"]


async def test_ballots_wait_a_moment_for_those_behind_them_and_nothing_else_does(
    writing: Writing, database: Database, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    vote = await opened_vote(writing, database, province)
    waits: list[float] = []

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("signaling.writing.asyncio.sleep", wait)
    monkeypatch.setattr("signaling.writing.GATHER_S", 600.0)  # however long this machine takes to write
    an, binh = (Actor(province.meeting, province.ids[name]) for name in ("an", "binh"))
    writing.ask(an, CastBallot(key="key-0000", vote=vote, choice="for"), NOW)
    await writing.gather()
    writing.ask(binh, Say(key="say-0000", text="đã bỏ phiếu"), NOW)
    await writing.gather()
    assert len(waits) == 1 and 0 < waits[0] <= 600

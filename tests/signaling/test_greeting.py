"""What those who take a seat are told first, from one reading of the rows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from meeting_app import attendance, chat, lobby, votes
from meeting_app.acting import Actor
from meeting_app.seal import open_seal
from meeting_app.votes import VoteKeys
from signaling import greeting
from signaling.clock import Clock
from signaling.database import open_database
from signaling.greeting import RESUME_AT_MOST, Greeting
from signaling.house import House
from signaling.lobby import Lobby
from signaling.media import Media
from signaling.messages import Role
from signaling.push import Pushes
from signaling.seat import Seat
from signaling.settings import Settings
from signaling.sockets import make_server
from tests.signaling.conftest import NOW, Province


@pytest.fixture
async def house(settings: Settings, province: Province) -> AsyncIterator[House]:
    clock, database = Clock(), await open_database(settings)
    media, pushes = Media([], clock, 0), Pushes(make_server(settings))
    keys = VoteKeys(settings.vote_keys_folder)
    yield House(settings, clock, database, media, pushes, keys, open_seal(settings.data / "seal.key"))
    await database.close()


def seat(province: Province, name: str, role: Role, last_seq: int | None = None) -> Seat:
    return Seat(f"sid of {name}", f"session of {name}", province.ids[name], role, "vi", last_seq)


async def read(house: House, province: Province, *seats: Seat) -> Greeting:
    async with house.database.reading() as session:
        door = Lobby(province.meeting, "Hội nghị thử", house)
        return await greeting.read(session, house, province.meeting, seats, door)


async def say(house: House, province: Province, count: int) -> None:
    async with house.database.writing() as session:
        for number in range(count):
            await chat.say(session, Actor(province.meeting, province.ids["an"]), str(number), NOW)


async def test_each_who_knows_something_is_told_what_it_missed_and_the_others_all(
    house: House, province: Province
) -> None:
    now_at = (await read(house, province)).seq
    await say(house, province, 3)
    chair, an, binh = (
        seat(province, "chair", "chair", now_at),
        seat(province, "an", "delegate", now_at + 2),
        seat(province, "binh", "delegate"),
    )
    told = await read(house, province, chair, an, binh)
    said = {one.sid: [event.data["text"] for event in told.of(one, (), NOW).events] for one in (chair, an, binh)}
    assert said == {chair.sid: ["0", "1", "2"], an.sid: ["2"], binh.sid: []}
    assert [told.of(one, (), NOW).meeting is None for one in (chair, an, binh)] == [True, True, False]
    assert told.of(binh, (), NOW).seq == now_at + 3


async def test_who_missed_more_than_a_snapshot_weighs_is_told_all(house: House, province: Province) -> None:
    now_at = (await read(house, province)).seq
    await say(house, province, RESUME_AT_MOST + 1)
    an, binh = seat(province, "an", "delegate", now_at), seat(province, "binh", "delegate", now_at + 1)
    told = await read(house, province, an, binh)
    assert told.of(an, (), NOW).meeting is not None and told.of(an, (), NOW).events == ()
    assert told.of(binh, (), NOW).meeting is None and len(told.of(binh, (), NOW).events) == RESUME_AT_MOST


async def test_each_is_told_of_their_own_ballot(house: House, province: Province) -> None:
    chair, an, binh = (Actor(province.meeting, province.ids[name]) for name in ("chair", "an", "binh"))
    async with house.database.writing() as session:
        for actor in (chair, an, binh):
            await attendance.check_in(session, actor, actor.participant, NOW)
        opened = await votes.open_vote(session, chair, "Thông qua Báo cáo", NOW, keys=house.vote_keys)
        vote = opened.data["vote"]["id"]
        await votes.cast(session, an, vote, "against", NOW)
    seats = seat(province, "an", "delegate"), seat(province, "binh", "delegate")
    told = await read(house, province, *seats)
    cast, uncast = (told.of(one, (), NOW).ballot for one in seats)
    assert (cast.vote, cast.choice) == (vote, "against") and uncast is None


async def test_those_who_may_admit_are_told_who_knocks_and_all_what_time_it_is(
    house: House, province: Province
) -> None:
    async with house.database.writing() as session:
        await lobby.knock(session, province.meeting, "Khách", "Xã B", NOW)
    seats = seat(province, "secretary", "secretary"), seat(province, "an", "delegate")
    told = await read(house, province, *seats)
    leads, takes_part = (told.of(one, (), NOW + timedelta(seconds=1)) for one in seats)
    assert [knock.name for knock in leads.knocks] == ["Khách"] and takes_part.knocks == ()
    assert takes_part.now == "2026-03-02T01:00:01.000Z"

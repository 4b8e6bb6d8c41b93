"""An election over real sockets, from the list of candidates to who is elected, and hands that two people count."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from signaling.messages import AnyPush
from signaling.settings import Settings
from tests.signaling.conftest import Join, Person, Province, Service, as_type, seed
from tests.signaling.worker import FakeWorker

VOTERS = ("chair", *(f"d{number}" for number in range(5)))


@pytest.fixture
async def province(settings: Settings) -> Province:
    return await seed(settings, {name: "chair" if name == "chair" else "delegate" for name in VOTERS})


@pytest.fixture
async def people(join: Join) -> list[Person]:
    return [await join(name) for name in VOTERS]


@pytest.fixture
async def service(settings: Settings, province: Province, worker: FakeWorker) -> AsyncIterator[Service]:
    service = Service(settings)
    await service.start()
    yield service
    await service.stop()


async def opened(chair: Person, **fields: object) -> dict:
    done = await chair.command("open_vote", question="Bầu bổ sung", **fields)
    assert done["ok"], done
    push = await chair.until(lambda push: push.get("seq") == done["seq"] and push["type"] == "event")
    as_type(push, AnyPush)
    return push["data"]["vote"]


async def test_an_election(people: list[Person]) -> None:
    chair = people[0]
    candidates = [{"name": "Trần Quốc Bảo", "note": "Chủ tịch"}, {"name": "Lò Thị Mẩy"}, {"name": "Vi Văn Phúc"}]
    vote = await opened(chair, kind="election", candidates=candidates, seats=2)
    assert vote["candidates"][0] == {"id": "c1", **candidates[0]} and vote["options"] == ["c1", "c2", "c3"]
    too_many = await people[1].command("cast_secret_ballot", vote=vote["id"], choices=["c1", "c2", "c3"], code="2" * 16)
    assert too_many["problem"]["code"] == "bad_input"
    for number, person in enumerate(people):
        code = "23456789"[number] * 16
        answer = await person.command("cast_secret_ballot", vote=vote["id"], choices=["c3", "c1"], code=code)
        assert answer == {"ok": True}
    assert (await chair.command("close_vote", vote=vote["id"]))["ok"]
    assert (await chair.command("publish_vote", vote=vote["id"]))["ok"]
    result = (await people[-1].until("vote_published"))["data"]["result"]
    assert result["counts"] == {"c1": 6, "c2": 0, "c3": 6} and result["elected"] == ["c1", "c3"] and result["passed"]
    await people[-1].leave()
    await people[-1].connect()
    welcome = await people[-1].until("welcome")
    as_type(welcome, AnyPush)
    assert welcome["meeting"]["vote"]["result"] == result


async def test_a_teller_does_not_see_what_the_other_counted_first(people: list[Person], province: Province) -> None:
    chair, first, second = people[:3]
    tellers = [province.ids[first.name], province.ids[second.name]]
    vote = (await opened(chair, kind="show_of_hands", tellers=tellers))["id"]
    counts = {"for": 5, "against": 1, "other": 0}
    assert (await first.command("count_hands", vote=vote, counts=counts))["ok"]
    told = (await second.until("hands_counted"))["data"]
    assert told == {"vote": vote, "participant": tellers[0], "counted": tellers[:1], "tallies": {}}
    assert (await chair.command("close_vote", vote=vote))["problem"]["code"] == "hands_uncounted"
    done = await second.command("count_hands", vote=vote, counts={"for": 4, "against": 2, "other": 0})
    told = (await first.until(lambda push: push.get("seq") == done["seq"]))["data"]
    assert told["tallies"][tellers[0]] == counts and told["counted"] == tellers
    assert (await chair.command("close_vote", vote=vote))["problem"]["code"] == "counts_differ"
    assert (await second.command("count_hands", vote=vote, counts=counts))["ok"]
    assert (await chair.command("close_vote", vote=vote))["ok"]

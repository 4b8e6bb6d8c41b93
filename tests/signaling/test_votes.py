"""A vote over real sockets: who is told what, and a ballot that a weak line repeats."""

from __future__ import annotations

import asyncio

import pytest

from signaling.messages import AnyPush
from tests.signaling.conftest import Join, Person, Province, Service, as_type


async def open_vote(chair: Person, **fields: object) -> str:
    done = await chair.command("open_vote", question="Thông qua Báo cáo", **fields)
    assert done["ok"], done
    opened = await chair.until(lambda push: push.get("seq") == done["seq"] and push["type"] == "event")
    return opened["data"]["vote"]["id"]


async def test_everybody_sees_who_voted_and_what_only_with_the_result(join: Join, province: Province) -> None:
    chair, secretary, an, binh, wall = [await join(name) for name in ("chair", "secretary", "an", "binh", "wall")]
    vote = await open_vote(secretary, item=province.items[1])
    for person, choice in ((an, "for"), (binh, "against"), (chair, "for")):
        assert (await person.command("cast_ballot", vote=vote, choice=choice))["ok"]
    assert (await chair.command("close_vote", vote=vote))["ok"]
    screens = (chair, secretary, an, binh, wall)
    for person in screens:
        closed = await person.until("vote_closed")
        assert closed["data"] == {"vote": vote}  # the digest of few ballots would tell them
        cast = [push["data"] for push in person.pushes if push.get("name") == "ballot_cast"]
        assert cast == [{"vote": vote, "participant": province.ids[name]} for name in ("an", "binh", "chair")]
    assert (await secretary.command("publish_vote", vote=vote))["problem"]["code"] == "not_allowed"
    assert (await chair.command("publish_vote", vote=vote))["ok"]
    for person in screens:
        published = await person.until("vote_published")
        as_type(published, AnyPush)
        result = published["data"]["result"]
        assert result["passed"] and result["counts"] == {"for": 2, "against": 1, "other": 0}
        assert result["ballots"]["against"] == [province.ids["binh"]]


async def test_another_opinion_is_read_by_those_who_lead(join: Join, province: Province) -> None:
    people = [await join(name) for name in ("chair", "secretary", "an", "binh", "wall")]
    chair, _, an, *_ = people
    vote = await open_vote(chair)
    refused = await an.command("cast_ballot", vote=vote, choice="for", text="Đồng ý")
    assert refused["problem"]["field"] == "text"
    assert (await an.command("cast_ballot", vote=vote, choice="other", text=" Bổ sung số liệu "))["ok"]
    for verb in ("close_vote", "publish_vote"):
        assert (await chair.command(verb, vote=vote))["ok"]
    for person in people:
        said = {province.ids["an"]: "Bổ sung số liệu"} if person.name in ("chair", "secretary") else {}
        assert (await person.until("vote_published"))["data"]["result"]["opinions"] == said
        assert all("text" not in push["data"] for push in person.pushes if push.get("name") == "ballot_cast")
        await person.leave()
        await person.connect()
        assert (await person.until("welcome"))["meeting"]["vote"]["result"]["opinions"] == said


async def test_who_comes_back_in_the_middle_finds_the_vote_and_the_own_ballot(join: Join, province: Province) -> None:
    chair, an, binh = await join("chair"), await join("an"), await join("binh")
    vote = await open_vote(chair)
    seq = (await an.command("cast_ballot", vote=vote, choice="other"))["seq"]
    for person, own in ((an, {"vote": vote, "choice": "other"}), (binh, None)):
        await person.leave()
        await person.connect()
        welcome = await person.until("welcome")
        as_type(welcome, AnyPush)
        assert welcome["ballot"] == own
        assert (welcome["meeting"]["vote"]["id"], welcome["meeting"]["vote"]["voted"]) == (vote, [province.ids["an"]])
        assert welcome["meeting"]["vote"]["result"] is None
    await binh.leave()
    await binh.connect(seq=seq - 1)
    (missed,) = (await binh.until("welcome"))["events"]
    assert missed["data"] == {"vote": vote, "participant": province.ids["an"]}
    assert (await binh.command("cast_ballot", vote=vote, choice="for"))["ok"]


async def test_a_ballot_whose_answer_was_lost_is_sent_again_and_counts_once(join: Join, service: Service) -> None:
    chair, an, _ = await join("chair"), await join("an"), await join("binh")
    vote = await open_vote(chair)
    first = await an.command("cast_ballot", key="ballot-of-an", vote=vote, choice="for")
    await service.stop()
    await service.start()
    await service.until_workers()
    for person in (an, chair):
        await person.connect()
        await person.until("welcome")
    assert await an.command("cast_ballot", key="ballot-of-an", vote=vote, choice="for") == first
    assert (await chair.command("close_vote", vote=vote))["ok"]
    # The answer stays the first one, also when the vote is over.
    assert await an.command("cast_ballot", key="ballot-of-an", vote=vote, choice="for") == first
    await chair.command("publish_vote", vote=vote)
    assert (await chair.until("vote_published"))["data"]["result"]["counts"]["for"] == 1


async def test_two_ballots_of_one_person_at_once(join: Join) -> None:
    chair, an, _ = await join("chair"), await join("an"), await join("binh")
    vote = await open_vote(chair)
    answers = await asyncio.gather(
        *(an.command("cast_ballot", vote=vote, choice=choice) for choice in ("for", "against"))
    )
    refused = [answer["problem"]["code"] for answer in answers if not answer["ok"]]
    assert refused == ["already_voted"]


async def test_ballots_that_race_the_closing_are_counted_or_refused(join: Join) -> None:
    chair, an, binh = await join("chair"), await join("an"), await join("binh")
    vote = await open_vote(chair)
    an_answer, _, binh_answer = await asyncio.gather(
        an.command("cast_ballot", vote=vote, choice="for"),
        chair.command("close_vote", vote=vote),
        binh.command("cast_ballot", vote=vote, choice="for"),
    )
    acknowledged = [answer["ok"] for answer in (an_answer, binh_answer)].count(True)
    await chair.command("publish_vote", vote=vote)
    assert (await chair.until("vote_published"))["data"]["result"]["counts"]["for"] == acknowledged


@pytest.mark.parametrize(
    ("who", "when", "code"),
    [
        ("an", "closed", "vote_over"),
        ("an", "cancelled", "vote_over"),
        ("late", "open", "not_entitled"),
        ("secretary", "open", "not_allowed"),
        ("wall", "open", "not_allowed"),
    ],
)
async def test_a_ballot_that_cannot_count_is_refused_in_words(join: Join, who: str, when: str, code: str) -> None:
    chair = await join("chair")
    people = {} if who == "late" else {"an": await join("an")}
    binh = await join("binh")
    vote = await open_vote(chair)
    voter = await join("an") if who == "late" else people.get(who) or await join(who)
    if when != "open":
        assert (await binh.command("close_vote", vote=vote))["problem"]["code"] == "not_allowed"
        await chair.command({"closed": "close_vote", "cancelled": "cancel_vote"}[when], vote=vote)
    answer = await voter.command("cast_ballot", vote=vote, choice="for")
    assert not answer["ok"] and answer["problem"]["code"] == code
    assert answer["problem"]["message"]


async def test_no_vote_without_a_quorum(join: Join) -> None:
    chair = await join("chair")
    answer = await chair.command("open_vote", question="Thông qua")
    assert answer["problem"]["code"] == "no_quorum"

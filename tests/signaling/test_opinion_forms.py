"""An opinion form from the question to the answer by the personal link, and its end at the deadline."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from signaling import app
from signaling.messages import AnyPush, Followed
from signaling.settings import Settings
from tests.signaling.conftest import Join, Province, Service, as_type, seed
from tests.signaling.test_invitations import goes_out, link_of
from tests.signaling.worker import FakeWorker

SOON = timedelta(minutes=10)


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch, worker: FakeWorker) -> None:
    monkeypatch.setattr(app, "DEADLINES_EVERY_S", 0.05)


@pytest.fixture
async def province(settings: Settings) -> AsyncIterator[Province]:
    yield await seed(settings, state="approved")


async def test_it_is_answered_by_the_personal_link(join: Join, province: Province, service: Service) -> None:
    chair, secretary, guest = await join("chair"), await join("secretary"), await join("somebody")
    await goes_out(secretary)
    token = await link_of(secretary, province.ids["binh"])
    assert as_type((await guest.post("/api/link", {"token": token}))[1], Followed).invitation.opinion is None

    due_at = (service.clock.utc() + SOON).isoformat()
    done = await chair.command("ask_opinions", question="Cho ý kiến về dự thảo Quy chế", due_at=due_at)
    opened = await secretary.until(lambda push: push.get("seq") == done["seq"])
    as_type(opened, AnyPush)
    form = as_type((await guest.post("/api/link", {"token": token}))[1], Followed).invitation.opinion
    assert (form.question, form.state, form.choice) == ("Cho ý kiến về dự thảo Quy chế", "open", None)

    answer = {"token": token, "key": "form-key-1", "vote": form.vote, "choice": "other", "text": "Bổ sung Điều 3"}
    for _ in range(2):
        status, body = await guest.post("/api/invitation/opinion", answer)
        assert (status, body["opinion"]["choice"], body["opinion"]["text"]) == (200, "other", "Bổ sung Điều 3")
    changed = {**answer, "key": "form-key-2", "choice": "for", "text": ""}
    status, body = await guest.post("/api/invitation/opinion", changed)
    assert (status, body["code"]) == (400, "already_voted")
    cast = await chair.until("ballot_cast")
    assert cast["data"] == {"vote": form.vote, "participant": province.ids["binh"]}

    # At the deadline it closes by itself, and the chair announces the result later.
    service.clock.push(SOON.total_seconds())
    await chair.until("vote_closed")
    assert (await chair.command("publish_vote", vote=form.vote))["ok"]
    result = (await chair.until("vote_published"))["data"]["result"]
    assert result["opinions"] == {province.ids["binh"]: "Bổ sung Điều 3"}


async def test_it_is_asked_before_the_meeting_and_by_those_who_lead(join: Join, service: Service) -> None:
    secretary, an = await join("secretary"), await join("an")
    asked = {"question": "Cho ý kiến", "due_at": (service.clock.utc() + SOON).isoformat()}
    assert (await secretary.command("ask_opinions", **asked))["problem"]["code"] == "wrong_state"
    await goes_out(secretary)
    assert (await an.command("ask_opinions", **asked))["problem"]["code"] == "not_allowed"
    past = {**asked, "due_at": (service.clock.utc() - SOON).isoformat()}
    assert (await secretary.command("ask_opinions", **past))["problem"]["field"] == "due_at"

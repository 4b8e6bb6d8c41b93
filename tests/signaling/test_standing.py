"""The copy in memory says what the rows say, whatever happens."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from meeting_app import attendance, meetings, sites
from meeting_app.acting import Actor
from meeting_app.errors import MeetingError
from meeting_app.votes import VoteKeys
from signaling import messages as m
from signaling import standing, verbs
from signaling.database import open_database
from signaling.settings import Settings
from tests.meeting_app.hall import SEAL
from tests.signaling.conftest import NOW, seed


@pytest.mark.parametrize("seed_number", range(3))
async def test_it_agrees_with_a_fresh_snapshot_after_every_event(tmp_path: Path, seed_number: int) -> None:
    chance = random.Random(seed_number)
    settings = Settings(data=tmp_path)
    province = await seed(settings)
    people = [province.ids[name] for name in ("chair", "secretary", "an", "binh")]
    commands_of_a_chair = [
        *(kind(key="k" * 8, participant=p) for kind in (m.GiveFloor, m.Mute, m.Unmute) for p in people),
        m.TakeFloor(key="k" * 8),
        m.MuteAll(key="k" * 8),
        m.SetFloorMode(key="k" * 8, mode="open"),
        m.SetFloorMode(key="k" * 8, mode="chaired"),
        m.SetState(key="k" * 8, state="paused"),
        m.SetState(key="k" * 8, state="in_session"),
    ]
    last_of_all = [m.RemoveParticipant(key="k" * 8, participant=people[3]), m.SetState(key="k" * 8, state="closed")]
    chair = Actor(province.meeting, people[0])
    database = await open_database(settings)
    try:
        async with database.writing() as session:
            added = await sites.add_site(session, Actor(province.meeting), "Điểm cầu xã Đông", NOW)
        site = added.data["site"]["id"]
        async with database.reading() as session:
            now = standing.of((await meetings.snapshot(session, province.meeting, NOW)).meeting)
        moment = NOW
        for step in [chance.choice([*commands_of_a_chair, "come", "go", "sit"]) for _ in range(60)] + last_of_all:
            moment += timedelta(seconds=1)
            try:
                async with database.writing() as session:
                    if step == "sit":
                        whom = chance.choice(people)
                        happened = [await attendance.check_in_at_hall(session, chair, whom, moment, site=site)]
                    elif isinstance(step, str):
                        verb = attendance.check_in if step == "come" else attendance.leave
                        event = await verb(session, Actor(province.meeting), chance.choice(people), moment)
                        happened = [event] if event else []
                    else:
                        happened = (await verbs.do(session, chair, step, moment, SEAL)).events
            except MeetingError:
                continue
            for event in happened:
                now = now.after(event)
            async with database.reading() as session:
                fresh = standing.of((await meetings.snapshot(session, province.meeting, NOW)).meeting)
            assert now == fresh, step
        assert now.is_over and all(now.rights(person) == frozenset() for person in people)
    finally:
        await database.close()


async def test_every_command_names_a_verb(tmp_path: Path) -> None:
    """None falls through: whatever its fields, a command is carried out or refused by the rules."""
    settings = Settings(data=tmp_path)
    province = await seed(settings)
    fields = {"participant": "x", "knock": "x", "item": "x", "mode": "open", "state": "paused", "text": "x"}
    fields |= {"question": "x", "vote": "x", "choice": "for", "title": "x", "revision": 1, "code": "2" * 16}
    words = m.LetterWords(body="x", town="x", dated="2026-02-05", signer_title="x", signer="x")
    fields |= {"email": "x@example.org", "answer": "accepted", "name": "x", "words": words}
    fields |= {"counts": {}, "choices": (), "version": "x", "document": "x", "page": 1}
    keys = VoteKeys(tmp_path / "vote-keys")
    fields |= {"due_at": NOW, "answer_days": 1, "day_before": True, "hour_before": True, "task_days": 1}
    fields |= {"link": "x", "conclusion": "x", "task": "x", "progress": 5, "shows": "agenda"}
    fields |= {"participants": ("x",), "before": NOW, "starts_at": NOW, "place": "x", "excused": True}
    fields["audience"] = "everybody"
    fields |= {"seconds": 60, "turn_order": "unit", "speech_limit_s": 0, "question_limit_s": 0, "unit_budget_s": 0}
    database = await open_database(settings)
    try:
        for kind in m.AnyCommand.__args__:
            named = {name: fields[name] for name in kind.__struct_fields__ if name in fields}
            command = kind(key=f"key of {kind.__name__}", **named)
            try:
                async with database.writing() as session:
                    whose = Actor(province.meeting, province.ids["chair"])
                    await verbs.once(session, whose, command, NOW, keys, SEAL)
            except MeetingError:
                continue
    finally:
        await database.close()


async def test_the_voice_of_the_stage_is_held_first(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    province = await seed(settings)
    database = await open_database(settings)
    chair, an = province.ids["chair"], province.ids["an"]
    try:
        async with database.writing() as session:
            given = await verbs.do(
                session, Actor(province.meeting, chair), m.GiveFloor(key="k" * 8, participant=an), NOW, SEAL
            )
            now = standing.of((await meetings.snapshot(session, province.meeting, NOW)).meeting)
    finally:
        await database.close()
    assert now.held_voices == (an, chair)
    assert now.after(given.events[0]).held_voices == (an, chair)

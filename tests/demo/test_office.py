"""The office of the demonstration shows work that is half done."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from demo import office, province
from meeting_app import audit
from meeting_app.consultations import reading
from meeting_app.db import Database
from meeting_app.models import Consultation, Survey
from meeting_app.surveys import reading as surveys
from tests import tables

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


async def test_units_are_asked_and_a_survey_is_answered(tmp_path: Path) -> None:
    database = Database(await tables.lay_out(tmp_path / "demo.sqlite"))
    async with database.writing() as session:
        await province.found(session, NOW)
        await office.busy(session, office.File("a" * 64, 1000, 2), NOW)
    async with database.reading() as session:
        signer = await office._signed_in(session, office.SIGNER_LOGIN, NOW)
        leader = await office._signed_in(session, "quan-tri", NOW)
        consultation = await session.scalar(select(Consultation.id))
        seen = await reading.view(session, signer, consultation, NOW)
        assert await audit.verify_consultation(session, consultation) is None
        counted = await surveys.results(session, leader, await session.scalar(select(Survey.id)), NOW, by=1)
    await database.close()
    assert seen.signs and seen.state == "open"
    assert [len(seen.gate.silent), len(seen.gate.unanswered), len(seen.gate.unopened)] == [2, 1, 3]
    assert counted.answers == office.ANSWERS and len(counted.groups) == 2

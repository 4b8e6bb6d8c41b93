"""Units that are silent are reminded, and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from meeting_app.consultations import drafting, opinions, reminding
from meeting_app.models import ConsultedUnit, Notice
from tests.meeting_app.consulting import DEADLINE, Table
from tests.meeting_app.hall import START

DAY = timedelta(days=1)


async def test_silent_units_are_reminded_once_a_day_until_the_deadline(table: Table) -> None:
    await table.does(opinions.give, "an", table.units["an"], "agree", "")

    async def remind(after: timedelta) -> list[list[str]]:
        async with table.db.writing() as session:
            return [event.data["units"] for event in await reminding.remind_due(session, START + after)]

    binh = table.units["binh"]
    hour = timedelta(hours=1)
    assert await remind(23 * hour) == []
    assert await remind(24 * hour) == [[binh]]
    assert await remind(25 * hour) == []
    assert await remind(48 * hour) == [[binh]]
    assert await remind(DEADLINE - START + hour) == []
    async with table.db.reading() as session:
        kinds = (await session.execute(sa.select(Notice.kind, Notice.unit_id).order_by(Notice.id))).all()
        assert sorted(kind for kind, unit in kinds if unit == binh) == ["asked", "reminder", "reminder"]
        notice = await session.scalar(sa.select(Notice.id).where(Notice.unit_id == table.units["an"]))
        assert await reminding.words_of(session, notice, START) is None  # it answered before the mail went out


async def test_nobody_is_reminded_of_what_was_withdrawn_meanwhile(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with table.db.reading() as session:
        due = await reminding.to_remind(session, START + DAY)
    assert len(due) == 2
    await table.does(drafting.withdraw, "lead", "Thay bằng dự thảo khác")

    async def looked_for_before(*_: object) -> list[ConsultedUnit]:
        return due

    monkeypatch.setattr(reminding, "to_remind", looked_for_before)
    async with table.db.writing() as session:
        assert await reminding.remind_due(session, START + DAY) == []
    assert (await table.log())[-1].name == "consultation_withdrawn"

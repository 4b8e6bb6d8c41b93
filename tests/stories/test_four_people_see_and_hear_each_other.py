"""Four people in one conference: every picture and every voice reaches everybody else."""

import asyncio

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = {"Phạm Thu Hà": "chair", "Trần Quốc Bảo": "delegate", "Hoàng Thị Lan": "delegate", "Lò Văn Mẩy": "delegate"}


async def test_four_people_see_and_hear_each_other(open_hall):
    hall = await open_hall(PEOPLE)
    people = [await hall.comes(name, who) for who, name in enumerate(PEOPLE, 1)]
    for viewer in people:
        others = [other for other in people if other is not viewer]
        first = [await viewer.until_sees(other) for other in others]
        await asyncio.sleep(0.3)
        later = [await viewer.until_sees(other) for other in others]
        assert [seen["who"] for seen in first] == [other.who for other in others]
        assert all(a["frame"] != b["frame"] for a, b in zip(first, later, strict=True)), "a picture stands still"
    for listener in people:
        await listener.until_hears([other.who for other in people if other is not listener])

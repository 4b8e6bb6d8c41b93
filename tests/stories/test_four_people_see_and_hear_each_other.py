"""Four people in one conference: every picture and every voice reaches everybody else."""

import asyncio

import pytest

from tests.stories.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.asyncio(loop_scope="session")

PEOPLE = {"Phạm Thu Hà": "chair", "Trần Quốc Bảo": "delegate", "Hoàng Thị Lan": "delegate", "Lò Văn Mẩy": "delegate"}


async def test_four_people_see_and_hear_each_other(open_hall):
    hall = await open_hall(PEOPLE)
    # Were all on desktops, one machine would encode every size of four pictures at once.
    screens = [DESKTOP, PHONE, PHONE, PHONE]
    people = [await hall.comes(name, who, viewport=screens[who - 1]) for who, name in enumerate(PEOPLE, 1)]
    for person in people:  # while all are silent, everybody's stage stays as it is
        await person.unmute()
        await person.mute()
    for viewer, screen in zip(people, screens, strict=True):
        others = [other for other in people if other is not viewer]
        first = [await viewer.until_sees(other) for other in others]
        assert [seen["who"] for seen in first] == [other.who for other in others]
        for other, seen in zip(others, first, strict=True):
            await viewer.page.wait_for_function(  # a picture that stands still fails here
                "([css, frame]) => (eyes.read(document.querySelector(css)) ?? { frame }).frame !== frame",
                arg=[viewer.picture_of(other), seen["frame"]],
            )  # fmt: skip
        await viewer.until_asks("qqf" if screen is DESKTOP else "qqh", others)  # two tiles and the stage
        for other in others:
            await viewer.until_sees_as_asked(other)
    for person in people:
        await person.unmute()
    # Three voices have a slot at a time; one after the other everybody is silent, so that each is heard by all.
    for silent in people:
        await silent.mute()
        heard = [other.who for other in people if other is not silent]
        await asyncio.gather(
            *(listener.until_hears([who for who in heard if who != listener.who]) for listener in people)
        )
        await silent.unmute()


async def test_everybody_has_the_largest_picture_of_who_is_on_their_stage(open_hall):
    hall = await open_hall(dict(list(PEOPLE.items())[:2]))
    chair, delegate = [await hall.comes(name, who) for who, name in enumerate(list(PEOPLE)[:2], 1)]
    await delegate.until_asks("f", [chair])
    await delegate.until_sees_as_asked(chair)
    assert (await delegate.until_sees(chair))["who"] == chair.who

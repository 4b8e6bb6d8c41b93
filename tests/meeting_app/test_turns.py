"""The rules of the floor hold from the moment they are set."""

import pytest

from meeting_app import floor, turns
from meeting_app.errors import AlreadySo, BadInput
from meeting_app.views import FloorRulesView
from tests.meeting_app.hall import Hall


async def test_each_kind_of_speech_has_the_limit_of_the_rules(hall: Hall):
    rules = FloorRulesView("spoken", speech_limit_s=300, question_limit_s=120, unit_budget_s=900)
    before = await hall.does(floor.give_floor, hall.chair, hall.an.participant)
    changed = await hall.does(turns.set_floor_rules, hall.secretary, rules)
    assert changed.data == {"rules": vars(rules)}
    seen = (await hall.seen()).floor
    assert (seen.rules, seen.limit_s, before.data["limit_s"]) == (rules, 0, 0)
    for kind, limit_s in (("speech", 300), ("question", 120)):
        given = await hall.does(floor.give_floor, hall.chair, hall.binh.participant, kind=kind)
        assert given.data["limit_s"] == (await hall.seen()).floor.limit_s == limit_s
        await hall.does(floor.take_floor, hall.chair)
    with pytest.raises(AlreadySo):
        await hall.does(turns.set_floor_rules, hall.chair, rules)


@pytest.mark.parametrize(
    "rules",
    [
        FloorRulesView("loudest"),
        FloorRulesView(speech_limit_s=-1),
        FloorRulesView(question_limit_s=14_401),
        FloorRulesView(unit_budget_s=-1),
    ],
    ids=lambda rules: str(vars(rules)),
)
async def test_rules_that_make_no_sense_are_refused(hall: Hall, rules: FloorRulesView):
    with pytest.raises(BadInput):
        await hall.does(turns.set_floor_rules, hall.chair, rules)
    assert (await hall.seen()).floor.rules == FloorRulesView()

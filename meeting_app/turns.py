"""The rules of the floor: in which order people are called, and for how long they speak.

Three orders: as registered; by unit, so that no unit speaks twice while another waits for its first turn; and by time
already spoken, who spoke least first. Screens show the queues in this order; the chair may call anybody all the same.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin
from meeting_app.errors import AlreadySo, BadInput
from meeting_app.events import Event, append
from meeting_app.models import TURN_ORDERS, FloorRules
from meeting_app.views import FloorRulesView, as_data

LIMIT_MAX_S = 4 * 3600


async def set_floor_rules(session: AsyncSession, actor: Actor, rules: FloorRulesView, now: datetime) -> Event:
    """From now on; who speaks keeps the limit they have. Event `floor_rules_set`. Raises `BadInput`, `AlreadySo`."""
    meeting = await begin(session, actor, "set_floor_rules")
    if rules.turn_order not in TURN_ORDERS:
        raise BadInput(f"nobody is called by {rules.turn_order}", "turn_order")
    for field in ("speech_limit_s", "question_limit_s", "unit_budget_s"):
        if not 0 <= getattr(rules, field) <= LIMIT_MAX_S:
            raise BadInput("a limit is not negative, and four hours at most", field)
    if rules == await rules_of(session, meeting.id):
        raise AlreadySo("these are the rules", "rules")
    await session.merge(FloorRules(meeting_id=meeting.id, **vars(rules)))
    await session.flush()
    return await append(session, meeting, actor.participant, "floor_rules_set", {"rules": as_data(rules)}, now)


async def rules_of(session: AsyncSession, meeting_id: str) -> FloorRulesView:
    row = await session.get(FloorRules, meeting_id)
    if row is None:
        return FloorRulesView()
    return FloorRulesView(row.turn_order, row.speech_limit_s, row.question_limit_s, row.unit_budget_s)

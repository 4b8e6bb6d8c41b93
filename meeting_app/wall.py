"""What the screens of the hall show: what happens by itself, or what chair or secretary chose."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin
from meeting_app.errors import AlreadySo, BadInput
from meeting_app.events import Event, append
from meeting_app.models import WALL_SHOWS, WallChoice


async def show_on_wall(session: AsyncSession, actor: Actor, shows: str, now: datetime) -> Event:
    """Until it is chosen anew; `auto` follows what happens. Event `wall_set`. Raises `BadInput`, `AlreadySo`."""
    meeting = await begin(session, actor, "show_on_wall")
    if shows not in WALL_SHOWS:
        raise BadInput(f"a wall does not show {shows}", "shows")
    if shows == await shown_on_wall(session, meeting.id):
        raise AlreadySo(f"the walls show {shows}", "shows")
    await session.merge(WallChoice(meeting_id=meeting.id, shows=shows))
    await session.flush()
    return await append(session, meeting, actor.participant, "wall_set", {"shows": shows}, now)


async def shown_on_wall(session: AsyncSession, meeting_id: str) -> str:
    row = await session.get(WallChoice, meeting_id)
    return "auto" if row is None else row.shows

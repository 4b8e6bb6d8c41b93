"""What somebody draws for themselves on a page; like a note it is in no log and on nobody else's screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.acting import Actor, begin, find_participant
from meeting_app.documents.reading import readable, reader_of
from meeting_app.errors import BadInput, InkFull
from meeting_app.models import INK_TOOLS, InkStroke

LONGEST_STROKE = 400  # places; a page begins another stroke where one is longer
STROKES_A_PAGE = 500
STROKES_A_MEETING = 5_000  # of one person; a stroke is a few hundred bytes
FARTHEST = 144_000  # tenths of a point: the largest page of ISO 32000-1 C.2


@dataclass(frozen=True)
class Stroke:
    id: str
    tool: str
    points: tuple[int, ...]  # as `InkStroke.points`


async def draw(session: AsyncSession, actor: Actor, version: str, page: int, stroke: Stroke, now: datetime) -> None:
    """Keep a stroke; one whose id is known is left as it is. Raises `NotFound`, `BadInput`, `InkFull`."""
    meeting = await begin(session, actor, "keep_note", actor.participant)
    drawer = await find_participant(session, meeting, actor.participant or "")
    found = await readable(session, meeting.id, await reader_of(session, drawer.id), version)
    if not 1 <= page <= (found.version.pages or 0):
        raise BadInput(f"the paper has {found.version.pages} pages", "page")
    if stroke.tool not in INK_TOOLS:
        raise BadInput(f"nothing draws as {stroke.tool}", "tool")
    _check(stroke.points)
    if await session.get(InkStroke, (drawer.id, stroke.id)) is not None:
        return
    own = select(func.count()).where(InkStroke.participant_id == drawer.id)
    here = own.where(InkStroke.version_id == version, InkStroke.page == page)
    for drawn, most in ((here, STROKES_A_PAGE), (own, STROKES_A_MEETING)):
        if (await session.scalar(drawn) or 0) >= most:
            raise InkFull(f"no more than {most} strokes are kept", "page")
    session.add(
        InkStroke(
            participant_id=drawer.id,
            id=stroke.id,
            meeting_id=meeting.id,
            version_id=version,
            page=page,
            tool=stroke.tool,
            points=",".join(map(str, stroke.points)),
            drawn_at=now,
        )
    )
    await session.flush()


async def rub_out(session: AsyncSession, actor: Actor, stroke: str) -> None:
    """Take a stroke away; one that is gone already is no error."""
    await begin(session, actor, "keep_note", actor.participant)
    own = InkStroke.participant_id == actor.participant
    await session.execute(delete(InkStroke).where(own, InkStroke.id == stroke))


async def has_drawn(session: AsyncSession, participant: str, stroke: str) -> bool:
    """Whether there is such a stroke to take away."""
    return await session.get(InkStroke, (participant, stroke)) is not None


async def ink_on(session: AsyncSession, participant: str, version: str, page: int) -> list[Stroke]:
    """One's own strokes on a page, the oldest first."""
    rows = await session.scalars(
        select(InkStroke)
        .where(InkStroke.participant_id == participant, InkStroke.version_id == version, InkStroke.page == page)
        .order_by(InkStroke.drawn_at, InkStroke.id)
    )
    return [Stroke(row.id, row.tool, tuple(map(int, row.points.split(",")))) for row in rows]


def _check(points: Sequence[int]) -> None:
    """Raises `BadInput` for what is no line on a page."""
    if not points or len(points) % 2 or len(points) > 2 * LONGEST_STROKE:
        raise BadInput(f"a stroke has 1 to {LONGEST_STROKE} places", "points")
    x = y = 0
    for dx, dy in zip(points[::2], points[1::2], strict=True):
        x, y = x + dx, y + dy
        if not (0 <= x <= FARTHEST and 0 <= y <= FARTHEST):
            raise BadInput("a stroke leaves the page", "points")

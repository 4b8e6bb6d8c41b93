"""The sites of a meeting as screens show them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.models import Site
from meeting_app.views import SiteView


async def sites_of(session: AsyncSession, meeting_id: str) -> tuple[SiteView, ...]:
    """In the order in which they were added."""
    rows = await session.scalars(
        select(Site).where(Site.meeting_id == meeting_id, Site.removed_at.is_(None)).order_by(Site.seq)
    )
    return tuple(of_site(row) for row in rows)


def of_site(row: Site) -> SiteView:
    return SiteView(row.id, row.name, row.unit, row.capacity)

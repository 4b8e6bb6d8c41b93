"""Papers that name their readers: each screen is told its own, because groups are told by role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import documents
from meeting_app.documents import Reader
from meeting_app.documents.rules import NAMED
from meeting_app.views import DocumentView, ShownView
from signaling import views
from signaling.messages import OwnPapers
from signaling.push import Pushes
from signaling.seat import Seat

NONE = OwnPapers()


@dataclass(frozen=True)
class NamedPapers:
    """Those of a meeting, and who its people are as readers."""

    papers: tuple[DocumentView, ...]
    shown: ShownView | None
    readers: Mapping[str, Reader]

    def of(self, seat: Seat) -> OwnPapers | None:
        """None for who finds them in the snapshot."""
        if not self.papers:
            return None if seat.role in views.LEADERS else NONE
        reader = self.readers.get(seat.participant)
        return views.own_papers(self.papers, self.shown, reader) if reader is not None else NONE


async def named_papers(session: AsyncSession, meeting: str) -> NamedPapers:
    papers = tuple(paper for paper in await documents.all_of(session, meeting) if paper.audience == NAMED)
    if not papers:
        return NamedPapers((), None, {})
    shown = await documents.shown(session, meeting)
    return NamedPapers(papers, shown, await documents.readers_among(session, meeting))


async def tell(pushes: Pushes, named: NamedPapers, seats: Iterable[Seat], *, anew: bool = False) -> None:
    """Push to each what changed for it; `anew`: also to those for whom nothing did."""
    for seat in list(seats):
        own = named.of(seat)
        if own is not None and (anew or own != seat.papers):
            seat.papers = own
            await pushes.to(seat.sid, own)

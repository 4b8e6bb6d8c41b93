"""What those who take a seat are told first: the meeting as it is now, or what they missed of it.

Three hundred who come back at once are greeted from one reading of the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import events, meetings, votes
from meeting_app.events import Event
from meeting_app.permissions import may
from signaling import own_papers, turn, views
from signaling.clock import as_text
from signaling.house import House
from signaling.lobby import Lobby
from signaling.messages import Choice, Knock, Meeting, OwnBallot, Presence, Role, Welcome
from signaling.own_papers import NamedPapers
from signaling.seat import Seat

RESUME_AT_MOST = 500  # events; beyond it a snapshot is smaller


@dataclass(frozen=True)
class Greeting:
    """One moment of a meeting, as several are told it."""

    meeting: str
    house: House
    seq: int
    whole: Mapping[Role, Meeting]
    missed: Sequence[Event]  # by the one who was away longest, of those who can be told so
    vote: str | None
    cast: Mapping[str, Choice | None]  # by participant; None: in a secret vote
    named: NamedPapers
    knocks: tuple[Knock, ...]

    def of(self, seat: Seat, presence: tuple[Presence, ...], now: datetime) -> Welcome:
        """For one of those whose seats it was read for; `now` is when it is told, to set screens' clocks by."""
        resumes = _can_resume(seat.last_seq, self.seq)
        unseen = [one for one in self.missed if one.seq > seat.last_seq] if resumes else []
        has_cast = seat.participant in self.cast
        return Welcome(
            me=seat.participant,
            role=seat.role,
            may=views.commands_of(seat.role),
            seq=self.seq,
            now=as_text(now),
            demo=self.house.settings.demo,
            meeting=None if resumes else self.whole[seat.role],
            events=views.missed(unseen, seat.role, self.whole[seat.role]),
            presence=presence,
            ballot=OwnBallot(vote=self.vote, choice=self.cast[seat.participant]) if has_cast else None,
            papers=self.named.of(seat),
            knocks=self.knocks if admits(seat.role) else (),
            ice_servers=turn.ice_servers(self.house.settings, seat.participant, now),
            media_known=self.house.media.knows(self.meeting, seat.participant),
        )


def admits(role: Role) -> bool:
    return may(role, "admit", own=False)


async def read(session: AsyncSession, house: House, meeting: str, seats: Collection[Seat], lobby: Lobby) -> Greeting:
    """The greeting of these seats. Raises `NotFound`."""
    snapshot = await meetings.snapshot(session, meeting, house.clock.utc())
    known = [seat.last_seq for seat in seats if _can_resume(seat.last_seq, snapshot.seq)]
    vote = snapshot.meeting.vote
    return Greeting(
        meeting,
        house,
        snapshot.seq,
        whole={role: views.meeting(snapshot.meeting, role) for role in {seat.role for seat in seats}},
        missed=await events.since(session, meeting, min(known), RESUME_AT_MOST) if known else (),
        vote=None if vote is None else vote.id,
        cast={} if vote is None else await votes.own_ballots(session, vote),
        named=await own_papers.named_papers(session, meeting),
        knocks=await lobby.knocks(session),
    )


def _can_resume(last_seq: int | None, seq: int) -> bool:
    return last_seq is not None and max(0, seq - RESUME_AT_MOST) <= last_seq <= seq

"""How every verb of a meeting begins: its row is locked, then actor, right and state are checked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app.errors import NotAllowed, NotFound, OutOfReach
from meeting_app.models import Meeting, Participant, Unit
from meeting_app.permissions import SYSTEM, actions_of, may
from meeting_app.states import check_possible

LOCKED = "the transaction, and the meeting whose row it holds"


@dataclass(frozen=True)
class Officer:
    """Who acts in the organisation: what is at or below `unit_path` is the officer's own.

    `elsewhere` are roles at other units, each with the path of its unit.
    """

    role: str
    unit_path: str = "/"
    elsewhere: tuple[tuple[str, str], ...] = ()

    @property
    def roles(self) -> tuple[tuple[str, str], ...]:
        """Each role with the path at or below which it holds."""
        return (self.role, self.unit_path), *self.elsewhere

    @property
    def actions(self) -> tuple[str, ...]:
        """Whatever the officer may do somewhere."""
        return tuple(sorted({action for role, _ in self.roles for action in actions_of(role)}))

    def may(self, action: str, unit_path: str) -> bool:
        return any(may(role, action, own=unit_path.startswith(path)) for role, path in self.roles)

    def check(self, action: str, unit_path: str) -> None:
        """Raises `OutOfReach`."""
        if not self.may(action, unit_path):
            raise OutOfReach(f"{self.role} may not {action} there", "unit")

    def reach(self, action: str) -> tuple[str, ...]:
        """The paths at or below which the officer may do `action`. Raises `OutOfReach` where that is nowhere."""
        if any(may(role, action, own=False) for role, _ in self.roles):
            return ("/",)
        paths = tuple(path for role, path in self.roles if may(role, action, own=True))
        if not paths:
            raise OutOfReach(f"{self.role} may {action} nowhere", "unit")
        return paths


@dataclass(frozen=True)
class Actor:
    """Who acts in a meeting."""

    meeting: str
    participant: str | None = None  # None: an officer, or the system itself
    officer: Officer | None = None  # who prepares the meeting from outside


SYSTEM_OFFICER = Officer(SYSTEM)


async def begin(session: AsyncSession, actor: Actor, action: str, concerns: str | None = None) -> Meeting:
    """The locked meeting, when the actor may do `action` now; `concerns` names the participant it is done to.

    The role is read from the row at this moment: a person who was removed can do nothing more, whatever their
    connection believes. Raises `NotFound`, `NotAllowed`, `WrongState`, `MeetingClosed`.
    """
    meeting = await lock(session, actor.meeting)
    role = SYSTEM
    if actor.officer is not None:
        holder = await session.get_one(Unit, meeting.unit_id)
        actor.officer.check(action, holder.path)
    elif actor.participant is not None:
        participant = await session.get(Participant, actor.participant)
        if participant is None or participant.meeting_id != meeting.id or participant.removed_at is not None:
            raise NotAllowed("the actor does not take part in this meeting", "actor")
        role = participant.role
    own = concerns is not None and concerns == actor.participant
    if actor.officer is None and not may(role, action, own=own):
        raise NotAllowed(f"{role} may not {action}", "actor")
    check_possible(action, meeting.state)
    return meeting


async def lock(session: AsyncSession, meeting_id: str) -> Meeting:
    """The meeting's row, read anew; until the transaction ends nobody else changes this meeting."""
    transaction = session.sync_session.get_transaction()
    held_in, held = session.info.get(LOCKED, (None, None))
    # Where a savepoint was rolled back the row has to be read again.
    if held_in is transaction is not None and not inspect(held).expired_attributes and held.id == meeting_id:
        return held
    meeting = await session.scalar(
        select(Meeting).where(Meeting.id == meeting_id).with_for_update().execution_options(populate_existing=True)
    )
    if meeting is None:
        raise NotFound("no such meeting", "meeting")
    session.info[LOCKED] = session.sync_session.get_transaction(), meeting
    return meeting


async def find_participant(session: AsyncSession, meeting: Meeting, participant_id: str) -> Participant:
    """Somebody who takes part in the locked meeting. Raises `NotFound`."""
    participant = await session.get(Participant, participant_id)
    if participant is None or participant.meeting_id != meeting.id or participant.removed_at is not None:
        raise NotFound("nobody of this meeting has that id", "participant")
    return participant

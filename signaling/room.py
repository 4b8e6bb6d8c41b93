"""The media side of one meeting: rights go down to workers and browsers, what workers hear comes back.

What is said states what should be, not what changed, because a worker may be slow: so order does not matter, no
lock of the hall is held, and whoever changed something does not wait for it (`follow`).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import cached_property

import structlog

from sfu import control
from signaling import standing, views
from signaling.errors import Refusal
from signaling.house import House
from signaling.media import RoomAdopted, RoomEvent, RoomLost, RoomReady
from signaling.messages import (
    AnyMedia,
    AnyPush,
    MediaCompanion,
    MediaGone,
    MediaOffer,
    MediaPublish,
    MediaSlot,
    MediaWatch,
    PermitChanged,
    Point,
    Presence,
    PresenceChanged,
    Result,
    VoicesChanged,
)
from signaling.pointing import Pointing
from signaling.seat import Seat
from signaling.standing import Standing
from signaling.telling import Telling

log = structlog.get_logger("signaling.room")


@dataclass(eq=False)
class Room:
    """Who sits in a meeting, as the hall says, and what passes between them."""

    meeting: str
    house: House
    telling: Telling
    standing: Standing
    seats: dict[str, Seat] = field(default_factory=dict)  # by participant
    changed: set[str] = field(default_factory=set)  # participants whose presence is to be told
    voices: VoicesChanged | None = None  # told to who comes later; None: nobody is heard
    rights_told: Standing | None = None  # what workers and browsers last learnt their rights from
    unseated: set[str] = field(default_factory=set)  # whose sound and picture end, unless they sit here again
    _is_to_follow: bool = False  # something changed that no telling has begun with
    _following: asyncio.Task[None] | None = None  # ends when all is told
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @cached_property
    def _pointing(self) -> Pointing:
        return Pointing(self.telling, self.seats)

    async def handle(self, seat: Seat, message: AnyMedia) -> Result:
        """What a browser sends and sees. Raises `Refusal`, `WorkerGone`."""
        media, participant = self.house.media, seat.participant
        match message:
            case MediaPublish():
                claims = {
                    "microphone": message.microphone,
                    "camera": message.camera,
                    "screen": message.screen,
                }
                seat.claims = frozenset(kind for kind, is_on in claims.items() if is_on)
                self.changed.add(participant)
                return Result(ok=True)
            case MediaWatch():
                await media.watch(self.meeting, participant, message.wishes, again=not seat.has_watched)
                seat.has_watched = True
                return Result(ok=True)
            case Point():
                self._pointing.move(participant, self.standing.shown, message)
                return Result(ok=True)
            case MediaCompanion():
                seat.is_companion = message.on
                if message.on:
                    seat.claims = frozenset()
                    await media.leave(self.meeting, participant)
                self.changed.add(participant)
                await self.tell_rights()
                return Result(ok=True)
            case MediaOffer():
                if seat.is_companion:
                    raise Refusal("companion")
                if not self.standing.doors_open:
                    raise Refusal("closed" if self.standing.is_over else "wrong_state")
                reply = await media.offer(self.meeting, participant, message, self.standing.rights(participant))
                now = self.seats.get(participant)
                if now is None or now.is_companion:
                    # Whoever ended this connection while the worker answered found nothing there to end.
                    await media.leave(self.meeting, participant)
                if now is not seat:
                    raise Refusal("not_admitted")  # the newer seat's own offer takes the place of this one
                await self.tell_rights()  # they may have changed meanwhile
                slots = tuple(MediaSlot(slot.slot, slot.kind) for slot in reply.slots or ())
                return Result(ok=True, answer=reply.answer, slots=slots)

    def follow(self) -> None:
        """Have workers and browsers learn how the meeting stands, as soon as they take it in."""
        self._is_to_follow = True
        if self._following is None or self._following.done():
            self._following = asyncio.create_task(self._follow())

    async def close(self) -> None:
        if self._following is not None:
            self._following.cancel()
            await asyncio.wait({self._following})

    async def _follow(self) -> None:
        while self._is_to_follow:
            self._is_to_follow = False
            try:
                await self.hang_up()
                await self.tell_rights()
            except Exception:
                # Nobody awaits this; it is told with what changes next.
                log.exception("rights_not_told", meeting=self.meeting)

    async def hang_up(self) -> None:
        """A device whose session ended hears and sees no more, whatever its page does."""
        unseated, self.unseated = self.unseated, set()
        for participant in unseated:
            seat = self.seats.get(participant)
            if seat is None or seat.is_companion:
                await self.house.media.leave(self.meeting, participant)

    async def tell_rights(self) -> None:
        """Make workers and browsers know what each may send, as the meeting stands now."""
        media, pushes = self.house.media, self.house.pushes
        async with self._lock:
            known = self.standing
            if known.is_over:
                await media.close_room(self.meeting)
                self.rights_told = known
                return
            for gone in [one for one in media.peers(self.meeting) if one not in self.standing.roles]:
                await media.leave(self.meeting, gone)
            await media.permit(self.meeting, {one: self.standing.rights(one) for one in media.peers(self.meeting)})
            await media.hold(self.meeting, self.standing.held_voices)
            for seat in list(self.seats.values()):
                rights = standing.NOTHING if seat.is_companion else self.standing.rights(seat.participant)
                if rights != seat.permitted:
                    seat.permitted = rights
                    self.changed.add(seat.participant)
                    await pushes.to(seat.sid, PermitChanged(publish=tuple(sorted(rights))))
            self.rights_told = known

    async def heard(self, event: RoomEvent) -> None:
        """Something happened in this meeting's room on a worker."""
        media, pushes = self.house.media, self.house.pushes
        match event:
            case control.Voices():
                self.voices = VoicesChanged(slots=event.slots, speaking=event.speaking)
                await self.to_all(self.voices)
            case RoomLost():
                self.voices = None
                await self.to_all(MediaGone(ready=False))
            case RoomReady():
                await self.to_all(MediaGone(ready=True))
            case RoomAdopted():
                for seat in self.seats.values():
                    seat.has_watched = False
                    if not seat.is_companion:
                        media.claim(self.meeting, seat.participant)
                companions = [seat.participant for seat in self.seats.values() if seat.is_companion]
                await asyncio.gather(*(media.leave(self.meeting, one) for one in companions))
                await self.tell_rights()
            case control.Demand() | control.SlotChanged() | control.Quality() | control.PeerLost():
                seat, message = self.seats.get(event.peer), views.of_worker(event)
                if seat is not None and message is not None:
                    await pushes.to(seat.sid, message)

    async def to_all(self, message: AnyPush) -> None:
        self.telling.flush()
        self.house.pushes.to_group(self.telling.people, message)
        self.house.pushes.to_group(self.telling.walls, message)

    async def tell_presence(self) -> None:
        """What changed since it was told last."""
        changed, self.changed = self.changed, set()
        shown = [one for one in changed if self.standing.roles.get(one) != views.WALL]
        if shown:
            await self.to_all(PresenceChanged(changes=tuple(map(self.presence, shown))))

    def everybody(self) -> tuple[Presence, ...]:
        """Of all who sit here, walls aside."""
        return tuple(self.presence(seat.participant) for seat in self.seats.values() if seat.role != views.WALL)

    def presence(self, participant: str) -> Presence:
        """Who is here and what really leaves their device: what they say they send, where it is let through."""
        seat = self.seats.get(participant)
        if seat is None:
            return Presence(participant=participant, online=False)
        sends = seat.claims & (seat.permitted or standing.NOTHING)
        return Presence(
            participant=participant,
            online=True,
            microphone="microphone" in sends,
            camera="camera" in sends,
            screen="screen" in sends,
        )

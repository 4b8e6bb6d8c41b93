"""The socket side of one meeting: who comes and goes, and what follows a command.

Everything that changes the meeting happens under the hall's lock: write, commit, push. So pushes leave in the
order of the log, and a welcome never misses an event nor repeats one. What follows for media (`room`) happens beside
that, because a worker may be slow: no lock is held meanwhile, and no answer waits for it.

Arrivals are seated in batches: three hundred people who come back at once cost a few transactions, not three
hundred. Absence is noticed late on purpose: a reload or a weak line is no departure.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeVar

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from meeting_app import attendance, events, meetings, sessions
from meeting_app.acting import Actor, lock
from meeting_app.commands import Answer
from meeting_app.errors import NotRecorded
from meeting_app.events import Event
from meeting_app.permissions import UNCOUNTED
from signaling import greeting, own_papers, standing, verbs, views
from signaling.errors import Refusal
from signaling.house import House
from signaling.lobby import Lobby
from signaling.messages import AnyCommand, Ended, Result, Role
from signaling.room import Room
from signaling.seat import Seat, Waiter
from signaling.standing import Standing
from signaling.telling import Telling
from signaling.upkeep import Duty, Upkeep
from signaling.verbs import Outcome
from signaling.writing import Writing

ENDED_AT_MOST = 1000  # sessions that are known to have ended; one that is on its way to a seat is there in no time
SEATED_ALWAYS: frozenset[Role] = frozenset({"chair", "secretary", "site_operator", "big_screen"})

log = structlog.get_logger("signaling.meeting")

T = TypeVar("T")


@dataclass(eq=False)
class Hall:
    """One meeting. Made by `open_hall`."""

    meeting: str
    house: House
    lobby: Lobby
    room: Room
    told: int  # the number of the last event that `standing` knows
    absent_until: dict[str, float] = field(default_factory=dict)  # participant → when absence is certain
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _arriving: list[Seat] = field(default_factory=list)
    _answering: int = 0  # commands whose answer is not sent yet
    _changing: int = 0  # changes from outside that are not told yet, and who comes to the door
    _may_be_behind: bool = False  # the log, or the door: what was written may not have been told
    _returning: list[str] = field(default_factory=list)  # who may be here while the log has them as away
    _ending: list[tuple[str, str]] = field(default_factory=list)  # connections to close, and why
    _ended: deque[str] = field(default_factory=lambda: deque(maxlen=ENDED_AT_MOST))  # the last sessions that ended
    _writer: asyncio.Task[None] | None = None  # ends when nothing waits to be written

    @property
    def _system(self) -> Actor:
        return Actor(self.meeting)

    @property
    def standing(self) -> Standing:
        return self.room.standing

    @property
    def seats(self) -> dict[str, Seat]:
        return self.room.seats

    @property
    def _telling(self) -> Telling:
        return self.room.telling

    @cached_property
    def _writing(self) -> Writing:
        return Writing(self._writing_rows, self._carry_out)

    @cached_property
    def _upkeep(self) -> Upkeep:
        duties = (
            Duty(lambda _now: self._may_be_behind, lambda _now: self._catch_up()),
            Duty(lambda now: now >= self.lobby.look_at, lambda now: self._look_over_lobby(now)),
            Duty(lambda _now: bool(self._returning), lambda _now: self._check_in_returning()),
            Duty(lambda now: bool(self._gone(now)), lambda now: self._note_absence(now)),
        )
        return Upkeep(self.meeting, duties, self._turn)

    @property
    def is_empty(self) -> bool:
        here = self.seats or self.lobby.waiters or self.absent_until or self._arriving or self._ending
        # A hall opened beside one that changes would not learn of the change.
        return not (here or self._changing or self._upkeep.is_at_work)

    # Coming and going ---------------------------------------------------------------------------------

    def check_room(self, participant: str, role: Role) -> None:
        """Raises `Refusal` when no seat is left; those who lead the meeting always have one."""
        limit = self.house.settings.seats
        is_full = len(self.seats) + len(self._arriving) >= limit
        if is_full and participant not in self.seats and role not in SEATED_ALWAYS:
            raise Refusal("full", seats=limit)

    async def sit(self, seat: Seat) -> None:
        """Seat a connection and welcome it; an older one of the same participant is replaced."""
        self._arriving.append(seat)
        await self._seat_arrivals()

    async def _seat_arrivals(self) -> None:
        async with self._lock:
            arriving, self._arriving = self._arriving, []
            batch = [seat for seat in arriving if not self._is_too_late(seat)]
            # Nothing is awaited before all are seated, so that `drop` finds each either arriving or seated.
            replaced = [self._take_seat(seat) for seat in batch]
            try:
                for older in filter(None, replaced):
                    await self.house.pushes.end(older.sid, Ended(reason="replaced"))
                self._returning += [seat.participant for seat in batch]
                await self._check_in_now_or_later()
                await self._welcome([seat for seat in batch if self.seats.get(seat.participant) is seat])
            except Exception:
                # Without a welcome a page would wait for ever; cut off, it comes back by itself.
                log.exception("welcome_failed", meeting=self.meeting, seats=len(batch))
                for seat in batch:
                    await self.house.pushes.cut(seat.sid)
        self.room.follow()

    def _is_too_late(self, seat: Seat) -> bool:
        """The meeting or the session ended, or they were shown out, between the look at the cookie and now."""
        reasons = {
            "removed": seat.participant not in self.standing.roles,
            "closed": self.standing.is_over,
            "revoked": seat.session in self._ended,
        }
        reason = next((reason for reason, holds in reasons.items() if holds), None)
        if reason is not None:
            self._ending.append((seat.sid, reason))
        return reason is not None

    def _take_seat(self, seat: Seat) -> Seat | None:
        """Whose place it takes, if anybody's."""
        older = self.seats.get(seat.participant)
        self.seats[seat.participant] = seat
        self.absent_until.pop(seat.participant, None)
        if seat.is_companion:
            self.room.unseated.add(seat.participant)
        else:
            self.house.media.claim(self.meeting, seat.participant)
        self.room.changed.add(seat.participant)
        return older

    async def _welcome(self, batch: list[Seat]) -> None:
        if not batch:  # somebody who came later was seated with us
            return
        pushes = self.house.pushes
        self._telling.flush()  # the snapshot has what waits
        async with self.house.database.reading() as session:
            told = await greeting.read(session, self.house, self.meeting, batch, self.lobby)
        presence, now = self.room.everybody(), self.house.clock.utc()
        for seat in batch:
            if self.seats.get(seat.participant) is not seat:
                continue  # gone again while the rows were read
            await pushes.enter(seat.sid, *self._telling.groups_of(seat.role))
            if greeting.admits(seat.role):
                await pushes.enter(seat.sid, self.lobby.door)
            welcome = told.of(seat, presence, now)
            seat.papers = welcome.papers
            await pushes.to(seat.sid, welcome)
            if self.room.voices is not None:
                await pushes.to(seat.sid, self.room.voices)

    async def _check_in(self, participants: Iterable[str]) -> None:
        """Those who are here count as present; told to who is here already."""
        if not self.standing.doors_open:
            return
        comers = [
            one
            for one in participants
            if one not in self.standing.present
            and one in self.standing.roles
            and self.standing.roles[one] not in UNCOUNTED
        ]
        if not comers:
            return
        now = self.house.clock.utc()
        async with self._writing_rows() as session:
            happened = await attendance.check_in_each(session, self._system, comers, now)
        await self._tell(happened)

    async def wait(self, waiter: Waiter) -> None:
        """Keep a connection in the lobby until somebody decides. Raises `Refusal` when its address has too many."""
        self._changing += 1  # nobody else may be here, and a closed hall is not looked after
        try:
            async with self._lock:
                await self.lobby.take_in(waiter)
        finally:
            self._changing -= 1

    def call_in(self, session: str) -> bool:
        """Take somebody out of the lobby to be seated; False when that was done already."""
        return self.lobby.call_in(session) is not None

    def seat_of(self, sid: str) -> Seat | None:
        return next((seat for seat in self.seats.values() if seat.sid == sid), None)

    def drop(self, sid: str) -> None:
        """A connection ended; a newer one of the same person may have taken its place before."""
        self._arriving = [seat for seat in self._arriving if seat.sid != sid]
        seat = self.seat_of(sid)
        if seat is not None:
            del self.seats[seat.participant]
            self.room.changed.add(seat.participant)
            self._expect(seat.participant, self.house.settings.absence_grace_s)
            return
        self.lobby.drop(sid)

    def expect_back(self) -> None:
        """After a restart: who is present by the log has a while to return."""
        for participant in self.standing.present - self.standing.in_person - self.seats.keys():
            self._expect(participant, self.house.settings.orphan_grace_s)

    def _expect(self, participant: str, grace_s: float) -> None:
        self.absent_until[participant] = self.house.clock.seconds() + grace_s

    # Commands -----------------------------------------------------------------------------------------

    async def command(self, seat: Seat, command: AnyCommand) -> Result:
        """Carry a command out once, and tell everybody concerned. Raises `MeetingError`."""
        asked = self._writing.ask(Actor(self.meeting, seat.participant), command, self.house.clock.utc())
        self._answering += 1
        try:
            if self._writer is None or self._writer.done():
                self._writer = asyncio.create_task(self._write_all())
            answer = await asked.answer
            await self._let_follow()
        finally:
            self._answering -= 1
        return Result(ok=True, seq=answer.seq)

    async def _let_follow(self) -> None:
        """What waits for the lock to be free: seats for those who arrive; and media."""
        if self._arriving:
            await self._seat_arrivals()
        elif self.room.unseated or self.standing is not self.room.rights_told:
            self.room.follow()

    @asynccontextmanager
    async def _writing_rows(self) -> AsyncIterator[AsyncSession]:
        """As `Database.writing`. What the database did not answer for may be committed: the next tick looks."""
        try:
            async with self.house.database.writing() as session:
                yield session
        except NotRecorded:
            self._may_be_behind = True
            raise

    async def _carry_out(
        self, session: AsyncSession, asked: Sequence[tuple[Actor, AnyCommand, datetime]]
    ) -> list[Answer[Outcome]]:
        return await verbs.each_once(session, asked, self.house.vote_keys, self.house.seal)

    async def _write_all(self) -> None:
        """Carry out what was asked for, and let each go on as soon as it was told, whoever comes behind."""
        while self._writing.is_due:
            await self._writing.gather()
            async with self._lock:
                for written in await self._writing.write():
                    try:
                        answer = written.written
                        # Of a secret ballot that comes again there is no number.
                        if not answer.repeated or answer.seq is None or answer.seq > self.told:
                            await self._follow(answer.outcome or Outcome())
                    except Exception:
                        # It is done and stays done: the answer says so, and what follows for media follows.
                        self._may_be_behind = True
                        log.exception("telling_failed", meeting=self.meeting, command=type(written.command).__name__)
                    written.settle()
                await self._check_in_now_or_later()

    async def _check_in_now_or_later(self) -> None:
        """Whoever cannot be noted as here is at a later tick, and sits here all the same. The lock is held."""
        try:
            await self._check_in_returning()
        except NotRecorded as error:
            log.warning("check_in_put_off", meeting=self.meeting, cause=str(error))
        except Exception:  # what was asked for is done, and who comes in is welcomed, whatever this was
            log.exception("check_in_failed", meeting=self.meeting)

    async def _check_in_returning(self) -> None:
        """After all that was committed together is told: these events come after it in the log. The lock is held."""
        tried = self._returning.copy()
        await self._check_in(one for one in dict.fromkeys(tried) if one in self.seats)
        del self._returning[: len(tried)]  # to tell of them may have shown that others return

    async def change(self, write: Callable[[AsyncSession], Awaitable[tuple[T, Sequence[Event]]]]) -> T:
        """Make a change that was asked for outside the hall, and tell it. Raises `MeetingError`."""
        self._changing += 1  # before anything is awaited: nobody may sit here
        try:
            async with self._lock:
                async with self._writing_rows() as session:
                    answer, happened = await write(session)
                try:
                    await self._tell(happened)
                    await self._check_in_returning()
                except Exception:
                    # As with a command: it is done.
                    self._may_be_behind = True
                    log.exception("telling_failed", meeting=self.meeting)
            self.room.follow()
        finally:
            self._changing -= 1
        return answer

    async def _follow(self, outcome: Outcome) -> None:
        """Tell what a committed command did; who was admitted is arriving from here on. The lock is held."""
        await self._tell(outcome.events)
        for admission in outcome.admissions:
            if admission.replaced is not None:
                await self._end_session(admission.replaced, "replaced")
            self._let_in(admission.session, admission.participant)
        if outcome.refused is not None:
            await self._end_session(outcome.refused, "refused")
        if outcome.admissions or outcome.refused is not None:
            await self.lobby.tell()

    def _let_in(self, session: str, participant: str) -> None:
        """Who waits with this session, if anybody does, is arriving from here on."""
        waiter = self.lobby.call_in(session)
        if waiter is not None:
            role = self.standing.roles[participant]
            self._arriving.append(Seat(waiter.sid, waiter.session, participant, role, waiter.language, None))

    async def _catch_up(self) -> None:
        """Follow what was committed without our learning of it, in the log and at the door. The lock is held."""
        async with self.house.database.writing() as session:
            await lock(session, self.meeting)  # whoever held it before has ended, one way or the other
            seats = (*self.seats.values(), *self._arriving)
            devices = self.lobby.waiters.keys() | {seat.session for seat in seats}
            owners = await sessions.owners(session, devices)
        await self._tell(())
        for device in devices - owners.keys():
            await self._end_session(device, "refused" if device in self.lobby.waiters else "revoked")
        for device, participant in owners.items():
            if participant is not None:
                self._let_in(device, participant)
        await self.lobby.tell()
        self._may_be_behind = False

    async def _tell(self, happened: Iterable[Event]) -> None:
        """Push committed events and do what follows from them. The lock is held.

        A connection to the database that breaks after the commit makes it look refused: what was committed so is told
        at the next tick, or before it with what comes next in the log, or when it is asked for again and found done.
        """
        happened = list(happened)
        if not happened or happened[0].seq != self.told + 1:
            async with self.house.database.reading() as session:
                happened = await events.since(session, self.meeting, self.told)
        named = None
        if any(event.name in views.CHANGE_PAPERS for event in happened):
            # Before anything is told: where this fails all of it is told later.
            async with self.house.database.reading() as session:
                named = await own_papers.named_papers(session, self.meeting)
        for event in happened:
            self.room.standing, self.told = self.standing.after(event), event.seq
            await self._forget_key(event)
        self._telling.tell(happened)
        if named is not None:
            anew = any(event.name in views.OF_READERS for event in happened)
            await own_papers.tell(self.house.pushes, named, self.seats.values(), anew=anew)
        for event in happened:
            if event.name in ("participant_removed", "participant_replaced"):
                await self._show_out(event.data["participant"], "removed")
            elif event.name == "site_removed":
                await self._show_out(event.data["operator"], "removed")
            elif event.name == "left":
                self._returning.append(event.data["participant"])
            elif event.name == "state_changed":
                if self.standing.is_over:
                    for participant in list(self.seats):
                        await self._show_out(participant, "closed")
                    self._ending += [(waiter.sid, "closed") for waiter in self.lobby.waiters.values()]
                else:
                    self._returning += self.seats

    async def _forget_key(self, event: Event) -> None:
        """A vote that takes no more ballots needs its key no more: they are counted, or will never be.

        A disk that refuses keeps nobody from being told; the next start destroys what is left.
        """
        ended = event.data.get("vote") if event.name in ("vote_closed", "vote_cancelled", "state_changed") else None
        if ended is not None:
            try:
                await asyncio.to_thread(self.house.vote_keys.destroy, ended)
            except OSError:
                log.critical("key_not_destroyed", meeting=self.meeting, vote=ended, exc_info=True)

    async def _show_out(self, participant: str, reason: str) -> None:
        """The seat is gone now, the connection at a tick: who closed the meeting gets the answer before."""
        seat = self.seats.pop(participant, None)
        self.absent_until.pop(participant, None)
        if seat is not None:
            self.room.changed.add(participant)
            await self.house.pushes.leave(seat.sid, *self._telling.groups_of(seat.role), self.lobby.door)
            self._ending.append((seat.sid, reason))

    # The door -----------------------------------------------------------------------------------------

    async def end_session(self, session: str, reason: str) -> None:
        """Close the connection of a session that is no longer valid."""
        async with self._lock:
            await self._end_session(session, reason)
        await self.room.hang_up()

    async def _end_session(self, session: str, reason: str) -> None:
        self._ended.append(session)
        await self.lobby.end(session, reason)
        for seat in list(self.seats.values()):
            if seat.session == session:
                del self.seats[seat.participant]
                self.room.unseated.add(seat.participant)
                self.room.changed.add(seat.participant)
                self._expect(seat.participant, self.house.settings.absence_grace_s)
                await self.house.pushes.end(seat.sid, Ended(reason=reason))

    async def knocked(self) -> None:
        """Somebody new stands at the door: those who may admit see it."""
        async with self._lock:
            await self.lobby.tell()

    # Time ---------------------------------------------------------------------------------------------

    async def tick(self, now: float) -> None:
        """Tell changed presence; note who is absent for certain. `now` in the clock's seconds."""
        if not self._answering:
            ending, self._ending = self._ending, []
            for sid, reason in ending:
                await self.house.pushes.end(sid, Ended(reason=reason))
        await self.room.tell_presence()
        self._upkeep.tick(now)

    async def settle(self) -> None:
        """Wait for what is being written."""
        await self._upkeep.settle()
        if self._writer is not None:
            await asyncio.wait({self._writer})

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """To do something because it is time, and what follows from it."""
        async with self._lock:
            yield
        await self._let_follow()

    async def _look_over_lobby(self, now: float) -> None:
        """The lock is held."""
        async with self._writing_rows() as session:
            dropped = await self.lobby.look_over(session, now)
        if dropped:
            await self.lobby.tell()

    def _gone(self, now: float) -> list[str]:
        return [one for one, until in self.absent_until.items() if until <= now]

    async def _note_absence(self, now: float) -> None:
        """Of those who stayed away too long. The lock is held."""
        gone = self._gone(now)
        if not gone:
            return  # they came back meanwhile
        at = self.house.clock.utc()
        async with self._writing_rows() as session:
            # Who sits in the hall is there without a connection.
            away = [one for one in gone if one not in self.standing.in_person]
            happened = [await attendance.leave(session, self._system, one, at) for one in away]
        await self._tell(event for event in happened if event is not None)
        for participant in gone:
            self.absent_until.pop(participant, None)
        self.room.unseated.update(gone)


async def open_hall(house: House, meeting: str) -> Hall:
    """The hall of a meeting as its rows say; who is present by the log is expected. Raises `NotFound`."""
    async with house.database.reading() as session:
        snapshot = await meetings.snapshot(session, meeting, house.clock.utc())
    view = snapshot.meeting
    room = Room(meeting, house, Telling(house.pushes, meeting), standing.of(view))
    hall = Hall(meeting, house, Lobby(meeting, view.title, house), room, snapshot.seq)
    hall.expect_back()
    return hall

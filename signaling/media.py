"""Which room is on which worker: joins, rights and wishes go down, what happens there comes back as events.

A room lives on one worker, the least loaded one when its first peer joins, and moves when that worker dies.
What a peer may publish and whose voices are held is remembered here, so that only changes travel.
Peers that a worker has and we did not send (this service was restarted) are adopted; whose owner does not
return in time is told to leave.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import structlog

from sfu import control
from signaling.clock import Clock
from signaling.errors import Refusal, WorkerGone
from signaling.link import Down, Link
from signaling.messages import MediaOffer, MediaWish, SourceKind

log = structlog.get_logger("signaling.media")


class RoomLost(msgspec.Struct, frozen=True):
    """The worker of a room died with all its connections."""

    room: str


class RoomReady(msgspec.Struct, frozen=True):
    """A worker is there for a room that had lost its own."""

    room: str


class RoomAdopted(msgspec.Struct, frozen=True):
    """A worker has this room from before; its peers' rights must be told anew."""

    room: str


RoomEvent = (
    RoomLost | RoomReady | RoomAdopted | control.PeerConnected | control.PeerLost | control.SourceChanged
    | control.Voices | control.Demand | control.SlotChanged | control.Quality
)  # fmt: skip


@dataclass(slots=True)
class _Peer:
    connection: int  # the number of its join; 0: an adopted one, whose number is not known
    publish: frozenset[SourceKind] | None = None  # None: an adopted one, not told since
    orphan_until: float | None = None  # None: its owner is connected


@dataclass(slots=True)
class _Room:
    link: Link | None = None  # None: no worker has it
    lost: bool = False  # its people wait for a worker
    peers: dict[str, _Peer] = field(default_factory=dict)
    held: tuple[str, ...] = ()
    told_held: tuple[str, ...] | None = None


class Media:
    """The directing side of all workers. `start` before use, `close` at the end."""

    def __init__(self, sockets: Sequence[Path], clock: Clock, orphan_grace_s: float) -> None:
        self._links = [Link(path, self._told) for path in sockets]
        self._names: dict[Link, str] = {}  # the reconciled worker of a link
        self._rooms: dict[str, _Room] = {}
        self._clock = clock
        self._orphan_grace_s = orphan_grace_s
        self._tell: Callable[[RoomEvent], Awaitable[None]] | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, tell: Callable[[RoomEvent], Awaitable[None]]) -> None:
        """Begin to look for the workers; what happens in rooms goes to `tell`, in order for each worker."""
        self._tell = tell
        self._tasks = [asyncio.create_task(link.run()) for link in self._links]

    async def close(self) -> None:
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def workers_up(self) -> int:
        return len(self._usable())

    def knows(self, room: str, peer: str) -> bool:
        """Whether a worker has this peer's connection."""
        place = self._rooms.get(room)
        return place is not None and peer in place.peers

    def peers(self, room: str) -> tuple[str, ...]:
        place = self._rooms.get(room)
        return tuple(place.peers) if place else ()

    async def offer(self, room: str, peer: str, offer: MediaOffer, publish: frozenset[SourceKind]) -> control.Reply:
        """The worker's answer to an offer: a new connection, or a restart of the one it has."""
        place = self._rooms.setdefault(room, _Room())
        if offer.restart and peer in place.peers and place.link is not None:
            try:
                reply = await place.link.ask(control.Offer, room=room, peer=peer, offer=offer.sdp)
            except Refusal as refusal:
                if refusal.code == "no_such_peer":
                    place.peers.pop(peer, None)
                raise
            await self.permit(room, {peer: publish})
            return reply
        if place.link is None or place.link.worker is None:
            place.link, place.told_held = self._least_loaded(), None
        if not place.peers:
            place.told_held = None  # a worker forgets a room that is empty, and who was held in it
        reply = await place.link.ask(control.Join, room=room, peer=peer, offer=offer.sdp, publish=_ordered(publish))
        place.peers[peer] = _Peer(reply.id, publish)
        await self._tell_held(room, place)
        return reply

    async def watch(self, room: str, peer: str, wishes: Iterable[MediaWish], again: bool = False) -> None:
        """What a peer's slots are to show; with `again`, the worker tells anew what it told before."""
        place = self._rooms.get(room)
        if place is None or place.link is None or peer not in place.peers:
            raise Refusal("no_such_peer")
        await place.link.ask(
            control.Watch,
            room=room,
            peer=peer,
            wishes=tuple(control.Wish(wish.slot, wish.source, wish.layer) for wish in wishes),
            again=again,
        )

    async def permit(self, room: str, rights: dict[str, frozenset[SourceKind]]) -> None:
        """Tell the worker what peers may publish, where that changed. Peers it does not have are passed over."""
        place = self._rooms.get(room)
        if place is None or place.link is None:
            return
        changed = {
            name: publish
            for name, publish in rights.items()
            if name in place.peers and place.peers[name].publish != publish
        }
        await asyncio.gather(*(self._permit(room, place, name, publish) for name, publish in changed.items()))

    async def _permit(self, room: str, place: _Room, name: str, publish: frozenset[SourceKind]) -> None:
        peer = place.peers.get(name)
        if peer is None:
            return  # it has left while others were told
        peer.publish = publish
        try:
            await place.link.ask(control.Permit, room=room, peer=name, publish=_ordered(publish))
        except WorkerGone:
            peer.publish = None  # told again when the worker is reconciled
        except Refusal:
            place.peers.pop(name, None)

    async def hold(self, room: str, peers: Iterable[str]) -> None:
        """Name the peers of a room whose voices come before others; the first speaks beside the stage."""
        held = tuple(peers)
        place = self._rooms.get(room)
        if place is None:
            place = self._rooms[room] = _Room()
        place.held = held
        await self._tell_held(room, place)

    def claim(self, room: str, peer: str) -> None:
        """The owner of an adopted peer is back."""
        place = self._rooms.get(room)
        if place is not None and peer in place.peers:
            place.peers[peer].orphan_until = None

    async def leave(self, room: str, peer: str) -> None:
        """End a peer's connection; nothing happens when there is none."""
        place = self._rooms.get(room)
        if place is None or place.peers.pop(peer, None) is None or place.link is None:
            return
        try:
            await place.link.ask(control.Leave, room=room, peer=peer)
        except (WorkerGone, Refusal) as error:
            # If it is still there, Describe brings it back as an orphan.
            log.info("leave_untold", room=room, peer=peer, cause=repr(error))

    async def close_room(self, room: str) -> None:
        place = self._rooms.pop(room, None)
        if place is None or place.link is None:
            return
        try:
            await place.link.ask(control.CloseRoom, room=room)
        except (WorkerGone, Refusal) as error:
            log.info("close_untold", room=room, cause=repr(error))

    async def end_orphans(self) -> None:
        """Tell adopted peers to leave whose owners stayed away."""
        now = self._clock.seconds()
        for room, place in list(self._rooms.items()):
            for name, peer in list(place.peers.items()):
                if peer.orphan_until is not None and peer.orphan_until <= now:
                    log.info("orphan_ended", room=room, peer=name)
                    await self.leave(room, name)

    def _least_loaded(self) -> Link:
        up = self._usable()
        if not up:
            raise WorkerGone("no worker is up")
        return min(up, key=lambda link: sum(len(r.peers) for r in self._rooms.values() if r.link is link))

    def _usable(self) -> list[Link]:
        """Links that talk and whose worker's rooms are known."""
        return [link for link in self._links if link.worker is not None and link in self._names]

    async def _tell_held(self, room: str, place: _Room) -> None:
        if place.link is None or place.held == place.told_held or not place.peers:
            return
        place.told_held = place.held
        try:
            await place.link.ask(control.Hold, room=room, peers=place.held)
        except (WorkerGone, Refusal) as error:
            place.told_held = None
            log.info("hold_untold", room=room, cause=repr(error))

    async def _told(self, link: Link, event: control.AnyEvent | Down) -> None:
        match event:
            case Down():
                await self._lose_rooms(link)
            case control.Ready():
                if self._names.get(link, event.worker) != event.worker:
                    await self._lose_rooms(link)
                await self._reconcile(link)
                self._names[link] = event.worker
                await self._comfort()
            case control.PeerLost():
                place = self._rooms.get(event.room)
                if place is not None and place.link is link:
                    known = place.peers.get(event.peer)
                    if known is not None and known.connection not in (0, event.connection):
                        return  # the person has joined anew since
                    place.peers.pop(event.peer, None)
                    await self._tell(event)
            case control.Reply():
                pass  # resolved by the link
            case _:
                await self._tell(event)

    async def _lose_rooms(self, link: Link) -> None:
        self._names.pop(link, None)
        for room, place in list(self._rooms.items()):
            if place.link is link:
                place.link, place.told_held, place.lost = None, None, True
                place.peers.clear()
                await self._tell(RoomLost(room))
        if self.workers_up:
            await self._comfort()

    async def _comfort(self) -> None:
        """A worker is there: rooms that lost theirs may join it."""
        for room, place in list(self._rooms.items()):
            if place.lost:
                place.lost = False
                await self._tell(RoomReady(room))

    async def _reconcile(self, link: Link) -> None:
        """Make what we believe of this worker equal to what it says."""
        reply = await link.ask(control.Describe)
        has = {state.room: set(state.peers) for state in reply.rooms or ()}
        for room, place in list(self._rooms.items()):
            if place.link is link:
                for name in set(place.peers) - has.get(room, set()):
                    gone = place.peers.pop(name).connection
                    await self._tell(control.PeerLost(room=room, peer=name, connection=gone, reason="silence"))
        for room, names in has.items():
            place = self._rooms.setdefault(room, _Room())
            if place.link not in (None, link):
                # It moved to another worker while this one was out of reach.
                await link.ask(control.CloseRoom, room=room)
                continue
            place.link, place.told_held = link, None
            for name in names:
                until = self._clock.seconds() + self._orphan_grace_s
                known = place.peers.get(name)
                place.peers[name] = _Peer(0, None, known.orphan_until if known else until)
            await self._tell(RoomAdopted(room))


def _ordered(publish: frozenset[SourceKind]) -> tuple[SourceKind, ...]:
    return tuple(kind for kind in control.ALL_KINDS if kind in publish)

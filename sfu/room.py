"""Who is in one conference, which sources exist, and which slot shows what."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from sfu.control import (
    VOICE_SLOTS,
    Demand,
    PeerLost,
    RoomState,
    SlotChanged,
    SourceChanged,
    Voices,
    Wish,
    source_name,
)
from sfu.flow.clocks import Clocks
from sfu.layer import Forward, Layer
from sfu.peer import Peer
from sfu.slot import EMPTY, NOT_SENT, PictureSlot, Showing
from sfu.source import Source
from sfu.voices import VoiceChannels

# A layer nobody watches is paused after this: longer than a voice keeps the stage, since two who talk in turn would
# each come back to it just as their large picture is given up.
UNWATCHED_US = 10_000_000
REORDERED_US = 1_000_000


class Room:
    """One conference. `emit` takes events; `forward` sends runs."""

    def __init__(
        self,
        name: str,
        forward: Forward,
        emit: Callable,
        certificate,
        handshakes: asyncio.Semaphore,
        counters: Counter[str],
    ) -> None:
        """`counters` are the worker's, which outlive rooms and peers."""
        self.name, self.forward, self.emit = name, forward, emit
        self.certificate, self.handshakes, self.counters = certificate, handshakes, counters
        self.peers: dict[str, Peer] = {}
        self.publishers: set[Peer] = set()  # those that have sent anything
        self.sources: dict[str, Source] = {}
        self.voices = VoiceChannels(forward)
        self.clocks = Clocks()
        self.open_layers: set[Layer] = set()
        self._wishers: defaultdict[str, set[Peer]] = defaultdict(set)
        self._voices_told: tuple[tuple, tuple] = ((None,) * VOICE_SLOTS, ())  # slots, speaking
        self._voices_told_us = 0
        self._closing: set[asyncio.Task] = set()

    # Who is here --------------------------------------------------------------------------------------

    def add(self, peer: Peer, now: int) -> None:
        earlier = self.peers.get(peer.name)
        if earlier is not None:
            self.remove(earlier, now)
        self.peers[peer.name] = peer
        for source in peer.sources.values():
            self.sources[source.name] = source
            self._reconsider(source.name, now)

    def remove(self, peer: Peer, now: int) -> None:
        """A peer goes; whoever watched it sees that."""
        if self.peers.get(peer.name) is not peer:
            return
        del self.peers[peer.name]
        self.publishers.discard(peer)
        self.counters.update(unauthentic=peer.unauthentic, malformed=peer.malformed, forbidden=peer.forbidden)
        self.voices.remove(peer.name)
        self.clocks.forget(peer.name)
        self._set_wishes(peer, [])
        for slot in peer.pictures.values():
            self._want(slot, None)
            slot.aim(None, now)
        for source in peer.sources.values():
            del self.sources[source.name]
            self.open_layers.difference_update(source.layers.values())
            source.end()
            if source.flowing:
                self.emit(SourceChanged(room=self.name, source=source.name, flows=False))
            self._reconsider(source.name, now)
        self.tell_voices(now)
        peer.leave()
        closing = asyncio.ensure_future(peer.close())
        self._closing.add(closing)
        closing.add_done_callback(self._closing.discard)

    def lose(self, peer: Peer, reason: str, now: int) -> None:
        """A peer is gone by itself."""
        if self.peers.get(peer.name) is peer:
            self.remove(peer, now)
            self.emit(PeerLost(room=self.name, peer=peer.name, connection=peer.connection, reason=reason))

    async def close(self, now: int) -> None:
        for peer in list(self.peers.values()):
            self.remove(peer, now)
        if self._closing:
            await asyncio.gather(*self._closing)

    def connected(self, peer: Peer, now: int) -> None:
        self.voices.add_receiver(peer.name, peer.voices)
        self.allocate(peer, now)

    def permit(self, peer: Peer, publish: Iterable[str], now: int) -> None:
        """What a peer may publish from now on; what it may not ends at once."""
        peer.permit(frozenset(publish))
        if "microphone" not in peer.publish:
            self.voices.silence(peer.name)
            self.tell_voices(now)
        self.follow_flows(now)

    def hold(self, peers: tuple[str, ...], now: int) -> None:
        self.voices.hold(peers)
        self.tell_voices(now)

    def describe(self) -> RoomState:
        flowing = tuple(source.name for source in self.sources.values() if source.flowing)
        return RoomState(self.name, tuple(self.peers), flowing)

    # Voices -------------------------------------------------------------------------------------------

    def heard(self, peer: Peer, index, timestamp, marker, payload, level, voice, now) -> None:
        before = self.voices.slots
        self.voices.receive(peer.name, index, timestamp, marker, payload, level, voice, now)
        if self.voices.slots != before:
            self.tell_voices(now)

    def settle_voices(self, now: int) -> None:
        self.voices.settle(now)
        self.tell_voices(now)

    def tell_voices(self, now: int) -> None:
        """Who sits where and who is loud; a mere change of order among the loud at most once a second."""
        slots, speaking = self.voices.slots, self.voices.speakers.speaking
        told_slots, told_speaking = self._voices_told
        same = slots == told_slots and set(speaking) == set(told_speaking)
        if same and (speaking == told_speaking or now - self._voices_told_us < REORDERED_US):
            return
        self._voices_told, self._voices_told_us = (slots, speaking), now
        self.emit(self.told_voices)

    @property
    def told_voices(self) -> Voices:
        """What was told last, for whoever was away then."""
        slots, speaking = self._voices_told
        return Voices(room=self.name, slots=slots, speaking=speaking)

    def voice_reports(self, peer: Peer, now: int) -> list:
        """For each voice slot of a peer, its SSRC and what a sender report says."""
        found = []
        for channel, slot in zip(self.voices.channels, peer.voices, strict=False):
            if not channel.has_begun or channel.peer == peer.name:
                continue
            reading = self.sources[source_name(channel.peer, "microphone")].clock.reading(now)
            if reading is not None:
                timestamp = reading[1] + channel.timestamp_offset & 0xFFFFFFFF
                found.append((slot.outlet.ssrc, (reading[0], timestamp, channel.packets, channel.octets)))
        return found

    # Pictures -----------------------------------------------------------------------------------------

    def watch(self, peer: Peer, wishes: Iterable[Wish], now: int, again: bool = False) -> None:
        """What a peer's slots are to show, the most important first; wishes for slots it lacks are ignored, and of
        two for one slot the first counts. With `again`, what was told is told anew."""
        by_slot: dict[PictureSlot, tuple[PictureSlot, str, str]] = {}
        for wish in wishes:
            slot = peer.pictures.get(wish.slot)
            if slot is not None and wish.source:
                by_slot.setdefault(slot, (slot, wish.source, wish.layer))
        named = list(by_slot.values())
        for slot in peer.pictures.values():
            if slot not in by_slot:
                self._want(slot, None)
                self._aim(peer, slot, None, EMPTY, now)
        self._set_wishes(peer, named)
        if again:
            peer.tell_again()
        self.allocate(peer, now)
        self.tell_demands(now)

    def _set_wishes(self, peer: Peer, wishes: list[tuple[PictureSlot, str, str]]) -> None:
        for _, name, _ in peer.wishes:
            self._wishers[name].discard(peer)
        peer.wishes = wishes
        for _, name, _ in wishes:
            self._wishers[name].add(peer)
        for name in [name for name, wishers in self._wishers.items() if not wishers]:
            del self._wishers[name]

    def _reconsider(self, name: str, now: int) -> None:
        """A source came, went, or began to flow: whoever wishes it decides anew."""
        for peer in list(self._wishers.get(name, ())):
            self.allocate(peer, now)

    def allocate(self, peer: Peer, now: int) -> None:
        """Give each of a peer's slots the layer that its line carries, as far as it flows.

        A peer may wish before its keys exist; it gets its pictures when they do.
        """
        if not peer.connected:
            return
        priced = [self.sources[name].wish(largest, now) for _, name, largest in peer.wishes if name in self.sources]
        ideals = peer.layers.decide(priced, peer.line.downlink.estimate_bps, now)
        decided = zip(priced, ideals, strict=True)
        for slot, name, _ in peer.wishes:
            source = self.sources.get(name)
            wish, ideal = next(decided) if source is not None else (None, None)
            self._want(slot, (source, ideal) if ideal else None)
            if source is None or not ideal:
                self._aim(peer, slot, None, NOT_SENT if source is None else (None, None, "downlink"), now)
                continue
            layer = source.best(ideal, now)
            if layer is None:
                # What it shows falls silent and may go on: its numbers do, and no keyframe need be waited for.
                silent = slot.layer if slot.layer in source.layers.values() else None
                self._aim(peer, slot, silent, NOT_SENT, now)
            else:
                full = wish.layers[-1] == layer.name
                cause = "as_wished" if full else "not_sent" if ideal != layer.name else "downlink"
                self._aim(peer, slot, layer, (name, layer.name, cause), now)

    def _aim(self, peer: Peer, slot: PictureSlot, layer: Layer | None, promised: Showing, now: int) -> None:
        slot.promised = promised
        slot.aim(layer, now)
        self.tell_slot(peer, slot)

    def _want(self, slot: PictureSlot, ideal: tuple[Source, str] | None) -> None:
        if slot.ideal != ideal:
            if slot.ideal is not None:
                slot.ideal[0].takers[slot.ideal[1]] -= 1
            if ideal is not None:
                ideal[0].takers[ideal[1]] += 1
            slot.ideal = ideal

    def tell_slot(self, peer: Peer, slot: PictureSlot) -> None:
        """What a slot shows, if that is not what was told; a picture is told from its first packet on."""
        showing = slot.showing
        if slot.told != showing:
            slot.told = showing
            source, layer, cause = showing
            self.emit(SlotChanged(
                room=self.name, peer=peer.name, slot=slot.mid, source=source, layer=layer, cause=cause,
            ))  # fmt: skip

    # Time ---------------------------------------------------------------------------------------------

    def flush_overdue(self, now: int) -> None:
        """Send pictures whose end does not come."""
        for layer in list(self.open_layers):
            layer.flush_overdue(now)
            if not layer.has_open_run:
                self.open_layers.discard(layer)

    def follow_flows(self, now: int) -> None:
        """See which sources and layers flow or cease; a few times a second."""
        for source in list(self.sources.values()):
            flowed = source.flowing
            if not source.follow(now):
                continue
            if source.flowing != flowed:
                self.emit(SourceChanged(room=self.name, source=source.name, flows=source.flowing))
            self._reconsider(source.name, now)

    def tell_demands(self, now: int) -> None:
        """Tell publishers which layers are watched: more at once, less when it lasts."""
        for peer in self.peers.values():
            camera, screen = peer.sources.get("camera"), peer.sources.get("screen")
            changed = [source for source in (camera, screen) if source is not None and source.demand(now, UNWATCHED_US)]
            if changed:
                self.emit(Demand(
                    room=self.name, peer=peer.name,
                    camera=camera.demanded or () if camera else (), screen=bool(screen and screen.demanded),
                ))  # fmt: skip

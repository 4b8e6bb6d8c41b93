"""The three voices of a room: who has an audio slot, and one numbering for each slot that all receivers share.

Each slot is a channel. Its numbers go on whoever speaks in it, so nothing has to be worked out per receiver: a
receiver's own stream is the channel plus a constant. Only the one who is speaking does not get the channel.
"""

from __future__ import annotations

from collections.abc import Sequence

from sfu.control import VOICE_SLOTS
from sfu.flow.speakers import Speakers
from sfu.layer import Forward
from sfu.slot import VoiceSlot
from sfu.source import AUDIO_CLOCK
from sfu.wire.audience import Audience
from sfu.wire.ring import Packet

LEAST_STEP = AUDIO_CLOCK // 50  # 20 ms, the length of an Opus packet
# A voice that lost more packets at once begins anew: numbers that leap, and a packet lost between two leaps, would
# leave a receiver with a wrong rollover counter (RFC 3711 3.3.1), and the slot silent for good.
MOST_LOST = 1000
MOST_LATE = 250  # packets, 5 s: later ones are of no use, and libsrtp refuses to encrypt them (`sfu.dtls`)


class Channel:
    """One audio slot of the room."""

    __slots__ = ("_first", "_last_timestamp", "_last_us", "_number_offset", "audience", "next_number", "octets",
                 "packets", "peer", "slots", "timestamp_offset")  # fmt: skip

    def __init__(self) -> None:
        self.peer: str | None = None
        self.slots: dict[str, VoiceSlot] = {}  # by receiving peer
        self.audience = Audience()
        self.next_number = 0
        self.packets = self.octets = 0
        self._first: int | None = None  # index of the speaker's first packet here
        self._number_offset = self.timestamp_offset = 0
        self._last_timestamp = self._last_us = 0

    def give(self, peer: str | None) -> None:
        """From now on `peer` speaks here."""
        if self.peer in self.slots:
            self.slots[self.peer].enter(self.next_number, self.octets)
        self.peer, self._first = peer, None
        self.refresh()

    @property
    def has_begun(self) -> bool:
        """Whether the speaker's first packet came; until then the offsets are those of whoever spoke here before."""
        return self._first is not None

    def refresh(self) -> None:
        if self.peer in self.slots:
            self.slots[self.peer].leave(self.next_number, self.octets)
        self.audience = Audience((slot.outlet for peer, slot in self.slots.items() if peer != self.peer), urgent=True)

    def number(self, index: int, timestamp: int, marker: bool, payload: bytes, now: int) -> Packet | None:
        """The speaker's packet `index` as this channel's; None when it is late, or from before they had the slot."""
        if self._first is None or index + self._number_offset > self.next_number + MOST_LOST:
            self._first = index
            self._number_offset = self.next_number - index
            step = max(LEAST_STEP, (now - self._last_us) * AUDIO_CLOCK // 1_000_000)
            self.timestamp_offset = self._last_timestamp + step - timestamp
            marker = True  # a new talk spurt (RFC 3551 4.1)
        number = index + self._number_offset
        if index < self._first or number < self.next_number - MOST_LATE:
            return None
        sent = timestamp + self.timestamp_offset & 0xFFFFFFFF
        if number >= self.next_number:
            self.next_number = number + 1
            self._last_timestamp, self._last_us = sent, now
        self.packets += 1
        self.octets += len(payload)
        return Packet(number, sent, marker, payload, now)


class VoiceChannels:
    """All audio slots of a room."""

    def __init__(self, forward: Forward) -> None:
        self._forward = forward
        self.speakers = Speakers(VOICE_SLOTS)
        self._first: str | None = None  # who sits in the first channel whenever they have one
        self.channels = [Channel() for _ in range(VOICE_SLOTS)]
        self._channel_of: dict[str, Channel] = {}

    @property
    def slots(self) -> tuple[str | None, ...]:
        return tuple(channel.peer for channel in self.channels)

    def receive(
        self,
        peer: str,
        index: int,
        timestamp: int,
        marker: bool,
        payload: bytes,
        level: int,
        voice: bool,
        now: int,
    ) -> None:
        """A packet of `peer`'s microphone; `level` in dBov, 0 the loudest."""
        if self.speakers.heard(peer, level, voice, now):
            self._follow()
        channel = self._channel_of.get(peer)
        if channel is None:
            return
        packet = channel.number(index, timestamp, marker, payload, now)
        if packet is not None and channel.audience:
            self._forward((packet,), channel.audience, now)

    def settle(self, now: int) -> bool:
        """Let who is silent go; whether anything changed, in slots or in who is loud. A few times a second."""
        changed = self.speakers.tick(now)
        self._follow()
        return changed

    def hold(self, peers: Sequence[str]) -> None:
        """These come before others. The first of them speaks in the first channel, beside the stage: a browser
        matches lips only between one picture and one voice slot fixed in the answer."""
        self.speakers.hold(peers)
        self._first = peers[0] if peers else None
        self._follow()

    def _follow(self) -> None:
        slots = list(self.speakers.slots)
        if self._first is not None and self._first in slots:
            at = slots.index(self._first)
            slots[0], slots[at] = slots[at], slots[0]
        changed = [(channel, peer) for channel, peer in zip(self.channels, slots, strict=True) if channel.peer != peer]
        if not changed:
            return
        for channel, _ in changed:
            channel.give(None)
        for channel, peer in changed:
            channel.give(peer)
        self._channel_of = {channel.peer: channel for channel in self.channels if channel.peer is not None}

    def octets_to(self, peer: str) -> int:
        """Octets of payload that a receiver was sent so far."""
        return sum(c.slots[peer].octets(c.octets) for c in self.channels if peer in c.slots)

    def add_receiver(self, peer: str, slots: Sequence[VoiceSlot]) -> None:
        """A connected peer hears from now on; it may have fewer slots than the room."""
        for channel, slot in zip(self.channels, slots, strict=False):
            slot.start(channel.next_number, channel.octets)
            channel.slots[peer] = slot
            channel.refresh()

    def remove(self, peer: str) -> None:
        """A peer neither hears nor speaks any more."""
        self.silence(peer)
        for channel in self.channels:
            if channel.slots.pop(peer, None) is not None:
                channel.refresh()

    def silence(self, peer: str) -> None:
        """A peer does not speak any more."""
        self.speakers.remove(peer)
        self._follow()

"""One layer of a picture: its last packets, and who takes them.

A layer numbers its packets anew: probes, which carry no media, are closed up (RFC 3550 padding-only packets would
look like losses to whoever does not get them), and numbers never wrap. Packets of one picture wait for each other
in the open run, which goes out whole (see `sfu.wire.fanout`); nobody can show a picture earlier anyway.

A slot joins a layer at a keyframe only. When the last keyframe is short enough ago, the slot gets it from the ring
and what followed; otherwise it waits for the next, which is asked for. What is replayed keeps its pace: a receiver
plays a second that comes at once in a second, and catches up for several, while lips and voice are apart.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sfu.control import LayerName
from sfu.flow.keyframes import KeyframeRequests
from sfu.flow.nack import Gaps
from sfu.flow.timeline import SenderClock
from sfu.reception import Reception
from sfu.wire.audience import Audience
from sfu.wire.payload import parse_vp8
from sfu.wire.ring import RING_SIZE, Packet, Ring
from sfu.wire.rows import MOST_PACKETS
from sfu.wire.seq import Unwrapper

if TYPE_CHECKING:
    from sfu.slot import PictureSlot

Forward = Callable[[Sequence[Packet], Audience, int], None]

VIDEO_CLOCK = 90_000
OPEN_RUN_US = 5_000  # a picture whose end does not come is sent in parts
REPLAY_PACKETS = 40  # the longest a joiner is given from the ring (Galène does the same)
REPLAY_AHEAD_US = 200_000  # nor may it run further ahead of the time than this
MOST_PROBES = 256  # remembered, to number what comes late
SILENT_US = 2_000_000  # what sends nothing this long has ceased
STARVED_US = 600_000  # a layer that sends nothing this long is not given to anybody


class Layer:
    """One encoding of a picture, from one SSRC."""

    def __init__(self, name: LayerName, ssrc: int, forward: Forward, ask_publisher: Callable[[], None]) -> None:
        self.name, self.ssrc = name, ssrc
        self._forward, self._ask_publisher = forward, ask_publisher
        self.clock = SenderClock(VIDEO_CLOCK)
        self.keyframes = KeyframeRequests()
        self.watchers: list[PictureSlot] = []
        self._audience = Audience()
        self.waiting: list[PictureSlot] = []
        self.packets = self.octets = 0
        self.bitrate_bps = 0
        self._octets_before = self._measured_us = 0
        self._begin()

    def _begin(self) -> None:
        """Number what comes from wherever it starts."""
        self._unwrapper = Unwrapper()
        self.reception = Reception(VIDEO_CLOCK)
        self.gaps = Gaps()
        self.ring = Ring()
        self._probes: list[int] = []  # indices, ascending
        self._probes_forgotten = 0
        self._run: list[Packet] = []
        self._run_began_us = 0
        self.sent: Packet | None = None  # the last that went out, by number
        self._highest = -1
        self._keyframe = -1  # number of the last one's first packet
        self.last_us = -SILENT_US

    # Packets in ---------------------------------------------------------------------------------------

    def receive(self, sequence: int, timestamp: int, marker: bool, payload: bytes, now: int) -> None:
        """One packet, as sent or as repaired; what came before or is too old is ignored."""
        index = self._unwrapper.unwrap(sequence)
        if index < 0 or (index <= self._highest_index() - RING_SIZE // 2 and self._highest >= 0):
            return
        missed = index - self._highest_index() - 1
        if self._highest >= 0 and missed > RING_SIZE:
            self._probes_forgotten += missed - 1  # none could be repaired; numbers that leap break SRTP, see voices.py
        number = index - self._probes_before(index)
        if number <= self._highest and (number < 0 or self.ring.get(number) is not None):
            return
        self.reception.count(index, timestamp, now)
        self.gaps.received(index, now)
        self.last_us = now
        if not payload and number > self._highest:
            self._close_up(index)
            return
        vp8 = parse_vp8(payload, 0, len(payload)) if payload else None
        rewritable = vp8 is not None and vp8.picture_id_bits == 15
        packet = Packet(
            number, timestamp, marker, payload, now,
            vp8 is not None and vp8.keyframe and vp8.starts_frame,
            vp8.picture_id if rewritable else -1,
            vp8.tl0 if rewritable else -1,
        )  # fmt: skip
        self.ring.put(packet)
        self.packets += 1
        self.octets += len(payload)
        if packet.keyframe:
            self._keyframe = max(self._keyframe, number)
            self.keyframes.satisfied(now)
        if number < self._highest:
            self._late(packet, now)
            return
        self._highest = number
        run = self._run
        if run and run[0].timestamp != timestamp:
            self.flush(now)
            run = self._run
        if not run:
            self._run_began_us = now
        run.append(packet)
        if marker or len(run) >= MOST_PACKETS:
            self.flush(now)

    def flush(self, now: int) -> None:
        """Send what is open."""
        run, self._run = self._run, []
        if not run:
            return
        if run[0].keyframe and self.waiting:
            arriving, self.waiting = self.waiting, []
            for slot in arriving:
                self._take(slot, run[0], now)
        self.sent = run[-1]
        if self._audience:
            self._forward(run, self._audience, now)

    def flush_overdue(self, now: int) -> None:
        if self._run and now - self._run_began_us >= OPEN_RUN_US:
            self.flush(now)

    @property
    def has_open_run(self) -> bool:
        return bool(self._run)

    def _late(self, packet: Packet, now: int) -> None:
        """A packet that was missing: to those who have what follows it, and to those who wait for just this."""
        run, sent = self._run, self.sent
        if run and packet.timestamp == run[0].timestamp and (sent is None or packet.number > sent.number):
            run.append(packet)
            run.sort(key=lambda p: p.number)
            return
        audience = Audience(slot.outlet for slot in self.watchers if slot.first_number <= packet.number)
        if sent is None or packet.number > sent.number:
            self.sent = packet  # all of an earlier picture than the open one was lost
        if audience:
            self._forward([packet], audience, now)
        for slot in [slot for slot in self.waiting if self._can_replay(slot, now)]:
            self.waiting.remove(slot)
            self._replay(slot, now)
        if self.waiting:
            self.ask_keyframe(now)  # the one that came is of no use to them

    # Probes -------------------------------------------------------------------------------------------

    def _highest_index(self) -> int:
        return max(self.reception.highest, 0)

    def _probes_before(self, index: int) -> int:
        return self._probes_forgotten + bisect_left(self._probes, index)

    def _close_up(self, index: int) -> None:
        insort(self._probes, index)
        if len(self._probes) > MOST_PROBES:
            del self._probes[0]
            self._probes_forgotten += 1

    # Slots --------------------------------------------------------------------------------------------

    def attach(self, slot: PictureSlot, now: int) -> None:
        """Give this layer to a slot, from the ring if that is short, or from the next keyframe on."""
        if slot in self.watchers or slot in self.waiting:
            return
        if self._can_replay(slot, now):
            self._replay(slot, now)
        else:
            self.waiting.append(slot)
            self.ask_keyframe(now)

    def detach(self, slot: PictureSlot) -> None:
        if slot in self.waiting:
            self.waiting.remove(slot)
        if slot in self.watchers:
            self.watchers.remove(slot)
            self._refresh()

    def end(self) -> None:
        """No more comes for now: nobody shows it, and nothing of it is kept."""
        for slot in [*self.watchers, *self.waiting]:
            slot.lose(self)
        self.ring.clear()
        self._begin()

    def _refresh(self) -> None:
        self._audience = Audience(slot.outlet for slot in self.watchers)

    def ask_keyframe(self, now: int) -> None:
        if self.keyframes.ask(now):
            self._ask_publisher()

    def _can_replay(self, slot: PictureSlot, now: int) -> bool:
        """Whether the ring holds a keyframe recent enough for this slot, and everything after it that has been sent."""
        if self._keyframe < 0 or self.sent is None or not 0 <= self.sent.number - self._keyframe < REPLAY_PACKETS:
            return False
        first = self.ring.get(self._keyframe)
        if first is None:
            return False
        # A first packet that was repaired came after what follows it.
        spanned_us = (self.sent.timestamp - first.timestamp & 0xFFFFFFFF) * 1_000_000 // VIDEO_CLOCK
        if slot.shown_until(now) - min(first.arrival_us, self.sent.arrival_us - spanned_us) > REPLAY_AHEAD_US:
            return False
        return all(self.ring.get(n) is not None for n in range(self._keyframe, self.sent.number + 1))

    def _take(self, slot: PictureSlot, first: Packet, now: int) -> None:
        slot.switch(self, first, now)
        self.watchers.append(slot)
        self._refresh()

    def _replay(self, slot: PictureSlot, now: int) -> None:
        assert self.sent is not None  # _can_replay said so
        packets = [self.ring.get(n) for n in range(self._keyframe, self.sent.number + 1)]
        slot.switch(self, packets[0], now)
        alone = Audience([slot.outlet])
        run: list[Packet] = []
        for packet in packets:
            if run and run[-1].timestamp != packet.timestamp:
                self._forward(run, alone, now)
                run = []
            run.append(packet)
        self._forward(run, alone, now)
        self.watchers.append(slot)
        self._refresh()

    # Time ---------------------------------------------------------------------------------------------

    def flows(self, now: int) -> bool:
        return now - self.last_us < STARVED_US

    def measure(self, now: int) -> None:
        """Take the bit rate since the last call; to be called about once a second."""
        if self._measured_us:
            elapsed = max(1, now - self._measured_us)
            self.bitrate_bps = (self.octets - self._octets_before) * 8_000_000 // elapsed
        self._octets_before, self._measured_us = self.octets, now

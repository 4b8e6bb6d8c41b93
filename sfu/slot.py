"""A receive slot: which source fills it, at which layer, and how its numbers stay continuous over every switch.

A slot's outgoing number is the source's number plus an offset that changes only here. What was sent under which
offsets is remembered as a few spans, so that a retransmission can be made from the source's ring.
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from sfu.control import Cause, LayerName
from sfu.flow.timeline import Timeline
from sfu.layer import VIDEO_CLOCK, Layer
from sfu.negotiation import SlotSection
from sfu.source import Source
from sfu.wire.outlet import HEADER_SIZE, Outlet, abs_send_time, rewritten
from sfu.wire.ring import Packet, Ring
from sfu.wire.rtp import HEADER
from sfu.wire.seq import delta16

SPANS = 8

Showing = tuple[str | None, LayerName | None, Cause]  # source and layer, or None for both
EMPTY: Showing = (None, None, "as_wished")
NOT_SENT: Showing = (None, None, "not_sent")


@dataclass(frozen=True, slots=True)
class Span:
    """From outgoing number `first` on, this slot showed what is in `ring` under these offsets."""

    first: int
    ring: Ring  # and not its layer, whose publisher may go
    outlet: Outlet  # a copy, frozen at the switch
    after: int | None = None  # the number behind the last; None while the slot shows it


class PictureSlot:
    """One picture on one screen. `changed` is called when what it shows changes by itself: at a keyframe, at an end."""

    def __init__(self, section: SlotSection, changed: Callable[[PictureSlot], None]) -> None:
        self.mid = section.mid
        self.rtx_ssrc, self.rtx_payload_type = section.rtx_ssrc, section.rtx_payload_type
        self.outlet = Outlet(section.ssrc, section.payload_type, section.extension_id)
        self._next_number = _first_number()
        self._rtx_number = _first_number()
        self.layer: Layer | None = None  # what it shows
        self.target: Layer | None = None  # what it is to show, once a keyframe comes
        self.ideal: tuple[Source, LayerName] | None = None  # what it would show if everything flowed
        self.promised = EMPTY  # what is to be told of the target, once it is shown
        self.told: Showing | None = EMPTY  # None when that may have been missed
        self._showing = EMPTY
        self._changed = changed
        self.first_number = 0  # of the layer's packets, the first this slot got
        self._spans: deque[Span] = deque(maxlen=SPANS)
        self._timeline = Timeline(VIDEO_CLOCK)
        self._last: tuple[int, int] | None = None  # picture id and TL0PICIDX that went out; None before any
        self._packets_before = self._octets_before = 0
        self._packets_at = self._octets_at = 0

    @property
    def ssrc(self) -> int:
        return self.outlet.ssrc

    def aim(self, layer: Layer | None, now: int) -> None:
        """Show `layer` from its next keyframe on; None shows nothing from now on."""
        if layer is not None and layer is self.target:
            return
        if self.target is not None and self.target is not self.layer:
            self.target.detach(self)
        self.target = layer
        if layer is None:
            self._leave()
        elif layer is not self.layer:
            layer.attach(self, now)

    def lose(self, layer: Layer) -> None:
        """`layer` has ended; what the slot waits for besides is still to come."""
        if layer is self.layer:
            self._leave()
        if layer is self.target:
            self.target, self.promised = None, NOT_SENT
            layer.detach(self)
        self._changed(self)

    @property
    def showing(self) -> Showing:
        """What it shows now: the target, or, while that one's keyframe is awaited, what goes on until then."""
        if self.layer is self.target:
            self._showing = self.promised
        elif self.layer is None:
            self._showing = NOT_SENT
        return self._showing

    def switch(self, layer: Layer, first: Packet, now: int) -> None:
        """Continue with `first`, the beginning of a keyframe of `layer`; called by the layer."""
        self._leave()
        outlet = self.outlet
        outlet.number_offset = self._next_number - first.number
        self._timeline.switch(layer.clock, first.timestamp, first.arrival_us)
        outlet.timestamp_offset = self._timeline.offset
        if self._last is not None and first.picture_id >= 0:
            outlet.picture_offset = self._last[0] + 1 - first.picture_id & 0x7FFF
            outlet.tl0_offset = self._last[1] + 1 - first.tl0 & 0xFF if first.tl0 >= 0 else 0
        self.first_number = first.number
        self.layer = layer
        self._packets_at, self._octets_at = layer.packets, layer.octets
        self._spans.append(Span(first.number + outlet.number_offset, layer.ring, _frozen(outlet)))
        self._changed(self)

    def shown_until(self, now: int) -> int:
        """When the last of what it has shown so far came; `now` before the first."""
        if self.layer is not None:
            return self.layer.sent.arrival_us
        return now if self._timeline.last_at is None else self._timeline.last_at

    def _leave(self) -> None:
        """Stop showing."""
        layer = self.layer
        if layer is None:
            return
        layer.detach(self)
        outlet, sent = self.outlet, layer.sent
        self._packets_before += layer.packets - self._packets_at
        self._octets_before += layer.octets - self._octets_at
        self._next_number = self._end(self._spans[-1])
        self.layer = None
        self._spans[-1] = replace(self._spans[-1], after=self._next_number)
        self._timeline.sent(sent.timestamp, sent.arrival_us)
        if sent.picture_id >= 0:
            self._last = (
                sent.picture_id + outlet.picture_offset & 0x7FFF,
                # A source without TL0PICIDX leaves that of the one before it where it was.
                sent.tl0 + outlet.tl0_offset & 0xFF if sent.tl0 >= 0 else self._last[1] if self._last else 0,
            )
        if not sent.marker:
            self._next_number += 1  # the picture was cut short, and a decoder sees the gap

    @property
    def octets(self) -> int:
        """Octets of payload sent so far."""
        return self._octets_before + (self.layer.octets - self._octets_at if self.layer else 0)

    def repeat(self, sequence: int, now_us: int) -> bytes | None:
        """The packet that went out as `sequence`, as RTX (RFC 4588); None when it is no longer known.

        A retransmission has its own SSRC and sequence number, so that no AES-GCM nonce is used twice.
        """
        if not self._spans or self.rtx_payload_type is None:
            return None
        end = self._end(self._spans[-1])
        wanted = end + delta16(sequence, end & 0xFFFF)
        span = next((s for s in reversed(self._spans) if s.first <= wanted), None)
        if span is None or wanted >= self._end(span):
            return None
        packet = span.ring.get(wanted - span.outlet.number_offset)
        if packet is None:
            return None
        outlet = span.outlet
        header = HEADER.pack(
            0x90,
            packet.marker << 7 | self.rtx_payload_type,
            self._rtx_number & 0xFFFF,
            packet.timestamp + outlet.timestamp_offset & 0xFFFFFFFF,
            self.rtx_ssrc,
        )
        self._rtx_number += 1
        extension = (outlet.extension | abs_send_time(now_us)).to_bytes(HEADER_SIZE - 12, "big")
        return header + extension + (wanted & 0xFFFF).to_bytes(2, "big") + rewritten(packet, outlet)

    def _end(self, span: Span) -> int:
        """The number behind the last that went out in `span`."""
        if span.after is not None:
            return span.after
        return self.layer.sent.number + span.outlet.number_offset + 1

    def report(self, now: int) -> tuple[int, int, int, int] | None:
        """NTP time, RTP timestamp, packets and octets for a sender report; None while there is nothing to say."""
        layer, reading = self.layer, self._timeline.reading(now)
        if layer is None or reading is None:
            return None
        packets = self._packets_before + layer.packets - self._packets_at
        return *reading, packets, self.octets


class VoiceSlot:
    """One of the three voices at one receiver: the room's voice channel, less what the receiver said itself."""

    def __init__(self, section: SlotSection) -> None:
        self.mid = section.mid
        self.outlet = Outlet(section.ssrc, section.payload_type, section.extension_id)
        self._started = False
        self._left_at: tuple[int, int] | None = None  # the channel's number and octets when it was left
        self._octets_missed = 0  # of the channel's

    def start(self, next_number: int, octets: int) -> None:
        """The first packet is the channel's `next_number`, before which it had `octets`; once started, it goes on."""
        if not self._started:
            self._started = True
            self.outlet.number_offset = _first_number() - next_number
            self._octets_missed = octets

    def leave(self, next_number: int, octets: int) -> None:
        """Nothing is sent from the channel's `next_number` on."""
        if self._left_at is None:
            self._left_at = next_number, octets

    def enter(self, next_number: int, octets: int) -> None:
        """Packets are sent again from `next_number` on; what was left out is closed up."""
        if self._left_at is not None:
            left_number, left_octets = self._left_at
            self.outlet.number_offset -= next_number - left_number
            self._octets_missed += octets - left_octets
            self._left_at = None

    def octets(self, of_channel: int) -> int:
        """Octets of payload that were sent to this receiver, of the channel's so far."""
        return (of_channel if self._left_at is None else self._left_at[1]) - self._octets_missed


def _first_number() -> int:
    # RFC 3711 3.3.1: a start in the lower half cannot lose the rollover counter to early losses.
    return secrets.randbelow(1 << 15)


def _frozen(outlet: Outlet) -> Outlet:
    copy = Outlet(outlet.ssrc, outlet.payload_type, 0)
    copy.extension = outlet.extension
    copy.number_offset, copy.timestamp_offset = outlet.number_offset, outlet.timestamp_offset
    copy.picture_offset, copy.tl0_offset = outlet.picture_offset, outlet.tl0_offset
    return copy

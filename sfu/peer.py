"""One connection: its addresses, its keys, what it sends and the slots it receives on.

The port hands it datagrams, the worker's wheel hands it time. What its packets mean to others is the room's.
"""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

import structlog

from sfu.clock import monotonic_us, unix_us
from sfu.control import PeerConnected, SourceKind
from sfu.dtls import Handshake, HandshakeError
from sfu.errors import OfferError
from sfu.flow.feedback import TransportFeedback
from sfu.flow.layers import Layers
from sfu.incoming import PictureStream, RepairStream, Stream, VoiceStream
from sfu.layer import Layer
from sfu.line import Line
from sfu.negotiation import (
    AUDIO_LEVEL,
    CNAME,
    MID,
    REPAIRED_RID,
    RID,
    TRANSPORT_CC,
    Negotiated,
    SentSection,
    SlotSection,
)
from sfu.slot import PictureSlot, VoiceSlot
from sfu.source import Source
from sfu.wire import rtcp
from sfu.wire.rows import MOST_PAYLOAD
from sfu.wire.rtcp import ReportBlock
from sfu.wire.rtp import HEADER, extensions, find_extension, payload_end, payload_start
from sfu.wire.srtp import Buffer, Context

if TYPE_CHECKING:
    from sfu.port import Address, Port
    from sfu.room import Room

SILENCE_US = 5_000_000  # Chromium checks its path every 2.5 s, so this is two checks missed
ARRIVAL_US = 20_000_000  # how long a peer may take to connect
RESTART_OVERLAP_US = 30_000_000  # the name before an ICE restart is good this long
MOST_STREAMS = 16  # of one peer: 5 encodings, their repairs, and as many again after a change
MOST_SSRCS = 256  # of one peer as long as it lives; libsrtp keeps a state for each

log = structlog.get_logger()


class Peer:
    """A browser, bot or screen in a room."""

    def __init__(
        self,
        name: str,
        room: Room,
        port: Port,
        offer: Negotiated,
        publish: tuple[SourceKind, ...],
        connection: int,
        now: int,
    ) -> None:
        """`connection` is what its director calls this one, among those that had the name."""
        self.connection = connection
        self.name, self.room, self._port, self.publish = name, room, port, frozenset(publish)
        self.ufrag, self.password = _credentials()
        self._remote_ufrag, self._fingerprints = offer.ufrag, offer.fingerprints
        self._retired: list[tuple[str, int]] = []  # names before ICE restarts, until when
        self.addresses: list[Address] = []
        self.in_use_us = now
        # Where it was last. Another peer may have proved since to be there; then this one has moved or is about to be
        # lost, and what still goes there the other cannot decrypt.
        self._address: Address | None = None  # None before the first
        self._destination: object = None  # the same, as the outbox takes it; None before the keys
        self._handshake: Handshake | None = None
        self._shaking: asyncio.Task | None = None
        self.inbound: Context | None = None
        self.outbound: Context | None = None
        self.connected = self.closed = False
        self._heard_us = now
        self._ssrc = 1 + secrets.randbelow(2**32 - 1)  # who reports to a publisher

        self._sections = {section.mid: section for section in offer.sent}
        self.sources: dict[SourceKind, Source] = {
            s.kind: Source(name, s.kind, s.layers or (("f",) if s.kind != "microphone" else ())) for s in offer.sent
        }
        self._streams: dict[int, Stream] = {}
        self._ssrcs: set[int] = set()  # of all authentic packets so far
        self._extensions = offer.extensions
        self.level_id = offer.extensions.get(AUDIO_LEVEL, -1)
        self._transport_id = offer.extensions.get(TRANSPORT_CC, -1)
        self._feedback = TransportFeedback(self._ssrc)

        self.pictures: dict[str, PictureSlot] = {}
        self._pictures_by_ssrc: dict[int, PictureSlot] = {}
        self._slot_ssrcs: set[int] = set()  # of pictures and voices
        self.voices: list[VoiceSlot] = []
        self.sections: list[SlotSection] = []  # of all slots, as numbered once
        self.wishes: list[tuple[PictureSlot, str, str]] = []  # slot, source name, largest layer
        self.layers = Layers()
        self.line = Line(room.name, name)
        self.unauthentic = self.malformed = self.forbidden = 0
        self.add_slots(offer)
        port.expect(self.ufrag, self.password, self)

    def add_slots(self, offer: Negotiated) -> None:
        self.sections = list(offer.slots)
        for section in offer.slots:
            if section.kind == "video" and section.mid not in self.pictures:
                slot = PictureSlot(section, lambda slot: self.room.tell_slot(self, slot))
                self.pictures[section.mid] = self._pictures_by_ssrc[slot.ssrc] = slot
            elif section.kind == "audio" and all(v.mid != section.mid for v in self.voices):
                self.voices.append(VoiceSlot(section))
            self._slot_ssrcs.add(section.ssrc)

    def renew(self, offer: Negotiated, now: int) -> None:
        """A new offer of the same connection: an ICE restart, more slots, or both.

        Raises OfferError when it is from another connection, or lacks a section that this one has: none ever goes
        (RFC 3264 8), so that offers can't heap up slots.
        """
        if offer.fingerprints != self._fingerprints:
            raise OfferError("the offer is from another connection; its DTLS certificate differs")
        mids = {section.mid for section in (*offer.sent, *offer.slots)}
        if missing := {section.mid for section in self.sections} - mids:
            raise OfferError(f"section {min(missing)!r} of this connection is missing")
        if added := {section.mid for section in offer.sent} - self._sections.keys():
            raise OfferError(f"section {min(added)!r} would send more than this connection began with")
        if offer.ufrag != self._remote_ufrag:
            self._remote_ufrag = offer.ufrag
            self._retired.append((self.ufrag, now + RESTART_OVERLAP_US))
            self.ufrag, self.password = _credentials()
            self._port.expect(self.ufrag, self.password, self)
        self.add_slots(offer)
        if self.connected:
            self._open_outlets()

    # The path -----------------------------------------------------------------------------------------

    def heard(self, now: int) -> None:
        self._heard_us = now

    def moved(self, address: Address, now: int) -> None:
        """`address` is where this peer is now."""
        self._address = address
        if self._shaking is None and not self.closed:
            self._shaking = asyncio.ensure_future(self._shake_hands())
        if self.connected:
            self._open_outlets()

    async def _shake_hands(self) -> None:
        room = self.room
        async with room.handshakes:
            self._handshake = Handshake(room.certificate, "server", self._send, self._on_goodbye)
            try:
                await self._handshake.run(list(self._fingerprints))
            except HandshakeError as error:
                log.info("handshake failed", peer=self.name, reason=str(error))
                room.lose(self, "handshake", monotonic_us())
                return
        if self.closed:
            return  # it left while shaking hands
        self.inbound, self.outbound = self._handshake.inbound, self._handshake.outbound
        self.connected = True
        self._open_outlets()
        room.connected(self, monotonic_us())
        room.emit(PeerConnected(room=room.name, peer=self.name))

    def _on_goodbye(self) -> None:
        self.room.lose(self, "goodbye", monotonic_us())

    def _open_outlets(self) -> None:
        if self._destination is None:
            self._destination = self._port.out.destination(self._address)
        else:
            self._port.out.redirect(self._destination, self._address)
        for slot in (*self.pictures.values(), *self.voices):
            slot.outlet.connect(self._address, self.outbound, self._destination)

    def _send(self, datagram: bytes) -> None:
        if self.addresses:
            self._port.out.send(datagram, self.addresses[0])

    def send_rtcp(self, packet: bytes) -> None:
        if self.connected:
            self._send(self.outbound.protect_rtcp(packet))

    def on_dtls(self, datagram: bytes) -> None:
        if self._handshake is not None:
            self._handshake.feed(datagram)

    def leave(self) -> None:
        """Nothing goes in or out from now on."""
        self.closed, self.connected = True, False
        for ufrag in (self.ufrag, *(ufrag for ufrag, _ in self._retired)):
            self._port.forget(ufrag)

    async def close(self) -> None:
        """Say goodbye and forget the path; may be called twice."""
        if self._shaking is not None and self._shaking is not asyncio.current_task():
            self._shaking.cancel()
        if self._handshake is not None:
            await self._handshake.close()
        self._port.forget_addresses(self)

    # Media in -----------------------------------------------------------------------------------------

    def permit(self, publish: frozenset[SourceKind]) -> None:
        """What is no longer permitted ends, so that it is not numbered on over what was dropped in between."""
        for kind, source in self.sources.items():
            if kind in self.publish and kind not in publish:
                source.end()
        self.publish = publish

    def is_voice(self, data: bytearray) -> bool:
        """Whether a packet claims to be of the voice that comes from here, and may go before pictures."""
        return type(self._streams.get(int.from_bytes(data[8:12], "big"))) is VoiceStream

    def on_rtp(self, buffer: Buffer, size: int, now: int) -> bool:
        if not self.connected:
            return False
        if not self._admits(HEADER.unpack_from(buffer.bytes)[4]):
            return False
        size = self.inbound.unprotect(buffer, size)
        if size < 0:
            self.unauthentic += 1
            return False
        self._heard_us = now
        data = buffer.bytes
        _, second, sequence, timestamp, ssrc = HEADER.unpack_from(data)
        self._ssrcs.add(ssrc)
        try:
            stream = self._streams.get(ssrc) or self._recognise(ssrc, second & 127, data, size)
            if stream is None or stream.source.kind not in self.publish:
                self.forbidden += 1
                return True
            start, end = payload_start(data, size), payload_end(data, size)
            if end - start > MOST_PAYLOAD:
                raise ValueError("RTP payload is longer than what can be sent on")
            if (at := find_extension(data, size, self._transport_id)) >= 0:
                self._feedback.media = ssrc
                self._feedback.received(data[at] << 8 | data[at + 1], now)
            stream.receive(self, data, size, start, end, sequence, timestamp, second >> 7 == 1, now)
        except ValueError:
            self.malformed += 1
        return True

    def _admits(self, ssrc: int) -> bool:
        if ssrc in self._ssrcs or len(self._ssrcs) < MOST_SSRCS:
            return True
        self.forbidden += 1
        return False

    def _recognise(self, ssrc: int, payload_type: int, data: bytearray, size: int) -> Stream | None:
        """Whose stream an unknown SSRC is: by its header extensions (RFC 8852), or as the offer announced it."""
        if len(self._streams) >= MOST_STREAMS:
            return None
        values, _ = extensions(data, size)
        mid = bytes(values.get(self._extensions.get(MID, -1), b"")).decode("ascii", "replace")
        rid = bytes(values.get(self._extensions.get(RID, -1), b"")).decode("ascii", "replace")
        repaired = bytes(values.get(self._extensions.get(REPAIRED_RID, -1), b"")).decode("ascii", "replace")
        section = self._sections.get(mid) or next((s for s in self._sections.values() if ssrc in s.ssrcs), None)
        if section is None:
            return None
        source = self.sources[section.kind]
        if section.kind == "microphone":
            earlier = [known for known, stream in self._streams.items() if stream.source is source]
            if earlier:  # the voice comes from another SSRC, which counts from elsewhere
                del self._streams[earlier[0]]
                self.room.voices.silence(self.name)
                source.end()
            stream: Stream = VoiceStream(source)
        elif payload_type == section.rtx_payload_type:
            layer = source.layers.get(repaired or "f") if repaired or not section.layers else None
            if layer is None:
                return None
            stream = RepairStream(source, layer)
        elif payload_type == section.payload_type:
            name = rid if section.layers else "f"
            if name not in source.offered:
                return None
            stream = PictureStream(source, self._new_layer(source, name, ssrc, section))
        else:
            return None
        self._streams[ssrc] = stream
        self.room.publishers.add(self)
        return stream

    def _new_layer(self, source: Source, name: str, ssrc: int, section: SentSection) -> Layer:
        earlier = source.layers.get(name)
        if earlier is not None:
            self._streams = {s: stream for s, stream in self._streams.items() if stream.layer is not earlier}
            earlier.end()
        layer = Layer(name, ssrc, self.room.forward, lambda: self.send_rtcp(rtcp.pli(self._ssrc, ssrc)))
        source.layers[name] = layer
        return layer

    # Feedback in --------------------------------------------------------------------------------------

    def on_rtcp(self, buffer: Buffer, size: int, now: int) -> bool:
        if not self.connected or not self._admits(ssrc := int.from_bytes(buffer.view[4:8], "big")):
            return False
        size = self.inbound.unprotect_rtcp(buffer, size)
        if size < 0:
            self.unauthentic += 1
            return False
        self._ssrcs.add(ssrc)
        self._heard_us = now
        try:
            packets = rtcp.parse(bytes(buffer.view[:size]))
        except ValueError:
            self.malformed += 1
            return True
        for packet in packets:
            match packet:
                case rtcp.SenderReport():
                    self._on_sender_report(packet, now)
                    self._on_reports(packet.reports, now)
                case rtcp.ReceiverReport():
                    self._on_reports(packet.reports, now)
                case rtcp.Nack():
                    self._on_nack(packet, now)
                case rtcp.Pli():
                    self._on_keyframe_request(packet.media, now)
                case rtcp.Fir():
                    for ssrc, _ in packet.requests:
                        self._on_keyframe_request(ssrc, now)
                case rtcp.Remb():
                    self.line.downlink.remb(packet.bitrate_bps, now)
        return True

    def _on_sender_report(self, report: rtcp.SenderReport, now: int) -> None:
        stream = self._streams.get(report.ssrc)
        if stream is None:
            return
        # Everybody's reports are told on this machine's clock, so that no two publishers' clocks meet.
        ntp = self.room.clocks.here(self.name, report.ntp, unix_us())
        stream.clock.report(ntp, report.rtp_timestamp, now)
        stream.reception.lsr, stream.reception.lsr_arrival_us = rtcp.middle32(report.ntp), now

    def _on_reports(self, blocks: tuple[ReportBlock, ...], now: int) -> None:
        ours = [block for block in blocks if block.ssrc in self._slot_ssrcs]
        if not ours:
            return
        self.line.reported(ours, now)
        if self.line.round_trip_us is not None:
            for source in self.sources.values():
                for layer in source.layers.values():
                    layer.gaps.rtt_us = self.line.round_trip_us

    def _on_nack(self, nack: rtcp.Nack, now: int) -> None:
        slot = self._pictures_by_ssrc.get(nack.media)
        if slot is None:
            return
        for sequence in nack.lost:
            if not self.line.resends.allow((nack.media, sequence), now):
                continue
            if (packet := slot.repeat(sequence, now)) is not None:
                self._send(self.outbound.protect(packet))
                self.room.counters["resent"] += 1

    def _on_keyframe_request(self, ssrc: int, now: int) -> None:
        slot = self._pictures_by_ssrc.get(ssrc)
        if slot is not None and slot.layer is not None:
            slot.layer.ask_keyframe(now)

    # Time ---------------------------------------------------------------------------------------------

    def ask_again(self, now: int) -> None:
        """Missing packets and keyframes that are due; every 20 ms."""
        for source in self.sources.values():
            for layer in source.layers.values():
                lost = layer.gaps.due(now) if len(layer.gaps) else []
                for first in range(0, len(lost), rtcp.NACK_LIMIT):
                    numbers = [index & 0xFFFF for index in lost[first : first + rtcp.NACK_LIMIT]]
                    self.send_rtcp(rtcp.nack(self._ssrc, layer.ssrc, numbers))
                if layer.gaps.lost_too_much and (layer.watchers or layer.waiting):
                    layer.gaps.lost_too_much = False
                    layer.ask_keyframe(now)
                if layer.keyframes.due(now):
                    self.send_rtcp(rtcp.pli(self._ssrc, layer.ssrc))
        for packet in self._feedback.build(now):
            self.send_rtcp(packet)

    def report(self, now: int) -> None:
        """Receiver reports for what it sends, sender reports for what it gets; about once a second."""
        blocks = [
            ReportBlock(ssrc, *stream.reception.report(now))
            for ssrc, stream in self._streams.items()
            if not isinstance(stream, RepairStream) and stream.reception.first >= 0
        ]
        if blocks:
            self.send_rtcp(rtcp.receiver_report(self._ssrc, blocks))
        reports = [(slot.ssrc, slot.report(now)) for slot in self.pictures.values()]
        reports += self.room.voice_reports(self, now)
        compound = b""
        for ssrc, known in reports:
            if known is None:
                continue
            ntp, timestamp, packets, octets = known
            self.line.sent_report(ssrc, ntp, now)
            compound += rtcp.sender_report(ssrc, ntp, timestamp, packets, octets) + rtcp.sdes_cname(ssrc, CNAME)
            if len(compound) > 1000:
                self.send_rtcp(compound)
                compound = b""
        if compound:
            self.send_rtcp(compound)

    def measure(self, now: int) -> None:
        """Once a second: bit rates, and what its line does if that changed."""
        for source in self.sources.values():
            source.measure(now)
        octets = sum(slot.octets for slot in self.pictures.values()) + self.room.voices.octets_to(self.name)
        while self._retired and self._retired[0][1] < now:
            self._port.forget(self._retired.pop(0)[0])
        loss = max((stream.reception.loss_percent for stream in self._streams.values()), default=0)
        quality = self.line.measure(octets, loss, now)
        if quality is not None:
            self.room.emit(quality)

    def tell_again(self) -> None:
        """What this peer was told it may have missed: it was away, or its director was. All is told anew."""
        for slot, _, _ in self.wishes:
            slot.told = None
        for source in self.sources.values():
            source.demand_again = True
        self.line.tell_again()

    def lost_for(self, now: int) -> str | None:
        """Why this peer must be taken for lost; None while it is heard from."""
        if now - self._heard_us <= (SILENCE_US if self.connected else ARRIVAL_US):
            return None
        return "silence" if self.connected else "handshake"


def _credentials() -> tuple[str, bytes]:
    """An ICE user name and password (RFC 8445 5.3: 24 and 128 bits at least)."""
    return secrets.token_hex(6), secrets.token_hex(16).encode()

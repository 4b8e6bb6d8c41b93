"""A light peer from the other side: what bots, benches and tests speak to a worker with.

It offers as a browser does (one bundle, sources and slots), connects by ICE, DTLS and SRTP, and sends and receives
RTP packets that others have encoded. It keeps no jitter buffer and asks for nothing by itself but liveness.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sfu.control import LayerName, SourceKind
from sfu.dtls import Handshake, fingerprint, make_certificate
from sfu.negotiation import ABS_SEND_TIME, AUDIO_LEVEL, MID, REPAIRED_RID, RID, TRANSPORT_CC
from sfu.wire import rtcp, stun
from sfu.wire.rtp import HEADER, payload_end, payload_start
from sfu.wire.srtp import Buffer, Context

AUDIO_TYPE, VIDEO_TYPE, RTX_TYPE = 111, 96, 97
IDS = {AUDIO_LEVEL: 1, ABS_SEND_TIME: 2, TRANSPORT_CC: 3, MID: 4, RID: 10, REPAIRED_RID: 11}
CHECK_S = 2.0
FIRST_CHECK_S = 0.05
PRIORITY = 1845501695  # peer-reflexive, RFC 8445 5.1.2


@dataclass(frozen=True, slots=True)
class Received:
    """One RTP packet as it arrived in a slot; `payload` is without padding."""

    mid: str
    sequence: int
    timestamp: int
    marker: bool
    payload: bytes
    repaired: bool  # came as RTX; then `sequence` is the original's


class Connection:
    """One peer. `offer` goes to the worker by whatever way; `connect` takes the answer."""

    def __init__(
        self,
        publish: Sequence[SourceKind] = ("microphone", "camera", "screen"),
        layers: Sequence[LayerName] = ("q", "h", "f"),
        voice_slots: int = 3,
        picture_slots: int = 6,
        host: str = "127.0.0.1",
    ) -> None:
        self._certificate = make_certificate()
        self.ufrag, self.password = secrets.token_hex(4), secrets.token_hex(12)
        self._tie_breaker = secrets.randbits(64)
        self._host = host
        self.socket = self._bind()
        self._remote: tuple[str, int] | None = None
        self._remote_ufrag = self._remote_password = ""
        self._handshake: Handshake | None = None
        self.inbound: Context | None = None
        self.outbound: Context | None = None
        self._buffer = Buffer(2048)
        self._checked = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()
        self._layers = tuple(layers)
        kinds: list[tuple[str, SourceKind | None]] = [(kind, kind) for kind in publish]  # type: ignore[misc]
        self.mids: dict[SourceKind, str] = {kind: str(i) for i, (_, kind) in enumerate(kinds) if kind}
        first = len(kinds)
        self.voice_mids = [str(first + i) for i in range(voice_slots)]
        self.picture_mids = [str(first + voice_slots + i) for i in range(picture_slots)]
        self.ssrcs: dict[tuple[SourceKind, LayerName | None], int] = {}
        for kind in publish:
            for layer in self._layers if kind == "camera" and self._layers else (None,):
                self.ssrcs[kind, layer] = 1 + secrets.randbelow(2**32 - 1)
        self._slot_of: dict[int, tuple[str, bool]] = {}  # SSRC → mid, whether it is RTX
        self._transport_sequence = 0
        self.on_rtp: Callable[[Received], None] = lambda _: None
        self.on_rtcp: Callable[[list[rtcp.Packet]], None] = lambda _: None
        self.ended = asyncio.Event()  # the worker said goodbye

    # Negotiation --------------------------------------------------------------------------------------

    @property
    def offer(self) -> str:
        mids = [*self.mids.values(), *self.voice_mids, *self.picture_mids]
        lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE " + " ".join(mids)]
        for kind, mid in self.mids.items():
            lines += self._section("audio" if kind == "microphone" else "video", mid, "sendonly")
            if kind == "camera" and self._layers:
                lines += [f"a=rid:{layer} send" for layer in self._layers]
                lines.append("a=simulcast:send " + ";".join(self._layers))
            else:
                lines.append(f"a=ssrc:{self.ssrcs[kind, None]} cname:{self.ufrag}")
        for mid in self.voice_mids:
            lines += self._section("audio", mid, "recvonly")
        for mid in self.picture_mids:
            lines += self._section("video", mid, "recvonly")
        return "\r\n".join(lines) + "\r\n"

    def _section(self, kind: str, mid: str, direction: str) -> list[str]:
        if kind == "audio":
            types, codec = f"{AUDIO_TYPE}", [f"a=rtpmap:{AUDIO_TYPE} opus/48000/2"]
        else:
            types = f"{VIDEO_TYPE} {RTX_TYPE}"
            codec = [f"a=rtpmap:{VIDEO_TYPE} VP8/90000", f"a=rtpmap:{RTX_TYPE} rtx/90000", f"a=fmtp:{RTX_TYPE} apt=96"]
        return [
            f"m={kind} 9 UDP/TLS/RTP/SAVPF {types}", "c=IN IP4 0.0.0.0", f"a=ice-ufrag:{self.ufrag}",
            f"a=ice-pwd:{self.password}", f"a=fingerprint:{fingerprint(self._certificate)}", "a=setup:actpass",
            f"a=mid:{mid}", "a=rtcp-mux", f"a={direction}", *codec,
            *(f"a=extmap:{ident} {uri}" for uri, ident in IDS.items()),
        ]  # fmt: skip

    def renew_credentials(self) -> None:
        """Before offering again: the offer is then an ICE restart (RFC 8445 9)."""
        self.ufrag, self.password = secrets.token_hex(4), secrets.token_hex(12)

    def accept(self, answer: str) -> None:
        """Take the worker's credentials, candidate and slot numbers from its answer."""
        mid = ""
        group: tuple[int, int] | None = None
        for line in answer.splitlines():
            name, _, value = line.partition(":")
            match name:
                case "a=ice-ufrag":
                    self._remote_ufrag = value
                case "a=ice-pwd":
                    self._remote_password = value
                case "a=fingerprint":
                    algorithm, digest = value.split()
                    self._remote_fingerprint = [(algorithm, digest)]
                case "a=candidate" if value.startswith("1 "):
                    _, _, _, _, host, port = value.split()[:6]
                    self._remote = host, int(port)
                case "a=mid":
                    mid, group = value, None
                case "a=ssrc-group":
                    group = tuple(int(ssrc) for ssrc in value.split()[1:])  # type: ignore[assignment]
                case "a=ssrc":
                    ssrc = int(value.split()[0])
                    self._slot_of[ssrc] = mid, group is not None and ssrc == group[1]
        if self._remote is None:
            raise ValueError("the answer has no candidate")

    async def connect(self, answer: str, timeout_s: float = 10.0) -> None:
        """Check the path, shake hands. Raises HandshakeError or TimeoutError."""
        self.accept(answer)
        self._loop.add_reader(self.socket, self._readable)
        self._check()
        async with asyncio.timeout(timeout_s):
            await self._checked.wait()
        self._handshake = Handshake(self._certificate, "client", self._send, self.ended.set)
        await self._handshake.run(self._remote_fingerprint)
        self.inbound, self.outbound = self._handshake.inbound, self._handshake.outbound

    def _check(self) -> None:
        """One connectivity check, and the next in a while."""
        self.check()
        self._timer = self._loop.call_later(CHECK_S if self._checked.is_set() else FIRST_CHECK_S, self._check)

    def check(self) -> None:
        request = stun.binding_request(
            secrets.token_bytes(12), f"{self._remote_ufrag}:{self.ufrag}", self._remote_password.encode(),
            priority=PRIORITY, tie_breaker=self._tie_breaker, use_candidate=True,
        )  # fmt: skip
        self._send(request)

    def _bind(self) -> socket.socket:
        bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        bound.setblocking(False)
        bound.bind((self._host, 0))
        return bound

    def rebind(self) -> None:
        """Be at another address from now on, as a phone is that changes from Wi-Fi to a mobile network."""
        self._loop.remove_reader(self.socket)
        self.socket.close()
        self.socket = self._bind()
        self._loop.add_reader(self.socket, self._readable)
        self.check()

    def _send(self, data: bytes) -> None:
        with contextlib.suppress(OSError):  # full, refused or closed: lost here is as lost as on the way
            self.socket.sendto(data, self._remote)

    async def close(self) -> None:
        """Say goodbye; may be called twice."""
        if self._timer is not None:
            self._timer.cancel()
        if self._handshake is not None:
            await self._handshake.close()
        self.vanish()

    def vanish(self) -> None:
        """Be gone without a word, as a phone without a line is."""
        if self._timer is not None:
            self._timer.cancel()
        if self.socket.fileno() >= 0:
            self._loop.remove_reader(self.socket)
            self.socket.close()

    # Media out ----------------------------------------------------------------------------------------

    def send_rtp(
        self, kind: SourceKind, sequence: int, timestamp: int, marker: bool, payload: bytes,
        layer: LayerName | None = None, level: int = -127, voice: bool = False,
    ) -> None:  # fmt: skip
        """One packet; `level` in dBov for a microphone. Sequence, timestamp are taken modulo their size."""
        self._send(self.outbound.protect(self.packet(kind, sequence, timestamp, marker, payload, layer, level, voice)))

    def packet(
        self, kind: SourceKind, sequence: int, timestamp: int, marker: bool, payload: bytes,
        layer: LayerName | None = None, level: int = -127, voice: bool = False,
    ) -> bytes:  # fmt: skip
        """The RTP packet before protection."""
        elements = [(IDS[MID], self.mids[kind].encode())]
        elements.append((IDS[TRANSPORT_CC], (self._transport_sequence & 0xFFFF).to_bytes(2, "big")))
        self._transport_sequence += 1
        if layer is not None:
            elements.append((IDS[RID], layer.encode()))
        if kind == "microphone":
            elements.append((IDS[AUDIO_LEVEL], bytes([voice << 7 | min(127, -level)])))
        body = b"".join(bytes([ident << 4 | len(value) - 1]) + value for ident, value in elements)
        body += bytes(-len(body) % 4)
        payload_type = AUDIO_TYPE if kind == "microphone" else VIDEO_TYPE
        header = HEADER.pack(
            0x90, marker << 7 | payload_type, sequence & 0xFFFF, timestamp & 0xFFFFFFFF, self.ssrcs[kind, layer]
        )
        return header + b"\xbe\xde" + (len(body) // 4).to_bytes(2, "big") + body + payload

    def send_rtcp(self, packet: bytes) -> None:
        self._send(self.outbound.protect_rtcp(packet))

    # In -----------------------------------------------------------------------------------------------

    def _readable(self) -> None:
        for _ in range(64):
            try:
                size, _ = self.socket.recvfrom_into(self._buffer.bytes)
            except (BlockingIOError, ConnectionError):
                return
            self._on_datagram(size)

    def _on_datagram(self, size: int) -> None:
        data = self._buffer.bytes
        if data[0] < 4:
            message = stun.parse(bytes(data[:size]))
            if message is not None and message.kind == stun.RESPONSE:
                self._checked.set()
        elif 20 <= data[0] < 64 and self._handshake is not None:
            self._handshake.feed(bytes(data[:size]))
        elif 128 <= data[0] < 192 and self.inbound is not None:
            if 192 <= data[1] < 224:
                size = self.inbound.unprotect_rtcp(self._buffer, size)
                if size > 0:
                    self.on_rtcp(rtcp.parse(bytes(data[:size])))
            else:
                size = self.inbound.unprotect(self._buffer, size)
                if size > 0:
                    self._on_packet(size)

    def _on_packet(self, size: int) -> None:
        data = self._buffer.bytes
        _, second, sequence, timestamp, ssrc = HEADER.unpack_from(data)
        mid, repaired = self._slot_of.get(ssrc, ("", False))
        payload = bytes(data[payload_start(data, size) : payload_end(data, size)])
        if repaired:
            sequence, payload = int.from_bytes(payload[:2], "big"), payload[2:]
        self.on_rtp(Received(mid, sequence, timestamp, second >> 7 == 1, payload, repaired))

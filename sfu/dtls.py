"""The DTLS handshake that ends in SRTP keys: aiortc's `RTCDtlsTransport` over datagrams that are not its own.

aiortc reads from an ICE transport; here a peer hands it what arrived on the shared port. The names of aiortc that
are private are used only in this module, and `tests/sfu/test_dtls.py` says when a new release changes them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiortc.rtcdtlstransport import (
    SRTP_AEAD_AES_128_GCM,
    SRTP_AES128_CM_SHA1_80,
    RTCCertificate,
    RTCDtlsFingerprint,
    RTCDtlsParameters,
    RTCDtlsTransport,
    SRTPProtectionProfile,
)
from pylibsrtp import Policy, Session

from sfu.wire.srtp import CM_TAG, GCM_TAG, Context

# AES-GCM first: 0.76 s against 1.83 s for the same work in libsrtp (pion/srtp#85); AES-CM for old peers.
PROFILES = [SRTP_AEAD_AES_128_GCM, SRTP_AES128_CM_SHA1_80]
WAITING_DATAGRAMS = 32  # of one peer; what comes beyond is dropped, DTLS sends it again
HANDSHAKE_S = 20.0
# How far behind the newest a packet may leave, when its repair comes late. libsrtp moves the window at every packet:
# with aiortc's 1,024 that took 2 % of the worker.
SENDING_WINDOW = 256


class HandshakeError(Exception):
    """The other side's handshake failed: no common cipher, the wrong certificate, or silence."""


class Datagrams:
    """What RTCDtlsTransport needs of an ICE transport."""

    role = "controlled"

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._deliver = send
        self._waiting: asyncio.Queue[bytes | None] = asyncio.Queue(WAITING_DATAGRAMS)
        self.closed = False

    def feed(self, datagram: bytes | None) -> None:
        """None ends it."""
        if datagram is None:
            self.closed = True
            while self._waiting.full():
                self._waiting.get_nowait()
        if not self._waiting.full():
            self._waiting.put_nowait(datagram)

    async def _recv(self) -> bytes:
        datagram = await self._waiting.get()
        if datagram is None:
            raise ConnectionError
        return datagram

    async def _send(self, data: bytes) -> None:
        if not self.closed:
            self._deliver(data)


class Handshake:
    """One side of one DTLS association.

    `send` takes outgoing datagrams; incoming ones go to `feed`. After `run` the two contexts exist and `ended`
    is called once, when the other side says goodbye.
    """

    def __init__(
        self, certificate: RTCCertificate, role: str, send: Callable[[bytes], None], ended: Callable[[], None]
    ) -> None:
        """`role` is "server" or "client"; the answering side of ICE-lite is the server."""
        self._datagrams = Datagrams(send)
        self._transport = RTCDtlsTransport(self._datagrams, [certificate])
        self._transport._srtp_profiles = PROFILES
        self._transport._set_role(role)
        self._role, self._ended = role, ended
        self.inbound: Context | None = None
        self.outbound: Context | None = None

    def feed(self, datagram: bytes) -> None:
        self._datagrams.feed(datagram)

    async def run(self, fingerprints: list[tuple[str, str]]) -> None:
        """Shake hands with whoever holds a certificate with these (algorithm, value) fingerprints (RFC 8122).

        Raises HandshakeError.
        """
        expected = RTCDtlsParameters([RTCDtlsFingerprint(name, value) for name, value in fingerprints])
        try:
            async with asyncio.timeout(HANDSHAKE_S):
                await self._transport.start(expected)
        except TimeoutError:
            raise HandshakeError("the other side stopped answering") from None
        if self._transport.state != "connected":
            raise HandshakeError("no common cipher, or a certificate other than announced")
        chosen = self._transport._ssl.get_selected_srtp_profile()
        profile = next(profile for profile in PROFILES if profile.openssl_profile == chosen)
        tag = GCM_TAG if profile is SRTP_AEAD_AES_128_GCM else CM_TAG
        self.inbound = Context(self._transport._rx_srtp, tag)
        self.outbound = Context(self._sending_session(profile), tag)
        self._transport.on("statechange", self._changed)

    def _sending_session(self, profile: SRTPProtectionProfile) -> Session:
        """One that encrypts no number twice, unlike aiortc's own (RFC 5764 4.2, RFC 7714 8.4)."""
        size = 2 * (profile.key_length + profile.salt_length)
        material = self._transport._ssl.export_keying_material(b"EXTRACTOR-dtls_srtp", size)
        key = profile.get_key_and_salt(material, 1 if self._role == "server" else 0)
        policy = Policy(key=key, ssrc_type=Policy.SSRC_ANY_OUTBOUND, srtp_profile=profile.libsrtp_profile)
        policy.window_size = SENDING_WINDOW
        return Session(policy)

    def _changed(self) -> None:
        if self._transport.state == "closed" and not self._datagrams.closed:
            self._ended()

    async def close(self) -> None:
        """Say goodbye (close_notify) if there was a handshake; may be called twice."""
        if self._datagrams.closed:
            return
        await self._transport.stop()
        self._datagrams.feed(None)


def make_certificate() -> RTCCertificate:
    """An ECDSA P-256 certificate; one a process, new at each start."""
    return RTCCertificate.generateCertificate()


def fingerprint(certificate: RTCCertificate) -> str:
    """`sha-256 AA:BB:…` as SDP wants it."""
    return next(f"sha-256 {f.value}" for f in certificate.getFingerprints() if f.algorithm == "sha-256")

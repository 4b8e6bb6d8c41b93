"""Real handshakes over a line that loses, delays and reorders; and aiortc's private names."""

import asyncio
import inspect
import time

import pytest
from aiortc import rtcdtlstransport
from aiortc.rtcdtlstransport import SRTP_AEAD_AES_128_GCM, SRTP_AES128_CM_SHA1_80, RTCDtlsTransport
from pylibsrtp import Error

from sfu import dtls
from sfu.dtls import WAITING_DATAGRAMS, Datagrams, Handshake, HandshakeError, fingerprint, make_certificate
from sfu.wire.rtp import HEADER
from sfu.wire.srtp import CM_TAG, GCM_TAG
from tests.network import Link
from tests.sfu.keys import opened

CLIENT, SERVER = make_certificate(), make_certificate()
PACKET = HEADER.pack(0x80, 96, 7, 3000, 1234) + b"payload"


def announced(certificate):
    return [tuple(fingerprint(certificate).split(" "))]


class Pair:
    """A client and a server, and a `Link` each way."""

    def __init__(self, seed=1, **line):
        self._loop = asyncio.get_running_loop()
        self.goodbyes = []
        self.up, self.down = Link(seed, **line), Link(seed + 1, **line)
        self.client = Handshake(CLIENT, "client", self._way(self.up, "server"), self._ended("client"))
        self.server = Handshake(SERVER, "server", self._way(self.down, "client"), self._ended("server"))

    def _way(self, link, to):
        def deliver():
            for datagram in link.arrived(time.monotonic_ns() // 1000):
                getattr(self, to).feed(datagram)

        def send(datagram):
            link.send(datagram, len(datagram), time.monotonic_ns() // 1000)
            self._loop.call_later(0.003 + (link.delay_us + link.jitter_us + link.reorder_us) / 1e6, deliver)

        return send

    def _ended(self, who):
        return lambda: self.goodbyes.append(who)

    async def shake(self, of_client=CLIENT, of_server=SERVER):
        """What each side's handshake came to: None or its error."""
        return await asyncio.gather(
            self.client.run(announced(of_server)), self.server.run(announced(of_client)), return_exceptions=True
        )

    async def close(self):
        await self.client.close()
        await self.server.close()


@pytest.fixture
async def pair():
    made = Pair(delay_us=500)
    yield made
    await made.close()


def assert_they_understand_each_other(pair):
    for sender, receiver in ((pair.client, pair.server), (pair.server, pair.client)):
        assert opened(receiver.inbound, sender.outbound.protect(PACKET)) == PACKET


async def test_the_better_cipher_is_chosen(pair):
    assert await pair.shake() == [None, None]
    assert pair.client.outbound.tag == pair.server.inbound.tag == GCM_TAG
    assert_they_understand_each_other(pair)


async def test_no_number_is_encrypted_twice(pair):
    await pair.shake()
    pair.server.outbound.protect(PACKET)
    with pytest.raises(Error, match="replay"):
        pair.server.outbound.protect(PACKET)


async def test_an_old_browser_gets_the_old_cipher(pair):
    pair.client._transport._srtp_profiles = [SRTP_AES128_CM_SHA1_80]
    assert await pair.shake() == [None, None]
    assert pair.client.outbound.tag == pair.server.inbound.tag == CM_TAG
    assert_they_understand_each_other(pair)


async def test_the_server_chooses_whatever_the_client_prefers(pair):
    pair.client._transport._srtp_profiles = [SRTP_AES128_CM_SHA1_80, SRTP_AEAD_AES_128_GCM]
    assert await pair.shake() == [None, None]
    assert pair.server.outbound.tag == GCM_TAG


async def test_no_common_cipher(pair):
    pair.client._transport._srtp_profiles = [rtcdtlstransport.SRTP_AEAD_AES_256_GCM]
    _, of_server = await pair.shake()
    assert isinstance(of_server, HandshakeError)


async def test_a_certificate_other_than_announced(pair):
    of_client, of_server = await pair.shake(of_client=make_certificate())
    assert of_client is None
    assert isinstance(of_server, HandshakeError)
    assert pair.server.inbound is None


async def test_a_fingerprint_of_unknown_kind(pair):
    with pytest.raises(HandshakeError):
        await asyncio.gather(pair.client.run(announced(SERVER)), pair.server.run([("md5", "AA:BB")]))


async def test_silence_ends_a_handshake(monkeypatch):
    monkeypatch.setattr(dtls, "HANDSHAKE_S", 0.05)
    alone = Handshake(SERVER, "server", lambda _: None, lambda: None)
    with pytest.raises(HandshakeError, match="stopped answering"):
        await alone.run(announced(CLIENT))
    await alone.close()


async def test_a_bad_line_costs_time_only():
    pair = Pair(seed=7, loss=0.2, delay_us=1000, jitter_us=1000, reorder=0.2, reorder_us=3000)
    assert await pair.shake() == [None, None]
    assert pair.up.lost + pair.down.lost > 0
    assert_they_understand_each_other(pair)
    await pair.close()


async def test_garbage_between_the_flights_changes_nothing(pair):
    handshake = asyncio.ensure_future(pair.shake())
    for garbage in (b"\x16", b"\x14" + bytes(40), b"\x16\xfe\xfd" + b"\xff" * 60, b"\x3f" * 60):
        await asyncio.sleep(0)
        pair.server.feed(garbage)
    assert await handshake == [None, None]
    assert_they_understand_each_other(pair)


async def test_what_arrives_beyond_the_bound_is_dropped():
    datagrams = Datagrams(lambda _: None)
    for number in range(WAITING_DATAGRAMS + 10):
        datagrams.feed(bytes([number]))
    datagrams.feed(None)
    read = []
    with pytest.raises(ConnectionError):
        while True:
            read += await asyncio.wait_for(datagrams._recv(), 1)
    assert len(read) == WAITING_DATAGRAMS - 1, "the end always finds a place"


async def test_a_goodbye_is_heard_once(pair):
    await pair.shake()
    await pair.client.close()
    await pair.client.close()
    for _ in range(200):
        if pair.goodbyes == ["server"]:
            break
        await asyncio.sleep(0.005)
    await pair.server.close()
    await asyncio.sleep(0.01)
    assert pair.goodbyes == ["server"]


async def test_whoever_never_shook_hands_says_no_goodbye():
    sent = []
    alone = Handshake(SERVER, "server", sent.append, lambda: sent.append(b"ended"))
    await alone.close()
    alone.feed(b"\x16late")
    assert sent == []


def test_a_fingerprint_as_sdp_wants_it():
    algorithm, value = fingerprint(SERVER).split(" ")
    assert algorithm == "sha-256"
    assert len(bytes.fromhex(value.replace(":", ""))) == 32


def test_the_private_names_of_aiortc():
    source = inspect.getsource(RTCDtlsTransport)
    for name in ("_srtp_profiles", "_set_role", "_ssl", "_rx_srtp", "_tx_srtp", "transport._recv", "transport._send"):
        assert name in source, f"aiortc does not use {name} any more; see sfu.dtls"
    transport = RTCDtlsTransport(Datagrams(lambda _: None), [SERVER])
    assert transport._srtp_profiles, "aiortc holds its SRTP profiles elsewhere"
    transport._set_role("server")
    assert transport._role == "server"
    assert (transport._rx_srtp, transport._tx_srtp, transport._ssl) == (None, None, None)
    assert transport.state == "new"
    assert {SRTP_AEAD_AES_128_GCM.openssl_profile, SRTP_AES128_CM_SHA1_80.openssl_profile} == {
        b"SRTP_AEAD_AES_128_GCM",
        b"SRTP_AES128_CM_SHA1_80",
    }

"""Receivers at the other end of a fan-out, and runs for them."""

import struct

from sfu.wire.outlet import Outlet
from sfu.wire.ring import Packet
from sfu.wire.rtp import HEADER, extensions, payload_end, payload_start
from sfu.wire.srtp import GCM_TAG
from tests.sfu.keys import contexts, opened

NOW = 5_000_000
VOICE_SSRC = 99


class Socket:
    """Keeps what is sent, cut as the kernel would; `obstacles` are raised first."""

    def __init__(self, segmenting=True):
        self.segmenting = segmenting
        self.stride = 0
        self.strides = []
        self.calls = 0
        self.sent = {}  # address → datagrams
        self.obstacles = []
        self.refused = []

    def sendto(self, data, address):
        self.calls += 1
        if self.obstacles:
            raise self.obstacles.pop(0)
        step = self.stride or len(data)
        for at in range(0, len(data), step):
            self.sent.setdefault(address, []).append(bytes(data[at : at + step]))
        return len(data)

    def segment(self, stride):
        self.strides.append(stride)
        self.stride = stride if self.segmenting else 0
        return self.segmenting

    def refuse(self, error, data, stride, address, urgent):
        self.refused.append((error, bytes(data), stride, address, urgent))


class Receiver:
    """One outlet and the other end of its line."""

    def __init__(self, port, tag=GCM_TAG, ssrc=77, payload_type=96, extension_id=2):
        sender, self.context = contexts(tag)
        self.outlet = Outlet(ssrc, payload_type, extension_id)
        self.address = ("receiver", port)
        self.outlet.connect(self.address, sender, self.address)
        self.voice = Outlet(VOICE_SSRC, 111, extension_id)
        self.voice.connect(self.address, sender, self.address)
        self._got = []
        self.stamps = []  # abs-send-time of each packet

    def got(self, socket):
        """(header fields, payload) of each packet, without padding."""
        for datagram in socket.sent.pop(self.address, []):
            data = opened(self.context, datagram)
            self.stamps += [int.from_bytes(value, "big") for value in extensions(data, len(data))[0].values()]
            _, second, sequence, timestamp, ssrc = HEADER.unpack_from(data)
            payload = data[payload_start(data, len(data)) : payload_end(data, len(data))]
            self._got.append((second >> 7, second & 127, sequence, timestamp, ssrc, payload))
        return self._got

    def numbers(self, socket):
        return [sequence for _, _, sequence, _, _, _ in self.got(socket)]

    def payloads(self, socket):
        return [payload for *_, payload in self.got(socket)]

    def voices(self, socket):
        """Sequence numbers of what came in the voice slot."""
        return [sequence for _, _, sequence, _, ssrc, _ in self.got(socket) if ssrc == VOICE_SSRC]


def vp8(picture_id, tl0, size, first=True):
    """A payload with a descriptor that holds both indices, and `size` bytes of picture."""
    return bytes([0x90 if first else 0x80, 0xE0]) + struct.pack("!HBB", 0x8000 | picture_id, tl0, 0) + bytes(size)


def picture(sizes, number=100, timestamp=9000, picture_id=-1, tl0=-1):
    """A run; its packets have `sizes` bytes of payload."""
    packets = []
    for at, size in enumerate(sizes):
        payload = bytes([at + 1]) * size if picture_id < 0 else vp8(picture_id, tl0, size - 6, at == 0)
        packets.append(Packet(number + at, timestamp, at == len(sizes) - 1, payload, NOW, at == 0, picture_id, tl0))
    return packets

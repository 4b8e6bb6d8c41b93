"""The part of STUN (RFC 8489) that connectivity checks use (RFC 8445).

Attributes that it does not know are passed over, also those whose number says that they must be understood:
checks of browsers carry none, and a refusal (420) would be one more answer to whoever asks.
"""

import hmac
import ipaddress
import struct
import zlib
from functools import lru_cache
from typing import NamedTuple

HEADER = struct.Struct("!HHI12s")
ATTRIBUTE = struct.Struct("!HH")
MAGIC = 0x2112A442

BINDING = 1
REQUEST, INDICATION, RESPONSE, ERROR = range(4)

USERNAME = 0x0006
MESSAGE_INTEGRITY = 0x0008
XOR_MAPPED_ADDRESS = 0x0020
PRIORITY = 0x0024
USE_CANDIDATE = 0x0025
FINGERPRINT = 0x8028
ICE_CONTROLLED = 0x8029
ICE_CONTROLLING = 0x802A

INTEGRITY_SIZE = 20
FINGERPRINT_MASK = 0x5354554E
LENGTHS = {
    MESSAGE_INTEGRITY: INTEGRITY_SIZE,
    PRIORITY: 4,
    USE_CANDIDATE: 0,
    FINGERPRINT: 4,
    ICE_CONTROLLED: 8,
    ICE_CONTROLLING: 8,
}
NUMBERS = {PRIORITY: "priority", ICE_CONTROLLED: "ice_controlled", ICE_CONTROLLING: "ice_controlling"}

Address = tuple[str, int]


class Message(NamedTuple):
    """A well-formed STUN message, believed only after `check_integrity`. None is an absent attribute."""

    method: int
    kind: int  # REQUEST, INDICATION, RESPONSE or ERROR: the "class" of RFC 8489
    transaction_id: bytes
    username: str | None = None
    priority: int | None = None
    use_candidate: bool = False
    ice_controlled: int | None = None  # the tie breaker
    ice_controlling: int | None = None
    mapped_address: Address | None = None
    integrity_at: int | None = None  # offset of the attribute


def parse(data: bytes | bytearray | memoryview) -> Message | None:
    """Read one datagram; None when it is not a whole and well-formed STUN message."""
    if len(data) < HEADER.size:
        return None
    kind_and_method, length, magic, transaction_id = HEADER.unpack_from(data)
    if kind_and_method >> 14 or magic != MAGIC or length % 4 or length + HEADER.size != len(data):
        return None
    found: dict[str, object] = {}
    at, end = HEADER.size, len(data)
    while at < end:
        attribute, size = ATTRIBUTE.unpack_from(data, at)
        value_at = at + ATTRIBUTE.size
        if value_at + size > end or LENGTHS.get(attribute, size) != size:
            return None
        # RFC 8489 14.5 and 14.7: only the fingerprint counts behind the integrity, and nothing stands behind that.
        if attribute == FINGERPRINT:
            claimed = int.from_bytes(data[value_at : value_at + size], "big")
            if value_at + size != end or claimed != _fingerprint(data[:at]):
                return None
        elif "integrity_at" not in found:
            try:
                read = _read(attribute, data[value_at : value_at + size], at, transaction_id)
            except ValueError:
                return None
            if read:
                found.setdefault(*read)  # of two, the first counts
        at = value_at + (size + 3 & ~3)
    kind = kind_and_method >> 7 & 2 | kind_and_method >> 4 & 1
    method = kind_and_method >> 2 & 0xF80 | kind_and_method >> 1 & 0x70 | kind_and_method & 0xF
    return Message(method, kind, transaction_id, **found)


def check_integrity(data: bytes | bytearray | memoryview, message: Message, key: bytes) -> bool:
    """Whether whoever sent `data`, parsed as `message`, knows `key` (the ICE password)."""
    at = message.integrity_at
    if at is None:
        return False
    claimed = bytes(data[at + ATTRIBUTE.size : at + ATTRIBUTE.size + INTEGRITY_SIZE])
    return hmac.compare_digest(claimed, _integrity(bytes(data[:at]), key))


def binding_request(
    transaction_id: bytes,
    username: str,
    key: bytes,
    *,
    priority: int,
    tie_breaker: int,
    controlling: bool = True,
    use_candidate: bool = False,
) -> bytes:
    """A connectivity check; `username` is "theirs:ours" and `key` their password."""
    attributes = [
        (USERNAME, username.encode()),
        (PRIORITY, priority.to_bytes(4, "big")),
        (ICE_CONTROLLING if controlling else ICE_CONTROLLED, tie_breaker.to_bytes(8, "big")),
    ]
    if use_candidate:
        attributes.append((USE_CANDIDATE, b""))
    return _build(REQUEST, transaction_id, attributes, key)


def binding_response(transaction_id: bytes, address: Address, key: bytes) -> bytes:
    return _build(RESPONSE, transaction_id, [(XOR_MAPPED_ADDRESS, _mask(address, transaction_id))], key)


def _read(
    attribute: int, value: bytes | bytearray | memoryview, at: int, transaction_id: bytes
) -> tuple[str, object] | None:
    """The message's field that an attribute fills, and what with; None for one that we have no use for."""
    if attribute == USERNAME:
        return "username", str(value, "utf-8")
    if attribute in NUMBERS:
        return NUMBERS[attribute], int.from_bytes(value, "big")
    if attribute == USE_CANDIDATE:
        return "use_candidate", True
    if attribute == MESSAGE_INTEGRITY:
        return "integrity_at", at
    if attribute == XOR_MAPPED_ADDRESS:
        return "mapped_address", _unmask(value, transaction_id)
    return None


def _build(kind: int, transaction_id: bytes, attributes: list[tuple[int, bytes]], key: bytes) -> bytes:
    body = b"".join(
        ATTRIBUTE.pack(attribute, len(value)) + value + bytes(-len(value) % 4) for attribute, value in attributes
    )
    kind_and_method = BINDING | (kind & 2) << 7 | (kind & 1) << 4
    data = HEADER.pack(kind_and_method, len(body), MAGIC, transaction_id) + body
    data += ATTRIBUTE.pack(MESSAGE_INTEGRITY, INTEGRITY_SIZE) + _integrity(data, key)
    data = data[:2] + struct.pack("!H", len(data) + 8 - HEADER.size) + data[4:]
    return data + ATTRIBUTE.pack(FINGERPRINT, 4) + struct.pack("!I", _fingerprint(data))


def _integrity(data: bytes, key: bytes) -> bytes:
    """HMAC over what stands before the attribute, with the length as if the message ended behind it."""
    length = len(data) + ATTRIBUTE.size + INTEGRITY_SIZE - HEADER.size
    return hmac.digest(key, data[:2] + struct.pack("!H", length) + data[4:], "sha1")


def _fingerprint(data: bytes | bytearray | memoryview) -> int:
    return zlib.crc32(data) ^ FINGERPRINT_MASK


def _mask(address: Address, transaction_id: bytes) -> bytes:
    host = _packed_host(address[0])
    mask = struct.pack("!I", MAGIC) + transaction_id
    masked = int.from_bytes(host, "big") ^ int.from_bytes(mask[: len(host)], "big")
    family = 1 if len(host) == 4 else 2
    return struct.pack("!BBH", 0, family, address[1] ^ MAGIC >> 16) + masked.to_bytes(len(host), "big")


@lru_cache(maxsize=4096)
def _packed_host(text: str) -> bytes:
    """4 or 16 bytes; an IPv4 address that came in by an IPv6 socket is itself."""
    host = ipaddress.ip_address(text)
    if host.version == 6 and host.ipv4_mapped:
        host = host.ipv4_mapped
    return host.packed


def _unmask(value: bytes | bytearray | memoryview, transaction_id: bytes) -> Address:
    if (len(value), value[1] if len(value) > 1 else 0) not in {(8, 1), (20, 2)}:
        raise ValueError("STUN mapped address has an unknown family or length")
    mask = struct.pack("!I", MAGIC) + transaction_id
    packed = bytes(a ^ b for a, b in zip(value[4:], mask, strict=False))
    return str(ipaddress.ip_address(packed)), int.from_bytes(value[2:4], "big") ^ MAGIC >> 16
